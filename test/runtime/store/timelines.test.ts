import { beforeEach, expect, it } from "vitest";
import type { Timeline, TimelineOptions } from "../../../runtime/store/index.js";
import { describeStores, emptyStore, eventAt } from "./support.js";

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
    [{ to: new Date(Number.NaN) }, /to is a valid Date/],
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
