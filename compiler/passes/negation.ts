/** Pass: pushes negation down to the atoms (negation normal form), so that positive atoms can use indexes. */
import { assertNever } from "../assert-never.js";
import { mapChildren } from "../condition-parts.js";
import type { Condition } from "../tree.js";

/** An equivalent condition without `not` nodes: atoms, `has` and constants carry the negation. Logic is two-valued, so De Morgan holds. */
export function pushNegation(condition: Condition, negate = false): Condition {
  switch (condition.kind) {
    case "not":
      return pushNegation(condition.operand, !negate);
    case "and":
    case "or": {
      const kind = negate === (condition.kind === "and") ? "or" : "and";
      return { ...mapChildren(condition, (operand) => pushNegation(operand, negate)), kind };
    }
    case "xor":
      // Negating one operand of an exclusive or negates the whole.
      return mapChildren(condition, (operand, position) => pushNegation(operand, negate && position === 0));
    case "has":
      return {
        ...condition,
        condition: pushNegation(condition.condition),
        negated: condition.negated !== negate,
      };
    case "atom":
      return negate ? { ...condition, negated: !condition.negated } : condition;
    case "constant":
      return negate ? { ...condition, value: !condition.value } : condition;
    default:
      return assertNever(condition);
  }
}
