import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CalendarUnit, RelativeTime } from "../../../compiler/values/filter-values.js";
import { addUnits, evaluateRelativeTime, truncateInstant } from "../../../compiler/values/relative-time.js";
import { formatMicros, parseRfc3339 } from "../../../compiler/values/time.js";
import { findZone, fromLocal, toLocal, zoneOf } from "../../../compiler/values/zone.js";

const instant = (text: string): bigint => {
  const micros = parseRfc3339(text);
  if (micros === null) throw new RangeError(text);
  return micros;
};

const prague = zoneOf("Europe/Prague");

describe("zones", () => {
  test.each([
    // Clocks went from 02:00 to 03:00: a skipped time is read by the clock before the change.
    ["2024-03-31T02:30:00Z", "2024-03-31T01:30:00Z"],
    // Clocks went back from 03:00 to 02:00: of the two the later one.
    ["2024-10-27T02:30:00Z", "2024-10-27T01:30:00Z"],
    ["2024-07-01T00:00:00Z", "2024-06-30T22:00:00Z"],
  ])("%s on clocks in Prague is %s, as in PostgreSQL", (local, utc) => {
    expect(formatMicros(fromLocal(instant(local), prague))).toBe(utc);
  });

  test("local time and back is the same instant, but for the first of two equal local times", () => {
    const names = [
      "Europe/Prague",
      "America/New_York",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
      "+05:30",
      "UTC",
    ];
    const time = fc.bigInt({ min: instant("1970-01-01T00:00:00Z"), max: instant("2037-12-31T00:00:00Z") });
    fc.assert(
      fc.property(fc.constantFrom(...names), time, (name, micros) => {
        const zone = zoneOf(name);
        const back = fromLocal(toLocal(micros, zone), zone);
        expect(toLocal(back, zone)).toBe(toLocal(micros, zone));
        expect(back).toBeGreaterThanOrEqual(micros);
      }),
    );
  });

  test("offsets and unknown names", () => {
    expect(findZone("+02:00")?.offsetAt(0n)).toBe(7_200_000_000n);
    expect(findZone("-0330")?.offsetAt(0n)).toBe(-12_600_000_000n);
    expect(findZone("+16:00")).toBeNull();
    expect(findZone("Europe/Nowhere")).toBeNull();
    expect(() => zoneOf("Mars")).toThrow(
      '"Mars" is not a time zone; write an IANA name such as Europe/Prague, or +02:00',
    );
  });
});

const expression = (
  base: RelativeTime["base"],
  offsets: readonly (readonly [1 | -1, number, CalendarUnit])[] = [],
  truncate: CalendarUnit | null = null,
  unit: CalendarUnit | null = null,
): RelativeTime => ({
  base,
  offsets: offsets.map(([sign, amount, of]) => ({ sign, amount, unit: of })),
  truncate,
  zone: "Europe/Prague",
  unit,
});

describe("evaluateRelativeTime", () => {
  const now = instant("2024-03-31T10:00:00.000001Z");
  test.each([
    ["now", expression("now"), "2024-03-31T10:00:00.000001Z", "2024-03-31T10:00:00.000002Z"],
    [
      "now-24h",
      expression("now", [[-1, 24, "h"]]),
      "2024-03-30T10:00:00.000001Z",
      "2024-03-30T10:00:00.000002Z",
    ],
    [
      "now-1d",
      expression("now", [[-1, 1, "d"]]),
      "2024-03-30T11:00:00.000001Z",
      "2024-03-30T11:00:00.000002Z",
    ],
    [
      "now-1mo",
      expression("now", [[-1, 1, "mo"]]),
      "2024-02-29T11:00:00.000001Z",
      "2024-02-29T11:00:00.000002Z",
    ],
    // The day on which clocks went forward has 23 hours.
    ["today", expression("today", [], null, "d"), "2024-03-30T23:00:00Z", "2024-03-31T22:00:00Z"],
    ["yesterday", expression("yesterday", [], null, "d"), "2024-03-29T23:00:00Z", "2024-03-30T23:00:00Z"],
    ["now/w", expression("now", [], "w", "w"), "2024-03-24T23:00:00Z", "2024-03-31T22:00:00Z"],
    ["now-7d/d", expression("now", [[-1, 7, "d"]], "d", "d"), "2024-03-23T23:00:00Z", "2024-03-24T23:00:00Z"],
    ["now/mo", expression("now", [], "mo", "mo"), "2024-02-29T23:00:00Z", "2024-03-31T22:00:00Z"],
    ["now/y", expression("now", [], "y", "y"), "2023-12-31T23:00:00Z", "2024-12-31T23:00:00Z"],
    ["now/h", expression("now", [], "h", "h"), "2024-03-31T10:00:00Z", "2024-03-31T11:00:00Z"],
  ])("%s", (_, relative, start, end) => {
    expect(formatMicros(evaluateRelativeTime(relative, now, "start"))).toBe(start);
    expect(formatMicros(evaluateRelativeTime(relative, now, "end"))).toBe(end);
  });

  test("the start of a unit is not after the instant and is its own start", () => {
    const unit = fc.constantFrom<CalendarUnit>("ms", "s", "m", "h", "d", "w", "mo", "y");
    const time = fc.bigInt({ min: instant("1980-01-01T00:00:00Z"), max: instant("2037-12-31T00:00:00Z") });
    fc.assert(
      fc.property(time, unit, (micros, of) => {
        const start = truncateInstant(micros, of, prague);
        expect(start).toBeLessThanOrEqual(micros);
        expect(truncateInstant(start, of, prague)).toBe(start);
        expect(addUnits(start, 1, of, prague)).toBeGreaterThan(micros);
      }),
    );
  });
});
