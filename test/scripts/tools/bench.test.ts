/** The benchmarks' own arithmetic: options, medians, agreement of results, drawings. No times are asserted. */
import { describe, expect, test } from "vitest";
import { interleave, median, timesOf, warmMedian } from "../../../scripts/tools/bench/measure.js";
import { BenchUsageError, readOptions, USUAL_BENCHES } from "../../../scripts/tools/bench/options.js";
import { alone, compared, progressLine, renderReport } from "../../../scripts/tools/bench/report.js";
import { disagreement } from "../../../scripts/tools/bench/store/agree.js";
import { goalOf } from "../../../scripts/tools/bench/store/goals.js";
import { legacyFound, type Found } from "../../../scripts/tools/bench/store/our-query.js";
import { drawPlot } from "../../../scripts/tools/bench/store/plot.js";
import { BenchSetupError, findYardstick } from "../../../scripts/tools/bench/store/yardstick.js";
import { clusterFolder } from "../../support/folder.js";

describe("options", () => {
  test("all benchmarks when none is named", () => {
    expect(readOptions([])).toMatchObject({ benches: USUAL_BENCHES, events: 20_000, rounds: 3, json: false });
    expect(readOptions(["store", "--events", "1_000_000", "--json"])).toMatchObject({
      benches: ["store"],
      events: 1_000_000,
      json: true,
    });
    expect(readOptions(["store", "--events", "400000", "--shape", "cert"])).toMatchObject({ days: 364 });
    expect(readOptions(["store", "--days", "90", "--settings", "default"])).toMatchObject({
      days: 90,
      settings: "default",
    });
    expect(readOptions(["--help"])).toBeNull();
  });

  test.each([
    [["stor"], 'there is no benchmark "stor"; there are language, statements, ingest, store, mentat, peers'],
    [["--events", "0"], '--events is a whole number from 1 to 100000000, not "0"'],
    [["--rounds", "many"], '--rounds is a whole number from 1 to 1000, not "many"'],
    [["--days", "1501"], '--days is a whole number from 1 to 1500, not "1501"'],
    [["--shape", "long"], 'there is no shape "long"; there are cert, cesnet'],
    [["--colour"], "Unknown option '--colour'"],
  ])("%j is refused with a reason", (args, reason) => {
    expect(() => readOptions(args)).toThrow(BenchUsageError);
    expect(() => readOptions(args)).toThrow(reason);
  });
});

describe("times", () => {
  test("medians of odd and even numbers", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(() => median([])).toThrow(RangeError);
    expect(timesOf([5, 1, 3])).toEqual({ median: 3, min: 1, max: 5 });
  });

  test("both sides take turns, and neither always begins", async () => {
    const order: string[] = [];
    const side = (name: string) => async (round: number) => {
      order.push(`${name}${round}`);
      return round;
    };
    const { ours, theirs } = await interleave(side("ours"), side("theirs"), 3);
    expect(order).toEqual(["ours0", "theirs0", "theirs1", "ours1", "ours2", "theirs2"]);
    expect([ours.median, theirs.median]).toEqual([1, 1]);
  });

  test("the run that warms up does not count", async () => {
    let runs = 0;
    await warmMedian(4, async () => void (runs += 1));
    expect(runs).toBe(5);
  });
});

