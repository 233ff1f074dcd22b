import { describe, expect, it } from "vitest";
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
