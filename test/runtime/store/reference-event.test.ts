import { beforeAll, describe, expect, it } from "vitest";
import { convertFilter } from "../../../compiler/index.js";
import {
  buildQuery,
  DataError,
  FilterError,
  recordToIdea,
  type QueryType,
} from "../../../runtime/store/index.js";
import { referenceEvent } from "../events/reference-event.js";
import { asIdea, askedOf, KEYS, plainEvent, together } from "./legacy-model.js";
import { collect, describeStores, emptyStore, idsOf, seededRandom } from "./support.js";

type Parameters = Readonly<Record<string, unknown>>;

const LISTS = ["protocols", "categories", "classes", "severities", "detectors", "detector_types", "groups"];

/** The table of operations.md §4: legacy parameters, whether E1 is a hit, and the filter that says the same. */
const SCENARIOS: readonly (readonly [parameters: Parameters, hit: boolean, filter: string])[] = [
  [{ dt_from: "2012-11-03 10:00:07" }, true, "detect_time >= 2012-11-03T10:00:07Z"],
  [{ dt_from: "2012-11-03 10:00:08" }, false, "detect_time >= 2012-11-03T10:00:08Z"],
  [{ dt_to: "2012-11-03 10:00:07" }, true, "detect_time <= 2012-11-03T10:00:07Z"],
  [{ dt_to: "2012-11-03 10:00:00" }, false, "detect_time <= 2012-11-03T10:00:00Z"],
  [{ st_from: "2017-04-05 10:10:00" }, true, "storage_time >= 2017-04-05T10:10:00Z"],
  [{ st_to: "2017-04-05 10:00:00" }, false, "storage_time <= 2017-04-05T10:00:00Z"],
  [{ target_addrs: ["10.2.2.55"] }, true, "target.ip overlaps 10.2.2.55"],
  [{ target_addrs: ["10.0.0.0/8"] }, true, "target.ip overlaps 10.0.0.0/8"],
  [{ target_addrs: ["10.0.0.7/8"] }, true, "target.ip overlaps 10.0.0.0/8"],
  [{ host_addrs: ["10.0.0.0/8"] }, true, "host.ip overlaps 10.0.0.0/8"],
  [{ target_addrs: ["10.25.2.55"] }, false, "target.ip overlaps 10.25.2.55"],
  [{ target_addrs: ["10.25.2.55", "10.2.2.55"] }, true, "target.ip overlaps [10.25.2.55, 10.2.2.55]"],
  [{ source_addrs: ["10.2.2.55"] }, false, "source.ip overlaps 10.2.2.55"],
  [{ source_addrs: ["192.168.0.0-192.168.0.2"] }, true, "source.ip overlaps 192.168.0.0..192.168.0.2"],
  [{ source_addrs: ["2001:db8::ff00:42:0/112"] }, true, "source.ip overlaps 2001:db8::ff00:42:0/112"],
  [{ source_addrs: ["2001:db8::/64"] }, true, "source.ip overlaps 2001:db8::/64"],
  [{ source_addrs: ["2001:ffff::ffff:42:0/112"] }, false, "source.ip overlaps 2001:ffff::ffff:42:0/112"],
  [{ target_ports: [22, 888] }, true, "target.port in [22, 888]"],
  [{ host_ports: [22, 888] }, true, "host.port in [22, 888]"],
  [{ target_ports: [888, 999] }, false, "target.port in [888, 999]"],
  [{ host_ports: [888, 999] }, false, "host.port in [888, 999]"],
  [{ target_types: ["Test", "Backscatter"] }, true, "target.type in [Test, Backscatter]"],
  [{ target_types: ["Test", "Tag"] }, false, "target.type in [Test, Tag]"],
  [{ source_types: ["Test", "Phishing"] }, true, "source.type in [Test, Phishing]"],
  [{ host_types: ["Test", "Phishing"] }, true, "host.type in [Test, Phishing]"],
  [{ protocols: ["tcp", "ipv6"] }, true, "protocol in [tcp, ipv6]"],
  [{ protocols: ["TCP"] }, true, "protocol = TCP"],
  [{ protocols: ["udp"] }, false, "protocol = udp"],
  [{ categories: ["Fraud.Phishing"] }, true, "category = Fraud.Phishing"],
  [{ categories: ["Test.Heartbeat"] }, false, 'category = "Test.Heartbeat"'],
  [{ groups: ["abuse@cesnet.cz"] }, true, 'abuse_group = "abuse@cesnet.cz"'],
  [{ groups: ["abuse@nic.cz"] }, false, 'abuse_group = "abuse@nic.cz"'],
  [{ severities: ["test", "low"] }, true, "severity = low"],
  [{ severities: ["test", "high"] }, false, "severity = high"],
  [{ classes: ["vulnerable-config-ssdp"] }, true, 'event_class = "vulnerable-config-ssdp"'],
  [{ classes: ["other"] }, false, "event_class = other"],
  [{ detectors: ["org.example.kippo_honey"] }, true, 'node.name = "org.example.kippo_honey"'],
  [{ detectors: ["org.example.other"] }, false, 'node.name = "org.example.other"'],
  [{ detector_types: ["Honeypot"] }, true, "node.type = Honeypot"],
  [{ detector_types: ["Flow"] }, false, "node.type = Flow"],
  [{ description: "Synthetic example" }, true, 'description = "Synthetic example"'],
  [{ inspection_errs: "__EMPTY__" }, true, "inspection_error missing"],
  [{ target_groups: "__EMPTY__" }, true, "target_group missing"],
  [{ target_classes: ["x"] }, false, "target_class = x"],
  [{ target_severities: ["low"] }, false, "target_severity = low"],
  [{ target_severities: ["low"], not_target_severities: true }, true, "not target_severity = low"],
  [{ tlps: ["amber", "RED"] }, false, "tlp in [amber, red]"],
  [{ shadow_reporting: true }, false, "shadow_reporting"],
  [{ shadow_reporting: false }, true, "not shadow_reporting"],
  [
    { shadow_reporting_target: "false", not_shadow_reporting_target: "True" },
    false,
    "shadow_reporting_target",
  ],
  [{ inspection_errs: "__ANY__" }, false, "inspection_error exists"],
  [{ not_categories: true, categories: ["Test"] }, false, "not category = Test"],
  // Negation keeps events without the field.
  [{ not_inspection_errs: true, inspection_errs: ["x"] }, true, "not inspection_error = x"],
  // A sentinel beside values ORs with them.
  [{ categories: ["__EMPTY__", "Test"] }, true, "category missing or category = Test"],
  // host_* overrides the other two.
  [
    { host_addrs: ["10.0.0.0/8"], source_addrs: ["192.0.2.1"], target_addrs: ["192.0.2.1"] },
    true,
    "host.ip overlaps 10.0.0.0/8",
  ],
];

