/** Rewrites the atoms of a condition, at the top level and inside `has`. */
import { assertNever } from "../assert-never.js";
import type { Atom, Condition } from "../tree.js";

/** The condition with every atom replaced by what `rewrite` returns for it. */
export function mapAtoms(condition: Condition, rewrite: (atom: Atom) => Condition): Condition {
  switch (condition.kind) {
    case "and":
    case "or":
    case "xor":
      return { ...condition, operands: condition.operands.map((operand) => mapAtoms(operand, rewrite)) };
    case "not":
      return { ...condition, operand: mapAtoms(condition.operand, rewrite) };
    case "has":
      return { ...condition, condition: mapAtoms(condition.condition, rewrite) };
    case "atom":
      return rewrite(condition);
    case "constant":
      return condition;
    default:
      return assertNever(condition);
  }
}
