/** A store over a pool or a client that is the application's. */
import pg from "pg";
import { afterEach, expect, it } from "vitest";
import { openStorage, type EventStorage } from "../../../runtime/store/index.js";
import { collect, describeStores, emptyStore, eventAt, secondsAfterNoon } from "./support.js";

/** What an application has set in its sessions, which is to be there after whatever we do. */
const APPLICATION_SETTINGS = {
  application_name: "the application",
  options:
    "-c timezone=Europe/Prague -c datestyle=German -c bytea_output=escape -c statement_timeout=123s -c extra_float_digits=0 -c jit=on",
};
const SETTINGS = `select name, setting from pg_settings where name in ('TimeZone', 'DateStyle', 'bytea_output', 'statement_timeout',
  'extra_float_digits', 'jit', 'application_name', 'enable_seqscan', 'plan_cache_mode', 'transaction_read_only') order by name`;

async function settingsOf(client: pg.Pool | pg.ClientBase): Promise<unknown> {
  return (await client.query(SETTINGS)).rows;
}

async function prepared(client: pg.Pool | pg.ClientBase): Promise<number> {
  return (await client.query("select from pg_prepared_statements")).rowCount ?? -1;
}

const events = Array.from({ length: 5 }, (_, i) => eventAt(`event-${i}`, secondsAfterNoon(i)));

/** Operations of each kind: single and in numbers, in transactions that stay and that don't, streams read to the end and left. */
async function useAll(storage: EventStorage): Promise<void> {
  await emptyStore(storage);
  await storage.insertEvent(events[0]!);
  expect(await storage.insertEvents(events)).toMatchObject({ inserted: 4, duplicates: 1 });
  expect((await storage.searchEvents({ filter: "category == Test", limit: 2 })).events).toHaveLength(2);
  expect((await storage.timelineEvents({ step: "1h", timeoutMs: 20_000 })).buckets.length).toBeGreaterThan(0);
  expect(await collect(storage.streamEvents({ name: "a stream" }))).toHaveLength(5);
  for await (const { ID } of storage.streamEvents()) if (ID === "event-3") break;
  await storage.transaction(async (inner) => {
    await inner.deleteEvent("event-4");
    expect(await inner.countEvents({ timeoutMs: 9_000, name: "a count" })).toBe(4);
  });
  const failure = new Error("no");
  const failing = storage.transaction(async (inner) => {
    await inner.deleteEvent("event-3");
    await inner.transaction((nested) => nested.deleteEvent("event-2"));
    throw failure;
  });
  await expect(failing).rejects.toBe(failure);
  expect(await storage.countEvents()).toBe(4);
}

