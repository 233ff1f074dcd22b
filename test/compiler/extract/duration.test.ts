import { describe, expect, it } from "vitest";
import { parseCarelessDuration } from "../../../compiler/extract/careless-duration.js";
import { parseIdeaDuration } from "../../../compiler/extract/duration.js";

describe("parseIdeaDuration", () => {
  it.each([
    ["00:05:00", 300_000_000n],
    ["1D09:00:00", 118_800_000_000n],
    ["2d 00:00:01", 172_801_000_000n],
    ["36:00:00", 129_600_000_000n],
    ["00:00:00.5", 500_000n],
    ["00:00:01.1234567", 1_123_456n],
    [90, 90_000_000n],
    [0.000_001, 1n],
    [0, 0n],
  ])("reads %j", (value, micros) => {
    expect(parseIdeaDuration(value)).toBe(micros);
  });

  it.each(["5 minutes", "00:60:00", "-00:05:00", "", -1, Number.NaN, Infinity, 2e12, null, true])(
    "reads no duration out of %j",
    (value) => {
      expect(parseIdeaDuration(value)).toBeNull();
    },
  );
});

describe("parseCarelessDuration", () => {
  it.each([
    ["300", 300],
    [" 00:05:00 ", 300],
    ["5m", 300],
    ["5 Minutes", 300],
    ["1h 30min", 5_400],
    ["1.5 h", 5_400],
    ["500ms", 0.5],
    ["PT5M", 300],
    ["P1DT0.5S", 86_400.5],
    ["P2W", 1_209_600],
    ["1 day, 0:05:00", 86_700],
  ])("reads %j", (text, seconds) => {
    expect(parseCarelessDuration(text)).toBe(BigInt(seconds * 1e6));
  });

  it.each(["00:05", "5", "P1M", "P", "PT", "5 months", "m", "5m or so", "-5m", "", 300, null])(
    "reads one of %j only where it is sure",
    (value) => expect(parseCarelessDuration(value)).toBe(value === "5" ? 5_000_000n : null),
  );
});
