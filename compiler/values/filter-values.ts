/**
 * Values on the right-hand side of a typed test: plain data that outlives the compiler, so that a generated filter carries them
 * without a parser. A slot stands for a run-time argument; a relative time waits for the reading of `now`.
 */
import type { WholeNumber } from "./exact-json.js";
import type { IpRange } from "./ip-range.js";
import type { WordNormalisation } from "./normalise.js";
import type { Ordering } from "./ordering.js";

/** A run-time argument `$name` instead of a literal. */
export interface Slot {
  readonly kind: "slot";
  readonly name: string;
  /** The argument is a list of values (`in $nets`) rather than one (`= $net`). */
  readonly list: boolean;
}

/** Words: the stored spellings. For an ordered field a comparison is already the set of words that meet it. */
export interface WordSet {
  readonly values: readonly string[];
  readonly slots: readonly WordSlot[];
}

/** A word or list of words given at run time; for an ordered field compared by `op` with the argument. */
export interface WordSlot extends Slot {
  readonly op: "=" | Ordering;
  /** Known words the argument is checked against and spelt like; in ascending order for an ordered field. */
  readonly words: readonly string[];
  /** A word outside `words` is an error. */
  readonly closed: boolean;
  readonly normalise: WordNormalisation | null;
  /** Of a union whose fields differ: the word is looked for in these spellings as well. */
  readonly further?: readonly WordNormalisation[];
  /** As of {@link PatternSlot}. */
  readonly whole?: true;
}

/** A number given at run time. */
export interface NumberSlot extends Slot {
  /** Smallest and largest whole number that the argument may be; null where any number will do. */
  readonly range: readonly [number, WholeNumber] | null;
  /** Names of days will do as well: `sat`. */
  readonly weekday?: true;
}

/** Points and ranges of numbers, integers and floats alike; integers beyond 2^53 are bigints. */
export interface NumberSet {
  readonly points: readonly (WholeNumber | NumberSlot)[];
  readonly ranges: readonly NumberRange[];
}

/** null is open. */
export interface NumberRange {
  readonly low: WholeNumber | NumberSlot | null;
  readonly high: WholeNumber | NumberSlot | null;
  readonly lowInclusive: boolean;
  readonly highInclusive: boolean;
  /** Where the low end is above the high one, the range goes past the last number to the first: from 22 to 5 o'clock. */
  readonly cycle?: true;
}

/** The times that a test accepts. */
export interface TimeSet {
  readonly ranges: readonly TimeRange[];
}

/** `[from, to)`; null is open. */
export interface TimeRange {
  readonly from: TimeBound | null;
  readonly to: TimeBound | null;
}

/**
 * An instant: fixed microseconds since 1970-01-01T00:00:00Z (or of a duration), or an expression that is computed when the filter is
 * executed from one reading of `now`. `edge` says whether the start of the instant's unit is meant or its end (exclusive).
 */
export type TimeBound =
  | { readonly kind: "instant"; readonly micros: bigint }
  | { readonly kind: "relative"; readonly expression: RelativeTime; readonly edge: "start" | "end" }
  | {
      readonly kind: "time-slot";
      readonly slot: Slot;
      readonly type: "time" | "duration";
      /** `until`: where what ends before the argument ends; its start, unless clocks show that twice. */
      readonly edge: "start" | "until" | "end";
      /** Zone of local times that are given as text, and of their days. */
      readonly zone: string;
    }
  /** `in last $window`: as long before now as the argument says. */
  | { readonly kind: "window-slot"; readonly slot: Slot; readonly zone: string };

/** A time that is counted from the time of execution. */
export interface RelativeTime {
  readonly base: "now" | "today" | "yesterday" | "tomorrow";
  readonly offsets: readonly {
    readonly sign: 1 | -1;
    readonly amount: number;
    readonly unit: CalendarUnit;
  }[];
  readonly truncate: CalendarUnit | null;
  /** What is added to the rounded time. */
  readonly after?: RelativeTime["offsets"];
  /** IANA zone or fixed offset in which days and longer units are counted. */
  readonly zone: string;
  /** The interval that the expression names: `today` is a day, `now/h` an hour, `now` one microsecond (null). */
  readonly unit: CalendarUnit | null;
}

/** A unit of the calendar, which has no fixed length. */
export type CalendarUnit = "ms" | "s" | "m" | "h" | "d" | "w" | "mo" | "y";

/** Addresses: merged ranges and run-time arguments. */
export interface IpSet {
  readonly ranges: readonly IpRange[];
  readonly slots: readonly Slot[];
}

/** The patterns that a test accepts. */
export interface PatternSet {
  readonly values: readonly string[];
  readonly slots: readonly PatternSlot[];
}

/** A text given at run time, turned into a LIKE pattern by `op`. */
export interface PatternSlot extends Slot {
  readonly op: "contains" | "starts with" | "ends with" | "like";
  /** As of {@link WordSlot}. */
  readonly normalise: WordNormalisation | null;
  /** For identifiers, which are never mended: a text that no column holds matches nothing. */
  readonly whole?: true;
}

/** A regular expression given at run time: a text without slashes. */
export interface RegexSlot extends Slot {
  /** ASCII letters match either case. */
  readonly ignoreCase: boolean;
}

/** Instead of an identifier that no event can have: identifiers are never empty, and as a pattern it matches nothing but the empty text. */
export const NO_ID = "";