describe("reports", () => {
  const ours = timesOf([1, 2, 3]);
  const line = compared("hot host", ours, timesOf([100, 200, 300]), { goal: goalOf("hot host"), note: "so" });

  test("a ratio says how many times faster ours is", () => {
    expect(line).toMatchObject({ ours_ms: 2, theirs_ms: 200, ratio: 100, goal: "≥ 50 ×" });
    expect(alone("parse", ours)).toMatchObject({ ours_ms: 2, theirs_ms: null, ratio: null });
    expect(progressLine(line)).toBe("hot host: 2.00 ms, 100 ×");
    expect(goalOf("anything else")).toBe("≥ 1 ×");
  });

  test("costs are columns where a line has them", () => {
    const [own, their] = [
      { first_ms: 9, locks: 30, backend_mb: 12.5 },
      { first_ms: 8, locks: 7, backend_mb: 3 },
    ];
    const costly = compared("hot host", ours, ours, { costs: { ours: own, theirs: their } });
    const [head, first, second] = renderReport(
      [costly, line],
      { write: () => true, on: () => undefined },
      {},
    );
    expect(head).toMatch(/goal +first ms +locks +backend MB$/u);
    expect(first).toMatch(/9\.00 \/ 8\.00 +30\.0 \/ 7\.00 +12\.5 \/ 3\.00$/u);
    expect(second).toMatch(/≥ 50 × *$/u);
  });

  test("the table shows medians, spreads, goals and remarks", () => {
    const stream = { write: () => true, on: () => undefined };
    const lines = renderReport([line, alone("parse", ours)], stream, { LANG: "C.UTF-8" });
    expect(lines.join("\n")).toMatch(
      /hot host +2\.00 +1\.00…3\.00 +200 +100…300 +100 × +≥ 50 ×\nparse +2\.00/u,
    );
    expect(lines.at(-1)).toBe("hot host: so");
  });
});

describe("agreement", () => {
  const event = (id: string, time: number) => ({ id, time });
  const events = (...found: ReturnType<typeof event>[]): Found => ({ kind: "events", events: found });
  const counts = (entries: Record<string, number>, top = false): Found => ({
    kind: "counts",
    top,
    counts: new Map(Object.entries(entries)),
  });

  test("events: the same but at the times of the ends of a page", () => {
    const ours = events(event("a", 3), event("b", 2), event("c", 1));
    expect(disagreement(ours, events(event("a", 3), event("b", 2), event("x", 1)))).toBeNull();
    expect(disagreement(ours, events(event("a", 3), event("x", 2), event("c", 1)))).toBe(
      "event b is not among theirs",
    );
    expect(disagreement(ours, events(event("a", 3)))).toBe("3 events, theirs 1");
    expect(disagreement(ours, events(event("a", 4), event("b", 2), event("c", 1)))).toBe(
      "events of other times",
    );
  });

  test("counts: the same but for missing values and the last of a list", () => {
    expect(disagreement(counts({ a: 3, null: 9 }), counts({ a: 3 }))).toBeNull();
    expect(disagreement(counts({ a: 3, b: 1 }, true), counts({ a: 3, c: 1 }, true))).toBeNull();
    expect(disagreement(counts({ a: 3 }), counts({ a: 2 }))).toBe("a: 3, theirs 2");
    expect(disagreement(counts({}), counts({ a: 2 }))).toBe("a: 0, theirs 2");
  });

  test("rows of the yardstick are read as UTC", () => {
    const query = { name: "page", parameters: {} };
    expect(legacyFound(query, [["a", "2026-10-01 00:00:01"]])).toEqual(
      events(event("a", Date.UTC(2026, 9, 1, 0, 0, 1))),
    );
  });
});

test("a plot has a panel for each search and a dot for each size and side", () => {
  const points = [10_000, 100_000].flatMap((size) =>
    ["a < b", "c"].map((name) => ({ name, size, ours: 1, theirs: size / 1000 })),
  );
  const svg = drawPlot(points, "partitions");
  expect(svg.match(/<circle/gu)).toHaveLength(8);
  expect(svg).toContain("a &lt; b");
  expect(svg).toContain("against partitions of the store");
  expect(svg).not.toContain("NaN");
});

test("a missing yardstick is reported with what to do", async () => {
  const baseline = await clusterFolder("eventstore-bench-test-");
  const found = findYardstick({ baseline, python: undefined });
  await expect(found).rejects.toThrow(BenchSetupError);
  await expect(found).rejects.toThrow(/there is no legacy_store\.py in .*--baseline/u);
});