describeStores("connections of the application", ({ url }) => {
  const ending: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ending.splice(0).reverse()) await end();
  });

  const poolOf = (options: pg.PoolConfig = {}): pg.Pool => {
    const pool = new pg.Pool({ connectionString: url(), ...APPLICATION_SETTINGS, max: 2, ...options });
    ending.push(() => pool.end());
    return pool;
  };
  const clientOf = async (options: pg.ClientConfig = {}): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: url(), ...APPLICATION_SETTINGS, ...options });
    await client.connect();
    ending.push(() => client.end());
    return client;
  };

  it.each([1, 3])("uses a pool of %d as it is, and leaves it open", async (max) => {
    const pool = poolOf({ max });
    const before = await settingsOf(pool);
    const storage = await openStorage({ pool });
    await useAll(storage);
    const all = await Promise.all(Array.from({ length: 8 }, () => storage.countEvents()));
    expect(all).toEqual(Array(8).fill(4));
    await storage.close();
    await storage.close();
    expect(pool).toMatchObject({ ended: false, ending: false, waitingCount: 0 });
    expect(pool.totalCount).toBe(pool.idleCount);
    for (let i = 0; i < max; i += 1) {
      const client = await pool.connect();
      ending.push(() => Promise.resolve(client.release()));
      expect(await settingsOf(client)).toEqual(before);
      expect(await prepared(client)).toBe(0);
      expect(client.listenerCount("error")).toBe(0);
    }
    await expect(storage.countEvents()).rejects.toMatchObject({ code: "storage_closed" });
  });

  it("uses a client as it is, by several stores at once, and leaves it open", async () => {
    const client = await clientOf();
    const before = await settingsOf(client);
    const [storage, other] = await Promise.all([
      openStorage({ pool: client }),
      openStorage({ pool: client }),
    ]);
    await useAll(storage);
    const moved = storage.transaction(async (inner) => {
      await inner.deleteEvent("event-0");
      await inner.query("select pg_sleep(0.05)");
    });
    expect(await Promise.all([moved, other.countEvents(), client.query("select 1")])).toMatchObject([
      undefined,
      3,
      { rowCount: 1 },
    ]);
    await Promise.all([storage.close(), other.close()]);
    expect(await settingsOf(client)).toEqual(before);
    expect([await prepared(client), client.listenerCount("error")]).toEqual([0, 0]);
  });

  it("is part of a transaction that the application has begun on its client", async () => {
    const client = await clientOf();
    const storage = await openStorage({ pool: client });
    await emptyStore(storage);
    const before = await settingsOf(client);
    await client.query("begin");
    const opened = await openStorage({ pool: client });
    await opened.insertEvents(events);
    await storage.transaction((inner) => inner.deleteEvent("event-1"));
    const failing = storage.transaction(async (inner) => {
      await inner.deleteEvent("event-2");
      await inner.insertEvent(events[0]!);
    });
    await expect(failing).rejects.toMatchObject({ name: "StorageIntegrityError" });
    expect(await collect(storage.streamEvents())).toHaveLength(4);
    for await (const { ID } of storage.streamEvents()) if (ID === "event-3") break;
    expect(await storage.countEvents({ timeoutMs: 5_000, name: "count" })).toBe(4);
    expect(await settingsOf(client)).toEqual(before);
    expect(client.getTransactionStatus()).toBe("T");
    await client.query("rollback");
    expect(await storage.countEvents()).toBe(0);
    await Promise.all([storage.close(), opened.close()]);
    expect(await settingsOf(client)).toEqual(before);
  });

  it("runs what lost to a deadlock again, but not in a transaction of the application", async () => {
    const [ours, other] = [await clientOf(), await clientOf()];
    await other.query("create table if not exists pairs (id int primary key, n int not null)");
    await other.query("insert into pairs values (1, 0), (2, 0) on conflict (id) do update set n = 0");
    // Whoever looks for deadlocks first is the victim.
    await ours.query("set deadlock_timeout = '50ms'");
    await other.query("set deadlock_timeout = '1min'");
    const storage = await openStorage({ pool: ours });
    const both = "update pairs set n = n + 1 where id = $1";
    const reversed = async (first: Promise<unknown> | undefined): Promise<unknown> => {
      await other.query("begin; update pairs set n = n + 1 where id = 2");
      await first;
      const losing = storage.query(
        "with one as (update pairs set n = n + 1 where id = 1 returning n), two as (update pairs set n = n + 1 where id = 2 returning n) select one.n, two.n from one, two",
      );
      losing.catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 20));
      await other.query(both, [1]);
      await other.query("commit");
      return losing;
    };
    await expect(reversed(undefined)).resolves.toMatchObject({ rows: [{ n: 2 }] });
    await ours.query("begin");
    await expect(reversed(storage.query("select 1"))).rejects.toMatchObject({ sqlState: "40P01" });
    await ours.query("rollback");
    await storage.close();
    await other.query("drop table pairs");
  });

  it("ends calls by time, signal and name, on the server too", async () => {
    for (const pool of [poolOf({ max: 1 }), await clientOf()]) {
      const storage = await openStorage({ pool });
      await expect(storage.query("select pg_sleep(30)", [], { timeoutMs: 60 })).rejects.toMatchObject({
        code: "query_timeout",
      });
      const stop = new AbortController();
      const aborted = storage.query("select pg_sleep(30)", [], { signal: stop.signal });
      const waiting = storage.countEvents({ signal: stop.signal });
      setTimeout(() => stop.abort(), 60);
      const outcomes = await Promise.allSettled([aborted, waiting]);
      expect(
        outcomes.map((outcome) => (outcome.status === "rejected" ? (outcome.reason as Error) : null)),
      ).toMatchObject([{ code: "query_canceled" }, { code: "query_canceled" }]);
      const named = storage.query("select pg_sleep(30)", [], { name: "slow" });
      const ended = expect(named).rejects.toMatchObject({ code: "query_canceled" });
      while ((await storage.queryStatus("slow")) === null);
      expect(await storage.queryCancel("slow")).toBe(true);
      await ended;
      expect((await storage.queriesStatus()).map(({ applicationName }) => applicationName)).toContain(
        "the application",
      );
      expect(await storage.countEvents()).toBe(0);
      await storage.close();
    }
  });

  it("changes nothing where it is opened read-only", async () => {
    const pool = poolOf();
    const storage = await openStorage({ pool, readOnly: true });
    await expect(storage.insertEvent(events[0]!)).rejects.toMatchObject({ code: "read_only" });
    await expect(storage.transaction((inner) => inner.insertEvents(events))).rejects.toMatchObject({
      code: "read_only",
    });
    await expect(storage.query("vacuum thresholds")).rejects.toMatchObject({ sqlState: "25001" });
    const client = await clientOf();
    await client.query("begin");
    const within = await openStorage({ pool: client, readOnly: true });
    await expect(within.countEvents()).rejects.toThrow(/begin it READ ONLY/u);
    await client.query("rollback; begin read only");
    expect(await within.countEvents()).toBe(0);
    await client.query("rollback; create table is_written (i int); drop table is_written");
    await Promise.all([storage.close(), within.close()]);
  });

  it("refuses by name what can't be used", async () => {
    const endedPool = new pg.Pool({ connectionString: url() });
    await endedPool.end();
    const endedClient = new pg.Client({ connectionString: url() });
    await endedClient.connect();
    await endedClient.end();
    const cases: readonly (readonly [unknown, RegExp])[] = [
      [endedPool, /is a pool that has ended/u],
      [endedClient, /is a client that has ended/u],
      [new pg.Client({ connectionString: url() }), /not connected; await its connect\(\) first/u],
      [{ connect: () => undefined }, /is no pool or client of pg; give settings/u],
      [{ query: () => undefined, native: {} }, /pg-native/u],
      [{ max: 0 }, /max/u],
      ["postgres://localhost", /pool is/u],
      [() => undefined, /pool is/u],
    ];
    for (const [pool, message] of cases)
      await expect(openStorage({ pool } as object)).rejects.toThrow(message);
    const pool = poolOf();
    for (const more of [
      { connectionString: url() },
      { embedded: true },
      { password: "x" },
      { pooler: "none" },
    ])
      await expect(openStorage({ pool, ...(more as object) })).rejects.toThrow(/leave one of them out/u);
    const storage = await openStorage({ pool: endedLater() });
    await ending.pop()?.();
    await expect(storage.countEvents()).rejects.toThrow(/is a pool that has ended/u);
    await storage.close();
  });

  function endedLater(): pg.Pool {
    return poolOf();
  }
});