describeStores("the reference event", ({ storage }) => {
  const run = async (parameters: Parameters, qtype: QueryType): Promise<Record<string, unknown>[]> => {
    const { text, values } = buildQuery(parameters, qtype);
    return (await storage().query(text, values)).rows;
  };

  beforeAll(async () => {
    await storage().insertEvent(referenceEvent());
  });

  it("comes back equal", async () => {
    expect(await storage().fetchEvent("e1")).toEqual(referenceEvent());
  });

  describe.each(SCENARIOS)("%j", (parameters, hit, filter) => {
    const expected = hit ? 1 : 0;

    it(`has ${expected} hits as a legacy query of each type`, async () => {
      const selected = await run(parameters, "select");
      expect(selected).toHaveLength(expected);
      for (const row of selected) {
        expect(row["id"]).toBe("e1");
        const event = row["event"] as Buffer;
        for (const record of [event, `\\x${event.toString("hex")}`, { event }])
          expect(recordToIdea(record)).toEqual(referenceEvent());
      }
      expect(await run(parameters, "select_ghost")).toHaveLength(expected);
      expect(await run(parameters, "count")).toEqual([{ count: String(expected) }]);
      const aggregated = await run({ ...parameters, aggr_set: "category" }, "aggregate");
      expect(aggregated.map(({ set, count }) => [set, count])).toEqual(
        hit
          ? [
              ["Fraud.Phishing", "1"],
              ["Test", "1"],
            ]
          : [],
      );
      const line = await run({ ...parameters, step: "1h" }, "timeline");
      // Buckets begin where the parameters do.
      const start = "dt_from" in parameters ? "2012-11-03T10:00:07Z" : "2012-11-03T10:00:00Z";
      expect(line).toEqual(hit ? [{ bucket: new Date(start), count: "1" }] : []);
    });

    it(`has ${expected} hits as the filter ${filter}`, async () => {
      for (const text of [filter, convertFilter({ ...parameters }, "search-parameters").text]) {
        expect(await storage().countEvents({ filter: text })).toBe(expected);
        const { events, total } = await storage().searchEvents({ filter: text, total: true });
        expect(events).toEqual(hit ? [referenceEvent()] : []);
        expect(total).toBe(expected);
        expect(storage().compile(text).matches(referenceEvent())).toBe(hit);
      }
      expect(await storage().countEvents({ parameters })).toBe(expected);
      expect(await storage().countEvents({ parameters, filter: 'id != "e1"' })).toBe(0);
      const ghosts = await storage().searchEvents({ parameters, ghost: true });
      expect(idsOf(ghosts.events)).toEqual(hit ? ["e1"] : []);
      expect(await collect(storage().streamEvents({ filter }))).toHaveLength(expected);
    });

    it(`is ${hit ? "" : "not "}deleted by it`, async () => {
      for (const remove of [
        async () => Number((await run(parameters, "delete"))[0]?.["count"]),
        () => storage().deleteEvents({ filter }),
        () => storage().deleteEvents({ parameters }),
      ]) {
        expect(await remove()).toBe(expected);
        expect(await storage().countEvents()).toBe(1 - expected);
        if (hit) await storage().insertEvent(referenceEvent());
      }
    });
  });

  it.each(LISTS)("%s: anything or nothing", async (key) => {
    const hits = (parameters: Parameters) => run(parameters, "select").then(({ length }) => length);
    expect(await hits({ [key]: "__ANY__" })).toBe(1);
    expect(await hits({ [key]: "__EMPTY__" })).toBe(0);
    expect(await hits({ [key]: ["__EMPTY__", "__ANY__"] })).toBe(1);
    expect(await hits({ [key]: "__ANY__", [`not_${key}`]: true })).toBe(0);
    expect(await hits({ [key]: "__EMPTY__", [`not_${key}`]: true })).toBe(1);
  });

  it("has a ghost in which protocols stay on their side and types on their node", async () => {
    const { events } = await storage().searchEvents({ filter: 'id = "e1"', ghost: true });
    expect(events).toHaveLength(1);
    const [ghost] = events;
    expect(ghost?.Source?.[0]?.Proto).toEqual(["tcp", "http"]);
    expect(ghost?.Target?.every((target) => target.Proto === undefined)).toBe(true);
    expect(ghost?.Node).toEqual([{ Name: "org.example.kippo_honey", Type: ["Protocol", "Honeypot"] }]);
  });

  it("takes pages and orders of the legacy parameters", async () => {
    await storage().insertEvent({ ...referenceEvent(), ID: "e0" });
    const ids = async (parameters: Parameters) => (await run(parameters, "select")).map(({ id }) => id);
    expect(await ids({ sortby: "detecttime.desc" })).toEqual(["e1", "e0"]);
    expect(await ids({ sortby: "detecttime.asc" })).toEqual(["e0", "e1"]);
    expect(await ids({ sortby: "storagetime.asc", limit: 1 })).toEqual(["e0"]);
    expect(await ids({ sortby: "storagetime.asc", limit: 1, page: 2 })).toEqual(["e1"]);
    expect(await ids({ limit: 1, page: 3 })).toEqual([]);
    const searched = async (options: Parameters) => {
      const { events, hasMore } = await storage().searchEvents(options);
      return [...idsOf(events), hasMore];
    };
    expect(await searched({ parameters: { sortby: "storagetime.asc", limit: 1 } })).toEqual(["e0", true]);
    expect(await searched({ parameters: { sortby: "detecttime.asc", limit: 1, page: 2 } })).toEqual([
      "e1",
      false,
    ]);
    expect(await searched({ parameters: { sortby: "detecttime.asc", limit: 1 }, limit: 2 })).toEqual([
      "e0",
      "e1",
      false,
    ]);
    const { next } = await storage().searchEvents({ limit: 1 });
    expect(await searched({ parameters: { limit: 1, page: 1 }, after: next })).toEqual(["e0", false]);
    expect(await storage().deleteEvent("e0")).toBe(true);
  });
});

