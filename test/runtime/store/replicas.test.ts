/** Reads on hot standbys: a primary and a standby of this machine's PostgreSQL, made with pg_basebackup. */
import { rm } from "node:fs/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openDatabase, type DatabaseHandle } from "../../../runtime/server/index.js";
import {
  DataError,
  StorageConnectionError,
  TransactionConflictError,
} from "../../../runtime/postgres/errors.js";
import { openStorage, type EventStorage, type StorageOptions } from "../../../runtime/store/index.js";
import type { Executor } from "../../../runtime/postgres/session.js";
import type { EventOperations } from "../../../runtime/store/types.js";
import { lagOf, withSample } from "../../../runtime/store/replicas/lag.js";
import { createMonitor } from "../../../runtime/store/replicas/monitor.js";
import { routedOperations, type Reader } from "../../../runtime/store/replicas/route.js";
import { savedFilter } from "../../../runtime/saved-filter.js";
import { describeEngine } from "../../support/database.js";
import { clusterFolder } from "../../support/folder.js";
import { startStandby, type TestStandby } from "../../support/standby.js";
import { eventAt } from "./support.js";

/** All items of an iterable. */
async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const NOON = "2024-05-01T12:00:00Z";

/** For what comes by itself, however slow the machine is. */
const PATIENCE = { timeout: 60_000, interval: 20 };

const standbysOf = async (storage: EventStorage) =>
  (await storage.databaseStatus({ brief: true })).standbys ?? [];

/** Waits until all is replayed: reading writes log too, such as what it clears of old versions, and the server sends it when it likes. */
const whenStandbysAre = (storage: EventStorage, states: readonly object[]): Promise<void> =>
  vi.waitFor(async () => expect(await standbysOf(storage)).toMatchObject(states), PATIENCE);

