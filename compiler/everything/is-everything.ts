/**
 * Whether every event that a store can hold must meet a condition. `id exists`, `detect_time >= 0001-01-01` and
 * `not (severity = low and severity = high)` are no conditions, however they are written: what deletes by them deletes all.
 *
 * What the tests speak of, fields and numbers of elements, is taken for independent of each other and given all its states one after the other,
 * until a combination is found that the condition refuses.
 */
import { assertNever } from "../assert-never.js";
import type { Catalogue } from "../catalogue/model.js";
import type { Condition } from "../tree.js";
import type { Execution } from "../values/execution.js";
import { statesOf, type Marks, type State } from "./axis.js";
import { decide, marksOf } from "./decide.js";
import { keyOf, leavesOf, leafSubject, type Leaf } from "./leaf.js";

/** Evaluations after which the search ends: a condition of this many unproved alternatives is none that was written by mistake. */
const MAX_EVALUATIONS = 20_000;

/**
 * True where no event of the catalogue can fail to meet the condition. False also where that could not be proved.
 *
 * @param execution the arguments of the filter's parameters, and the reading of the clock
 * @throws ArgumentError when an argument is missing or of the wrong type
 */
export function isEverything(condition: Condition, catalogue: Catalogue, execution: Execution): boolean {
  if (condition.kind === "constant") return condition.value;
  const search: Search = {
    execution,
    axes: axesOf(condition, catalogue, execution),
    states: new Map(),
    guesses: new Map(),
    keys: new WeakMap(),
    subjects: new WeakMap(),
    evaluations: 0,
  };
  return !refused(condition, search) && search.evaluations < MAX_EVALUATIONS;
}

interface Search {
  readonly execution: Execution;
  readonly axes: ReadonlyMap<string, readonly State[]>;
  /** The state of each subject that has one. */
  readonly states: Map<string, State>;
  /** What is assumed of tests that no state tells. */
  readonly guesses: Map<string, boolean>;
  readonly keys: WeakMap<Leaf, string>;
  readonly subjects: WeakMap<Leaf, string>;
  evaluations: number;
}

function axesOf(
  condition: Condition,
  catalogue: Catalogue,
  execution: Execution,
): ReadonlyMap<string, readonly State[]> {
  const bySubject = new Map<string, Leaf[]>();
  for (const leaf of leavesOf(condition)) {
    const subject = leafSubject(leaf);
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), leaf]);
  }
  return new Map(
    [...bySubject].map(([subject, leaves]) => [
      subject,
      statesOf(leaves[0]!, joined(leaves, execution), catalogue),
    ]),
  );
}

function joined(leaves: readonly Leaf[], execution: Execution): Marks {
  const marks = leaves.map((leaf) => marksOf(leaf, execution));
  return {
    numbers: marks.flatMap(({ numbers }) => numbers),
    times: marks.flatMap(({ times }) => times),
    words: marks.flatMap(({ words }) => words),
  };
}

/** What is still to be assumed before a condition has a truth value. */
type Open =
  { readonly kind: "subject"; readonly name: string } | { readonly kind: "guess"; readonly key: string };

/** Whether some combination of states makes the condition false. */
function refused(condition: Condition, search: Search): boolean {
  if (++search.evaluations >= MAX_EVALUATIONS) return false;
  const result = evaluate(condition, search);
  if (typeof result === "boolean") return !result;
  if (result.kind === "guess")
    return [false, true].some((guess) => {
      search.guesses.set(result.key, guess);
      const found = refused(condition, search);
      search.guesses.delete(result.key);
      return found;
    });
  return (search.axes.get(result.name) ?? []).some((state) => {
    search.states.set(result.name, state);
    const found = refused(condition, search);
    search.states.delete(result.name);
    return found;
  });
}

function evaluate(condition: Condition, search: Search): boolean | Open {
  switch (condition.kind) {
    case "constant":
      return condition.value;
    case "not":
      return opposite(evaluate(condition.operand, search));
    case "and":
    case "or":
      return junction(condition.kind === "or", condition.operands, search);
    case "xor":
      return exclusive(condition.operands, search);
    case "atom":
    case "has":
      return negatedIf(condition.negated, leafTruth(condition, search));
    default:
      return assertNever(condition);
  }
}

const opposite = (result: boolean | Open): boolean | Open => (typeof result === "boolean" ? !result : result);

const negatedIf = (negated: boolean, result: boolean | Open): boolean | Open =>
  negated ? opposite(result) : result;

/** `or` is true with one true operand, `and` false with one false one. */
function junction(isOr: boolean, operands: readonly Condition[], search: Search): boolean | Open {
  let open: Open | null = null;
  for (const operand of operands) {
    const result = evaluate(operand, search);
    if (result === isOr) return isOr;
    if (typeof result !== "boolean") open ??= result;
  }
  return open ?? !isOr;
}

function exclusive(operands: readonly Condition[], search: Search): boolean | Open {
  let odd = false;
  for (const operand of operands) {
    const result = evaluate(operand, search);
    if (typeof result !== "boolean") return result;
    odd = odd !== result;
  }
  return odd;
}

function leafTruth(leaf: Leaf, search: Search): boolean | Open {
  const name = kept(search.subjects, leaf, leafSubject);
  const state = search.states.get(name);
  if (state === undefined) return { kind: "subject", name };
  return decide(leaf, state, search.execution) ?? guessed(leaf, search);
}

function guessed(leaf: Leaf, { guesses, keys }: Search): boolean | Open {
  const key = kept(keys, leaf, keyOf);
  return guesses.get(key) ?? { kind: "guess", key };
}

/** A text that is made once for each leaf. */
function kept(texts: WeakMap<Leaf, string>, leaf: Leaf, make: (leaf: Leaf) => string): string {
  let text = texts.get(leaf);
  if (text === undefined) texts.set(leaf, (text = make(leaf)));
  return text;
}