describeStores("legacy timelines and aggregations", ({ storage }) => {
  const rows = async (parameters: Parameters, qtype: QueryType): Promise<readonly string[]> => {
    const { text, values } = buildQuery(parameters, qtype);
    const found = (await storage().query(text, values)).rows;
    return found.map(({ bucket, set, count }) =>
      [
        ...(bucket instanceof Date ? [bucket.toISOString().slice(11, 16)] : []),
        ...(typeof set === "string" ? [set] : []),
        String(count),
      ].join("="),
    );
  };
  const day = "2024-05-01";

  beforeAll(async () => {
    await emptyStore(storage());
    for (const [id, time, category] of [
      ["a", "10:40", ["Test"]],
      ["b", "11:20", ["Test", "Other"]],
      ["c", "11:40", ["Other"]],
      ["d", "13:31", ["Test"]],
    ] as const)
      await storage().insertEvent({
        ...referenceEvent(),
        ID: id,
        DetectTime: `${day}T${time}:00Z`,
        Category: category,
      });
  });

  it("have buckets from dt_from by step, those without events included", async () => {
    const timeline = { dt_from: `${day} 10:30:00`, step: 3600 };
    const expected = ["10:30=2", "11:30=1", "12:30=0", "13:30=1"];
    expect(await rows(timeline, "timeline")).toEqual(expected);
    for (const end of ["13:40:00", "14:30:00"])
      expect(await rows({ ...timeline, dt_to: `${day} ${end}` }, "timeline")).toEqual(expected);
    // Both ends belong to the time.
    expect(await rows({ ...timeline, dt_to: `${day} 13:31:00` }, "timeline")).toEqual(expected);
    expect(await rows({ ...timeline, dt_to: `${day} 11:40:00` }, "timeline")).toEqual(["10:30=2", "11:30=1"]);
    expect(await rows({ categories: ["Nothing"], ...timeline }, "timeline")).toEqual([]);
    expect(await rows({ step: "2h" }, "timeline")).toEqual(["10:00=3", "12:00=1"]);
  });

  it("tell the values of a field apart in each bucket, the most frequent first", async () => {
    const timeline = { dt_from: `${day} 10:30:00`, step: 3600, aggr_set: "category" };
    expect(await rows(timeline, "timeline")).toEqual([
      ...["10:30=Test=2", "10:30=Other=1", "11:30=Test=0", "11:30=Other=1"],
      ...["12:30=Test=0", "12:30=Other=0", "13:30=Test=1", "13:30=Other=0"],
    ]);
    expect(await rows({ ...timeline, limit: 1 }, "timeline")).toEqual(
      ["10:30=2", "11:30=0", "12:30=0", "13:30=1"].map((cell) => cell.replace("=", "=Test=")),
    );
  });

  it("count all values, and all events where no field is named", async () => {
    expect(await rows({}, "aggregate")).toEqual(["4"]);
    expect(await rows({ categories: ["Other"] }, "aggregate")).toEqual(["2"]);
    await storage().insertEvent({
      ...referenceEvent(),
      ID: "many",
      Category: Array.from({ length: 30 }, (_, index) => `Kind${index}`),
    });
    expect(await rows({ aggr_set: "category" }, "aggregate")).toHaveLength(32);
    expect(await rows({ aggr_set: "category", limit: 2 }, "aggregate")).toEqual(["Test=3", "Other=2"]);
  });

  it("are what the operations take their field, step and limit from", async () => {
    const parameters = {
      categories: ["Test", "Other"],
      aggr_set: "cesnet_eventseverity",
      step: "1h",
      limit: 1,
    };
    const top = await storage().aggregateEvents({ parameters } as unknown as { readonly by: "severity" });
    expect(top).toEqual([{ value: "low", count: 4 }]);
    const line = await storage().timelineEvents({ parameters });
    expect(line).toMatchObject({ step: "1h", total: 4, values: [{ value: "low", count: 4 }] });
    expect((await storage().timelineEvents({ parameters, step: "1d", by: "category" })).buckets).toHaveLength(
      1,
    );
    expect(await storage().distinctValues("category", { parameters })).toEqual(["Other", "Test"]);
    expect((await storage().summarizeEvents({ parameters, by: ["tlp"] })).total).toBe(4);
    expect((await storage().pivotEvents({ parameters, row: "tlp", column: "severity" })).total).toBe(4);
    expect(await collect(storage().streamEvents({ parameters }))).toHaveLength(4);
    expect(await collect(storage().streamEventIds({ parameters }))).toHaveLength(4);
    const oldest = await storage().searchColumnWith("detecttime", "min", { parameters });
    expect(oldest).toEqual(new Date(`${day}T10:40:00Z`));
  });

  it.each([
    [{ parameters: { sorce_addrs: ["10.0.0.1"] } }, FilterError, /sorce_addrs[^]*source_addrs/],
    [{ parameters: { categories: [Symbol("x")] } }, FilterError, /categories/],
    [{ parameters: { source_ports: [22n], limit: 5n, page: {} } }, FilterError, /source_ports[^]*page/],
    [{ parameters: ["severities"] }, DataError, /parameters is an object/],
    [{ parameters: {} }, DataError, /every event/],
    [
      { parameters: { categories: ["Test"], limit: 5 } },
      DataError,
      /a deletion takes every event that matches/,
    ],
    [{ parameters: { st_from: "0001-01-01" } }, DataError, /every event/],
  ] as const)("delete nothing by %o", async (options, kind, message) => {
    const remove = storage().deleteEvents(options as Parameters);
    await expect(remove).rejects.toBeInstanceOf(kind);
    await expect(remove).rejects.toThrow(message);
    expect(await storage().countEvents()).toBe(5);
  });
});

