import { beforeEach, describe, expect, it } from "vitest";
import {
  buildQuery,
  compileFilter,
  convertFilter,
  DataError,
  FilterError,
  withRaw,
  type CreateOptions,
  type QueryType,
} from "../../../runtime/store/index.js";
import {
  checkConsistency,
  collect,
  describeStores,
  emptyStore,
  eventAt,
  idsOf,
  secondsAfterNoon,
} from "./support.js";

/** What would do harm if any of it were read as SQL. */
const INJECTIONS = [
  "'; drop table events; --",
  '"; drop table events; --',
  "') or true --",
  "$1",
  "$$; drop table events; $$",
  "\\'; drop table events; --",
  "%' or '1'='1",
  "x', pg_sleep(60))--",
  '{"a","b"}',
  "*/ drop table events /*",
  "E'\\x27'",
];

describeStores("status", ({ storage }) => {
  beforeEach(async () => {
    await emptyStore(storage());
  });

  it("shows size and age of a table, its partitions together", async () => {
    expect(await storage().tableStatus("events")).toMatchObject({
      table: "events",
      oldest: null,
      newest: null,
    });
    await storage().insertEvents([
      eventAt("a", "2024-05-01T12:00:00Z"),
      eventAt("b", "2024-05-03T12:00:00Z"),
      eventAt("c", "1980-01-01T00:00:00Z"),
    ]);
    const status = await storage().tableStatus("events");
    expect(status).toMatchObject({
      table: "events",
      partitions: 3,
      oldest: new Date("1980-01-01T00:00:00Z"),
      newest: new Date("2024-05-03T12:00:00Z"),
    });
    expect(status.totalBytes).toBeGreaterThanOrEqual(status.tableBytes + status.indexBytes);
    expect(status.tableBytes).toBeGreaterThan(0);
    const stored = await storage().tableStatus("events", "storage_time");
    expect(Date.now() - (stored.oldest?.getTime() ?? 0)).toBeLessThan(3_600_000);
    await storage().query("analyze events");
    expect((await storage().tableStatus("events")).rows).toBe(3);
    expect((await storage().databaseStatus({ brief: true })).defaultRows).toBe(1);
  });

  it.each([
    [{ citus: { shards: 4 } }, /keeps its rows on one server; "distributed" is for a new one/],
    ["citus", /keeps its rows on one server/],
    [{ citus: { shards: 0 } }, /shards is a whole number from 1/],
    [{ citus: { shard: 4 } }, /did you mean "shards"/],
    [{}, /distributed is "citus" or \{ citus: \{ shards \} \}/],
  ])("is not spread over a cluster afterwards: %j", async (distributed, message) => {
    const creating = storage().databaseCreate({ distributed } as CreateOptions);
    await expect(creating).rejects.toThrow(message);
    await expect(creating).rejects.toMatchObject({ code: "argument_invalid" });
  });

  it("describes the whole database", async () => {
    const status = await storage().databaseStatus();
    expect(status.schemaVersion).toBeGreaterThan(0);
    expect(status.serverVersion).toMatch(/^\d+/);
    expect(status.databaseBytes).toBeGreaterThan(1_000_000);
    expect(status.tables.map(({ table }) => table)).toEqual(
      expect.arrayContaining(["events", "event_json", "event_ids", "thresholds", "events_thresholded"]),
    );
    expect(status.settings).toMatchObject({ server_encoding: "UTF8", TimeZone: "UTC" });
    const brief = await storage().databaseStatus({ brief: true });
    expect(brief.settings).toEqual({});
    expect(brief.tables.map(({ table }) => table)).toEqual(status.tables.map(({ table }) => table));
  });

  it("writes values into a statement for people, so that it means the same", async () => {
    const values = ["it's", -5, null, true, new Date(0), ["a", 'b"'], "back\\slash", 1.5];
    const text =
      "select $1::text as a, 3-$2::int as b, $3::text as c, $4::bool as d, $5::timestamptz as e, $6::text[] as f, $7::text as g, $8::float8 as h, '$1' as i -- $1";
    const { rows } = await storage().query(text, values);
    expect((await storage().query(storage().mogrify(text, values))).rows).toEqual(rows);
    expect(() => storage().mogrify("select $2", ["one"])).toThrow(DataError);
    for (const injection of INJECTIONS) {
      const shown = storage().mogrify("select $1::text as a", [injection]);
      expect((await storage().query(shown)).rows).toEqual([{ a: injection }]);
    }
  });
});

