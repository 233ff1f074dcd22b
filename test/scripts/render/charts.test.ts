import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bar, columnChart, joinNeighbours, sparkline } from "../../../scripts/cli/render/bars.js";
import { painter } from "../../../scripts/cli/render/terminal.js";
import { timelineLines } from "../../../scripts/cli/render/timeline.js";

describe("bar", () => {
  it.each([
    [0, ""],
    [1, "▏"],
    [50, "█████"],
    [55, "█████▌"],
    [100, "██████████"],
  ])("of %i percent of ten columns", (value, drawn) => {
    expect(bar(value, 100, 10, true)).toBe(drawn);
  });

  it("is whole signs in ASCII, one at least", () => {
    expect(bar(1, 100, 10, false)).toBe("#");
    expect(bar(100, 100, 10, false)).toBe("##########");
  });
});

describe("columns", () => {
  it("are as high as their values", () => {
    expect(sparkline([0, 1, 4, 8], { unicode: true, most: 8, columnWidth: 1 })).toBe(" ▁▄█");
    expect(columnChart([0, 1, 2, 4], { height: 2, columnWidth: 1, unicode: true })).toEqual(["   █", " ▄██"]);
    expect(columnChart([2, 4], { height: 1, columnWidth: 2, unicode: false })).toEqual(["::##"]);
  });

  it("joined keep their sum and fit", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000)), fc.integer({ min: 1, max: 50 }), (values, count) => {
        const joined = joinNeighbours(values, count);
        const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
        expect(joined.length).toBeLessThanOrEqual(count);
        expect(sum(joined)).toBe(sum(values));
      }),
    );
  });
});

describe("timelineLines", () => {
  const terminal = { isTerminal: true, width: 60, unicode: true, color: false, paint: painter(false) };
  const hour = (index: number): Date => new Date(Date.UTC(2024, 4, 1, index));
  const buckets = [3, 0, 12, 6].map((count, index) => ({
    from: hour(index),
    to: hour(index + 1),
    count,
    values: [
      { value: "a", count: count / 3 },
      { value: null, count: (count * 2) / 3 },
    ],
  }));

  it("draws one chart", () => {
    const lines = timelineLines({ buckets, total: 21, step: "1h" }, "UTC", terminal, () => "");
    expect(lines).toMatchInlineSnapshot(`
      [
        "12 ┤            ██████",
        "   │            ██████",
        "   │            ██████",
        "   │            ██████",
        " 6 ┤            ████████████",
        "   │            ████████████",
        "   │██████      ████████████",
        "   │██████      ████████████",
        " 0 └────────────────────────",
        "    2024-05-01 00:00 … 2024-05-01 04:00",
        "21 events, 1h a column, UTC",
      ]
    `);
  });

  it("draws a line for each value", () => {
    const values = [
      { value: "a", count: 7 },
      { value: null, count: 14 },
    ];
    const lines = timelineLines({ buckets, total: 21, step: "1h", values }, "+02:00", terminal, ({ value }) =>
      String(value),
    );
    expect(lines).toMatchInlineSnapshot(`
      [
        "a      7 │▁▁▁▁▁▁      ▄▄▄▄▄▄▂▂▂▂▂▂",
        "null  14 │▂▂▂▂▂▂      ██████▄▄▄▄▄▄",
        "          2024-05-01 02:00 … 2024-05-01 06:00",
        "21 events, 1h a column, +02:00",
      ]
    `);
  });
});
