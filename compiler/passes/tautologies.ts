/** Pass: folds tests that no value or every value meets. */
import type { WholeNumber } from "../values/exact-json.js";
import type { NumberRange, NumberSet, NumberSlot } from "../values/filter-values.js";
import { mapAtoms } from "../condition-parts.js";
import type { Atom, AtomTest, Condition, CountTest } from "../tree.js";

/** Tests of an empty set become false, tests that every value meets become `exists`, counts that speak of presence become it. */
export function foldTautologies(condition: Condition): Condition {
  return mapAtoms(condition, foldAtom);
}

function foldAtom(atom: Atom): Condition {
  const { test } = atom;
  if (isEmpty(test) || isOutside(atom)) return constant(atom, false);
  if (test.kind === "count")
    return test.of === undefined ? foldCount(atom, test.set, COUNTS) : foldCounted(atom, test);
  if (test.kind === "size") return foldCount(atom, test.set, SIZES);
  if (test.kind === "number" && covers(test.set, atom.fields[0]?.range ?? null))
    return { ...atom, test: { kind: "exists" } };
  if (test.kind === "family" && test.set.points.includes(4) && test.set.points.includes(6))
    return { ...atom, test: { kind: "exists" } };
  return atom;
}

function constant(atom: Atom, value: boolean): Condition {
  return { kind: "constant", value: value !== atom.negated, span: atom.span };
}

function isEmpty(test: AtomTest): boolean {
  switch (test.kind) {
    case "word":
    case "under":
      return test.set.values.length === 0 && test.set.slots.length === 0;
    case "ip":
      return test.set.ranges.length === 0 && test.set.slots.length === 0;
    case "number":
    case "count":
    case "size":
    case "clock":
    case "family":
    case "prefix-length":
      return test.set.points.length === 0 && test.set.ranges.every(isEmptyRange);
    case "time":
      return test.set.ranges.every(
        ({ from, to }) => from?.kind === "instant" && to?.kind === "instant" && from.micros >= to.micros,
      );
    case "pattern":
      return test.patterns.values.length === 0 && test.patterns.slots.length === 0;
    case "exists":
    case "boolean":
    case "regex":
      return false;
  }
}

const COUNTS = [0, Number.MAX_SAFE_INTEGER] as const;
/** From no address to all of both families. */
const SIZES = [0, 2n ** 32n + 2n ** 128n] as const;
const CLOCK = { hour: [0, 23], weekday: [1, 7] } as const;
const PREFIX_LENGTHS = [0, 128] as const;

/** Whether the numbers lie outside of what the value can be: `count(f) < 0`. */
function isOutside({ test, fields }: Atom): boolean {
  switch (test.kind) {
    case "count":
      return avoids(test.set, COUNTS);
    case "size":
      return avoids(test.set, SIZES);
    case "clock":
      return avoids(test.set, CLOCK[test.part]);
    case "prefix-length":
      return avoids(test.set, PREFIX_LENGTHS);
    case "number":
      return avoids(test.set, fields[0]?.range ?? null);
    default:
      return false;
  }
}

function avoids({ points, ranges }: NumberSet, bounds: NumberSlot["range"]): boolean {
  if (bounds === null) return false;
  const [min, max] = bounds;
  const isBelow = (high: unknown, inclusive: boolean) =>
    isNumber(high) && (inclusive ? high < min : high <= min);
  const isAbove = (low: unknown, inclusive: boolean) => isNumber(low) && (inclusive ? low > max : low >= max);
  return (
    points.every((point) => isBelow(point, true) || isAbove(point, true)) &&
    ranges.every(
      ({ low, high, lowInclusive, highInclusive }) =>
        isBelow(high, highInclusive) || isAbove(low, lowInclusive),
    )
  );
}

const isNumber = (value: unknown): value is WholeNumber =>
  typeof value === "number" || typeof value === "bigint";

function isEmptyRange({ low, high, lowInclusive, highInclusive }: NumberRange): boolean {
  if (!isNumber(low) || !isNumber(high)) return false;
  return low > high || (low === high && !(lowInclusive && highInclusive));
}

/** A count is a whole number from 0 on, and 0 where there is no value: `count(f) = 0` is `f missing`, `size(f) > 0` is `f exists`. */
function foldCount(atom: Atom, set: NumberSet, counts: readonly [0, WholeNumber]): Condition {
  if (covers(set, counts)) return constant(atom, true);
  if (set.ranges.length === 0 && set.points.length > 0 && set.points.every((point) => point === 0))
    return { ...atom, test: { kind: "exists" }, negated: !atom.negated };
  // Of several ranges another may hold the 0.
  if (set.points.length === 0 && set.ranges.length === 1 && covers(set, [1, counts[1]]))
    return { ...atom, test: { kind: "exists" } };
  return atom;
}

/** A count of values that meet a test. */
function foldCounted(atom: Atom, { set }: CountTest): Condition {
  return covers(set, COUNTS) ? constant(atom, true) : atom;
}

/** Whether one range of the set takes in every whole number of `bounds`. */
function covers(set: NumberSet, bounds: NumberSlot["range"]): boolean {
  if (bounds === null) return false;
  const [min, max] = bounds;
  return set.ranges.some(
    ({ low, high, lowInclusive, highInclusive }) =>
      (low === null || (isNumber(low) && (lowInclusive ? low <= min : low < min))) &&
      (high === null || (isNumber(high) && (highInclusive ? high >= max : high > max))),
  );
}