describeStores("retention", ({ storage }) => {
  const LIMIT = new Date("2024-05-03T12:00:00Z");

  beforeEach(async () => {
    await emptyStore(storage());
    await storage().insertEvents([
      eventAt("very old", "1980-01-01T00:00:00Z"),
      eventAt("day1", "2024-05-01T23:59:59.999999Z"),
      eventAt("day2", "2024-05-02T00:00:00Z"),
      eventAt("just before", "2024-05-03T11:59:59.999999Z"),
      eventAt("at", "2024-05-03T12:00:00Z"),
      eventAt("after", "2024-05-04T00:00:00Z"),
    ]);
  });
  const left = async () => idsOf((await storage().searchEvents({ sort: "detect_time.asc" })).events);

  it("removes what lies before the limit, strictly, whole days as such", async () => {
    const days = async () => (await storage().tableStatus("events")).partitions;
    const before = await days();
    expect(await storage().tableCleanup("events", "detect_time", LIMIT)).toBe(4);
    expect(await left()).toEqual(["at", "after"]);
    expect(await days()).toBe(before - 2);
    expect(await storage().countEvents()).toBe(2);
    expect(await storage().fetchEvent("day1")).toBeNull();
    expect(await storage().tableCleanup("events", "detect_time", LIMIT)).toBe(0);
    await storage().refresh();
    await checkConsistency(storage());
    const { rows } = await storage().query("select count(*)::int as n from event_ids");
    expect(rows).toEqual([{ n: 2 }]);
  });

  it("takes midnight as the end of the day before", async () => {
    expect(await storage().tableCleanup("events", "detect_time", new Date("2024-05-02T00:00:00Z"))).toBe(2);
    expect(await left()).toEqual(["day2", "just before", "at", "after"]);
    await checkConsistency(storage());
  });

  it("goes by other times row by row", async () => {
    await storage().insertEvent(
      eventAt("stored early", "2024-05-04T01:00:00Z", { _CESNET: { StorageTime: "2001-01-01T00:00:00Z" } }),
    );
    expect(await storage().tableCleanup("events", "storage_time", new Date("2001-01-01T00:00:00Z"))).toBe(0);
    expect(await storage().tableCleanup("events", "storage_time", new Date("2001-01-01T00:00:00.001Z"))).toBe(
      1,
    );
    expect(await storage().tableCleanup("events", "create_time", new Date("2100-01-01T00:00:00Z"))).toBe(0);
    expect(await storage().countEvents()).toBe(6);
    await checkConsistency(storage());
  });

  it("cleans thresholds by each of their times, strictly", async () => {
    const [a, b, c] = [new Date(1000), new Date(2000), new Date(3000)];
    for (const [column, time] of [
      ["thresholdtime", a],
      ["relapsetime", b],
      ["ttltime", c],
    ] as const) {
      await storage().thresholdSet("key", a, b, c);
      expect(await storage().tableCleanup("thresholds", column, time)).toBe(0);
      expect(await storage().tableCleanup("thresholds", column, new Date(time.getTime() + 1))).toBe(1);
    }
    await storage().thresholdSave("msg", "key", "g", "low", a);
    expect(await storage().tableCleanup("events_thresholded", "createtime", a)).toBe(0);
    expect(await storage().tableCleanup("events_thresholded", "createtime", b)).toBe(1);
  });

  it.each([
    ["evnts", "detect_time", /unknown table "evnts".*"events"/],
    ["pg_class", "reltime", /unknown table "pg_class"/],
    ["events; drop table events", "detect_time", /unknown table/],
    ["event_ids", "detect_time", /kept by the store itself; clean events, thresholds, events_thresholded/],
    ["event_json", "detect_time", /kept by the store itself/],
    ["events", "detecttime", /no time column "detecttime".*"detect_time"/],
    ["events", "id", /no time column "id"/],
    ["thresholds", "createtime", /no time column "createtime"/],
    ["thresholds", "ttltime' or true", /no time column/],
  ])("refuses %s.%s", async (table, column, message) => {
    const cleanup = storage().tableCleanup(table, column, LIMIT);
    await expect(cleanup).rejects.toBeInstanceOf(DataError);
    await expect(cleanup).rejects.toThrow(message);
    expect(await storage().countEvents()).toBe(6);
  });

  it("refuses what is no time, and status of what is no table", async () => {
    await expect(storage().tableCleanup("events", "detect_time", new Date(Number.NaN))).rejects.toThrow(
      /invalid Date/,
    );
    await expect(storage().tableStatus("evnts")).rejects.toThrow(/unknown table "evnts".*"events"/);
    await expect(storage().tableStatus("events", "storge_time")).rejects.toThrow(/"storage_time"/);
  });
});

