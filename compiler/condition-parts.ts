/** The parts of a condition: the one place that says for each kind where its conditions are. Passes and walks are built on these. */
import { assertNever } from "./assert-never.js";
import type { Atom, Condition } from "./tree.js";

/** The conditions directly inside, in order; none for an atom or a constant. */
export function children(condition: Condition): readonly Condition[] {
  switch (condition.kind) {
    case "and":
    case "or":
    case "xor":
      return condition.operands;
    case "not":
      return [condition.operand];
    case "has":
      return [condition.condition];
    case "atom":
    case "constant":
      return [];
    default:
      return assertNever(condition);
  }
}

/** The same condition with each of {@link children} replaced by what `change` returns for it. */
export function mapChildren<C extends Condition>(
  condition: C,
  change: (child: Condition, position: number) => Condition,
): C;
export function mapChildren(
  condition: Condition,
  change: (child: Condition, position: number) => Condition,
): Condition {
  switch (condition.kind) {
    case "and":
    case "or":
    case "xor":
      return { ...condition, operands: condition.operands.map(change) };
    case "not":
      return { ...condition, operand: change(condition.operand, 0) };
    case "has":
      return { ...condition, condition: change(condition.condition, 0) };
    case "atom":
    case "constant":
      return condition;
    default:
      return assertNever(condition);
  }
}

/** The condition with every atom, inside `has` too, replaced by what `change` returns for it. */
export function mapAtoms(condition: Condition, change: (atom: Atom) => Condition): Condition {
  return condition.kind === "atom"
    ? change(condition)
    : mapChildren(condition, (child) => mapAtoms(child, change));
}

/** All atoms, inside `has` too, in the order of the filter. */
export function atomsOf(condition: Condition): readonly Atom[] {
  return condition.kind === "atom" ? [condition] : children(condition).flatMap(atomsOf);
}