describeEngine("reads on standbys", "ip4r", () => {
  let handle: DatabaseHandle | undefined;
  let dataDir = "";
  let standby: TestStandby;
  let primary: EventStorage;
  const opened: EventStorage[] = [];
  const url = (): string => handle?.connectionString ?? "";
  const open = async (options: StorageOptions): Promise<EventStorage> => {
    const storage = await openStorage({ connectionString: url(), ...options });
    opened.push(storage);
    return storage;
  };
  beforeAll(async () => {
    dataDir = await clusterFolder("eventstore-replicas-");
    handle = await openDatabase({ source: "local", dataDir, settings: { fsync: "off" } });
    primary = await open({});
    await primary.databaseCreate();
    standby = await startStandby(url());
    await primary.insertEvent(eventAt("first", NOON));
    await standby.catchUp();
  });
  afterAll(async () => {
    await Promise.all(opened.map((storage) => storage.close()));
    await standby.dispose();
    await handle?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it("take reads while they are fresh enough; writes and transactions stay on the primary", async () => {
    const [patient, strict, exact] = [
      await open({ readFrom: [standby.connectionString], maxLagMs: 600_000 }),
      await open({ readFrom: [standby.connectionString], maxLagMs: 50 }),
      await open({ readFrom: [standby.connectionString], maxLagMs: 0 }),
    ];
    const description: unknown = expect.stringContaining("eventstore-standby-");
    await whenStandbysAre(patient, [{ description, state: "fresh", lagMs: 0 }]);
    await standby.pause();
    await patient.insertEvent(eventAt("second", NOON));
    // What the standby has not replayed is not found: the read was there.
    expect(await patient.countEvents()).toBe(1);
    expect(await patient.fetchEvent("second")).toBeNull();
    expect((await patient.searchEvents()).events).toHaveLength(1);
    expect(await collect(patient.streamEvents())).toMatchObject([{ ID: "first" }]);
    expect((await patient.timelineEvents({ step: "1d" })).total).toBe(1);
    expect(await patient.restricted("category = Test").countEvents()).toBe(1);
    expect(await savedFilter({ text: "true", bindings: [], source: "true" }).count(patient)).toBe(1);
    await patient.transaction(async (inner) => {
      await inner.insertEvent(eventAt("third", NOON));
      expect(await inner.countEvents()).toBe(3);
    });
    expect(await exact.countEvents()).toBe(3);
    // Time passes with the clock of the primary's commits.
    await vi.waitFor(async () => expect(await strict.countEvents()).toBe(3), PATIENCE);
    expect(await standbysOf(strict)).toMatchObject([{ state: "lagging" }]);
    const pool = new pg.Pool({ connectionString: url() });
    const lent = await openStorage({ pool, readFrom: [standby.connectionString], maxLagMs: 600_000 });
    expect(await lent.countEvents()).toBe(1);
    await lent.close();
    await pool.end();
    await standby.resume();
    expect(await patient.countEvents()).toBe(3);
    await whenStandbysAre(strict, [{ state: "fresh" }]);
  });

  it("have what was stored without waiting for the disk, where each read asks", async () => {
    const exact = await open({ readFrom: [standby.connectionString], maxLagMs: 0 });
    const hasty = new URL(url());
    hasty.searchParams.set("options", "-c synchronous_commit=off");
    const writer = await open({ connectionString: hasty.href });
    const before = await exact.countEvents();
    // Then it is not written for seconds, no standby can have it, and the position that is written tells nothing of it.
    await primary.query("alter system set wal_writer_delay = '10s'");
    await primary.query("select pg_reload_conf()");
    await writer.insertEvent(eventAt("hasty", NOON));
    expect(await exact.countEvents()).toBe(before + 1);
    await primary.query("alter system reset wal_writer_delay");
    await primary.query("select pg_reload_conf()");
    expect(await writer.deleteEvent("hasty")).toBe(true);
    await whenStandbysAre(exact, [{ state: "fresh" }]);
  });

  it.each([
    ["any", "first"],
    ["read-write", "primary"],
    ["read-only", "standby"],
    ["primary", "primary"],
    ["standby", "standby"],
    ["prefer-standby", "standby"],
  ] as const)(
    "are found among several hosts, one of them away: target_session_attrs=%s",
    async (attributes, wanted) => {
      const hosts = [url(), standby.connectionString].map((href) => new URL(href));
      const folders = hosts.map(({ searchParams }) => searchParams.get("host") ?? "");
      const ports = hosts.map(({ searchParams }) => searchParams.get("port") ?? "");
      for (const order of [
        [0, 1],
        [1, 0],
      ]) {
        const parameters = new URLSearchParams({
          host: ["/nowhere", ...order.map((at) => folders[at])].join(","),
          port: ["5432", ...order.map((at) => ports[at])].join(","),
          user: "postgres",
          target_session_attrs: attributes,
        });
        const storage = await open({ connectionString: `postgresql:///eventstore?${parameters.toString()}` });
        const { rows } = await storage.query("select pg_is_in_recovery() as standby");
        const isStandby = wanted === "first" ? order[0] === 1 : wanted === "standby";
        expect(rows).toEqual([{ standby: isStandby }]);
        expect(await storage.countEvents()).toBe((await storage.searchEvents()).events.length);
        if (!isStandby) continue;
        for (const write of [
          () => storage.insertEvent(eventAt("no", NOON)),
          () => storage.insertEvents([eventAt("no", NOON)]),
          () => storage.deleteEvent("first"),
          () => storage.thresholdsClean(new Date(NOON)),
          () => storage.refresh({ ahead: 1 }),
          () => storage.databaseCreate({ partitions: "week" }),
        ])
          await expect(write()).rejects.toMatchObject({
            code: "read_only",
            message: expect.stringMatching(/this server is a standby, .* name its primary/) as unknown,
          });
      }
    },
  );

  it("refuse a target that none of the hosts is", async () => {
    const opening = openStorage({ connectionString: `${url()}&target_session_attrs=standby` });
    await expect(opening).rejects.toThrow(/no server of .* is standby/);
    await expect(opening).rejects.toMatchObject({ name: "DatabaseSourceError", retryable: true });
  });

  it("are left alone while they are lost, and taken again", async () => {
    const storage = await open({
      readFrom: ["postgresql:///eventstore?host=/nowhere", standby.connectionString],
      maxLagMs: 600_000,
    });
    await standby.pause();
    await storage.deleteEvent("second");
    await storage.deleteEvent("third");
    const counts = await Promise.all(Array.from({ length: 6 }, () => storage.countEvents()));
    expect(counts).toEqual([3, 3, 3, 3, 3, 3]);
    await standby.stop();
    expect(await storage.countEvents()).toBe(1);
    expect((await storage.searchEvents()).events).toHaveLength(1);
    expect(await standbysOf(storage)).toMatchObject([
      { state: "lost", lagMs: null, problem: expect.stringContaining("ENOENT") },
      { state: "lost", lagMs: null },
    ]);
    await standby.start();
    await standby.catchUp();
    await whenStandbysAre(storage, [{ state: "lost" }, { state: "fresh", lagMs: 0 }]);
    // A named query is found wherever it runs.
    expect(await storage.queryStatus("nobody")).toBeNull();
    expect(await storage.queryCancel("nobody")).toBe(false);
    expect(await storage.countEvents()).toBe(1);
  });

  it("are none where they follow another server, or none at all", async () => {
    const storage = await open({ readFrom: [url()] });
    expect(await storage.countEvents()).toBe(1);
    expect(await standbysOf(storage)).toMatchObject([
      { state: "foreign", lagMs: null, problem: expect.stringContaining("primary itself") },
    ]);
    expect(await standbysOf(primary)).toEqual([]);
  });

  it("are none from the moment on in which they are promoted", async () => {
    const storage = await open({ readFrom: [standby.connectionString], maxLagMs: 600_000 });
    expect(await standbysOf(storage)).toMatchObject([{ state: "fresh" }]);
    await standby.query("select pg_promote()");
    await primary.insertEvent(eventAt("later", NOON));
    expect(await standbysOf(storage)).toMatchObject([{ state: "foreign", lagMs: null }]);
    expect(await storage.countEvents()).toBe(2);
    expect(await primary.deleteEvent("later")).toBe(true);
  });

  it.each([
    [{ readFrom: ["postgresql://host/db?sslmod=x"] }, /"readFrom", address 1: .*"sslmod"/],
    [{ readFrom: [""] }, /readFrom is a list of addresses of standbys/],
    [{ maxLagMs: -1 }, /maxLagMs is a number of milliseconds/],
    [{ readfrom: [] }, /"readFrom"/],
  ])("are refused where they are wrong: %j", async (options, message) => {
    const opening = openStorage({ connectionString: url(), ...options } as StorageOptions);
    await expect(opening).rejects.toThrow(message);
    await expect(opening).rejects.toMatchObject({ code: "argument_invalid" });
  });
});

describe("the lag of a standby", () => {
  const sample = (position: bigint, at: number) => ({ position, at, clock: 1_000_000 + at });

  it.each([
    ["none where it has all that the primary has written", { position: 30n, committed: 0 }, 900, 0],
    ["the age of the last position that it reached", { position: 25n, committed: 0 }, 900, 400],
    ["the age of its last commit, where that is newer", { position: 25n, committed: 1_000_700 }, 900, 200],
    ["growing while the primary does not answer", { position: 30n, committed: null }, 5_000, 4_100],
    ["unknown before it has replayed anything", { position: null, committed: null }, 900, Infinity],
    ["unknown where it reached nothing that was seen", { position: 5n, committed: null }, 900, Infinity],
  ])("is %s", (_, standby, moment, lag) => {
    const samples = [sample(10n, 100), sample(20n, 500), sample(30n, 900)];
    expect(lagOf(standby, samples, moment)).toBe(lag);
  });

  it("forgets positions of before a failover, and keeps few", () => {
    expect(withSample([sample(30n, 1)], sample(20n, 2))).toEqual([sample(20n, 2)]);
    let samples = [sample(0n, 0)] as ReturnType<typeof withSample>;
    for (let at = 1; at < 2_000; at += 1) samples = withSample(samples, sample(BigInt(at), at));
    expect(samples.length).toBeLessThanOrEqual(501);
    expect(samples.at(-1)?.at).toBe(1_999);
  });
});

describe("the watch over standbys", () => {
  const answering = (answer: Record<string, unknown>): Executor =>
    ({ query: () => Promise.resolve({ rows: [answer] }) }) as unknown as Executor;
  const own = { system: "1", database: "idea", clock: 0, position: "50" };

  it.each([
    ["fresh where an idle primary has nothing that it lacks", { ...own, committed: null }, "fresh"],
    ["lagging where it has replayed nothing yet", { ...own, committed: null, position: null }, "lagging"],
    ["foreign where it follows another cluster", { ...own, system: "2" }, "foreign"],
    ["foreign where it has another database of it", { ...own, database: "other" }, "foreign"],
  ])("takes a standby for %s", async (_, answer, state) => {
    const standbys = [answering({ ...answer, standby: true })];
    const monitor = createMonitor({ primary: answering(own), standbys, maxLagMs: 5_000 });
    await monitor.look();
    expect(monitor.states()).toMatchObject([{ state }]);
  });
});

describe("a read that fails on a standby", () => {
  const conflict = new TransactionConflictError("canceling statement due to conflict with recovery");
  const over = (answer: () => Promise<number>, stream?: () => AsyncGenerator<number>): EventOperations =>
    ({ countEvents: answer, streamEvents: stream }) as unknown as EventOperations;
  const routed = (standby: EventOperations, done: Reader["done"] = vi.fn()): EventOperations =>
    routedOperations(
      over(
        () => Promise.resolve(2),
        async function* () {
          yield* await Promise.resolve([1, 2]);
        },
      ),
      () => Promise.resolve({ operations: standby, done }),
      1_000,
    );

  it.each<[string, Error, number | string]>([
    ["a conflict with recovery", conflict, 2],
    ["a lost connection", new StorageConnectionError("terminated", { sqlState: "57P01" }), 2],
    ["wrong data of the caller", new DataError("no such text"), "error"],
  ])("runs on the primary, or fails at once: %s", async (_, error, wanted) => {
    const done = vi.fn();
    const operations = routed(
      over(() => Promise.reject(error)),
      done,
    );
    expect(await operations.countEvents().catch(() => "error")).toBe(wanted);
    expect(done).toHaveBeenCalledExactlyOnceWith(error);
  });

  it.each([
    ["before its first event", 0, [1, 2]],
    ["after it, when the primary's would come twice", 1, "error"],
  ])("is a stream that begins again on the primary, or fails: %s", async (_, handedOut, wanted) => {
    const stream = async function* (): AsyncGenerator<number> {
      for (let count = 0; count < handedOut; count += 1) yield await Promise.resolve(count);
      await Promise.reject(conflict);
    };
    const operations = routed(over(() => Promise.resolve(1), stream));
    const read = collect(operations.streamEvents()).catch(() => "error");
    expect(await read).toEqual(wanted);
  });
});
