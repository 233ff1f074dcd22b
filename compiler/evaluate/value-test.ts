/** Tests of one value in memory; the counterpart of lower/test.ts, with the same meaning. */
import {
  resolveAddresses,
  resolveBoolean,
  resolveMicros,
  resolveNumber,
  resolvePatterns,
  resolvePoints,
  resolveRegexes,
  resolveWords,
} from "../values/arguments.js";
import type { Execution } from "../values/execution.js";
import type { WholeNumber } from "../values/exact-json.js";
import type { NumberSet, TimeSet } from "../values/filter-values.js";
import { prefixLength, rangeContains, rangesEqual, rangesOverlap, type IpRange } from "../values/ip-range.js";
import { asciiFold, likeMatcher } from "../values/text.js";
import type { StoredValue } from "../extract/value.js";
import { regexMatcher } from "../values/regex.js";
import { daysFromCivil, MICROS_PER_HOUR, splitDay } from "../values/civil.js";
import { toLocal, zoneOf } from "../values/zone.js";
import type { ClockTest, IpRelation, IpTest, RegexTest } from "../tree.js";
import { ADDRESS_SQL } from "../lower/addresses.js";
import type { ValueTest } from "../lower/prepared-test.js";

/** A test bound to arguments and a reading of the clock. The value is of the type of the field that the test was read for. */
export type ValuePredicate = (value: StoredValue) => boolean;

/**
 * Binds a test to one execution.
 *
 * @throws ArgumentError when a run-time argument is missing or of the wrong type
 */
export function bindTest(test: ValueTest, execution: Execution): ValuePredicate {
  const { args } = execution;
  switch (test.kind) {
    case "word": {
      const words = new Set(resolveWords(test.set, test.fold, args));
      if (test.fold) return (value) => words.has(asciiFold(value as string));
      const only = words.size === 1 ? [...words][0] : undefined;
      return only === undefined ? (value) => words.has(value as string) : (value) => value === only;
    }
    case "boolean": {
      const wanted = resolveBoolean(test.value, args);
      return (value) => value === wanted;
    }
    case "number":
      return numberPredicate(test.set, execution) as ValuePredicate;
    case "time":
      return timePredicate(test.set, execution) as ValuePredicate;
    case "clock":
      return clockPredicate(test, execution) as ValuePredicate;
    case "ip":
      return addressPredicate(test, execution) as ValuePredicate;
    case "family": {
      const families = new Set(resolvePoints(test.set.points, args));
      return (value) => families.has((value as IpRange).family);
    }
    case "prefix-length": {
      const lengthFits = numberPredicate(test.set, execution);
      return (value) => {
        const length = prefixLength(value as IpRange);
        return length !== null && lengthFits(length);
      };
    }
    case "under": {
      const words = resolveWords(test.set, test.fold, args);
      const isUnder = (stored: string) =>
        words.some((word) => stored === word || stored.startsWith(`${word}.`));
      return test.fold ? (value) => isUnder(asciiFold(value as string)) : (value) => isUnder(value as string);
    }
    case "pattern": {
      const matchers = resolvePatterns(test.patterns, test.fold, args).map((pattern) =>
        likeMatcher(pattern, test.fold),
      );
      return (value) => matchers.some((matches) => matches(value as string));
    }
    case "regex":
      return regexPredicate(test.regex, execution) as ValuePredicate;
  }
}

/** Whether a text matches the expression, or one of those that are given for it. */
export function regexPredicate(regex: RegexTest["regex"], { args }: Execution): (text: string) => boolean {
  if (regex.kind === "regex") return regexMatcher(regex);
  const matchers = resolveRegexes(regex, args).map(regexMatcher);
  return (text) => matchers.some((matches) => matches(text));
}

/** Whether a number is in the set. */
export function numberPredicate(set: NumberSet, { args }: Execution): (value: WholeNumber) => boolean {
  const points = new Set(resolvePoints(set.points, args));
  const ranges = set.ranges.map(({ low, high, lowInclusive, highInclusive, cycle }) => ({
    cycle: cycle === true,
    low: low === null ? -Infinity : resolveNumber(low, args),
    high: high === null ? Infinity : resolveNumber(high, args),
    lowInclusive,
    highInclusive,
  }));
  return (value) =>
    points.has(value) ||
    ranges.some(({ low, high, lowInclusive, highInclusive, cycle }) => {
      const isAbove = value > low || (lowInclusive && value === low);
      const isBelow = value < high || (highInclusive && value === high);
      return cycle && low > high ? isAbove || isBelow : isAbove && isBelow;
    });
}

function timePredicate(set: TimeSet, execution: Execution): (value: bigint) => boolean {
  const ranges = set.ranges.map(({ from, to }) => ({
    from: from && resolveMicros(from, execution),
    to: to && resolveMicros(to, execution),
  }));
  return (value) =>
    ranges.some(({ from, to }) => (from === null || value >= from) && (to === null || value < to));
}

function clockPredicate({ part, zone, set }: ClockTest, execution: Execution): (value: bigint) => boolean {
  const fits = numberPredicate(set, execution);
  const clock = zoneOf(zone);
  return (value) => {
    const { date, timeOfDay } = splitDay(toLocal(value, clock));
    // 1970-01-01 was a Thursday.
    const weekday = ((((daysFromCivil(date) + 3) % 7) + 7) % 7) + 1;
    return fits(part === "hour" ? Number(timeOfDay / MICROS_PER_HOUR) : weekday);
  };
}

const RELATIONS: Readonly<Record<IpRelation, (stored: IpRange, operand: IpRange) => boolean>> = {
  in: (stored, operand) => rangeContains(operand, stored),
  overlaps: rangesOverlap,
  covers: rangeContains,
  "=": rangesEqual,
};

function addressPredicate(test: IpTest, { args }: Execution): (value: IpRange) => boolean {
  const related = RELATIONS[test.relation];
  const { union, sharesAddress } = ADDRESS_SQL[test.relation];
  const operands = resolveAddresses(test.set, union, args);
  const [only] = operands;
  if (only !== undefined && operands.length === 1) return (value) => related(value, only);
  if (!union || !sharesAddress || operands.length < 16)
    return (value) => operands.some((operand) => related(value, operand));
  return (value) => {
    const candidate = operands[lastNotAbove(operands, value)];
    return candidate !== undefined && related(value, candidate);
  };
}

/**
 * Index of the one operand that can hold or meet the value, among merged (disjoint, sorted) operands: the last that starts at or before
 * the value's end.
 */
function lastNotAbove(operands: readonly IpRange[], value: IpRange): number {
  let low = 0;
  let high = operands.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const operand = operands[middle]!;
    const above =
      operand.family === value.family ? operand.first > value.last : operand.family > value.family;
    if (above) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}
