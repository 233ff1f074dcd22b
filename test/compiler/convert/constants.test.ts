/** Constants that old filters compute and compare: what they come to, and what is refused in which place. */
import { describe, expect, it } from "vitest";
import { converted, refusals } from "./support.js";

describe.each(["pynspect", "ransack"] as const)("numbers of %s", (language) => {
  const textOf = (old: string) => converted(old, language).replace(" (C03)", "");

  it.each([
    ["ConnCount > 10 * 60", "conn_count > 600"],
    ["ConnCount > 10 / 4", "conn_count >= 3"],
    ["ConnCount > 7 % 4", "conn_count > 3"],
    ["ConnCount > 2 + 3", "conn_count > 5"],
    ["ConnCount > 10 - 3", "conn_count > 7"],
    ["3 > 2 and ConnCount > 1", "true and conn_count > 1"],
    ["5 >= 3 and ConnCount > 1", "true and conn_count > 1"],
    ["5 < 3 or ConnCount > 1", "false or conn_count > 1"],
    ["5 <= 3 or ConnCount > 1", "false or conn_count > 1"],
    ["'a' == 'b' or ConnCount > 1", "false or conn_count > 1"],
    ["10.0.0.1 in [10.0.0.0/8] or ConnCount > 1", "true or conn_count > 1"],
  ])("%s becomes %s", (old, wanted) => {
    expect(textOf(old)).toBe(wanted);
  });

  it("are not divided by zero", () => {
    expect(refusals("ConnCount > 1 / 0", language)).toEqual(["E604 /"]);
    expect(refusals("ConnCount > 1 % 0", language)).toEqual(["E604 %"]);
  });
});

describe("conditions without a field", () => {
  it.each([
    ["3 != 2 or ConnCount > 1", "true or conn_count > 1"],
    ["3 != 3 or ConnCount > 1", "false or conn_count > 1"],
  ])("of pynspect: %s", (old, wanted) => {
    expect(converted(old, "pynspect")).toBe(wanted);
  });

  it.each([
    ["5 is 5 or ConnCount > 1", ["E604 5 is 5"]],
    ["'abc' like 'b' or ConnCount > 1", ["E604 'abc' like 'b'"]],
  ])("of pynspect that are refused: %s", (old, wanted) => {
    expect(refusals(old, "pynspect")).toEqual(wanted);
  });

  it.each([
    ["10.0.0.1 == 10.0.0.0/8 or ConnCount > 1", "false or conn_count > 1"],
    ["5 in 3..7 and ConnCount > 1", "true and conn_count > 1"],
    ["5 in 6..7 or ConnCount > 1", "false or conn_count > 1"],
    ["1..5 == 5 or ConnCount > 1", "false or conn_count > 1"],
    ["length([1,2,3]) > 2 and ConnCount > 1", "true and conn_count > 1"],
    ["'abc' contains 'b' and ConnCount > 1", "true and conn_count > 1"],
  ])("of ransack: %s", (old, wanted) => {
    expect(converted(old, "ransack")).toBe(`${wanted} (C03)`);
  });
});

describe("what ransack computes", () => {
  it("with times becomes a time", () => {
    expect(converted("DetectTime > 2024-01-01T00:00:00Z + 01:00:00", "ransack")).toBe(
      "detect_time > 2024-01-01T01:00:00.000000Z",
    );
  });

  it.each([
    ["ConnCount > 'x' * 2", "E604 *"],
    ["length(5) > 2", "E604 length(5)"],
    ["DetectTime > 2024-01-01T00:00:00Z + 5", "E604 2024-01-01T00:00:00Z + 5"],
    ["DetectTime > 2024-01-01T00:00:00Z + now()", "E604 2024-01-01T00:00:00Z + now()"],
    ["Source.IP4 in 10.0.0.1..::1", "E607 10.0.0.1..::1"],
    ["Source.IP4 in 10.0.0.1..5", "E607 10.0.0.1..5"],
    ["ConnCount in 1..2024-01-01T00:00:00Z", "E607 1..2024-01-01T00:00:00Z"],
    ["ConnCount > (Category == 'x')", "E601 Category == 'x'"],
  ])("is refused: %s", (old, wanted) => {
    expect(refusals(old, "ransack")).toEqual([wanted]);
  });
});
