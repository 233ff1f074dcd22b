import { describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import { compileFilter } from "../../compiler/compile.js";
import { conditionWords } from "../../compiler/explain/words.js";
import { timeBounds, withoutBounds } from "../../compiler/time-bounds.js";
import { formatMicros } from "../../compiler/values/time.js";

const FIELD = "detect_time";
const conditionOf = (filter: string) => compileFilter(filter, { catalogue: IDEA_CATALOGUE }).condition;
const boundsOf = (filter: string) => {
  const { from, to } = timeBounds(conditionOf(filter), FIELD, { args: {}, now: 0n });
  return [from, to].map((micros) => micros && formatMicros(micros));
};

describe("time bounds", () => {
  it.each([
    ["", null, null],
    ["detect_time >= 2024-05-01", "2024-05-01T00:00:00Z", null],
    ["detect_time in 2024-05 and severity = low", "2024-05-01T00:00:00Z", "2024-06-01T00:00:00Z"],
    ["detect_time in 2023 or detect_time in 2025", "2023-01-01T00:00:00Z", "2026-01-01T00:00:00Z"],
    ["detect_time in 2023 or severity = low", null, null],
    ["not detect_time in 2023", null, null],
    ["storage_time in 2023", null, null],
  ])("of %s", (filter, from, to) => {
    expect(boundsOf(filter)).toEqual([from, to]);
  });
});

describe("a condition on events within its bounds", () => {
  const rest = (filter: string) => conditionWords(withoutBounds(conditionOf(filter), FIELD));

  it.each([
    ["detect_time in 2024-05", "every event"],
    ["detect_time >= 2024-05-01 and severity = low", "severity is low"],
    [
      "severity = low and detect_time < 2024-06-01 and category = Test",
      "severity is low, and some category is Test",
    ],
  ])("lacks the tests of %s that all of them pass", (filter, words) => {
    expect(rest(filter)).toBe(words);
  });

  it.each([
    "severity = low",
    "severity = low or detect_time in 2024",
    "severity = low and detect_time not in 2024",
    // The hull of two ranges: times between them are within the bounds and do not match.
    "severity = low and detect_time in [2022, 2024]",
    "severity = low and storage_time in 2024",
    "severity = low and not (detect_time in 2024 and category = Test)",
  ])("is the same condition where it tests more: %s", (filter) => {
    const condition = conditionOf(filter);
    expect(withoutBounds(condition, FIELD)).toBe(condition);
  });
});
