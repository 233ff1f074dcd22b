/** What one test says of one state of what it speaks of. */
import {
  resolveBoolean,
  resolveMicros,
  resolveNumber,
  resolvePatterns,
  resolvePoints,
} from "../values/arguments.js";
import { resolveAddresses, resolveWords } from "../values/arguments.js";
import type { Execution } from "../values/execution.js";
import type { NumberSet, TimeSet } from "../values/filter-values.js";
import type { IpRange } from "../values/ip-range.js";
import { asciiFold } from "../values/text.js";
import { regexPredicate } from "../evaluate/value-test.js";
import type { AtomTest } from "../tree.js";
import { CLOCK_VALUES, type Marks, type State } from "./axis.js";
import type { Leaf } from "./leaf.js";

/** Whether a test is met by a value; null where the state doesn't tell. */
type Answer = boolean | null;

/** What the leaf says without its negation: null is "sometimes". */
export function decide(leaf: Leaf, state: State, execution: Execution): Answer {
  const count = state.kind === "elements" ? state.count : 0;
  if (leaf.kind === "has")
    return leaf.count === undefined ? count > 0 : inNumbers(leaf.count, count, execution);
  const { test } = leaf;
  if (test.kind === "count" || test.kind === "size") return inNumbers(test.set, count, execution);
  if (state.kind === "missing") return false;
  if (test.kind === "exists") return true;
  if (meetsAll(test, execution)) return true;
  if (leaf.list) return null;
  return state.kind === "value" ? decideValue(test, state.value, execution) : otherValue(test);
}

/** A value that is none of those that the tests of the field name. */
function otherValue(test: AtomTest): Answer {
  return test.kind === "word" && !test.fold ? false : null;
}

function decideValue(test: AtomTest, value: unknown, execution: Execution): Answer {
  switch (test.kind) {
    case "boolean":
      return resolveBoolean(test.value, execution.args) === value;
    case "number":
    case "clock":
      return inNumbers(test.set, Number(value), execution);
    case "time":
      return typeof value === "bigint" && inTimes(test.set, value, execution);
    case "family":
      return inNumbers(test.set, Number(value), execution);
    case "ip":
      return coversFamily(test, Number(value) === 4 ? 4 : 6, execution) || null;
    case "word":
      return (
        typeof value === "string" &&
        resolveWords(test.set, test.fold, execution.args).includes(test.fold ? asciiFold(value) : value)
      );
    default:
      return null;
  }
}

/** Texts of all kinds: what matches each of them matches every text of at least one character, as far as anybody would tell. */
const PROBES: readonly string[] = [
  ...Array.from("aZ0-_.: /é\u{1f600}\n"),
  "59c85a23-11b6-4faf-9eff-55bfb5f7fda5",
  "x".repeat(300),
];

/** Whether every value meets the test. */
function meetsAll(test: AtomTest, execution: Execution): boolean {
  switch (test.kind) {
    case "regex":
      return PROBES.every(regexPredicate(test.regex, execution));
    case "pattern":
      return resolvePatterns(test.patterns, test.fold, execution.args).some(
        (pattern) => /^%*_?%*$/.test(pattern) && pattern.includes("%"),
      );
    case "ip":
      return coversFamily(test, 4, execution) && coversFamily(test, 6, execution);
    case "clock":
      return CLOCK_VALUES[test.part].every((shown) => inNumbers(test.set, shown, execution));
    default:
      return false;
  }
}

const LAST_ADDRESS = { 4: (1n << 32n) - 1n, 6: (1n << 128n) - 1n } as const;

function coversFamily(test: AtomTest, family: IpRange["family"], execution: Execution): boolean {
  if (test.kind !== "ip" || (test.relation !== "in" && test.relation !== "overlaps")) return false;
  const ranges = resolveAddresses(test.set, true, execution.args);
  return ranges.some(
    (range) => range.family === family && range.first === 0n && range.last === LAST_ADDRESS[family],
  );
}

function inNumbers({ points, ranges }: NumberSet, value: number, { args }: Execution): boolean {
  return (
    resolvePoints(points, args).map(Number).includes(value) ||
    ranges.some(({ low, high, lowInclusive, highInclusive }) => {
      const min = low === null ? -Infinity : resolveNumber(low, args);
      const max = high === null ? Infinity : resolveNumber(high, args);
      return (lowInclusive ? value >= min : value > min) && (highInclusive ? value <= max : value < max);
    })
  );
}

function inTimes({ ranges }: TimeSet, value: bigint, execution: Execution): boolean {
  return ranges.some(
    ({ from, to }) =>
      (from === null || value >= resolveMicros(from, execution)) &&
      (to === null || value < resolveMicros(to, execution)),
  );
}

const NO_MARKS: Marks = { numbers: [], times: [], words: [] };

/** The values that the leaf names. */
export function marksOf(leaf: Leaf, execution: Execution): Marks {
  if (leaf.kind === "has") return leaf.count === undefined ? NO_MARKS : numbersOf(leaf.count, execution);
  const { test } = leaf;
  const none = NO_MARKS;
  switch (test.kind) {
    case "number":
    case "count":
    case "size":
      return numbersOf(test.set, execution);
    case "time": {
      const ends = test.set.ranges.flatMap(({ from, to }) => [from, to]).filter((end) => end !== null);
      return { ...none, times: ends.map((end) => resolveMicros(end, execution)) };
    }
    case "word":
      return { ...none, words: test.fold ? [] : resolveWords(test.set, test.fold, execution.args) };
    default:
      return none;
  }
}

function numbersOf({ points, ranges }: NumberSet, { args }: Execution): Marks {
  const ends = ranges.flatMap(({ low, high }) => [low, high]).filter((end) => end !== null);
  const numbers = ends.map((end) => resolveNumber(end, args));
  return { ...NO_MARKS, numbers: [...numbers, ...resolvePoints(points, args)].map(Number) };
}
