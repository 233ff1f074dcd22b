import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { dayOfDate } from "../../../compiler/schema/day.js";
import { openExecutor } from "../../../runtime/index.js";
import { DataError, FilterError, withRaw } from "../../../runtime/store/index.js";
import type { EventStorage, SearchOptions, SortKey } from "../../../runtime/store/index.js";
import { ensureDays } from "../../../runtime/store/schema/index.js";
import { collect, describeStores, emptyStore, eventAt, idsOf, secondsAfterNoon } from "./support.js";

const SORTS: readonly SortKey[] = [
  "detect_time.desc",
  "detect_time.asc",
  "storage_time.desc",
  "storage_time.asc",
];

describeStores("pages", ({ storage }) => {
  /** Ids of all pages, by keys. */
  const byKeys = async (options: SearchOptions): Promise<string[]> => {
    const ids: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await storage().searchEvents({ ...options, after });
      ids.push(...idsOf(page.events));
      expect(page.hasMore).toBe(page.next !== null);
      if (page.next === null) return ids;
      expect(page.events).toHaveLength(options.limit ?? 100);
      after = page.next;
    }
  };

  /** Three days and the default partition; many equal times; the storage time runs against the detect time. */
  const events = Array.from({ length: 60 }, (_, index) => {
    const day = ["2024-05-01", "2024-05-02", "1985-01-01", "2024-05-04"][index % 4]!;
    return eventAt(`e${String((index * 37) % 60).padStart(2, "0")}`, secondsAfterNoon(index % 3, day), {
      Category: [index % 2 ? "Test" : "Recon.Scanning"],
      _CESNET: { StorageTime: secondsAfterNoon(-(index % 5), "2024-06-01") },
    });
  });
  const keyOf = (event: Record<string, unknown>, sort: SortKey): string => {
    const { StorageTime } = event["_CESNET"] as { readonly StorageTime: string };
    return `${sort.startsWith("detect") ? String(event["DetectTime"]) : StorageTime} ${String(event["ID"])}`;
  };
  const expectedOrder = (sort: SortKey, wanted: (event: Record<string, unknown>) => boolean = () => true) => {
    const sorted = events.filter(wanted).sort((a, b) => (keyOf(a, sort) < keyOf(b, sort) ? -1 : 1));
    return (sort.endsWith("asc") ? sorted : sorted.reverse()).map((event) => String(event["ID"]));
  };
  const scans = (event: Record<string, unknown>) => (event["Category"] as string[])[0] === "Recon.Scanning";

  beforeAll(async () => {
    expect(await storage().insertEvents(events)).toEqual({
      inserted: 60,
      duplicates: 0,
      different: 0,
      rejected: [],
    });
  });

  describe.each(SORTS)("by %s", (sort) => {
    it.each([1, 2, 7, 19, 60, 100])("of %i have every event once, in order", async (limit) => {
      expect(await byKeys({ sort, limit })).toEqual(expectedOrder(sort));
      expect(await byKeys({ sort, limit, ghost: true })).toEqual(expectedOrder(sort));
      const filter = "category = Recon.Scanning";
      expect(await byKeys({ sort, limit, filter })).toEqual(expectedOrder(sort, scans));
    });

    it("have the same events by number as by key", async () => {
      const ids: string[] = [];
      for (let page = 1; page <= 9; page++)
        ids.push(...idsOf((await storage().searchEvents({ sort, limit: 7, page })).events));
      expect(ids).toEqual(expectedOrder(sort));
      const last = await storage().searchEvents({ sort, limit: 7, page: 9 });
      expect(last).toMatchObject({ hasMore: false, next: null });
      expect(last.events).toHaveLength(4);
      const beyond = await storage().searchEvents({ sort, limit: 7, page: 10 });
      expect(beyond).toEqual({ events: [], hasMore: false, next: null });
    });

    it("come in the order of the stream", async () => {
      expect(idsOf(await collect(storage().streamEvents({ sort })))).toEqual(expectedOrder(sort));
      const some = await collect(storage().streamEvents({ sort, filter: "category = Recon.Scanning" }));
      expect(idsOf(some)).toEqual(expectedOrder(sort, scans));
    });
  });

  it("default to the newest first, a hundred at a time", async () => {
    const { events: found, hasMore } = await storage().searchEvents();
    expect(idsOf(found)).toEqual(expectedOrder("detect_time.desc"));
    expect(hasMore).toBe(false);
  });

  it("tell how many there are in all when asked", async () => {
    expect((await storage().searchEvents({ limit: 3 })).total).toBeUndefined();
    expect((await storage().searchEvents({ limit: 3, total: true })).total).toBe(60);
    const filter = "category = Recon.Scanning";
    expect((await storage().searchEvents({ limit: 3, total: true, filter })).total).toBe(30);
    expect(await storage().searchEvents({ filter: "false", total: true })).toEqual({
      events: [],
      hasMore: false,
      next: null,
      total: 0,
    });
  });

  it("estimate how many there are where that is enough, without reading them", async () => {
    await storage().query("analyze events");
    const all = await storage().countEvents({ approximate: true });
    expect(all).toBeGreaterThanOrEqual(60 / 2);
    expect(all).toBeLessThanOrEqual(60 * 2);
    const none = await storage().countEvents({ approximate: true, filter: "id = nobody" });
    expect(none).toBeLessThan(all);
    expect(Number.isInteger(none)).toBe(true);
  });

  it("know that there is more when the page is exactly full", async () => {
    expect(await storage().searchEvents({ limit: 60 })).toMatchObject({ hasMore: false, next: null });
    expect(await storage().searchEvents({ limit: 59 })).toMatchObject({ hasMore: true });
  });

  it("take time bounds, open and closed, across days", async () => {
    const ids = async (filter: string) => (await byKeys({ filter, limit: 4 })).length;
    expect(await ids("detect_time in 2024-05-01")).toBe(15);
    expect(await ids("detect_time < 2024-05-01")).toBe(15);
    expect(await ids("detect_time >= 2024-05-02")).toBe(30);
    expect(await ids("detect_time >= 2024-05-02 and detect_time < 2024-05-03")).toBe(15);
    expect(await ids("detect_time in 2024-05-03")).toBe(0);
    expect(await ids("detect_time not in 2024-05-01")).toBe(45);
    expect(await ids("not (detect_time in 2024-05-01 or detect_time in 1985)")).toBe(30);
    expect(await ids("detect_time in 1985")).toBe(15);
    expect(await ids("detect_time = 2024-05-01T12:00:01Z or detect_time = 1985-01-01T12:00:01Z")).toBe(10);
  });

  it.each([0, -1, 1.5, Number.NaN, Infinity, 1e9, 100_001])("refuse the limit %d", async (limit) => {
    const search = storage().searchEvents({ limit });
    await expect(search).rejects.toBeInstanceOf(DataError);
    await expect(search).rejects.toThrow(/limit is a whole number from 1 to 10000/);
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 32])("refuse the page %d", async (page) => {
    await expect(storage().searchEvents({ page })).rejects.toThrow(/page is a whole number from 1/);
  });

  it("refuse keys of another order, texts that are no keys, and a key beside a page", async () => {
    const { next } = await storage().searchEvents({ limit: 1 });
    const after = next ?? "";
    await expect(storage().searchEvents({ after, sort: "storage_time.desc" })).rejects.toThrow(
      /sorted by detect_time.desc/,
    );
    const forged = Buffer.from(JSON.stringify(["detect_time.desc", "1; drop table events", "x"]));
    for (const text of ["", "x", "e30", forged.toString("base64url")])
      await expect(storage().searchEvents({ after: text })).rejects.toThrow(/not a page key/);
    await expect(storage().searchEvents({ after, page: 2 })).rejects.toBeInstanceOf(DataError);
  });

  it("refuse other orders and wrong filters", async () => {
    const sort = "severity.desc" as SortKey;
    await expect(storage().searchEvents({ sort })).rejects.toThrow(/use detect_time.desc, /);
    await expect(storage().searchEvents({ filter: "sorce.ip = 10.0.0.1" })).rejects.toBeInstanceOf(
      FilterError,
    );
    const withoutArguments: string = "source.ip = $a";
    await expect(storage().searchEvents({ filter: withoutArguments })).rejects.toBeInstanceOf(DataError);
    await expect(
      storage().searchEvents({ filter: "source.ip = $a", args: { a: "nonsense" } }),
    ).rejects.toBeInstanceOf(DataError);
  });
});