describeStores("deletion", ({ storage }) => {
  beforeEach(async () => {
    await emptyStore(storage());
    await storage().insertEvents(
      Array.from({ length: 105 }, (_, index) =>
        eventAt(`e${index}`, secondsAfterNoon(index, `2024-05-0${1 + (index % 3)}`), {
          Category: [index % 5 ? "Test" : "Other"],
        }),
      ),
    );
  });

  it.each([undefined, "", "   ", "true", "not false", "true or severity = low", "# a comment"])(
    "without a condition is refused: %j",
    async (filter) => {
      await expect(storage().deleteEvents({ filter })).rejects.toThrow(/every event.*\{ all: true \}/);
      await expect(storage().deleteEvents({ filter, batch: 10 })).rejects.toBeInstanceOf(DataError);
      expect(await storage().countEvents()).toBe(105);
    },
  );

  it.each([{}, { categories: [] }, { limit: 5 }, { dt_from: null }])("of %j is refused", (parameters) => {
    expect(() => buildQuery(parameters, "delete")).toThrow(/needs a condition/);
  });

  it("of all is done when it is meant", async () => {
    expect(await storage().deleteEvents({ all: true })).toBe(105);
    expect(await checkConsistency(storage())).toBe(0);
  });

  it.each([undefined, 1, 7, 21, 1000])(
    "in slices of %s removes what matches, and nothing else",
    async (batch) => {
      expect(await storage().deleteEvents({ filter: "category = Other", batch })).toBe(21);
      expect(await checkConsistency(storage())).toBe(84);
      expect(await storage().countEvents({ filter: "category = Other" })).toBe(0);
      expect(await storage().deleteEvents({ filter: "false" })).toBe(0);
    },
  );

  it.each([0, -1, 0.5, Number.NaN, 1e9])("refuses slices of %d", async (batch) => {
    await expect(storage().deleteEvents({ filter: "category = Other", batch })).rejects.toThrow(
      /batch is a whole number/,
    );
    expect(await storage().countEvents()).toBe(105);
  });
});

describeStores("texts that look like SQL", ({ storage }) => {
  it.each(INJECTIONS)("are stored and compared as text: %s", async (text) => {
    await emptyStore(storage());
    const event = eventAt(text, secondsAfterNoon(0), {
      Category: [text],
      Description: text,
      Source: [{ Hostname: [text], Proto: [text], Type: [text] }],
      Node: [{ Name: text }],
      _CESNET: { EventClass: text, ResolvedAbuses: [text] },
    });
    expect(await storage().insertEvent(event)).toBe(text);
    await storage().insertEvent(eventAt("other", secondsAfterNoon(1)));
    expect(await storage().fetchEvent(text)).toEqual(event);
    const quoted = JSON.stringify(text);
    for (const filter of [
      `id = ${quoted}`,
      `description = ${quoted}`,
      `description contains ${quoted}`,
      `source.hostname = ${quoted}`,
      `node.name starts with ${quoted}`,
      `event_class = ${quoted}`,
    ])
      expect(idsOf((await storage().searchEvents({ filter })).events), filter).toEqual([text]);
    const args = { a: text };
    expect(await storage().countEvents({ filter: "description = $a", args })).toBe(1);
    expect(await collect(storage().streamEvents({ filter: "node.name in [$a]", args }))).toHaveLength(1);
    for (const key of ["groups", "classes", "categories", "detectors", "source_types", "protocols"]) {
      const { text: sql, values } = buildQuery({ [key]: [text] }, "count", text);
      expect(sql).not.toContain("drop table");
      expect((await storage().query(sql, values, { name: text })).rows, key).toEqual([{ count: "1" }]);
    }
    expect((await storage().aggregateEvents({ by: "category", filter: "id != other" }))[0]).toEqual({
      value: text,
      count: 1,
    });
    await storage().thresholdSet(text, new Date(0), new Date(1), new Date(2));
    await storage().thresholdSave(text, text, text, text, new Date(1));
    expect((await storage().searchRelapsedEvents(text, text, new Date(3))).map(({ keys }) => keys)).toEqual([
      [text],
    ]);
    expect(await storage().queryStatus(text)).toBeNull();
    expect(await storage().queryCancel(text)).toBe(false);
    expect(await storage().deleteEvent(text)).toBe(true);
    expect(await checkConsistency(storage())).toBe(1);
    for (const call of [
      () => storage().tableStatus(text),
      () => storage().tableStatus("events", text),
      () => storage().tableCleanup("events", text, new Date(0)),
      () => storage().aggregateEvents({ by: text }),
      () => storage().distinctValues(text),
      () => storage().searchColumnWith(text),
      () => storage().timelineEvents({ step: text }),
      () => storage().timelineEvents({ timeZone: text }),
      () => storage().searchEvents({ sort: text }),
    ])
      await expect(call()).rejects.toBeInstanceOf(DataError);
  });
});

