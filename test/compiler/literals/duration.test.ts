import { describe, expect, test } from "vitest";
import { durationMicros, readDurationLiteral } from "../../../compiler/literals/duration.js";

const UNITS =
  "ms (milliseconds), s (seconds), m (minutes), h (hours), d (days), w (weeks), mo (months), y (years)";

describe("readDurationLiteral", () => {
  test.each([
    ["500ms", { amount: 500, unit: "ms" }],
    ["24h", { amount: 24, unit: "h" }],
    ["3mo", { amount: 3, unit: "mo" }],
    ["0d", { amount: 0, unit: "d" }],
  ])("%s", (text, value) => expect(readDurationLiteral(text)).toEqual({ kind: "value", value }));

  test.each([
    ["3M", '"m" means minutes; for months write "3mo"', ["3mo", "3m"]],
    ["5min", '"min" is not a unit of time; minutes are written "m": did you mean 5m?', ["5m"]],
    ["90sec", '"sec" is not a unit of time; seconds are written "s": did you mean 90s?', ["90s"]],
    ["2hours", '"hours" is not a unit of time; hours are written "h": did you mean 2h?', ["2h"]],
    ["7days", '"days" is not a unit of time; days are written "d": did you mean 7d?', ["7d"]],
    ["7dasy", '"dasy" is not a unit of time; days are written "d": did you mean 7d?', ["7d"]],
    ["24H", '"H" is not a unit of time; hours are written "h": did you mean 24h?', ["24h"]],
    ["7q", `"q" is not a unit of time; the units are ${UNITS}`, []],
    ["24", `"24" has no unit; write one after it: ${UNITS}`, []],
    ["soon", '"soon" is not a length of time; write a number and a unit, such as 24h', []],
    ["5000y", "5000y is too long: the limit is 1000 years", []],
  ])("refuses %s", (text, message, fixes) => {
    const read = readDurationLiteral(text);
    expect(read).toMatchObject({ kind: "problem", problem: { code: "E402", message } });
    expect(read.kind === "problem" && read.problem.fixes.map((fix) => fix.text)).toEqual(fixes);
  });
});

test("months and years have no fixed length", () => {
  expect(durationMicros({ amount: 2, unit: "w" })).toBe(1_209_600_000_000n);
  expect(durationMicros({ amount: 3, unit: "ms" })).toBe(3_000n);
  expect(durationMicros({ amount: 1, unit: "mo" })).toBeNull();
});
