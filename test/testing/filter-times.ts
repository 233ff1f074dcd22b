/** Arbitrary times and lengths of time of filters. */
import fc from "fast-check";
import type { DurationText, TimeValue, Value } from "../../grammar/ast.js";
import { readDuration, readTime } from "../../grammar/time-text.js";
import { formatMicros } from "../../compiler/values/time.js";
import { instants } from "./event-values.js";
import { atom, pending, quoted, type PendingParameter } from "./written-values.js";

/** Instants cut to a unit, with or without zone: `2024`, `2024-05-01T08:00+02:00`. */
export const timeLiterals: fc.Arbitrary<Value> = fc
  .tuple(
    instants,
    fc.constantFrom(4, 7, 10, 13, 16, 19, 21, 23, 26),
    fc.constantFrom("", "Z", "+02:00", "-0530"),
    fc.boolean(),
  )
  .map(([micros, length, zone, quote]) => {
    const whole = formatMicros(micros).replace("Z", "");
    const text = (length > 19 && !whole.includes(".") ? `${whole}.` : whole)
      .padEnd(length > 19 ? 26 : 0, "0")
      .slice(0, length);
    const zoned = length >= 10 ? text + zone : text;
    return quote ? quoted(zoned) : atom(zoned);
  });

/** Words with offsets and a unit to cut to: `now-1d/d+8h`. */
export const relativeTimes: fc.Arbitrary<Value> = fc
  .tuple(
    fc.constantFrom("now", "today", "yesterday", "tomorrow"),
    fc.array(
      fc.tuple(
        fc.constantFrom("+", "-"),
        fc.constantFrom("1", "2", "24", "100"),
        fc.constantFrom("ms", "s", "m", "h", "d", "w", "mo", "y"),
      ),
      { maxLength: 2 },
    ),
    fc.constantFrom("", "", "/ms", "/s", "/m", "/h", "/d", "/d+8h", "/d+1d-30m", "/w+1d", "/w", "/mo", "/y"),
  )
  .map(([base, offsets, truncate]) =>
    readTime(base + offsets.map((parts) => parts.join("")).join("") + truncate, 0),
  )
  .filter((value): value is TimeValue => value !== null);

/** Lengths of time with their microseconds. */
export const durations: fc.Arbitrary<{ readonly text: string; readonly micros: number }> = fc
  .tuple(
    fc.constantFrom(0, 1, 2, 60, 90),
    fc.constantFrom(
      ["ms", 1e3] as const,
      ["s", 1e6] as const,
      ["m", 6e7] as const,
      ["h", 3.6e9] as const,
      ["d", 8.64e10] as const,
    ),
  )
  .map(([amount, [unit, micros]]) => ({ text: `${amount}${unit}`, micros: amount * micros }));

const lengths: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("0", "1", "12", "24", "36", "400"),
    fc.constantFrom("ms", "s", "m", "h", "d", "w", "mo", "y"),
    fc.constantFrom("", "", "", "30m", "2d12h"),
  )
  .map((parts) => parts.join(""));

/** Lengths of time after `in last`. */
export const lastDurations: fc.Arbitrary<DurationText> = lengths.map((text) => readDuration(text, 0));

/** A parameter after `in last`: seconds, or a length as a text. */
export const windows: fc.Arbitrary<PendingParameter> = fc
  .oneof(lengths, fc.integer({ min: 0, max: 100_000 }))
  .map(pending);
