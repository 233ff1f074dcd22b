import { beforeEach, expect, it } from "vitest";
import type { Timeline, TimelineOptions, TimelinePanels } from "../../../runtime/store/index.js";
import { describeStores, emptyStore, eventAt } from "./support.js";

describeStores("timelines", ({ storage }) => {
  const counts = ({ buckets }: Pick<Timeline | TimelinePanels, "buckets">) =>
    buckets.map(({ count }) => count);
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
    for (const filter of ["", 'id != "nothing has this"']) {
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

  it("split by several fields from one scan as by each alone", async () => {
    await storage().insertEvents([
      eventAt("1", "2024-05-01T10:00:00Z", { Category: ["Test", "Other"], Source: [{ Port: [22, 80] }] }),
      eventAt("2", "2024-05-01T11:00:00Z", { Category: ["Test"], Source: [{ Port: [22] }] }),
      eventAt("3", "2024-05-01T11:30:00Z", { Category: ["Other"] }),
    ]);
    const span = { from: "2024-05-01T10:00:00Z", to: "2024-05-01T12:00:00Z", step: "1h", limit: 1 };
    const by = ["category", "source_ports", "severity"] as const;
    for (const filter of ["", 'id != "nothing has this"']) {
      const line = await storage().timelineEvents({ ...span, filter, by });
      expect(Object.keys(line.values ?? {})).toEqual(by);
      for (const field of by) {
        const alone = await storage().timelineEvents({ ...span, filter, by: field });
        expect(line.values?.[field]).toEqual(alone.values);
        expect(line.buckets.map(({ values }) => values?.[field])).toEqual(
          alone.buckets.map(({ values }) => values),
        );
        expect([line.total, counts(line)]).toEqual([3, counts(alone)]);
      }
    }
    expect(await storage().timelineEvents({ ...span, filter: "false", by: ["severity"] })).toMatchObject({
      values: { severity: [] },
    });
    // Of all events, from the counters.
    const rolled = await storage().timelineEvents({ ...span, by: ["category", "severity"] });
    const scanned = { ...span, filter: 'id != "nothing has this"' };
    expect(rolled).toEqual(await storage().timelineEvents({ ...scanned, by: ["category", "severity"] }));
  });

  it("take for their ends what a filter takes for a time", async () => {
    await storage().insertEvents([
      eventAt("a", "2024-05-01T00:00:00Z"),
      eventAt("b", "2024-05-02T22:00:00Z"),
      eventAt("c", new Date(Date.now() - 3_600_000).toISOString()),
    ]);
    const total = async (options: TimelineOptions) => (await storage().timelineEvents(options)).total;
    // A date means its start, at either end.
    expect(await total({ from: "2024-05-01", to: "2024-05-02" })).toBe(1);
    expect(await total({ from: "2024-05-01", to: "2024-05-03", timeZone: "Europe/Prague" })).toBe(1);
    expect(await total({ from: "now-1d", to: "now" })).toBe(1);
    expect(await total({ from: "now-1d", filter: "id = $id", args: { id: "c" } })).toBe(1);
    expect(await total({ from: "2024-05-01 00:00:00Z", to: "2024-05-01T00:00:01+00:00" })).toBe(1);
  });

  it("take steps in words and in seconds", async () => {
    const span = { from: "2024-05-01T00:00:00Z", to: "2024-05-03T00:00:00Z" };
    for (const [step, text, buckets] of [
      [3600, "1h", 48],
      ["3600", "1h", 48],
      [90, "90s", 1920],
      [86_400, "24h", 2],
      ["hour", "1h", 48],
      ["5 minutes", "5m", 576],
      ["1 Day", "1d", 2],
      ["daily", "1d", 2],
    ] as const) {
      const line = await storage().timelineEvents({ ...span, step });
      expect([step, line.step, line.buckets.length]).toEqual([step, text, buckets]);
    }
  });

  it("keep impossible times together in one bucket at the end", async () => {
    const hours = Array.from({ length: 30 }, (_, hour) =>
      eventAt(`e${hour}`, new Date(Date.UTC(2024, 4, 1, hour)).toISOString()),
    );
    await storage().insertEvents([...hours, eventAt("far", "9999-12-31T23:59:59.999999Z")]);
    for (const filter of ["", "category = Test"]) {
      const line = await storage().timelineEvents({ filter });
      expect(line).toMatchObject({ total: 31, step: "10m" });
      expect(line.buckets.at(-1)).toMatchObject({ count: 1, from: new Date("2024-05-02T05:10:00Z") });
    }
    await storage().insertEvent(eventAt("unset", "1970-01-01T00:00:00Z"));
    for (const options of [{}, { filter: "category = Test", by: "category", step: "1h" }]) {
      const { buckets, total } = await storage().timelineEvents(options);
      expect([total, buckets[0]?.count, buckets.at(-1)?.count]).toEqual([32, 1, 1]);
      expect(buckets[0]?.from).toEqual(new Date(0));
      expect(buckets.length).toBeLessThanOrEqual(202);
      for (const [at, bucket] of buckets.slice(1).entries()) expect(bucket.from).toEqual(buckets[at]?.to);
    }
    // Where nothing else is there, they are what is looked at.
    const alone = await storage().timelineEvents({ filter: "id = unset" });
    expect(alone).toMatchObject({ total: 1, buckets: [{ count: 1 }] });
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
    [{ step: 0 }, /step is/],
    [{ step: 1.5 }, /step is/],
    [{ step: "s" }, /is no step/],
    [{ by: ["severity", "clas"] }, /unknown field "clas"/],
    [{ from: "yesterdayish" }, /"from" is no time/],
    [{ from: "2024-05-01 or true" }, /"from" is no time/],
    [{ from: "2024-05-01..2024-05-02" }, /"from" is no time/],
    [{ from: "$from" }, /"from" is no time/],
    [{ to: new Date(Number.NaN) }, /to is a valid Date/],
    [{ from: "2024-05-02T00:00:00Z", to: "2024-05-01T00:00:00Z" }, /"from" has to lie before "to"/],
    [{ from: "2024-05-01T00:00:00Z", to: "2024-05-01T00:00:00Z" }, /"from" has to lie before "to"/],
    [{ from: "2000-01-01T00:00:00Z", to: "2024-05-01T00:00:00Z", step: "1s" }, /more than 10000 buckets/],
    [{ by: "severity", limit: 0 }, /limit is a whole number/],
  ] as const)("refuse %j", async (options, message) => {
    const line = storage().timelineEvents(options as TimelineOptions);
    await expect(line).rejects.toMatchObject({ name: "DataError" });
    await expect(line).rejects.toThrow(message);
  });
});
