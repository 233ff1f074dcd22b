import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import { indexCatalogue } from "../../compiler/catalogue/lookup.js";
import { referenceEvent } from "../runtime/idea/reference-event.js";
import {
  describeStores,
  emptyStore,
  eventAt,
  secondsAfterNoon,
  seededRandom,
  type Suite,
} from "./support.js";
import type { AggregateRow, EventStorage, Timeline, TimelineOptions } from "../../runtime/storage/index.js";

/** Rows as pairs, for short expectations. */
const pairs = (rows: readonly AggregateRow[]) => rows.map(({ value, count }) => [value, count]);

const severity = (name: string) => ({ _CESNET: { EventSeverity: name } });

describeStores("aggregations", ({ storage }) => {
  beforeAll(async () => {
    await storage().insertEvents([
      eventAt("a", secondsAfterNoon(0), { Category: ["Test", "Recon.Scanning"], ...severity("low") }),
      eventAt("b", secondsAfterNoon(1), { Category: ["Test"], ...severity("high") }),
      eventAt("c", secondsAfterNoon(2), { Category: ["Fraud.Phishing"], ...severity("low") }),
      eventAt("d", secondsAfterNoon(3), {
        Category: ["Abusive.Spam"],
        Source: [{ Port: [22, 25] }, { Port: [22] }],
      }),
      eventAt("e", secondsAfterNoon(4), {
        Category: ["Abusive.Spam"],
        Source: [{ IP4: ["10.0.0.0/8"], Proto: ["tcp"] }],
      }),
      { ...referenceEvent(), ID: "f", DetectTime: secondsAfterNoon(5) },
    ]);
  });

  it("count list values one by one, with ties in the order of the values", async () => {
    expect(pairs(await storage().aggregateEvents({ by: "category" }))).toEqual([
      ["Test", 3],
      ["Abusive.Spam", 2],
      ["Fraud.Phishing", 2],
      ["Recon.Scanning", 1],
    ]);
  });

  it("count events without the field as null, and it last among equals", async () => {
    expect(pairs(await storage().aggregateEvents({ by: "severity" }))).toEqual([
      ["low", 3],
      [null, 2],
      ["high", 1],
    ]);
    const filter = "severity = high or severity missing";
    expect(pairs(await storage().aggregateEvents({ by: "severity", filter }))).toEqual([
      [null, 2],
      ["high", 1],
    ]);
    const equal = await storage().aggregateEvents({ by: "severity", filter: "id in [b, d]" });
    expect(pairs(equal)).toEqual([
      ["high", 1],
      [null, 1],
    ]);
  });

  it("count numbers as numbers and a value that occurs twice in an event twice", async () => {
    expect(pairs(await storage().aggregateEvents({ by: "source.port" }))).toEqual([
      [null, 5],
      [22, 2],
      [25, 1],
    ]);
  });

  it("add the remainder on request", async () => {
    expect(await storage().aggregateEvents({ by: "category", limit: 1, remainder: true })).toEqual([
      { value: "Test", count: 3 },
      { value: null, count: 5, remainder: true },
    ]);
    expect(await storage().aggregateEvents({ by: "category", limit: 4, remainder: true })).toHaveLength(4);
    expect(await storage().aggregateEvents({ by: "category", limit: 1 })).toHaveLength(1);
  });

  it("take aliases and both sides of a host field", async () => {
    const host = await storage().aggregateEvents({ by: "host.type", filter: "id = f" });
    expect(pairs(host)).toEqual([
      ["Backscatter", 1],
      ["CasualIP", 1],
      ["OriginSpam", 1],
      ["Phishing", 1],
    ]);
    expect(await storage().aggregateEvents({ by: "CATEGORY", limit: 1 })).toHaveLength(1);
  });

  it.each([...indexCatalogue(IDEA_CATALOGUE).fields.values()].map(({ name }) => name))(
    "work by %s: rows, roll-ups, filters, summaries, distinct values and pivots agree",
    async (by) => {
      const all = await storage().aggregateEvents({ by, limit: 1000 });
      const scanned = await storage().aggregateEvents({
        by,
        limit: 1000,
        filter: "detect_time >= 1990-01-01",
      });
      expect(scanned).toEqual(all);
      expect(all.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(6);
      const { total, panels } = await storage().summarizeEvents({ by: [by], limit: 1000 });
      expect(total).toBe(6);
      expect(panels[by]).toEqual(all);
      const distinct = await storage().distinctValues(by);
      const values = all.map(({ value }) => value).filter((value) => value !== null);
      expect(new Set(distinct)).toEqual(new Set(values));
      expect(distinct).toHaveLength(values.length);
      const pivot = await storage().pivotEvents({ row: by, column: "severity", limit: 1000 });
      expect(pivot.rows.map(({ value }) => value)).toEqual(all.map(({ value }) => value));
      const line = await storage().timelineEvents({ by, step: "1d", limit: 1000 });
      expect(line.total).toBe(6);
      expect(line.values).toEqual(all);
    },
  );

  it("summarise several fields in one result each", async () => {
    const by = ["category", "severity", "source.port", "node.name"];
    const filter = "detect_time >= 2024-05-01";
    const { total, panels } = await storage().summarizeEvents({ by, filter, limit: 2, remainder: true });
    expect(total).toBe(6);
    for (const name of by)
      expect(panels[name]).toEqual(
        await storage().aggregateEvents({ by: name, filter, limit: 2, remainder: true }),
      );
    const none = await storage().summarizeEvents({ by, filter: "id = none" });
    expect(none).toEqual({ total: 0, panels: Object.fromEntries(by.map((name) => [name, []])) });
  });

  it("give the least and the greatest value", async () => {
    expect(await storage().searchColumnWith("detect_time")).toEqual(new Date(secondsAfterNoon(0)));
    expect(await storage().searchColumnWith("detect_time", "max")).toEqual(new Date(secondsAfterNoon(5)));
    expect(await storage().searchColumnWith("id", "max")).toBe("f");
    expect(await storage().searchColumnWith("conn_count")).toBeNull();
    expect(await storage().searchColumnWith("create_time", "max")).toBeNull();
  });
});

describeStores("pivots", ({ storage }) => {
  /** Counts of severity by category, as many events each. */
  const TABLE = [
    ["low", "Recon.Scanning", 30],
    ["low", "Abusive.Spam", 10],
    ["high", "Recon.Scanning", 5],
    ["high", "Abusive.Spam", 15],
  ] as const;

  beforeAll(async () => {
    await storage().insertEvents(
      TABLE.flatMap(([name, category, count]) =>
        Array.from({ length: count }, (_, index) =>
          eventAt(`${name}-${category}-${index}`, secondsAfterNoon(index), {
            Category: [category],
            ...severity(name),
          }),
        ),
      ),
    );
  });

  it("have Pearson's standardised residuals", async () => {
    const { rows, columns, cells, total } = await storage().pivotEvents({
      row: "severity",
      column: "category",
      residuals: true,
    });
    expect(total).toBe(60);
    expect(pairs(rows)).toEqual([
      ["low", 40],
      ["high", 20],
    ]);
    expect(pairs(columns)).toEqual([
      ["Recon.Scanning", 35],
      ["Abusive.Spam", 25],
    ]);
    // By hand: expected 40·35/60 = 23.33, 40·25/60 = 16.67, 20·35/60 = 11.67, 20·25/60 = 8.33.
    const expected = [
      ["low", "Recon.Scanning", 30, 6.6666667 / Math.sqrt(23.3333333)],
      ["low", "Abusive.Spam", 10, -6.6666667 / Math.sqrt(16.6666667)],
      ["high", "Recon.Scanning", 5, -6.6666667 / Math.sqrt(11.6666667)],
      ["high", "Abusive.Spam", 15, 6.6666667 / Math.sqrt(8.3333333)],
    ] as const;
    expect(cells.map(({ row, column, count }) => [row, column, count])).toEqual(
      expected.map(([row, column, count]) => [row, column, count]),
    );
    expected.forEach(([, , , residual], index) => expect(cells[index]?.residual).toBeCloseTo(residual, 6));
    expect(expected[0][3]).toBeCloseTo(1.3801, 4);
  });

  it("show pairs that never occur, cut each axis, and leave residuals out unless asked", async () => {
    await storage().insertEvent(eventAt("alone", secondsAfterNoon(0), { Category: ["Other"] }));
    const { cells, total } = await storage().pivotEvents({ row: "severity", column: "category" });
    expect(total).toBe(61);
    expect(cells).toHaveLength(9);
    expect(cells).toContainEqual({ row: null, column: "Other", count: 1 });
    expect(cells).toContainEqual({ row: "low", column: "Other", count: 0 });
    const cut = await storage().pivotEvents({
      row: "severity",
      column: "category",
      limit: 1,
      residuals: true,
    });
    expect(cut.cells).toHaveLength(1);
    expect(cut.cells[0]).toMatchObject({ row: "low", column: "Recon.Scanning", count: 30 });
    // The totals are those of the uncut table.
    expect(cut.cells[0]?.residual).toBeCloseTo((30 - (40 * 35) / 61) / Math.sqrt((40 * 35) / 61), 9);
    expect(await storage().pivotEvents({ row: "severity", column: "category", filter: "id = x" })).toEqual({
      rows: [],
      columns: [],
      cells: [],
      total: 0,
    });
  });
});

describeStores("timelines", ({ storage }) => {
  const counts = ({ buckets }: Timeline) => buckets.map(({ count }) => count);
  const starts = ({ buckets }: Timeline) => buckets.map(({ from }) => from.toISOString());

  beforeEach(async () => {
    await emptyStore(storage());
  });

  /** One event in every half hour of the days around a change of the clock, then counts by the given step. */
  async function aroundChange(from: string, to: string, options: TimelineOptions): Promise<Timeline> {
    const [first, last] = [Date.parse(from), Date.parse(to)];
    const events: unknown[] = [];
    for (let time = first; time < last; time += 1_800_000)
      events.push(eventAt(`t${time}`, new Date(time).toISOString()));
    await storage().insertEvents(events);
    return storage().timelineEvents({ from, to, timeZone: "Europe/Prague", ...options });
  }

  it.each([
    [
      "spring: 23 hours",
      "2024-03-29T23:00:00Z",
      "2024-04-01T22:00:00Z",
      [48, 46, 48],
      "2024-03-30T23:00:00.000Z",
    ],
    [
      "autumn: 25 hours",
      "2024-10-25T22:00:00Z",
      "2024-10-28T23:00:00Z",
      [48, 50, 48],
      "2024-10-26T22:00:00.000Z",
    ],
  ])("days across a change of the clock, %s", async (_, from, to, expected, second) => {
    const line = await aroundChange(from, to, { step: "1d" });
    expect(counts(line)).toEqual(expected);
    expect(starts(line)[1]).toBe(second);
    expect(line.buckets.at(-1)?.to).toEqual(new Date(to));
    expect(line.total).toBe(expected.reduce((sum, count) => sum + count));
    await storage().refresh();
    expect(await storage().timelineEvents({ from, to, timeZone: "Europe/Prague", step: "1d" })).toEqual(line);
  });

  it.each([
    ["spring", "2024-03-30T23:00:00Z", "2024-03-31T22:00:00Z", 23],
    ["autumn", "2024-10-26T22:00:00Z", "2024-10-27T23:00:00Z", 25],
  ])("hours across a change of the clock, %s", async (_, from, to, hours) => {
    const line = await aroundChange(from, to, { step: "1h" });
    expect(counts(line)).toEqual(Array.from({ length: hours }, () => 2));
    for (const { from: start, to: end } of line.buckets)
      expect(end.getTime() - start.getTime()).toBe(3_600_000);
  });

  it("two-hour buckets never lose or double an event where the clock is set", async () => {
    for (const [from, to] of [
      ["2024-03-30T23:00:00Z", "2024-03-31T22:00:00Z"],
      ["2024-10-26T22:00:00Z", "2024-10-27T23:00:00Z"],
    ] as const) {
      await emptyStore(storage());
      const line = await aroundChange(from, to, { step: "2h" });
      expect(line.total).toBe(await storage().countEvents());
      expect(line.buckets[0]?.from).toEqual(new Date(from));
      line.buckets.slice(1).forEach((bucket, index) => expect(bucket.from).toEqual(line.buckets[index]?.to));
    }
  });

  it("are half-open and filled with zeros", async () => {
    await storage().insertEvents([
      eventAt("before", "2024-05-01T09:59:59.999999Z"),
      eventAt("first", "2024-05-01T10:00:00Z"),
      eventAt("edge", "2024-05-01T12:00:00Z"),
      eventAt("last", "2024-05-01T13:59:59.999999Z"),
      eventAt("after", "2024-05-01T14:00:00Z"),
    ]);
    const from = "2024-05-01T10:00:00Z";
    const line = await storage().timelineEvents({ from, to: new Date("2024-05-01T14:00:00Z"), step: "1h" });
    expect(counts(line)).toEqual([1, 0, 1, 1]);
    expect(line).toMatchObject({ total: 3, step: "1h" });
    const odd = { from: "2024-05-01T10:30:00Z", to: "2024-05-01T13:10:00Z", step: "1h" };
    const cut = await storage().timelineEvents(odd);
    expect(starts(cut).map((text) => text.slice(11, 16))).toEqual(["10:30", "11:00", "12:00", "13:00"]);
    expect(counts(cut)).toEqual([0, 0, 1, 0]);
  });

  it("find their ends and their step", async () => {
    await storage().insertEvents([
      eventAt("a", "2024-05-01T10:20:00Z"),
      eventAt("b", "2024-05-03T10:40:00Z"),
    ]);
    const line = await storage().timelineEvents();
    expect(line.buckets.length).toBeLessThanOrEqual(200);
    expect(line.buckets[0]?.from).toEqual(new Date("2024-05-01T10:15:00Z"));
    expect(line.buckets.at(-1)?.to).toEqual(new Date("2024-05-03T10:45:00Z"));
    expect(line).toMatchObject({ total: 2, step: "15m" });
    const daily = await storage().timelineEvents({ step: "1d" });
    expect(starts(daily).map((text) => text.slice(0, 10))).toEqual([
      "2024-05-01",
      "2024-05-02",
      "2024-05-03",
    ]);
    expect(counts(daily)).toEqual([1, 0, 1]);
  });

  it("choose a step of at most 200 buckets for any span", async () => {
    for (const days of [0.001, 0.01, 0.1, 1, 7, 30, 365, 3650, 100_000]) {
      const from = new Date("1960-01-01T00:00:00Z");
      const to = new Date(from.getTime() + days * 86_400_000);
      const { buckets } = await storage().timelineEvents({ from, to });
      expect(buckets.length).toBeGreaterThan(0);
      expect(buckets.length).toBeLessThanOrEqual(200);
    }
  });

  it("are empty in an empty store, and full of zeros where ends are given", async () => {
    expect(await storage().timelineEvents()).toEqual({ buckets: [], total: 0, step: "1h" });
    expect(await storage().timelineEvents({ by: "severity" })).toMatchObject({ values: [], total: 0 });
    const line = await storage().timelineEvents({
      from: "2024-05-01T00:00:00Z",
      to: "2024-05-02T00:00:00Z",
      step: "6h",
      by: "severity",
    });
    expect(counts(line)).toEqual([0, 0, 0, 0]);
    expect(line.values).toEqual([]);
  });

  it("split by a field: the most frequent values and one remainder", async () => {
    const named = (id: string, name: string, hour: number) =>
      eventAt(id, `2024-05-01T${hour}:30:00Z`, { Category: [name] });
    await storage().insertEvents([
      named("1", "Test", 10),
      named("2", "Test", 11),
      named("3", "Other", 10),
      named("4", "Abusive.Spam", 11),
      named("5", "Malware.Worm", 11),
      eventAt("6", "2024-05-01T11:31:00Z", { Category: ["Test", "Other"] }),
    ]);
    const options = { from: "2024-05-01T10:00:00Z", to: "2024-05-01T13:00:00Z", step: "1h", by: "category" };
    for (const filter of ["", "detect_time > 1990-01-01"]) {
      const line = await storage().timelineEvents({ ...options, limit: 2, filter });
      expect(line.values).toEqual([
        { value: "Test", count: 3 },
        { value: "Other", count: 2 },
        { value: null, count: 2, remainder: true },
      ]);
      expect(line.buckets.map(({ values }) => values?.map(({ count }) => count))).toEqual([
        [1, 1, 0],
        [2, 1, 2],
        [0, 0, 0],
      ]);
      // An event with two values counts once in its bucket.
      expect(counts(line)).toEqual([2, 4, 0]);
      expect(line.total).toBe(6);
    }
  });

  it("run over another time", async () => {
    await storage().insertEvent(eventAt("a", "2024-05-01T10:00:00Z", { CeaseTime: "2024-05-05T10:00:00Z" }));
    await storage().insertEvent(eventAt("b", "2024-05-01T10:00:00Z"));
    const line = await storage().timelineEvents({ field: "cease_time", step: "1d" });
    expect(starts(line)).toEqual(["2024-05-05T00:00:00.000Z"]);
    expect(line.total).toBe(1);
  });

  it.each([
    [{ step: "1x" }, /"1x" is no step/],
    [{ step: "0h" }, /is no step/],
    [{ step: "1h; select" }, /is no step/],
    [{ timeZone: "Europe/Prag" }, /no time zone "Europe\/Prag"/],
    [{ field: "detecttime" }, /"detecttime" is no time field.*detect_time/],
    [{ by: "severty" }, /unknown field "severty".*severity/],
    [{ from: "yesterdayish" }, /"from" is no time/],
    [{ to: new Date(Number.NaN) }, /"to" is no time/],
    [{ from: "2024-05-02T00:00:00Z", to: "2024-05-01T00:00:00Z" }, /"from" has to lie before "to"/],
    [{ from: "2024-05-01T00:00:00Z", to: "2024-05-01T00:00:00Z" }, /"from" has to lie before "to"/],
    [{ from: "2000-01-01T00:00:00Z", to: "2024-05-01T00:00:00Z", step: "1s" }, /more than 10000 buckets/],
    [{ by: "severity", limit: 0 }, /limit is a whole number/],
  ] as const)("refuse %j", async (options, message) => {
    const line = storage().timelineEvents(options);
    await expect(line).rejects.toMatchObject({ name: "DataError" });
    await expect(line).rejects.toThrow(message);
  });
});

describeStores("roll-ups", ({ storage, open, engine }: Suite) => {
  const random = seededRandom(engine === "ip4r" ? 1 : 2);
  const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  let serial = 0;
  const randomEvent = () =>
    eventAt(
      `r${serial++}`,
      new Date(Date.parse("2024-05-01") + Math.floor(random() * 3 * 86_400_000)).toISOString(),
      {
        Category: Array.from({ length: Math.floor(random() * 3) }, () =>
          oneOf(["Test", "Other", "Recon.Scanning"]),
        ),
        Node: Array.from({ length: Math.floor(random() * 3) }, () => ({
          Name: oneOf(["a.b", "c.d"]),
          Type: ["Relay"],
        })),
        Target: [{ Port: Array.from({ length: Math.floor(random() * 3) }, () => oneOf([22, 80])) }],
        ...(random() < 0.5 ? severity(oneOf(["low", "high"])) : {}),
      },
    );

  /** Whatever can come from roll-ups, beside the same from a scan, which a filter that is true of all forces. */
  async function compare(store: EventStorage): Promise<void> {
    const scan = "detect_time > 1990-01-01";
    for (const by of ["category", "severity", "node.name", "target.port"]) {
      const options = { by, limit: 2, remainder: true };
      expect(await store.aggregateEvents(options)).toEqual(
        await store.aggregateEvents({ ...options, filter: scan }),
      );
      for (const step of ["1h", "7h", "1d"]) {
        const line = {
          by,
          limit: 2,
          step,
          from: "2024-04-30T00:00:00Z",
          to: "2024-05-05T00:00:00Z",
          timeZone: "Asia/Kolkata",
        };
        const scanned = await store.timelineEvents({ ...line, filter: scan });
        expect(await store.timelineEvents(line)).toEqual(scanned);
        expect(await store.timelineEvents({ ...line, timeZone: "Europe/Prague" })).toEqual(
          await store.timelineEvents({ ...line, timeZone: "Europe/Prague", filter: scan }),
        );
      }
      const values = await store.aggregateEvents({ by, limit: 100, filter: scan });
      const known = values.map(({ value }) => value).filter((value) => value !== null);
      expect(new Set(await store.distinctValues(by))).toEqual(new Set(known));
    }
    for (const test of [
      "category = Test",
      "severity = low",
      "severity in [low, high]",
      'node.name = "a.b"',
      "category in [Test, Other]",
    ])
      expect(await store.countEvents({ filter: test })).toBe(
        await store.countEvents({ filter: `${test} and ${scan}` }),
      );
    expect(await store.countEvents()).toBe(await store.countEvents({ filter: scan }));
  }

  it("tell what a scan tells: before and after a refresh, with late events, deletes and retention", async () => {
    await storage().insertEvents(Array.from({ length: 400 }, randomEvent));
    await compare(storage());
    expect(await storage().refresh()).toBeGreaterThan(50);
    await compare(storage());
    expect(await storage().refresh()).toBe(0);
    await storage().insertEvents(Array.from({ length: 30 }, randomEvent));
    await compare(storage());
    expect(await storage().deleteEvents({ filter: "category = Other" })).toBeGreaterThan(10);
    await compare(storage());
    expect(await storage().refresh()).toBeGreaterThan(0);
    await compare(storage());
    await storage().tableCleanup("events", "detect_time", new Date("2024-05-02T12:30:00Z"));
    await compare(storage());
    await storage().refresh();
    await compare(storage());
  });

  it("tell what a scan tells after an event came and went in an hour that was computed", async () => {
    await storage().insertEvent(eventAt("come and go", "2024-05-03T10:10:00Z", severity("critical")));
    await storage().refresh();
    expect(await storage().distinctValues("severity")).toContain("critical");
    expect(await storage().deleteEvent("come and go")).toBe(true);
    expect(await storage().distinctValues("severity")).not.toContain("critical");
    await storage().insertEvent(eventAt("come and go", "2024-05-03T10:10:00Z", severity("medium")));
    expect(await storage().countEvents({ filter: "severity = medium" })).toBe(1);
    expect(await storage().countEvents({ filter: "severity = critical" })).toBe(0);
    await compare(storage());
  });

  it("are the same while others insert, delete and refresh", async () => {
    const [writer, refresher] = [await open(), await open()];
    const state = { stopped: false };
    const work = [
      (async () => {
        for (let round = 0; round < 20; round++) {
          await writer.insertEvents(Array.from({ length: 20 }, randomEvent));
          await writer.deleteEvents({ filter: `id starts with r${50 + round}` });
        }
      })().finally(() => {
        state.stopped = true;
      }),
      ...[refresher, storage()].map(async (store) => {
        while (!state.stopped) await store.refresh();
      }),
    ];
    let checks = 0;
    const checking = (async () => {
      while (!state.stopped) {
        // One snapshot for both readings.
        await storage().transaction(
          async (inner) => {
            const all = await inner.aggregateEvents({ by: "category" });
            expect(all).toEqual(
              await inner.aggregateEvents({ by: "category", filter: "detect_time > 1990-01-01" }),
            );
            expect(await inner.countEvents()).toBe(
              await inner.countEvents({ filter: "detect_time > 1990-01-01" }),
            );
          },
          { isolation: "repeatable read", readOnly: true },
        );
        checks++;
      }
    })();
    await Promise.all([...work, checking]);
    expect(checks).toBeGreaterThan(0);
    await storage().refresh();
    await compare(storage());
  });
});

describeStores("dashboards of an empty store", ({ storage }) => {
  it("are empty", async () => {
    for (const filter of ["", "severity = low"]) {
      expect(await storage().aggregateEvents({ by: "category", filter, remainder: true })).toEqual([]);
      expect(await storage().summarizeEvents({ by: ["category", "source.ip"], filter })).toEqual({
        total: 0,
        panels: { category: [], "source.ip": [] },
      });
      expect(await storage().pivotEvents({ row: "category", column: "severity", filter })).toMatchObject({
        cells: [],
        total: 0,
      });
    }
    expect(await storage().distinctValues("category")).toEqual([]);
    expect(await storage().searchColumnWith("detect_time")).toBeNull();
    expect(await storage().refresh()).toBe(0);
    expect(await storage().watchdogEvents(3600)).toBe(false);
  });

  it("say what is wrong with a field, a limit or an order", async () => {
    const refused = async (call: () => Promise<unknown>, message: RegExp) => {
      await expect(call()).rejects.toMatchObject({ name: "DataError" });
      await expect(call()).rejects.toThrow(message);
    };
    await refused(() => storage().aggregateEvents({ by: "categry" }), /unknown field "categry".*category/);
    await refused(() => storage().aggregateEvents({ by: "category'; --" }), /unknown field/);
    await refused(() => storage().aggregateEvents({ by: "category", limit: 0 }), /1 to 10000/);
    await refused(() => storage().aggregateEvents({ by: "category", limit: Number.NaN }), /1 to 10000/);
    await refused(() => storage().summarizeEvents({ by: [] }), /1 to 64 fields/);
    await refused(() => storage().pivotEvents({ row: "severty", column: "category" }), /severity/);
    await refused(() => storage().distinctValues("node.nam"), /node.name/);
    await refused(() => storage().searchColumnWith("detecttim"), /detect_time/);
    await refused(() => storage().searchColumnWith("category"), /no least or greatest/);
    await refused(() => storage().searchColumnWith("id", "avg" as "min"), /neither min nor max/);
    await refused(() => storage().watchdogEvents(Number.NaN), /number of seconds/);
  });
});

describe("the fields of the catalogue", () => {
  it("are many", () => {
    expect(indexCatalogue(IDEA_CATALOGUE).fields.size).toBeGreaterThan(50);
  });
});
