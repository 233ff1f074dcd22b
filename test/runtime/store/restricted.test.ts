import { afterEach, beforeEach, expect, it } from "vitest";
import { DataError } from "../../../runtime/postgres/errors.js";
import { andFilters } from "../../../compiler/compose.js";
import { compileFilter } from "../../../compiler/compile.js";
import { savedFilter } from "../../../runtime/saved-filter.js";
import type { EventOperations, EventStorage } from "../../../runtime/store/index.js";
import { collect, describeStores, emptyStore, eventAt, idsOf, secondsAfterNoon } from "./support.js";

/** Two tenants with the same kinds of events; `mine` is one of them. */
const group = (name: string, keys: Record<string, unknown> = {}): Record<string, unknown> => ({
  _CESNET: { ResolvedAbuses: [name], EventSeverity: "low", ...keys },
});

/** What a restriction narrows, or has nothing to do with. */
type Within =
  | "insertEvent"
  | "insertEvents"
  | "fetchEvent"
  | "deleteEvent"
  | "countEvents"
  | "searchEvents"
  | "streamEvents"
  | "streamEventIds"
  | "deleteEvents"
  | "aggregateEvents"
  | "timelineEvents"
  | "pivotEvents"
  | "summarizeEvents"
  | "distinctValues"
  | "searchColumnWith"
  | "watchdogEvents"
  | "transaction"
  | "restricted"
  | "description"
  | "filterOptions"
  | "compile"
  | "mogrify"
  | "close";

/** Every other operation has no meaning within a restriction. */
type Refused = Exclude<keyof EventStorage, Within>;

function refusedBy(view: EventStorage): Readonly<Record<Refused, () => Promise<unknown>>> {
  const time = new Date(0);
  return {
    query: () => view.query("select 1"),
    refresh: () => view.refresh(),
    tableCleanup: () => view.tableCleanup("events", "detect_time", time),
    thresholdSet: () => view.thresholdSet("key", time, time, time),
    thresholdCheck: () => view.thresholdCheck("key", time),
    thresholdSave: () => view.thresholdSave("a", "key", "mine", "low", time),
    thresholdsCount: () => view.thresholdsCount(),
    thresholdsClean: () => view.thresholdsClean(time),
    thresholdedEventsCount: () => view.thresholdedEventsCount(),
    thresholdedEventsClean: () => view.thresholdedEventsClean(),
    expireThresholds: () => view.expireThresholds(time),
    searchRelapsedEvents: () => view.searchRelapsedEvents("mine", "low", time),
    databaseCreate: () => view.databaseCreate(),
    databaseDrop: () => view.databaseDrop(),
    indexCreate: () => view.indexCreate(),
    indexDrop: () => view.indexDrop(),
    mergePartitions: () => view.mergePartitions(),
    splitPartitions: () => view.splitPartitions(),
    archivePartitions: () => view.archivePartitions({ before: time, write: () => Promise.resolve() }),
    rolesCreate: () => view.rolesCreate(),
    tableStatus: () => view.tableStatus("events"),
    databaseStatus: () => view.databaseStatus(),
    verify: () => view.verify(),
    queriesStatus: () => view.queriesStatus(),
    queryStatus: () => view.queryStatus("a"),
    queryCancel: () => view.queryCancel("a"),
  };
}

