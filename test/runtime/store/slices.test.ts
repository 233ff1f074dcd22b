import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, it } from "vitest";
import { compileFilter } from "../../../compiler/compile.js";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import type { EventOperations, EventStorage } from "../../../runtime/store/index.js";
import { mostPartitions } from "../../../runtime/store/slices/slices.js";
import { collect, describeStores, eventAt, idsOf, secondsAfterNoon } from "./support.js";

const DAYS = 65;
const FIRST = Date.parse("2023-01-01T00:00:00Z");
const dayOf = (index: number): string => new Date(FIRST + index * 86_400_000).toISOString().slice(0, 10);
const CATEGORIES = ["Recon.Scanning", "Attempt.Login", "Test"];

/** Three events a day, with values that tie, are missing and repeat over the days. */
const EVENTS = Array.from({ length: DAYS * 3 }, (_, index) =>
  eventAt(`e${String(index).padStart(3, "0")}`, secondsAfterNoon(index % 3, dayOf(Math.floor(index / 3))), {
    Category: [CATEGORIES[index % 3]!, ...(index % 7 === 0 ? ["Test"] : [])],
    Target: index % 5 === 0 ? [] : [{ IP4: [`192.0.2.${index % 11}`], Port: [(index % 9) * 100] }],
    ConnCount: index % 4,
  }),
);

/** The same of the events in memory. */
const matching = (filter: string) => EVENTS.filter((event) => compileFilter(filter).matches(event));