describeStores("legacy parameters", ({ storage }) => {
  it("singly and in random pairs count what a plain model counts", async () => {
    await emptyStore(storage());
    const random = seededRandom(7);
    const plain = Array.from({ length: 60 }, (_, index) => plainEvent(`p${index}`, random));
    expect(await storage().insertEvents(plain.map(asIdea))).toMatchObject({
      inserted: plain.length,
      rejected: [],
    });
    const asked = (key: string) => askedOf(key, random);
    const anyKey = () => KEYS[Math.floor(random() * KEYS.length)]!;
    const pairs = Array.from({ length: 60 }, () => [anyKey(), anyKey()] as const).filter(([a, b]) => a !== b);
    for (const { parameters, holds } of [
      ...KEYS.map(asked),
      ...pairs.map(([one, other]) => together(asked(one), asked(other))),
    ]) {
      const count = await storage().countEvents({ parameters });
      expect({ parameters, count }).toEqual({ parameters, count: plain.filter(holds).length });
    }
  });
});

describeStores("the second event", ({ storage }) => {
  const second = {
    ...referenceEvent(),
    ID: "e2",
    DetectTime: "2012-11-03T10:00:07.123456Z",
    Attach: [{ Handle: "att1", Content: "a\u0000b\u0000", Note: "é \ud83d\ude00" }],
  };

  it("comes back equal, with its U+0000 and its microseconds", async () => {
    await emptyStore(storage());
    await storage().insertEvent(second);
    expect(await storage().fetchEvent("e2")).toEqual(second);
    expect((await storage().searchEvents()).events).toEqual([second]);
    expect(await collect(storage().streamEvents())).toEqual([second]);
    expect(await storage().fetchEvent("e2", { raw: true })).toBe(JSON.stringify(second));
    const { rows } = await storage().query("select to_char(detect_time, 'US') as micros from events");
    expect(rows).toEqual([{ micros: "123456" }]);
    expect(await storage().countEvents({ filter: "detect_time = 2012-11-03T10:00:07.123456Z" })).toBe(1);
    expect(await storage().countEvents({ filter: "detect_time > 2012-11-03T10:00:07.123456Z" })).toBe(0);
  });
});
