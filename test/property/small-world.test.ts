/**
 * Every condition of a small world up to a size, over every event of it: the reference, each pass and the predicate agree. Nothing is drawn
 * by lot. The truths of a junction follow from those of its parts in this file, and not from the compiler.
 */
import { describe, expect, it } from "vitest";
import { analyseFilter } from "../../compiler/compile.js";
import { children } from "../../compiler/condition-parts.js";
import { prepareCondition } from "../../compiler/evaluate/evaluate.js";
import { passSteps } from "../../compiler/passes/index.js";
import type { AtomTest, Condition } from "../../compiler/tree.js";
import {
  ALWAYS,
  complement,
  CORE_TESTS,
  joinTruths,
  SMALL_EVENTS,
  SMALL_TESTS,
  SMALL_WORLD,
  truthAt,
  truthsOf,
  type Truths,
} from "../support/small-world.js";
import { referenceMatcher } from "../testing/index.js";

/** A condition as it is written, with its truths by the reference or by composition. */
interface Known {
  readonly text: string;
  readonly condition: Condition;
  readonly truths: Truths;
}

/** A million conditions in CI, some ten thousand elsewhere. */
const CI = process.env["CI"] === "true";

const SPAN = { start: 0, end: 0 };
const WORDS = ["and", "or", "xor"] as const;

function known(text: string): Known {
  const { written, diagnostics } = analyseFilter(text, { catalogue: SMALL_WORLD });
  if (written === null) throw new Error(`${text}: ${JSON.stringify(diagnostics)}`);
  const truths = truthsOf(referenceMatcher(text, { catalogue: SMALL_WORLD }));
  return { text, condition: written, truths };
}

function negated({ text, condition, truths }: Known): Known {
  return {
    text: `not (${text})`,
    condition: { kind: "not", operand: condition, span: SPAN },
    truths: complement(truths),
  };
}

function joined(word: (typeof WORDS)[number], left: Known, right: Known): Known {
  return {
    text: `(${left.text}) ${word} (${right.text})`,
    condition: { kind: word, operands: [left.condition, right.condition], span: SPAN },
    truths: joinTruths(word, [left.truths, right.truths]),
  };
}

const withNegations = (conditions: readonly Known[]): readonly Known[] =>
  conditions.flatMap((condition) => [condition, negated(condition)]);

/** Every two of them, in either order where `ordered`, joined by each word. */
function* pairs(
  left: readonly Known[],
  right: readonly Known[],
  ordered: boolean,
): Generator<Known, void, undefined> {
  for (const [index, one] of left.entries())
    for (const other of ordered ? right : right.slice(index))
      for (const word of WORDS) yield joined(word, one, other);
}

const predicateOf = (condition: Condition) => prepareCondition(condition, SMALL_WORLD)({ args: {}, now: 0n });

/**
 * The truths of a condition. The compiled predicate answers for atoms and `has`, once for each that is different; the connectives are
 * composed here, so that a million conditions take a minute.
 */
function conditionTruths(): (condition: Condition) => Truths {
  const byLeaf = new WeakMap<Condition, Truths>();
  const byText = new Map<string, Truths>();
  const compute = (condition: Condition): Truths => {
    const text = keyOf(condition);
    let found = byText.get(text);
    if (found === undefined) byText.set(text, (found = truthsOf(predicateOf(condition))));
    return found;
  };
  const leaf = (condition: Condition): Truths => {
    let found = byLeaf.get(condition);
    if (found === undefined) byLeaf.set(condition, (found = compute(condition)));
    return found;
  };
  const truths = (condition: Condition): Truths => {
    switch (condition.kind) {
      case "and":
      case "or":
      case "xor":
        return joinTruths(condition.kind, condition.operands.map(truths));
      case "not":
        return complement(truths(condition.operand));
      case "constant":
        return condition.value ? ALWAYS : 0n;
      default:
        return leaf(condition);
    }
  };
  return truths;
}

const testTexts = new WeakMap<AtomTest, string>();

function testText(test: AtomTest): string {
  let text = testTexts.get(test);
  if (text === undefined) testTexts.set(test, (text = JSON.stringify(test, bigintText)));
  return text;
}

/** What an atom or a `has` says, without its place in the text. */
function keyOf(condition: Condition): string {
  if (condition.kind === "atom") {
    const { name, quantifier, negated, test } = condition;
    return `${name} ${quantifier} ${negated} ${testText(test)}`;
  }
  if (condition.kind === "constant") return String(condition.value);
  const parts = children(condition).map(keyOf).join(" ; ");
  return `${condition.kind} ${"negated" in condition && condition.negated} (${parts})`;
}

function bigintText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}

/** Which events the predicate is asked about: all of them for each condition; or, for some of the conditions, some of the events. */
type Asked = "every event" | "in turn";

/** Distances that have no divisor in common with the number of events, so that each event has its turn. */
const CONDITION_STEP = 17;
const EVENT_STEP = 91;

/** The text of the first condition of which a pass or the predicate says something else, and who it was; else how many there were. */
function firstDifference(conditions: Iterable<Known>, asked: Asked): string | number {
  const truths = conditionTruths();
  let count = 0;
  for (const { text, condition, truths: expected } of conditions) {
    let current = condition;
    for (const { name, condition: after } of passSteps(condition)) {
      if (after !== current && truths(after) !== expected) return `${name}: ${text}`;
      current = after;
    }
    const step = asked === "every event" ? 1 : EVENT_STEP;
    if (asked === "every event" || count % CONDITION_STEP === 0) {
      const holds = predicateOf(current);
      for (let index = count % step; index < SMALL_EVENTS.length; index += step)
        if (holds(SMALL_EVENTS[index]) !== truthAt(expected, index))
          return `matches: ${text} of ${JSON.stringify(SMALL_EVENTS[index])}`;
    }
    count++;
  }
  return count;
}

describe("a small world", () => {
  it("has every event and every test once", () => {
    expect(SMALL_EVENTS).toHaveLength(4 * 8 * 45);
    expect(new Set(SMALL_EVENTS.map((event) => JSON.stringify({ ...event, ID: "" }))).size).toBe(1440);
    expect(new Set(SMALL_TESTS).size).toBe(SMALL_TESTS.length);
  });

  it("each test and its negation, over every event", () => {
    const tests = withNegations(SMALL_TESTS.map(known));
    expect(firstDifference(tests, "every event")).toBe(2 * SMALL_TESTS.length);
  });

  it("every two of the core tests, over every event", () => {
    const core = withNegations(CORE_TESTS.map(known));
    expect(firstDifference(pairs(core, core, false), "every event")).toBe(
      (3 * core.length * (core.length + 1)) / 2,
    );
  });

  it("every two tests, and every three of the core", { timeout: 600_000 }, () => {
    const tests = withNegations(SMALL_TESTS.map(known).filter((_, index) => CI || index % 8 === 0));
    const core = withNegations(CORE_TESTS.map(known).filter((_, index) => CI || index % 3 === 0));
    const two = firstDifference(pairs(tests, tests, false), "in turn");
    const three = firstDifference(triples(core), "in turn");
    expect([two, three]).toEqual([expect.any(Number), expect.any(Number)]);
    const conditions = Number(two) + Number(three);
    console.info(`conditions of the small world: ${conditions}`);
    expect(conditions).toBeGreaterThan(CI ? 1_000_000 : 10_000);
  });
});

/** `(a word b) word c`, with and without a negation before the first pair. */
function* triples(core: readonly Known[]): Generator<Known, void, undefined> {
  for (const pair of pairs(core, core, false))
    for (const first of [pair, negated(pair)]) yield* pairs([first], core, true);
}