describe("legacy parameters that are wrong", () => {
  it("may lead to a page beyond 2^53", () => {
    expect(buildQuery({ page: 2 ** 40 + 1, limit: 2 ** 20 }).values).toEqual([
      String(2 ** 20),
      String(2n ** 60n),
    ]);
  });

  it.each([
    [{ sorce_addrs: ["10.0.0.1"] }, /sorce_addrs[\s\S]*source_addrs/],
    [{ source_addrs: ["10.0.0.300"] }, /source_addrs/],
    [{ source_ports: [65_536] }, /source_ports/],
    [{ source_ports: [-1] }, /source_ports/],
    [{ dt_from: "yesterday-ish" }, /dt_from/],
    [{ limit: 0 }, /limit/],
    [{ limit: Number.NaN }, /limit/],
    [{ page: 1.5 }, /page/],
    [{ sortby: "severity.asc" }, /sortby[\s\S]*detecttime/],
  ] as const)("%j", (parameters, message) => {
    const build = () => buildQuery(parameters);
    expect(build).toThrow(message);
    expect(build).toThrow(FilterError);
  });

  it.each([
    [{}, "selct", DataError, /unknown query type "selct".*select/],
    [{ aggr_set: "no such field" }, "aggregate", Error, /aggr_set|no such field/],
    [{ aggr_set: "categry" }, "aggregate", FilterError, /no field "categry"[^]*category/],
    [{ step: "soon" }, "timeline", FilterError, /step/],
    [{ step: "0h" }, "timeline", DataError, /"0h" is no step.*5m/],
    [{ step: "1mo" }, "timeline", DataError, /"1mo" is no step.*timelineEvents/],
    [{ step: "1y" }, "timeline", DataError, /"1y" is no step/],
    [null, "select", DataError, /parameters are an object/],
    [["10.0.0.1"], "select", DataError, /parameters are an object/],
    ["categories", "select", DataError, /parameters are an object/],
  ] as const)("%j as %s", (parameters, qtype, kind, message) => {
    const build = () => buildQuery(parameters as Readonly<Record<string, unknown>>, qtype as QueryType);
    expect(build).toThrow(message);
    expect(build).toThrow(kind);
  });

  it.each([
    ["5m", "300000000"],
    ["5 m", "300000000"],
    ["90", "90000000"],
    ["1:30:00", "5400000000"],
    ["250ms", "250000"],
    ["1d", "86400000000"],
    ["2w", "1209600000000"],
  ])("a step of %s is %s microseconds", (step, micros) => {
    expect(buildQuery({ step }, "timeline").values).toEqual([`${micros} microseconds`]);
  });

  it("refuses what makes no sense", () => {
    for (const call of [
      () => buildQuery(null as never),
      () => buildQuery({}, 1 as never),
      () => buildQuery({}, "count", 1 as never),
      () => convertFilter("a", {} as never),
      () => buildQuery({ page: 2 ** 52, limit: 2 ** 40 }),
      () => withRaw({}, 5 as never),
      () => compileFilter("true").matches({}, {}, { Now: new Date() } as never),
    ])
      expect(call).toThrow(expect.objectContaining({ name: "DataError", code: "argument_invalid" }));
  });
});
