import { beforeEach, expect, it } from "vitest";
import type { EventStorage, SearchOptions } from "../../../runtime/store/index.js";
import { describeStores, emptyStore, eventAt, idsOf, secondsAfterNoon } from "./support.js";

const found = async (
  storage: Pick<EventStorage, "searchEvents">,
  options: SearchOptions = {},
): Promise<readonly string[]> => idsOf((await storage.searchEvents(options)).events);

describeStores("searches of a store without days", ({ storage, open }) => {
  it("find what lies outside the days, and what comes into days made by others", async () => {
    expect(await found(storage())).toEqual([]);
    // A transaction makes no day.
    await storage().transaction((inner) => inner.insertEvent(eventAt("outside", secondsAfterNoon(0))));
    expect(await found(storage())).toEqual(["outside"]);
    const other = await open();
    await other.insertEvent(eventAt("newer", secondsAfterNoon(0, "2024-05-03")));
    await other.insertEvent(eventAt("older", secondsAfterNoon(0, "2024-04-03")));
    expect(await found(storage())).toEqual(["newer", "outside", "older"]);
    expect(await found(storage(), { filter: "id = older" })).toEqual(["older"]);
  });
});

describeStores("searches while others change the days", ({ storage, open }) => {
  beforeEach(async () => {
    await emptyStore(storage());
  });

  it("find events of a day that another process has made since the last search", async () => {
    await storage().insertEvent(eventAt("known", secondsAfterNoon(0, "2024-05-01")));
    expect(await found(storage())).toEqual(["known"]);
    const other = await open();
    for (const day of ["2024-05-02", "2024-04-30", "2024-05-04"]) {
      await other.insertEvent(eventAt(day, secondsAfterNoon(0, day)));
      expect(await found(storage(), { filter: `id = "${day}"` })).toEqual([day]);
    }
    expect(await found(storage())).toEqual(["2024-05-04", "2024-05-02", "known", "2024-04-30"]);
  });

  it("go on when another process has dropped a day", async () => {
    for (const day of ["2024-06-01", "2024-06-02", "2024-06-03"])
      await storage().insertEvent(eventAt(day, secondsAfterNoon(0, day)));
    expect(await found(storage())).toHaveLength(3);
    const other = await open();
    expect(await other.tableCleanup("events", "detect_time", new Date("2024-06-03T00:00:00Z"))).toBe(2);
    expect(await found(storage())).toEqual(["2024-06-03"]);
    expect(await found(storage(), { filter: "detect_time in 2024-06-01" })).toEqual([]);
    await storage().insertEvent(eventAt("again", secondsAfterNoon(0, "2024-06-02")));
    expect(await found(storage())).toEqual(["2024-06-03", "again"]);
    await other.tableCleanup("events", "detect_time", new Date("2024-06-03T00:00:00Z"));
    await storage().transaction(async (inner) => {
      expect(await found(inner)).toEqual(["2024-06-03"]);
    });
  });

  it("find events that come to lie outside the days", async () => {
    await storage().insertEvent(eventAt("inside", secondsAfterNoon(0, "2024-05-01")));
    expect(await found(storage())).toEqual(["inside"]);
    const other = await open();
    await other.insertEvent(eventAt("early", "1980-01-01T00:00:00Z"));
    await other.insertEvent(eventAt("late", "2999-01-01T00:00:00Z"));
    expect(await found(storage())).toEqual(["late", "inside", "early"]);
    expect(await found(storage(), { sort: "detect_time.asc", limit: 2 })).toEqual(["early", "inside"]);
  });

  it("find everything in a hundred days, page by page in both directions", async () => {
    const first = Date.parse("2023-01-01T00:00:00Z");
    const days = Array.from({ length: 100 }, (_, index) =>
      new Date(first + index * 86_400_000).toISOString().slice(0, 10),
    );
    await storage().insertEvents(
      days.map((day, index) =>
        eventAt(day, secondsAfterNoon(0, day), { Category: [index % 10 === 0 ? "Test" : "Recon.Scanning"] }),
      ),
    );
    const byPages = async (options: SearchOptions): Promise<readonly string[]> => {
      const { events, next } = await storage().searchEvents(options);
      return [...idsOf(events), ...(next === null ? [] : await byPages({ ...options, after: next }))];
    };
    expect(await byPages({ sort: "detect_time.asc", limit: 45 })).toEqual(days);
    expect(await byPages({ limit: 45 })).toEqual([...days].reverse());
    const tests = days.filter((_, index) => index % 10 === 0);
    expect(await byPages({ filter: "category = Test", sort: "detect_time.asc", limit: 4 })).toEqual(tests);
    expect(await found(storage(), { filter: "category = Test", sort: "storage_time.asc" })).toHaveLength(10);
    const window = "detect_time >= 2023-01-05T12:00:01Z and detect_time < 2023-03-22T12:00:00Z";
    expect(
      await byPages({ filter: `${window} and category = Test`, sort: "detect_time.asc", limit: 3 }),
    ).toEqual(tests.slice(1, 8));
    expect(await found(storage(), { filter: window, limit: 100 })).toEqual(days.slice(5, 80).reverse());
  });
});

describeStores("statements of searches", ({ storage, open }) => {
  it("are planned once for all values, and leave the planner as it was", async () => {
    await storage().insertEvent(eventAt("event", secondsAfterNoon(0)));
    const single = await open({ pool: { max: 1 } });
    const settings =
      "select current_setting('plan_cache_mode') as mode, current_setting('enable_seqscan') as scan";
    const usual = [{ mode: "auto", scan: "on" }];
    // Values that were not asked for before, of which nothing is known.
    for (const id of ["event", "none", "nothing"])
      expect(await found(single, { filter: "id = $id", args: { id } })).toEqual(
        id === "event" ? ["event"] : [],
      );
    expect((await single.query(settings)).rows).toEqual(usual);
    const { rows } = await single.query(
      "select generic_plans, custom_plans from pg_prepared_statements where statement like '%pg_inherits%hit_id%'",
    );
    expect(rows).toEqual([{ generic_plans: "3", custom_plans: "0" }]);
    await single.transaction(async (inner) => {
      expect(await found(inner, { filter: "id = event" })).toEqual(["event"]);
      expect((await inner.query(settings)).rows).toEqual(usual);
    });
  });
});
