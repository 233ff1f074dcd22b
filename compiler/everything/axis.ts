/**
 * What a filter can tell about one field, as a finite number of states: the values that all its tests see alike are one state. A field that
 * every event has lacks the state without a value.
 */
import { enumerationOf, holdsUnknownWords, indexCatalogue } from "../catalogue/lookup.js";
import type { Catalogue, StoredField } from "../catalogue/model.js";
import type { ClockTest } from "../tree.js";
import type { Leaf } from "./leaf.js";
import { parseEventTime } from "../values/time.js";

/** A value of a scalar field: a number, an instant or length in microseconds, a word. */
export type Sample = number | bigint | string | boolean;

/** One state of a field. */
export type State =
  /** No value, or an empty list. */
  | { readonly kind: "missing" }
  | { readonly kind: "value"; readonly value: Sample }
  /** A list with this many elements; what they are is told by no state. */
  | { readonly kind: "elements"; readonly count: number }
  /** A value that no test tells from others. */
  | { readonly kind: "other" };

const MISSING: State = { kind: "missing" };
const OTHER: State = { kind: "other" };

/** First and last microsecond that a time can have, as of events. */
const FIRST_TIME = parseEventTime("0001-01-01T00:00:00Z") ?? 0n;
const LAST_TIME = parseEventTime("9999-12-31T23:59:59.999999Z") ?? 0n;

/** The exact values that the tests of a field name, between which nothing changes. */
export interface Marks {
  readonly numbers: readonly number[];
  readonly times: readonly bigint[];
  readonly words: readonly string[];
}

/** Everything that clocks can show. */
export const CLOCK_VALUES: Readonly<Record<ClockTest["part"], readonly number[]>> = {
  hour: Array.from({ length: 24 }, (_, hour) => hour),
  weekday: [1, 2, 3, 4, 5, 6, 7],
};

/** All states of what a leaf speaks of. */
export function statesOf(leaf: Leaf, marks: Marks, catalogue: Catalogue): readonly State[] {
  if (leaf.kind === "has") return listStates(false, marks.numbers);
  const [field] = leaf.fields;
  if (field === undefined) return [OTHER];
  const { test, list } = leaf;
  if (test.kind === "size" || (test.kind === "count" && test.of !== undefined))
    return listStates(false, marks.numbers);
  const required = leaf.fields.some((part) => part.required === true);
  if (list) return listStates(required, marks.numbers);
  const values =
    test.kind === "clock" ? CLOCK_VALUES[test.part].map(value) : scalarStates(field, marks, catalogue);
  return required ? values : [MISSING, ...values];
}

function listStates(required: boolean, counts: readonly number[]): readonly State[] {
  const min = required ? 1 : 0;
  const near = around(counts, (count) => [count - 1, count, count + 1]);
  const wanted = [...new Set([min, 1, ...near])].filter((count) => Number.isInteger(count) && count >= min);
  return wanted.map((count): State => (count === 0 ? MISSING : { kind: "elements", count }));
}

function scalarStates(field: StoredField, marks: Marks, catalogue: Catalogue): readonly State[] {
  switch (field.type) {
    case "boolean":
      return [true, false].map(value);
    case "integer": {
      const [low, high] = field.range ?? [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
      const near = around(marks.numbers, (mark) => [
        Math.ceil(mark) - 1,
        Math.floor(mark),
        Math.floor(mark) + 1,
      ]);
      return within([low, high, ...near], low, high).map(value);
    }
    case "float":
      return floatSamples(marks.numbers).map(value);
    case "time":
    case "duration": {
      const [low, high] = field.type === "time" ? [FIRST_TIME, LAST_TIME] : [0n, LAST_TIME - FIRST_TIME];
      const near = around(marks.times, (mark) => [mark - 1n, mark, mark + 1n]);
      return within([low, high, ...near], low, high).map(value);
    }
    case "ip":
      return [4, 6].map(value);
    default: {
      // Only of a plain text is the empty one a value.
      const words = [...new Set(marks.words)].filter((word) => word !== "" || field.type === "text");
      const index = indexCatalogue(catalogue);
      const known = enumerationOf(index, field);
      if (known !== undefined && !holdsUnknownWords(field, index)) return known.values.map(value);
      return [OTHER, ...words.map(value)];
    }
  }
}

const value = (sample: Sample): State => ({ kind: "value", value: sample });

function around<T>(marks: readonly T[], neighbours: (mark: T) => readonly T[]): readonly T[] {
  return [...new Set(marks.flatMap(neighbours))];
}

function within<T extends number | bigint>(samples: readonly T[], low: T, high: T): readonly T[] {
  return [...new Set(samples)].filter((sample) => sample >= low && sample <= high);
}

/** Each mark, and a number between any two and beyond the outermost. */
function floatSamples(marks: readonly number[]): readonly number[] {
  const sorted = [...new Set(marks)].sort((a, b) => a - b);
  const between = sorted.slice(1).map((mark, position) => (mark + sorted[position]!) / 2);
  return [...sorted, ...between, (sorted[0] ?? 0) - 1, (sorted.at(-1) ?? 0) + 1];
}