describeStores("a restricted view", ({ storage }) => {
  let view: EventStorage;
  beforeEach(async () => {
    await storage().insertEvents(
      ["a", "b", "c", "d"].map((id, position) =>
        eventAt(id, secondsAfterNoon(position), {
          ...group(position % 2 === 0 ? "mine" : "theirs"),
          Category: [position % 2 === 0 ? "Recon.Scanning" : "Test"],
          ConnCount: position,
        }),
      ),
    );
    await storage().refresh();
    view = storage().restricted("abuse_group in $groups", { groups: ["mine"] });
  });
  afterEach(() => emptyStore(storage()));

  it("reads what is within, by every operation", async () => {
    expect(idsOf((await view.searchEvents({ total: true })).events)).toEqual(["c", "a"]);
    expect(await view.countEvents()).toBe(2);
    expect(await view.countEvents({ filter: "id = b or severity = low" })).toBe(2);
    expect(idsOf(await collect(view.streamEvents()))).toEqual(["c", "a"]);
    expect(await view.fetchEvent("b")).toBeNull();
    expect((await view.fetchEvent("a"))?.ID).toBe("a");
    expect(await view.fetchEvent("a", { raw: true })).toContain('"ID":"a"');
    expect(await view.aggregateEvents({ by: "abuse_group" })).toEqual([{ value: "mine", count: 2 }]);
    expect((await view.timelineEvents()).total).toBe(2);
    expect((await view.pivotEvents({ row: "category", column: "severity" })).total).toBe(2);
    expect((await view.summarizeEvents({ by: ["category"] })).panels["category"]).toEqual([
      { value: "Recon.Scanning", count: 2 },
    ]);
    expect(await view.distinctValues("category")).toEqual(["Recon.Scanning"]);
    expect(await view.distinctValues("abuse_group")).toEqual(["mine"]);
    expect(await view.searchColumnWith("conn_count", "max")).toBe(2);
    expect(await view.watchdogEvents(3600)).toBe(true);
    expect(await storage().restricted("abuse_group = nobody").watchdogEvents(3600)).toBe(false);
  });

  it("can't be widened by a filter's text, arguments or a further restriction", async () => {
    // Not a literal: that the text has no such parameters is not known to the compiler of types.
    const all: string = ["", ""].join("");
    await expect(view.countEvents({ filter: "severity = low) or (true" })).rejects.toThrow(/\)/);
    expect(await view.countEvents({ filter: "abuse_group in $groups", args: { groups: ["theirs"] } })).toBe(
      0,
    );
    expect(
      await view.countEvents({ filter: all, args: { groups: ["theirs"], "groups of part 1": ["theirs"] } }),
    ).toBe(2);
    expect(await view.restricted("true").countEvents()).toBe(2);
    expect(await view.restricted("abuse_group = $g", { g: "theirs" }).countEvents()).toBe(0);
  });

  it("takes generated filters, as the store and its transactions do", async () => {
    const source = "abuse_group in $groups and conn_count >= $count";
    const { text, bindings } = compileFilter(source).render();
    const saved = savedFilter<{ readonly groups: readonly string[]; readonly count: number }>({
      source,
      text,
      bindings,
    });
    const args = { groups: ["mine", "theirs"], count: 1 };
    const asked = async (on: EventOperations) => ({
      search: idsOf((await saved.search(on, args)).events),
      as_filter: idsOf((await on.searchEvents({ filter: saved, args })).events),
      count: await saved.count(on, args),
      counted: await on.countEvents({ filter: saved, args }),
      stream: idsOf(await collect(saved.stream(on, args))),
      ids: await collect(saved.ids(on, args)),
      top: await saved.top(on, "abuse_group", args),
      timeline: (await saved.timeline(on, args)).total,
    });
    const ids = ["d", "c", "b"];
    const all = {
      ...{ search: ids, as_filter: ids, stream: ids, ids, count: 3, counted: 3, timeline: 3 },
      top: [
        { value: "theirs", count: 2 },
        { value: "mine", count: 1 },
      ],
    };
    expect(await asked(storage())).toEqual(all);
    expect(await storage().transaction((inner) => asked(inner))).toEqual(all);
    expect(await asked(view)).toMatchObject({ search: ["c"], count: 1, timeline: 1 });
    expect(await saved.delete(view, args)).toBe(1);
    expect(await storage().countEvents({ filter: andFilters(saved, "id exists"), args })).toBe(2);
  });

  it("changes what is within and nothing else", async () => {
    expect(await view.deleteEvent("b")).toBe(false);
    expect(await view.deleteEvents({ filter: "category = Test" })).toBe(0);
    await expect(view.deleteEvents()).rejects.toThrow(DataError);
    expect(await view.deleteEvent("a")).toBe(true);
    expect(await view.deleteEvents({ all: true })).toBe(1);
    expect(idsOf((await storage().searchEvents()).events)).toEqual(["d", "b"]);
  });

  it("stores events that are within", async () => {
    const at = secondsAfterNoon(10);
    await expect(view.insertEvent(eventAt("x", at, group("theirs")))).rejects.toThrow(
      "insertEvent: the event lies outside the restriction",
    );
    expect(await view.insertEvent(eventAt("x", at, group("mine")))).toBe("x");
    const result = await view.insertEvents([
      eventAt("o1", at, group("theirs")),
      { ...eventAt("broken", at, group("mine")), DetectTime: "no time" },
      eventAt("y", at, group("mine")),
      eventAt("o2", at, group("theirs")),
      { ...eventAt("broken2", at, group("mine")), DetectTime: "no time" },
    ]);
    expect(result.inserted).toBe(1);
    expect(result.rejected.map(({ index }) => index)).toEqual([0, 1, 3, 4]);
    expect(await view.countEvents()).toBe(4);
  });

  it("takes the time of storing into account where it is the restriction", async () => {
    const recent = storage().restricted("storage_time in last 1h");
    expect(await recent.insertEvent(eventAt("now", secondsAfterNoon(1)))).toBe("now");
    await expect(
      recent.insertEvent(
        eventAt("old", secondsAfterNoon(1), { _CESNET: { StorageTime: "2001-01-01T00:00:00Z" } }),
      ),
    ).rejects.toThrow(DataError);
  });

  it("holds in transactions", async () => {
    await view.transaction(async (operations) => {
      expect(await operations.countEvents()).toBe(2);
      expect(await operations.deleteEvent("b")).toBe(false);
      await expect(operations.query("select 1")).rejects.toThrow("restricted view");
    });
  });

  it("refuses what has no meaning within a restriction", async () => {
    for (const [operation, call] of Object.entries(refusedBy(view)))
      await expect(call(), operation).rejects.toThrow(`${operation} is not available in a restricted view`);
    await view.close();
    expect(await storage().countEvents()).toBe(4);
  });

  it("is refused at once for a filter that is none, or lacks an argument", () => {
    expect(() => storage().restricted("sorce.ip = 10.0.0.1")).toThrow(/sorce\.ip/);
    expect(() => storage().restricted("severity = $s")).toThrow(DataError);
  });
});
