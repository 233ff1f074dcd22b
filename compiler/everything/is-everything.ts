/**
 * Whether every event that a store can hold must meet a condition. `id exists`, `detect_time >= 0001-01-01` and
 * `not (severity = low and severity = high)` are no conditions, however they are written: what deletes by them deletes all.
 *
 * The fields of the tests are taken for independent of each other and given all their states one after the other, until a combination is found that
 * the condition refuses.
 */
import { assertNever } from "../assert-never.js";
import type { Catalogue } from "../catalogue/model.js";
import type { Atom, Condition, HasElement } from "../tree.js";
import type { Execution } from "../values/execution.js";
import { statesOf, type Marks, type State } from "./axis.js";
import { decideAtom, marksOf } from "./decide.js";

/** Evaluations after which the search ends: a condition of this many unproved alternatives is none that was written by mistake. */
const MOST_EVALUATIONS = 20_000;

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
    evaluations: 0,
  };
  return !refused(condition, search) && search.evaluations < MOST_EVALUATIONS;
}

interface Search {
  readonly execution: Execution;
  readonly axes: ReadonlyMap<string, readonly State[]>;
  /** The state of each field that has one. */
  readonly states: Map<string, State>;
  /** What is assumed of tests that no state tells. */
  readonly guesses: Map<string, boolean>;
  readonly keys: WeakMap<Condition, string>;
  evaluations: number;
}

function axesOf(
  condition: Condition,
  catalogue: Catalogue,
  execution: Execution,
): ReadonlyMap<string, readonly State[]> {
  const byField = new Map<string, Atom[]>();
  for (const atom of atomsOf(condition)) byField.set(atom.name, [...(byField.get(atom.name) ?? []), atom]);
  return new Map(
    [...byField].map(([name, atoms]) => [name, statesOf(atoms[0]!, joined(atoms, execution), catalogue)]),
  );
}

function joined(atoms: readonly Atom[], execution: Execution): Marks {
  const marks = atoms.map((atom) => marksOf(atom, execution));
  return {
    numbers: marks.flatMap(({ numbers }) => numbers),
    times: marks.flatMap(({ times }) => times),
    words: marks.flatMap(({ words }) => words),
  };
}

/** The atoms outside of elements: those within speak of one element. */
function atomsOf(condition: Condition): readonly Atom[] {
  switch (condition.kind) {
    case "and":
    case "or":
    case "xor":
      return condition.operands.flatMap(atomsOf);
    case "not":
      return atomsOf(condition.operand);
    case "atom":
      return [condition];
    case "has":
    case "constant":
      return [];
    default:
      return assertNever(condition);
  }
}

/** What is still to be assumed before a condition has a truth value. */
type Open =
  { readonly kind: "field"; readonly name: string } | { readonly kind: "guess"; readonly key: string };

/** Whether some combination of states makes the condition false. */
function refused(condition: Condition, search: Search): boolean {
  if (++search.evaluations >= MOST_EVALUATIONS) return false;
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
      return negatedIf(condition.negated, atomTruth(condition, search));
    case "has":
      return negatedIf(condition.negated, guessed(condition, search));
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

function atomTruth(atom: Atom, search: Search): boolean | Open {
  const state = search.states.get(atom.name);
  if (state === undefined) return { kind: "field", name: atom.name };
  return decideAtom(atom, state, search.execution) ?? guessed(atom, search);
}

function guessed(leaf: Atom | HasElement, { guesses, keys }: Search): boolean | Open {
  const key = keys.get(leaf) ?? keyOf(leaf);
  keys.set(leaf, key);
  return guesses.get(key) ?? { kind: "guess", key };
}

/** The same for a test and for its complement. */
function keyOf(leaf: Atom | HasElement): string {
  return JSON.stringify({ ...leaf, negated: false }, (key, value: unknown) =>
    key === "span" ? undefined : typeof value === "bigint" ? `${value}n` : value,
  );
}
