/** Times where clocks are set: an interval starts at the earlier and ends at the later reading, and what clocks skip is the end of the gap. */
import { describe, expect, it } from "vitest";
import { compileFilter } from "../../../compiler/compile.js";

const PRAGUE = { timeZone: "Europe/Prague" };

const bounds = (filter: string): readonly string[] => compileFilter(filter, PRAGUE).sql().values;
const remarks = (filter: string): readonly string[] =>
  compileFilter(filter, PRAGUE).warnings.map(({ code }) => code);
const matches = (filter: string, time: string): boolean =>
  compileFilter(filter, PRAGUE).matches({ DetectTime: time });

describe("clocks put back", () => {
  const [first, second] = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"];

  it.each([
    "detect_time = 2026-10-25T02",
    "detect_time = 2026-10-25T02:30",
    "detect_time >= 2026-10-25T02:00",
    "detect_time in 2026-10-25T02:00 ..< 2026-10-25T03:00",
    "detect_time in 2026-10-25T02:00..2026-10-25T02:59",
    "detect_time <= 2026-10-25T02:30",
  ])("%s has both readings", (filter) => {
    expect(matches(filter, first)).toBe(true);
    expect(matches(filter, second)).toBe(true);
    expect(remarks(filter)).toEqual([]);
  });

  it("ends an exclusive range at the later reading", () => {
    expect(bounds("detect_time < 2026-10-25T02:30")).toEqual(["2026-10-25T01:30:00Z"]);
    expect(bounds("detect_time < 2026-10-25T02:00")).toEqual(["2026-10-25T00:00:00Z"]);
    expect(bounds("detect_time > 2026-10-25T02:30")).toEqual(["2026-10-25T01:31:00Z"]);
  });

  it("leaves the minute before alone", () => {
    expect(bounds("detect_time = 2026-10-25T01:59")).toEqual([
      "2026-10-24T23:59:00Z",
      "2026-10-25T00:00:00Z",
    ]);
  });
});

describe("clocks put forward", () => {
  it("clips a range to the gap, with a remark", () => {
    const filter = "detect_time in 2026-03-29T02:45..2026-03-29T03:15";
    expect(bounds(filter)).toEqual(["2026-03-29T01:00:00Z", "2026-03-29T01:16:00Z"]);
    expect(remarks(filter)).toEqual(["L07"]);
    expect(bounds("detect_time in 2026-03-29T01:45..2026-03-29T02:15")).toEqual([
      "2026-03-29T00:45:00Z",
      "2026-03-29T01:00:00Z",
    ]);
  });

  it("finds nothing within the gap", () => {
    expect(remarks("detect_time = 2026-03-29T02:30")).toEqual(["L05", "L07"]);
    expect(matches("detect_time = 2026-03-29T02:30", "2026-03-29T01:00:00Z")).toBe(false);
  });
});
