import { expect, it } from "vitest";
import { QueryCanceledError, QueryTimeoutError } from "../../../runtime/index.js";
import { tagOf } from "../../../runtime/postgres/query-name.js";
import { describeExecutors, statement, until } from "./support.js";

const sleep = "select pg_sleep($1::float)";
const series = statement("select i from generate_series(1, $1::int) as i", "many");

const locks =
  "select count(*)::int as locks from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()";

describeExecutors("named queries", (open) => {
  it.each(["it's 100 % (done\n", "x".repeat(500), "“ünïcödé” 🚀", "", "\u0000\ud800"])(
    "are found and cancelled by name: %j",
    async (name) => {
      const runner = open();
      const other = open();
      const canceled = expect(runner.query(sleep, [30], { name })).rejects.toBeInstanceOf(QueryCanceledError);
      await until(async () => (await other.queryStatus(name)) !== null);
      expect(await other.queryStatus(name)).toMatchObject({ name, state: "active", query: sleep });
      expect(await other.queriesStatus()).toContainEqual(
        expect.objectContaining({ query: sleep, state: "active" }),
      );
      expect(await other.queryStatus(`${name}2`)).toBeNull();
      expect(await other.queryCancel(`${name}2`)).toBe(false);
      expect(await other.queryCancel(name)).toBe(true);
      await canceled;
      expect(await other.queryStatus(name)).toBeNull();
      expect(await other.queryCancel(name)).toBe(false);
    },
  );

  it("are looked for and cancelled within limits of their own", async () => {
    const executor = open();
    const holder = open();
    const calls = [
      (options: object) => executor.queriesStatus(options),
      (options: object) => executor.queryStatus("held", options),
      (options: object) => executor.queryCancel("held", options),
    ];
    for (const call of calls) {
      await expect(call({ signal: AbortSignal.abort() })).rejects.toBeInstanceOf(QueryCanceledError);
      await call({ signal: new AbortController().signal, timeoutMs: 60_000 });
    }
    // Who holds the lock of a name holds up the cancellers of that name.
    await holder.transaction(async (session) => {
      await session.query("select pg_advisory_xact_lock($1::bigint)", [tagOf("held").lockKey]);
      await expect(executor.queryCancel("held", { timeoutMs: 100 })).rejects.toBeInstanceOf(
        QueryTimeoutError,
      );
      const controller = new AbortController();
      const canceling = executor.queryCancel("held", { signal: controller.signal });
      setTimeout(() => controller.abort(), 100);
      await expect(canceling).rejects.toBeInstanceOf(QueryCanceledError);
    });
    expect(await executor.queryCancel("held")).toBe(false);
  });

  it("leave nothing behind on the connection", async () => {
    const executor = open({ max: 1 });
    await executor.query("select 1", [], { name: "short", timeoutMs: 1_000 });
    const settings =
      "select current_setting('application_name') as name, current_setting('statement_timeout') as timeout";
    expect((await executor.query(settings)).rows).toEqual([{ name: "eventstore", timeout: "1min" }]);
    expect((await executor.query(locks)).rows).toEqual([{ locks: 0 }]);
    await executor.transaction(async (session) => {
      await session.query("select 1", [], { name: "short", timeoutMs: 1_000 });
      expect((await session.query(settings)).rows).toEqual([{ name: "eventstore", timeout: "1min" }]);
      expect((await session.query(locks)).rows).toEqual([{ locks: 0 }]);
    });
  });

  it("can be commands that refuse a transaction", async () => {
    const executor = open({ max: 1 });
    await executor.query("create table if not exists named_index (i int)");
    const create = "create index concurrently if not exists named_index_i on named_index (i)";
    await executor.query(create, [], { name: "indexing", timeoutMs: 0 });
    expect((await executor.query("show application_name")).rows).toEqual([
      { application_name: "eventstore" },
    ]);
  });

  it("can be cancelled in a transaction, which can then roll back to a savepoint", async () => {
    const runner = open();
    const other = open();
    const state = { stopped: false };
    const cancelling = (async () => {
      while (!state.stopped) await other.queryCancel("inner");
    })();
    let cancelled = 0;
    await runner.transaction(async (session) => {
      // However slow the canceller is, it comes in time for one of them.
      for (let round = 0; round < 50 || cancelled === 0; round += 1) {
        const nested = session.transaction((inner) =>
          inner.query(sleep, [(round % 8) / 1_000], { name: "inner" }),
        );
        const [outcome] = await Promise.allSettled([nested]);
        if (outcome.status === "rejected") {
          cancelled += 1;
          expect(outcome.reason).toBeInstanceOf(QueryCanceledError);
        }
        // The transaction goes on, and no lock stays behind.
        expect((await session.query(locks)).rows).toEqual([{ locks: 0 }]);
      }
    });
    state.stopped = true;
    await cancelling;
  });

  it("can be streams, also while these wait for their reader", async () => {
    const runner = open();
    const other = open();
    const rows = runner.stream(series, [1_000_000], { name: "reading" });
    await rows.next();
    await until(async () => (await other.queryStatus("reading"))?.state === "idle in transaction");
    expect(await other.queryCancel("reading")).toBe(true);
    const rest = (async () => {
      for await (const row of rows) expect(row).toBeGreaterThan(1);
    })();
    await expect(rest).rejects.toBeInstanceOf(QueryCanceledError);
    expect(await runner.run(series, [1])).toEqual([1]);
  });

  it.each([
    ["that succeeds", "select pg_sleep($1::float), 'named'"],
    ["that fails", "select 1 / (case when pg_sleep($1::float) is null then 1 else 0 end)"],
  ])("%s keeps its connection until a cancellation under way has arrived", async (_, text) => {
    const runner = open({ max: 1 });
    const other = open();
    const { lockKey } = tagOf("slow");
    const backend = await runner.query("select pg_backend_pid() as pid");
    const pid = backend.rows[0]?.["pid"];
    for (let round = 0; round < 3; round += 1) {
      // A canceller that takes its time between finding the query and sending the signal.
      const { query, next } = await other.transaction(async (session) => {
        await session.query("select pg_advisory_xact_lock($1::bigint)", [lockKey]);
        const named = Promise.allSettled([runner.query(text, [0.05], { name: "slow" })]);
        // Waits for the only connection, and would be struck by what comes late.
        const waiting = Promise.allSettled([runner.query(sleep, [0.3])]);
        // Its work is done by now, and it is held up, or has passed by without protection.
        await until(async () => {
          const [found] = (await other.queriesStatus()).filter((activity) => activity.pid === pid);
          return found?.waitEvent === "advisory" || (found?.state === "active" && found.query === sleep);
        });
        await session.query("select pg_cancel_backend($1::int)", [pid]);
        return { query: named, next: waiting };
      });
      expect(await query).toMatchObject([{ status: "rejected" }]);
      expect(await next).toMatchObject([{ status: "fulfilled" }]);
    }
  });

  it("are hit alone: a late cancellation never strikes the next query of the connection", async () => {
    const runner = open({ max: 1 });
    const other = open({ max: 4 });
    const state = { stopped: false };
    const cancelling = Array.from({ length: 3 }, async () => {
      while (!state.stopped) await other.queryCancel("victim");
    });
    let cancelled = 0;
    for (let round = 0; round < 400 || cancelled < 50; round += 1) {
      const seconds = (round % 8) / 1_000;
      const [outcome] = await Promise.allSettled([runner.query(sleep, [seconds], { name: "victim" })]);
      if (outcome.status === "rejected") {
        cancelled += 1;
        expect(outcome.reason).toBeInstanceOf(QueryCanceledError);
      }
      // Would be rejected if a signal came late. No name, no protection of its own.
      await runner.query(sleep, [0.001]);
    }
    state.stopped = true;
    await Promise.all(cancelling);
    expect((await runner.query(locks)).rows).toEqual([{ locks: 0 }]);
    expect(runner.counts()).toEqual({ total: 1, idle: 1, waiting: 0 });
  });
});