function tally(
  values: readonly (readonly (string | number | null)[])[],
): Map<string | number | null, number> {
  const counts = new Map<string | number | null, number>();
  for (const own of values)
    for (const value of own.length === 0 ? [null] : new Set(own))
      counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const portsOf = (event: (typeof EVENTS)[number]): readonly number[] =>
  (event["Target"] as readonly { readonly Port: readonly number[] }[]).flatMap(({ Port }) => Port);

describeStores("operations over more partitions than one statement locks", ({ storage, open }) => {
  beforeAll(async () => {
    await storage().insertEvents(EVENTS);
  });

  const FILTER = "conn_count in [1, 2]";

  it("count, estimate and find the ends as one statement would", async () => {
    expect(DAYS).toBeGreaterThan(2 * mostPartitions(storeTables(IDEA_CATALOGUE)));
    expect(await storage().countEvents({ filter: FILTER })).toBe(matching(FILTER).length);
    expect(await storage().countEvents({ filter: "category = Test" })).toBe(
      matching("category = Test").length,
    );
    expect(await storage().countEvents({ filter: FILTER, approximate: true })).toBeGreaterThanOrEqual(0);
    const window = `${FILTER} and detect_time in 2023-01-10..2023-02-25`;
    expect(await storage().countEvents({ filter: window })).toBe(matching(window).length);
    for (const filter of [FILTER, "target.port = 800"]) {
      const times = matching(filter).map(({ DetectTime }) => new Date(String(DetectTime)).getTime());
      expect(await storage().searchColumnWith("detect_time", "min", { filter })).toEqual(
        new Date(Math.min(...times)),
      );
      expect(await storage().searchColumnWith("detect_time", "max", { filter })).toEqual(
        new Date(Math.max(...times)),
      );
    }
  });

  it("list the most frequent values with ties in the order of their type", async () => {
    const counts = tally(matching(FILTER).map(portsOf));
    const expected = [...counts]
      .sort(([a, x], [b, y]) => y - x || (a === null ? 1 : b === null ? -1 : Number(a) - Number(b)))
      .map(([value, count]) => ({ value, count }));
    const top = await storage().aggregateEvents({ by: "target.port", filter: FILTER, limit: 100 });
    expect(top).toEqual(expected);
    const cut = await storage().aggregateEvents({
      by: "target.port",
      filter: FILTER,
      limit: 4,
      remainder: true,
    });
    expect(cut.slice(0, 4)).toEqual(expected.slice(0, 4));
    const rest = expected.slice(4).reduce((sum, { count }) => sum + count, 0);
    expect(cut[4]).toEqual({ value: null, count: rest, remainder: true });
    const { total, panels } = await storage().summarizeEvents({
      by: ["target.port", "category"],
      filter: FILTER,
      limit: 100,
    });
    expect(total).toBe(matching(FILTER).length);
    expect(panels["target.port"]).toEqual(expected);
    expect(await storage().distinctValues("target.port", { filter: FILTER })).toEqual(
      [...counts.keys()].filter((value) => value !== null).sort((a, b) => Number(a) - Number(b)),
    );
    expect(await storage().distinctValues("category")).toEqual([...CATEGORIES].sort());
    expect(await storage().aggregateEvents({ by: "category", limit: 1 })).toEqual([
      { value: "Test", count: matching("category = Test").length },
    ]);
  });

  it("draw timelines and cross tables", async () => {
    const all = await storage().timelineEvents({ filter: FILTER, by: "target.port", step: "1w", limit: 3 });
    expect(all.total).toBe(matching(FILTER).length);
    expect(all.values?.slice(0, 3)).toEqual(
      await storage().aggregateEvents({ by: "target.port", filter: FILTER, limit: 3 }),
    );
    const inBuckets = all.buckets.flatMap(({ values = [] }) => values);
    expect(inBuckets.reduce((sum, { count }) => sum + count, 0)).toBe(
      [...tally(matching(FILTER).map(portsOf)).values()].reduce((sum, count) => sum + count, 0),
    );
    const days = await storage().timelineEvents({ filter: FILTER, step: "1d" });
    expect(days.buckets.map(({ count }) => count).reduce((sum, count) => sum + count, 0)).toBe(all.total);
    expect(days.buckets[0]?.from.toISOString().slice(0, 10)).toBe(dayOf(0));
    const rolled = await storage().timelineEvents({ by: "category", step: "1d" });
    expect(rolled.total).toBe(EVENTS.length);
    expect(rolled.values?.[0]).toEqual({ value: "Test", count: matching("category = Test").length });
    const { cells, total } = await storage().pivotEvents({
      row: "category",
      column: "target.port",
      filter: FILTER,
    });
    // Numbers of events, whatever the number of their ports.
    expect(total).toBe(matching(FILTER).length);
    expect(cells.find(({ row, column }) => row === "Test" && column === 100)?.count).toBe(
      matching(`${FILTER} and category = Test and target.port = 100`).length,
    );
  });

  it("stream in both orders and search in that of storing", async () => {
    const ids = matching(FILTER).map(({ ID }) => String(ID));
    expect(idsOf(await collect(storage().streamEvents({ filter: FILTER })))).toEqual([...ids].reverse());
    expect(idsOf(await collect(storage().streamEvents({ filter: FILTER, sort: "detect_time.asc" })))).toEqual(
      ids,
    );
    expect(await collect(storage().streamEventIds({ filter: FILTER }))).toEqual([...ids].reverse());
    const stored = await collect(storage().streamEvents({ filter: FILTER, sort: "storage_time.asc" }));
    expect(idsOf(stored).toSorted()).toEqual(ids);
    const { events } = await storage().searchEvents({ filter: FILTER, sort: "storage_time.desc", limit: 5 });
    expect(idsOf(events)).toEqual(idsOf(stored.slice(-5).reverse()));
  });

  it("see one moment within a transaction, and what it has changed itself", async () => {
    const other = await open();
    await storage()
      .transaction(
        async (inner) => {
          const before = await inner.countEvents({ filter: FILTER });
          await other.insertEvent(eventAt("late", secondsAfterNoon(9, dayOf(3)), { ConnCount: 1 }));
          expect(await inner.countEvents({ filter: FILTER })).toBe(before);
          expect(await inner.deleteEvent("e001")).toBe(true);
          expect(await inner.countEvents({ filter: FILTER })).toBe(before - 1);
        },
        { isolation: "repeatable read" },
      )
      .catch((error: unknown) => expect(String(error)).toMatch(/conflict|concurrent/u));
    await other.deleteEvent("late");
  });

  it("lock few partitions at a time", async () => {
    const blocked = await open({ pool: { max: 1 } });
    const most = await mostLocks(storage(), blocked);
    for (const [operation, locks] of most) expect(locks, operation).toBeLessThan(340);
    expect(Math.max(...most.values())).toBeGreaterThan(100);
  });

  it("delete what matches, whole and by batches", async () => {
    // All batches together have the time of the call, which each of them keeps easily.
    const slow = storage().deleteEvents({ filter: "conn_count = 1", batch: 1, timeoutMs: 150 });
    await expect(slow).rejects.toMatchObject({ code: "query_timeout" });
    const before = await storage().countEvents();
    const some = "conn_count = 2";
    const there = await storage().countEvents({ filter: some });
    expect(await storage().deleteEvents({ filter: some, batch: 7 })).toBe(there);
    expect(await storage().deleteEvents({ filter: "conn_count = 3 and target.port = 300" })).toBeGreaterThan(
      0,
    );
    const { rows } = await storage().query("select count(*)::int as n from event_json");
    expect(rows[0]?.["n"]).toBe(await storage().countEvents());
    expect(await storage().countEvents()).toBeLessThan(before - there);
  });
});

/** Operations that touch one partition, tables without partitions, or lock as their callers say. */
type OfOnePlace =
  | "insertEvent"
  | "fetchEvent"
  | "deleteEvent"
  | "refresh"
  | "tableCleanup"
  | "searchRelapsedEvents"
  | "expireThresholds"
  | "query"
  | Extract<keyof EventOperations, `threshold${string}`>;

/** The most locks that operations hold at once: while one waits for a partition that somebody else keeps. */
async function mostLocks(storage: EventStorage, blocked: EventStorage): Promise<ReadonlyMap<string, number>> {
  const filter = "conn_count in [1, 2]";
  // A new operation is a type error here until it says where it belongs.
  const operations: Readonly<Record<Exclude<keyof EventOperations, OfOnePlace>, () => Promise<unknown>>> = {
    countEvents: () => blocked.countEvents({ filter }),
    aggregateEvents: () => blocked.aggregateEvents({ by: "target.port", filter }),
    summarizeEvents: () => blocked.summarizeEvents({ by: ["category", "target.port"], filter }),
    pivotEvents: () => blocked.pivotEvents({ row: "category", column: "target.port", filter }),
    distinctValues: () => blocked.distinctValues("target.port", { filter }),
    timelineEvents: () => blocked.timelineEvents({ filter, step: "1d", by: "target.port" }),
    streamEvents: () => collect(blocked.streamEvents({ filter })),
    searchEvents: () => blocked.searchEvents({ filter: "target.port = 12345" }),
    searchColumnWith: () => blocked.searchColumnWith("conn_count", "min", { filter }),
    deleteEvents: () => blocked.deleteEvents({ filter: "target.port = 12345" }),
    watchdogEvents: () => blocked.watchdogEvents(3600),
    insertEvents: () => blocked.insertEvents([EVENTS[0]!, EVENTS[88]!, EVENTS.at(-1)!]),
    transaction: () =>
      blocked.transaction((inner) => collect(inner.streamEvents({ filter: "conn_count in [1, 2]" }))),
    streamEventIds: () => blocked.transaction((inner) => collect(inner.streamEventIds({ filter }))),
  };
  const others: Readonly<Record<string, () => Promise<unknown>>> = {
    "search by the time of storing": () =>
      blocked.searchEvents({ filter: "target.port = 12345", sort: "storage_time.desc" }),
    tableStatus: () => blocked.tableStatus("events"),
  };
  const pid = Number((await blocked.query("select pg_backend_pid() as pid")).rows[0]?.["pid"]);
  const found = new Map<string, number>();
  for (const [operation, run] of Object.entries({ ...operations, ...others })) {
    let most = 0;
    // The last partition of a slice: an operation waits for it with all others of the slice locked.
    for (const day of [dayOf(29), dayOf(DAYS - 1)]) {
      let running: Promise<unknown> = Promise.resolve();
      await storage.transaction(async (inner) => {
        await inner.query(`lock table events_${day.replaceAll("-", "")} in access exclusive mode`);
        running = run();
        most = Math.max(most, await locksOf(inner, pid, running));
      });
      await running;
    }
    found.set(operation, most);
  }
  return found;
}

/** The locks of a session once it waits for one; none where its work ends without. */
async function locksOf(
  inner: Pick<EventStorage, "query">,
  pid: number,
  work: Promise<unknown>,
): Promise<number> {
  const state = { ended: false };
  const end = (): void => void (state.ended = true);
  work.then(end, end);
  while (!state.ended) {
    const { rows } = await inner.query(
      "select count(*)::int as locks, coalesce(bool_or(not granted), false) as waits from pg_locks where pid = $1",
      [pid],
    );
    if (rows[0]?.["waits"] === true) return Number(rows[0]["locks"]);
    await sleep(5);
  }
  return 0;
}
