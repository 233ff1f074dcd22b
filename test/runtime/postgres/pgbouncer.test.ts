/** A pooler between us and the server, recognised by itself. */
import { createConnection, createServer, type AddressInfo, type Socket } from "node:net";
import pg from "pg";
import { afterEach, describe, expect, it } from "vitest";
import {
  openExecutor,
  QueryCanceledError,
  QueryTimeoutError,
  type Executor,
} from "../../../runtime/index.js";
import { describeEngine, withDatabase } from "../../support/database.js";
import {
  hasPgBouncer,
  startPgBouncer,
  type PgBouncer,
  type PgBouncerOptions,
} from "../../support/pgbouncer.js";
import { statement, until } from "./support.js";

const numbers = statement("select i from generate_series(1, $1::int) as i", "many");
const limit = statement(
  "select setting::int from pg_settings where name = 'statement_timeout' and $1::int = 1",
  "one",
);

describeEngine("PgBouncer", "ip4r", (engine) => {
  const ending: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ending.splice(0).reverse()) await end();
  });

  const setUp = async (
    options: PgBouncerOptions,
    more: object = {},
  ): Promise<[Executor, PgBouncer, string]> => {
    const database = await withDatabase(engine);
    ending.push(database.dispose);
    const pooler = await startPgBouncer(database.connectionString, options);
    ending.push(pooler.stop);
    const executor = openExecutor({ connectionString: pooler.url, graceMs: 3_000, ...more });
    ending.push(() => executor.close());
    return [executor, pooler, database.connectionString];
  };

  /** The same server by a way on which its connections are seen. */
  const watched = async (url: string): Promise<readonly [string, ReadonlySet<Socket>]> => {
    const open = new Set<Socket>();
    const { port } = new URL(url);
    const way = createServer((socket) => {
      const onward = createConnection(Number(port), "127.0.0.1");
      open.add(socket);
      socket.pipe(onward).pipe(socket);
      for (const end of [socket, onward])
        end
          .on("error", () => undefined)
          .on("close", () => {
            open.delete(socket);
            socket.destroy();
            onward.destroy();
          });
    });
    await new Promise<void>((done) => way.listen(0, "127.0.0.1", done));
    ending.push(async () => void way.close());
    return [url.replace(`:${port}/`, `:${(way.address() as AddressInfo).port}/`), open];
  };

  it.runIf(process.env["CI"] === "true")("is there for these tests", () => expect(hasPgBouncer).toBe(true));

  const kinds = [
    ["refuses options", { mode: "transaction", size: 3 }],
    [
      "drops options, and resets sessions after each transaction",
      {
        mode: "transaction",
        size: 3,
        ignoresOptions: true,
        settings: ["server_reset_query = DISCARD ALL", "server_reset_query_always = 1"],
      },
    ],
  ] as const;
  describe.skipIf(!hasPgBouncer).each(kinds)("that pools transactions and %s", (_, options) => {
    it("serves the first calls, all at once, each under its time limit and in UTC", async () => {
      const [executor] = await setUp(options);
      const calls = Array.from({ length: 6 }, () => executor.run(numbers, [3]));
      expect(await Promise.all(calls)).toEqual(Array(6).fill([1, 2, 3]));
      const limits = Array.from({ length: 8 }, () => executor.run(limit, [1]));
      expect(await Promise.all(limits)).toEqual(Array(8).fill(60_000));
      const { rows } = await executor.query("select current_setting('timezone') as zone, now()::text as now");
      expect(rows[0]).toMatchObject({ zone: "UTC", now: expect.stringMatching(/\+00$/) as string });
      await executor.transaction(async (session) => {
        expect(await session.run(limit, [1])).toBe(60_000);
      });
    });

    it("ends a call by its time and by its signal, on the server too", async () => {
      const [executor, , direct] = await setUp(options);
      const timed = executor.query("select pg_sleep(30)", [], { timeoutMs: 300 });
      await expect(timed).rejects.toBeInstanceOf(QueryTimeoutError);
      const stop = new AbortController();
      const aborted = executor.query("select pg_sleep(31)", [], { signal: stop.signal });
      const watcher = openExecutor({ connectionString: direct, max: 1 });
      ending.push(() => watcher.close());
      const sleeping = async (): Promise<number> =>
        (await watcher.query("select from pg_stat_activity where state = 'active' and query ~ 'pg_sleep.3'"))
          .rowCount - 1;
      await until(async () => (await sleeping()) > 0);
      stop.abort();
      await expect(aborted).rejects.toBeInstanceOf(QueryCanceledError);
      await until(async () => (await sleeping()) === 0);
      expect(await executor.run(numbers, [1])).toEqual([1]);
      // Again and again, with hardly any time to ask in: the pooler and its other clients outlive it.
      const other = executor.query("select pg_sleep(1)");
      for (let times = 0; times < 8; times += 1) {
        await expect(executor.query("select pg_sleep(32)", [], { timeoutMs: 30 })).rejects.toBeInstanceOf(
          QueryTimeoutError,
        );
        expect(await executor.run(numbers, [1])).toEqual([1]);
      }
      await other;
    });

    it("keeps our settings from its other clients", async () => {
      const [executor, pooler] = await setUp(options);
      await executor.run(numbers, [1], { timeoutMs: 12_345 });
      await executor.query("create table t (i int)");
      await executor.query("vacuum t", [], { timeoutMs: 20_000 });
      await executor.query("create index concurrently on t (i)", [], { timeoutMs: 20_000 });
      await executor.transaction((session) => session.query("select 1", [], { timeoutMs: 23_456 }));
      const shown =
        "select string_agg(name || '=' || setting, ' ' order by name) as settings from pg_settings " +
        "where name in ('jit', 'statement_timeout', 'plan_cache_mode', 'enable_seqscan')";
      // As many as there are sessions on the server, each within a transaction, so that each session is asked.
      const clients = Array.from({ length: 3 }, () => new pg.Client({ connectionString: pooler.url }));
      for (const client of clients) {
        await client.connect();
        await client.query("begin");
        const { rows } = await client.query<{ settings: string }>(shown);
        expect(rows[0]?.settings).toBe("enable_seqscan=on jit=on plan_cache_mode=auto statement_timeout=0");
      }
      for (const client of clients) await client.end();
    });

    it("streams, and runs transactions that are cancelled by name", async () => {
      const [executor] = await setUp(options);
      const seen: number[] = [];
      for await (const row of executor.stream(numbers, [2_500], { blockSize: 1_000 })) seen.push(row);
      expect(seen).toHaveLength(2_500);
      const named = executor.query("select pg_sleep(30)", [], { name: "slow one" });
      const ended = expect(named).rejects.toBeInstanceOf(QueryCanceledError);
      await until(async () => (await executor.queryStatus("slow one")) !== null);
      expect(await executor.queryCancel("slow one")).toBe(true);
      await ended;
      expect(await executor.queryStatus("slow one")).toBeNull();
    });
  });

  it.skipIf(!hasPgBouncer)("with fewer sessions than our pool makes the pool smaller, not slow", async () => {
    const [, pooler] = await setUp({ mode: "session", size: 2 });
    const [url, open] = await watched(pooler.url);
    const executor = openExecutor({ connectionString: url, max: 10 });
    ending.push(() => executor.close());
    const calls = Array.from({ length: 40 }, () =>
      executor.transaction(async (session) => {
        await session.query("select 1");
        // The other connections wait in the queue of the pooler, until the pool does without them.
        await until(() => open.size <= executor.counts().total);
      }),
    );
    await Promise.all(calls);
    expect(executor.counts().total).toBeLessThanOrEqual(2);
    expect(executor.counts().waiting).toBe(0);
  });

  it.skipIf(!hasPgBouncer)("that pools statements is refused with what to do", async () => {
    const [executor] = await setUp({ mode: "statement", size: 2 });
    const refused = executor.transaction((session) => session.query("select 1"));
    await expect(refused).rejects.toMatchObject({
      retryable: false,
      message: expect.stringContaining("set pool_mode = transaction") as unknown,
    });
  });

  it.skipIf(!hasPgBouncer)("is used with prepared statements where it is said to pool sessions", async () => {
    const [executor] = await setUp({ mode: "session", size: 2 }, { pooler: "session", max: 1 });
    await executor.run(numbers, [2]);
    await executor.run(limit, [1]);
    const { rows } = await executor.query("select count(*)::int as held from pg_prepared_statements");
    expect(rows[0]?.["held"]).toBe(2);
    expect(await executor.run(limit, [1])).toBe(60_000);
  });
});
