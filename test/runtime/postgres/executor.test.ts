import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  DataError,
  QueryCanceledError,
  QueryTimeoutError,
  StorageConnectionError,
  StorageIntegrityError,
} from "../../../runtime/index.js";
import type { ExecutionEvent } from "../../../runtime/index.js";
import { openLine } from "../../support/line.js";
import { describeExecutors, statement, until } from "./support.js";

const numbers = statement("select i from generate_series(1, $1::int) as i", "many", { idempotent: true });
const sleep = "select pg_sleep($1::float)";

describeExecutors("executor", (open, url) => {
  describe("run and query", () => {
    it("returns what the cardinality promises", async () => {
      const executor = open();
      const text = "select i from generate_series(1, $1::int) as i";
      expect(await executor.run(numbers, [3])).toEqual([1, 2, 3]);
      expect(await executor.run(statement(text, "one"), [1])).toBe(1);
      await expect(executor.run(statement(text, "one"), [0])).rejects.toMatchObject({
        code: "rows_unexpected",
      });
      await expect(executor.run(statement(text, "one"), [2])).rejects.toBeInstanceOf(DataError);
      expect(await executor.run(statement(text, "optional"), [0])).toBeNull();
      await expect(executor.run(statement(text, "optional"), [2])).rejects.toBeInstanceOf(DataError);
      expect(
        await executor.run(statement("select count(*) from generate_series(1, $1::int)", "count"), [7]),
      ).toBe(7);
      expect(await executor.run(statement(text, "none"), [2])).toBeUndefined();
    });

    it("rejects with a DataError when the mapper of rows refuses a value, and goes on", async () => {
      const executor = open({ max: 1 });
      const mapped: number[] = [];
      const picky = {
        ...numbers,
        decode: ([value]: readonly (string | null)[]) => {
          if (value === "2") throw new RangeError("two is too many");
          mapped.push(Number(value));
          return Number(value);
        },
      };
      await expect(executor.run(picky, [3])).rejects.toMatchObject({
        name: "DataError",
        message: "test: a value from the database can't be read: two is too many",
      });
      expect(mapped).toEqual([1]);
      expect(await executor.run(picky, [1])).toEqual([1]);
      expect(executor.counts()).toEqual({ total: 1, idle: 1, waiting: 0 });
    });

    it("counts the rows that a command changed", async () => {
      const executor = open({ max: 1 });
      await executor.query("create temporary table counted (i int primary key)");
      const insert = statement(
        "insert into counted select generate_series(1, $1::int) on conflict do nothing",
        "count",
      );
      expect(await executor.run(insert, [3])).toBe(3);
      expect(await executor.run(insert, [5])).toBe(2);
      await expect(executor.query("insert into counted values (1)")).rejects.toMatchObject({
        name: "StorageIntegrityError",
        constraint: "counted_pkey",
      });
      await expect(executor.query("insert into counted values (1)")).rejects.toBeInstanceOf(
        StorageIntegrityError,
      );
    });

    it("sends and reads values of queries", async () => {
      const executor = open();
      const when = new Date("2026-01-02T03:04:05.678Z");
      const values = [1, 2n, true, 'q"\\', null, when, Buffer.from([0, 255]), ["a,b", '"', null], { a: 1 }];
      const { rows, columns, command } = await executor.query(
        `select $1::int as a, $2::int8 as b, $3::bool as c, $4::text as d, $5::text as e, $6::timestamptz as f, $7::bytea as g,
              $8::text[] as h, $9::jsonb as i`,
        values,
      );
      expect(columns).toEqual(["a", "b", "c", "d", "e", "f", "g", "h", "i"]);
      expect(command).toBe("SELECT");
      expect(rows).toEqual([
        {
          a: 1,
          b: "2",
          c: true,
          d: 'q"\\',
          e: null,
          f: when,
          g: Buffer.from([0, 255]),
          h: ["a,b", '"', null],
          i: { a: 1 },
        },
      ]);
      await expect(executor.query("select $1::int", [() => 1])).rejects.toBeInstanceOf(DataError);
    });

    it("sets sessions up", async () => {
      const executor = open({ timeoutMs: 12_345 });
      const { rows } = await executor.query(
        `select current_setting('timezone') as zone, current_setting('statement_timeout') as timeout,
              current_setting('application_name') as name, current_setting('bytea_output') as bytes`,
      );
      expect(rows).toEqual([{ zone: "UTC", timeout: "12345ms", name: "eventstore", bytes: "hex" }]);
    });

    it("refuses COPY with a clear error, and goes on", async () => {
      const executor = open({ max: 1 });
      await executor.query("create table if not exists copied (i int)");
      await expect(executor.query("copy copied from stdin")).rejects.toThrow(/COPY FROM STDIN/u);
      expect(await executor.run(numbers, [1])).toEqual([1]);
    });

    it("tells the hook, whatever the hook does", async () => {
      const events: ExecutionEvent[] = [];
      const executor = open({
        onEvent: (event) => {
          events.push(event);
          throw new Error("broken log");
        },
      });
      await executor.run(numbers, [3]);
      await expect(executor.query("select 1/0", [], { operation: "divide" })).rejects.toBeInstanceOf(
        DataError,
      );
      for (const { durationMs } of events) expect(durationMs).toBeGreaterThanOrEqual(0);
      expect(events).toMatchObject([
        { operation: "test", statement: numbers.name, rows: 3, retries: 0 },
        { operation: "divide", statement: null, rows: 0, error: { code: "data_invalid" } },
      ]);
    });
  });

  describe("prepared statements", () => {
    const prepared = "select count(*)::int as n from pg_prepared_statements";

    it("keeps a budget on each connection", async () => {
      const executor = open({ max: 1, statementBudget: 5 });
      for (let i = 0; i < 40; i += 1) {
        expect(await executor.run(statement(`select ${i}`, "one"), [])).toBe(i);
        expect(await executor.run(numbers, [1])).toEqual([1]);
      }
      expect((await executor.query(prepared)).rows).toEqual([{ n: 5 }]);
    });

    it("keeps none when told so", async () => {
      const executor = open({ max: 1, statements: "unnamed" });
      await executor.run(numbers, [1]);
      expect((await executor.query(prepared)).rows).toEqual([{ n: 0 }]);
    });

    it("recovers from DDL, DISCARD and foreign statements of the same name", async () => {
      const executor = open({ max: 1 });
      await executor.query("create temporary table shaped (a int)");
      await executor.query("insert into shaped values (1)");
      const all = statement("select * from shaped", "many");
      expect(await executor.run(all, [])).toEqual([1]);
      await executor.query("alter table shaped add b int");
      expect(await executor.run(all, [])).toEqual([1]);
      await executor.query("deallocate all");
      expect(await executor.run(all, [])).toEqual([1]);
      const taken = statement("select 5", "one", { name: "taken" });
      await executor.query("prepare taken as select 6");
      expect(await executor.run(taken, [])).toBe(5);
    });

    it("keeps the statement that sets settings beside the budget, and recovers from its loss", async () => {
      const executor = open({ max: 1, statementBudget: 1 });
      const timeout = statement("select setting from pg_settings where name = 'statement_timeout'", "one");
      const named = (): Promise<unknown> => executor.run(timeout, [], { timeoutMs: 4_321, name: "named" });
      expect([await named(), await named()]).toEqual([4_321, 4_321]);
      const { rows } = await executor.query("select name from pg_prepared_statements order by name");
      expect(rows.map(({ name }) => name)).toEqual(["es_set_1", "es_set_2", timeout.name].sort());
      await executor.query("deallocate all");
      expect(await named()).toBe(4_321);
      await executor.transaction(async (session) => {
        expect(await session.run(timeout, [], { timeoutMs: 5_432 })).toBe(5_432);
        expect(await session.run(timeout, [])).not.toBe(5_432);
      });
    });

    it("recovers from DISCARD ALL, and the session is set up as it was", async () => {
      const executor = open({ max: 1, timeoutMs: 12_345 });
      expect(await executor.run(numbers, [2])).toEqual([1, 2]);
      await executor.query("set timezone = 'Asia/Kolkata'");
      await executor.query("discard all");
      expect(await executor.run(numbers, [2])).toEqual([1, 2]);
      const shown = await executor.query(
        "select current_setting('timezone') as zone, current_setting('statement_timeout') as timeout",
      );
      expect(shown.rows).toEqual([{ zone: "UTC", timeout: "12345ms" }]);
    });

    it("takes several thousand shapes without the server's memory growing by them", async () => {
      const executor = open({ max: 1, statementBudget: 50 });
      const memory = async (): Promise<number> => {
        const { rows } = await executor.query(
          "select sum(total_bytes)::int8 as bytes from pg_backend_memory_contexts",
        );
        return Number(rows[0]?.["bytes"]);
      };
      const runShapes = async (from: number, to: number): Promise<void> => {
        for (let shape = from; shape < to; shape++) {
          const text = `select count(*)::int + ${shape} from pg_class where relname = any($1::text[]) or relpages = ${shape}`;
          await executor.run(
            { ...statement(text, "one", { name: `shape_${shape}` }), encode: () => ["{}"] },
            [],
          );
        }
      };
      await runShapes(0, 300);
      const before = await memory();
      await runShapes(300, 3_000);
      // A plan that is kept takes 20 kB at least: 54 MB for all of them.
      expect((await memory()) - before).toBeLessThan(4 * 1024 * 1024);
    });

    it("survives a statement that fails after it was prepared", async () => {
      const executor = open({ max: 1 });
      const divide = statement("select 10 / $1::int", "one");
      await expect(executor.run(divide, [0])).rejects.toBeInstanceOf(DataError);
      expect(await executor.run(divide, [5])).toBe(2);
    });
  });

  describe("time and cancellation", () => {
    it("ends a statement that takes too long, and only that one", async () => {
      const executor = open({ max: 1 });
      await expect(executor.query(sleep, [20], { timeoutMs: 50 })).rejects.toBeInstanceOf(QueryTimeoutError);
      expect((await executor.query("show statement_timeout")).rows).toEqual([{ statement_timeout: "1min" }]);
      expect((await executor.query(sleep, [0.01], { timeoutMs: 0 })).rowCount).toBe(1);
    });

    it("says so when a lock isn't granted in time", async () => {
      const executor = open();
      await executor.query("create table if not exists locked (i int)");
      await executor.transaction(async (holder) => {
        await holder.query("lock table locked");
        const waiting = executor.transaction(async (waiter) => {
          await waiter.query("set local lock_timeout = 20");
          await waiter.query("lock table locked");
        });
        await expect(waiting).rejects.toMatchObject({ name: "QueryTimeoutError", code: "lock_timeout" });
      });
    });

    it("doesn't send what was aborted before", async () => {
      const executor = open({ max: 1 });
      await executor.query("create temporary sequence sent");
      const query = executor.query("select nextval('sent')", [], { signal: AbortSignal.abort() });
      await expect(query).rejects.toBeInstanceOf(QueryCanceledError);
      expect((await executor.query("select nextval('sent')")).rows).toEqual([{ nextval: "1" }]);
    });

    it("ends on the server what is aborted while it runs, and keeps the connection", async () => {
      const executor = open({ max: 1 });
      const pid = "select pg_backend_pid() as pid";
      const before = await executor.query(pid);
      const controller = new AbortController();
      const query = executor.query(sleep, [30], { signal: controller.signal });
      await until(async () =>
        (await executor.queriesStatus()).some(
          ({ state, query: text }) => state === "active" && text === sleep,
        ),
      );
      controller.abort();
      await expect(query).rejects.toBeInstanceOf(QueryCanceledError);
      expect(await executor.queriesStatus()).not.toContainEqual(
        expect.objectContaining({ state: "active", query: sleep }),
      );
      expect((await executor.query(pid)).rows).toEqual(before.rows);
    });

    it("leaves the queue when aborted while it waits for a connection", async () => {
      const executor = open({ max: 1 });
      const long = executor.query(sleep, [0.2]);
      const controller = new AbortController();
      const waiting = executor.query("select 1", [], { signal: controller.signal });
      controller.abort();
      await expect(waiting).rejects.toBeInstanceOf(QueryCanceledError);
      expect((await long).rowCount).toBe(1);
      expect(await executor.run(numbers, [1])).toEqual([1]);
      expect(executor.counts()).toEqual({ total: 1, idle: 1, waiting: 0 });
    });

    it("takes no notice of an abort after the end", async () => {
      const executor = open({ max: 1 });
      const controller = new AbortController();
      await executor.query("select 1", [], { signal: controller.signal });
      controller.abort();
      expect(await executor.run(numbers, [1])).toEqual([1]);
    });

    it("settles whenever it is aborted, and leaves clean connections", async () => {
      const executor = open({ max: 3 });
      const rounds = Array.from({ length: 150 }, async (_, round) => {
        const controller = new AbortController();
        const query = executor.query(sleep, [0.01], { signal: controller.signal });
        setTimeout(() => controller.abort(), round % 40);
        const [outcome] = await Promise.allSettled([query]);
        if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(QueryCanceledError);
        // What runs next is never hit.
        expect(await executor.run(numbers, [2])).toEqual([1, 2]);
      });
      await Promise.all(rounds);
      // One that was being opened for somebody who left may still be on its way to the pool.
      await until(() => executor.counts().total === executor.counts().idle);
      expect(executor.counts()).toMatchObject({ waiting: 0 });
    });
  });

  describe("connections", () => {
    it("gives up waiting for a connection", async () => {
      const executor = open({ max: 1, acquireTimeoutMs: 1_000 });
      await executor.query("select 1");
      const line = await openLine(url());
      const slow = open({ connectionString: line.url, max: 2 });
      await slow.query("select 1");
      line.slow(1_200);
      // A server that is slow to answer has no queue of a pooler: the pool waits for it, and stays as large as it may be.
      const both = Promise.all([slow.query(sleep, [2]), slow.query("select 1")]);
      const long = executor.query(sleep, [3]);
      await expect(executor.query("select 1")).rejects.toMatchObject({
        name: "StorageConnectionError",
        code: "pool_exhausted",
      });
      await both;
      expect(slow.counts().total).toBe(2);
      line.close();
      await long;
      expect(await executor.run(numbers, [1])).toEqual([1]);
    });

    it("says so when nobody listens, without the password, to the caller and to the hook", async () => {
      const events: ExecutionEvent[] = [];
      const executor = open({
        connectionString: "postgres://someone:s3cret@127.0.0.1:1/none",
        onEvent: (event) => events.push(event),
      });
      const error: unknown = await executor.query("select 1").catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(StorageConnectionError);
      expect(error).toMatchObject({ code: "connection_refused", retryable: true });
      expect(events).toHaveLength(1);
      // As a log would print them, causes and all.
      expect(inspect([error, events], { depth: 10, showHidden: true })).not.toContain("s3cret");
    });

    it("repeats what is idempotent after a lost connection, and nothing else", async () => {
      const executor = open({ max: 2 });
      const kill = "select pg_terminate_backend(pg_backend_pid())";
      const events: number[] = [];
      const counted = open({ max: 2, onEvent: ({ retries }) => events.push(retries) });
      await expect(executor.query(kill)).rejects.toMatchObject({
        name: "StorageConnectionError",
        code: "connection_lost",
      });
      await expect(counted.query(kill, [], { idempotent: true })).rejects.toBeInstanceOf(
        StorageConnectionError,
      );
      expect(events).toEqual([1]);
      expect(await executor.run(numbers, [1])).toEqual([1]);
    });

    it("gets over terminated connections, idle and busy", async () => {
      const executor = open({ max: 4 });
      const other = open({ max: 1, applicationName: "killer" });
      const working = Array.from({ length: 4 }, async () => {
        for (let i = 0; i < 60; i += 1) expect(await executor.run(numbers, [3])).toEqual([1, 2, 3]);
      });
      const killing = (async () => {
        for (let i = 0; i < 15; i += 1) {
          await other.query(
            `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and application_name = 'eventstore' order by random() limit 1`,
          );
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      })();
      const outcomes = await Promise.allSettled(working);
      await killing;
      // A call is repeated once; two terminations of the same call are reported.
      for (const outcome of outcomes) {
        if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(StorageConnectionError);
      }
      await until(async () => (await executor.run(numbers, [1])).length === 1);
      expect(executor.counts()).toMatchObject({ waiting: 0 });
    });

    it("finishes what runs when it closes, and refuses the rest", async () => {
      const executor = open({ max: 1 });
      const running = executor.query(sleep, [0.1]);
      const waiting = executor.run(numbers, [1]);
      const closing = executor.close();
      await expect(executor.query("select 1")).rejects.toMatchObject({ code: "storage_closed" });
      expect((await running).rowCount).toBe(1);
      expect(await waiting).toEqual([1]);
      await closing;
      expect(executor.counts()).toEqual({ total: 0, idle: 0, waiting: 0 });
    });
  });
});