describeStores("searches", ({ storage, open, url }) => {
  beforeEach(async () => {
    await emptyStore(storage());
  });

  it("find nothing in an empty store", async () => {
    for (const options of [
      {},
      { page: 1 },
      { ghost: true },
      { filter: "severity = low" },
      { sort: SORTS[3] },
    ])
      expect(await storage().searchEvents(options)).toEqual({ events: [], hasMore: false, next: null });
    expect(await collect(storage().streamEvents())).toEqual([]);
    expect(await storage().countEvents()).toBe(0);
    expect(await storage().countEvents({ filter: "severity = low" })).toBe(0);
    expect(await storage().fetchEvent("none")).toBeNull();
    expect(await storage().deleteEvent("none")).toBe(false);
  });

  it("put events without a partition of their own into their place", async () => {
    const times = {
      first: "0001-01-01T00:00:00Z",
      old: "1985-10-26T01:21:00Z",
      day1: "2024-05-01T12:00:00Z",
      day2: "2024-05-02T12:00:00Z",
      last: "9999-12-31T23:59:59.999999Z",
    };
    for (const id of ["day1", "last", "first", "day2", "old"] as const)
      await storage().insertEvent(eventAt(id, times[id]));
    const ids = async (options: SearchOptions) => idsOf((await storage().searchEvents(options)).events);
    const ascending = ["first", "old", "day1", "day2", "last"];
    expect(await ids({ sort: "detect_time.asc" })).toEqual(ascending);
    expect(await ids({})).toEqual([...ascending].reverse());
    const { next } = await storage().searchEvents({ limit: 2 });
    expect(await ids({ after: next ?? "" })).toEqual(["day1", "old", "first"]);
    const stored = await storage().searchEvents({ limit: 1 });
    expect(stored.events).toEqual([eventAt("last", times.last)]);
    expect(await ids({ filter: "detect_time >= 9000-01-01" })).toEqual(["last"]);
    expect(await ids({ filter: "detect_time < 1990-01-01" })).toEqual(["old", "first"]);
    expect(await ids({ filter: "detect_time = 2024-05-01T12:00:00Z" })).toEqual(["day1"]);
    expect(await storage().fetchEvent("first")).toEqual(eventAt("first", times.first));
    expect(await storage().deleteEvents({ filter: "detect_time > 2024-05-01 or detect_time < 1900" })).toBe(
      3,
    );
    expect(await ids({})).toEqual(["day1", "old"]);
  });

  it("end for patterns and texts on which a matcher that goes back would hang", async () => {
    const text = `${"a".repeat(50_000)}b`;
    await storage().insertEvent(eventAt("long", secondsAfterNoon(0), { Note: text }));
    for (const pattern of ["(a+)+$", "(a|aa)+$", "(a*)*c", "(.*a){12}c"]) {
      const { events } = await storage().searchEvents({
        filter: `note matches /${pattern}/`,
        timeoutMs: 60_000,
      });
      expect(idsOf(events)).toEqual([]);
    }
    expect(idsOf((await storage().searchEvents({ filter: "note matches /(a+)+b$/" })).events)).toEqual([
      "long",
    ]);
  });

  it("keep the digits of numbers in the raw text", async () => {
    const raw =
      '{"Format":"IDEA0","ID":"raw","DetectTime":"2024-05-01T12:00:00Z","Category":["Test"],"Big":123456789012345678901234567890.10}';
    await storage().insertEvent(JSON.parse(raw), { raw });
    const bulk = raw.replace('"raw"', '"bulk"');
    await storage().insertEvents([withRaw(JSON.parse(bulk), bulk)]);
    expect(await storage().fetchEvent("raw", { raw: true })).toBe(raw);
    expect((await storage().searchEvents({ raw: true })).events).toEqual([raw, bulk]);
    expect(await collect(storage().streamEvents({ raw: true, filter: "category = Test" }))).toEqual([
      raw,
      bulk,
    ]);
    expect(await storage().fetchEvent("raw")).toEqual(JSON.parse(raw));
  });

  it("make ghosts whose values stay where they belong", async () => {
    const event = eventAt("ghost", "2024-05-01T12:00:00Z", {
      Source: [
        { IP4: ["192.0.2.1"], Proto: ["tcp"], Port: [1] },
        { IP6: ["2001:db8::1"], Proto: ["udp", "dns"] },
      ],
      Target: [{ Hostname: ["example.org"], Proto: ["icmp"] }],
      Node: [
        { Name: "a.b", Type: ["Relay"] },
        { Name: "c.d", Type: ["Honeypot", "Protocol"] },
      ],
    });
    await storage().insertEvent(event);
    const { events } = await storage().searchEvents({ ghost: true });
    expect(events[0]).toMatchObject({
      ID: "ghost",
      DetectTime: "2024-05-01T12:00:00Z",
      Category: ["Test"],
      Source: [
        { IP4: ["192.0.2.1"], Proto: ["tcp"], Port: [1] },
        { IP6: ["2001:db8::1"], Proto: ["udp", "dns"] },
      ],
      Target: [{ Hostname: ["example.org"], Proto: ["icmp"] }],
      Node: [
        { Name: "a.b", Type: ["Relay"] },
        { Name: "c.d", Type: ["Honeypot", "Protocol"] },
      ],
    });
  });

  it("have pages that stay the same while events come in", async () => {
    const before = Array.from({ length: 300 }, (_, index) => eventAt(`old${index}`, secondsAfterNoon(index)));
    await storage().insertEvents(before);
    const writer = await open();
    const seen: string[] = [];
    let after: string | undefined;
    for (let page = 0; after !== undefined || page === 0; page++) {
      const [found] = await Promise.all([
        storage().searchEvents({ limit: 20, after }),
        writer.insertEvents(
          Array.from({ length: 50 }, (_, index) =>
            eventAt(`new${page}-${index}`, secondsAfterNoon(1000 + page)),
          ),
        ),
      ]);
      seen.push(...idsOf(found.events));
      after = found.next ?? undefined;
    }
    const old = seen.filter((id) => id.startsWith("old"));
    expect(old).toEqual(Array.from({ length: 300 }, (_, index) => `old${299 - index}`));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("go on while the partitions of their days come and go", async () => {
    const writer = await open();
    await storage().insertEvents(
      Array.from({ length: 200 }, (_, index) =>
        eventAt(`kept${index}`, secondsAfterNoon(index, "2024-05-20")),
      ),
    );
    const state = { stopped: false };
    const churn = (async () => {
      for (let round = 0; round < 12; round++) {
        const day = `2023-02-${String(round + 1).padStart(2, "0")}`;
        await writer.insertEvent(eventAt(`churn${round}`, secondsAfterNoon(0, day)));
        await writer.tableCleanup("events", "detect_time", new Date("2024-01-01T00:00:00Z"));
      }
    })().finally(() => {
      state.stopped = true;
    });
    let searches = 0;
    while (!state.stopped) {
      const { events } = await storage().searchEvents({ filter: "id starts with kept", limit: 200 });
      expect(events).toHaveLength(200);
      const rare = await storage().searchEvents({ filter: "id = kept0", sort: "detect_time.asc" });
      expect(idsOf(rare.events)).toEqual(["kept0"]);
      searches++;
    }
    await churn;
    expect(searches).toBeGreaterThan(0);
  });

  it("keep finding events that move from the default partition into a day of their own", async () => {
    const executor = openExecutor({ connectionString: url() });
    for (let round = 0; round < 10; round++) {
      const day = `2022-03-${String(round + 1).padStart(2, "0")}`;
      await storage().insertEvent(eventAt(`move${round}`, secondsAfterNoon(0, day)));
      await moveToDefault(storage(), day);
      const state = { moved: false };
      const moving = ensureDays(executor, IDEA_CATALOGUE, [dayOfDate(new Date(day))]).finally(() => {
        state.moved = true;
      });
      for (let searched = 0; !state.moved || searched < 3; searched++) {
        const { events } = await storage().searchEvents({ filter: `id = move${round}` });
        expect(idsOf(events)).toEqual([`move${round}`]);
      }
      expect(await moving).toMatchObject({ created: [dayOfDate(new Date(day))] });
    }
    await executor.close();
  });
});

/** Puts the rows of a day into the default partitions, as if a long query had kept the day from being made. */
async function moveToDefault(storage: EventStorage, day: string): Promise<void> {
  const suffix = day.replaceAll("-", "");
  await storage.transaction(async (inner) => {
    for (const table of ["events", "event_json"]) {
      await inner.query(`alter table ${table} detach partition ${table}_${suffix}`);
      await inner.query(`insert into ${table} select * from ${table}_${suffix}`);
      await inner.query(`drop table ${table}_${suffix}`);
    }
  });
}
