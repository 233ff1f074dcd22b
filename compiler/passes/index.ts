/** The passes in their order. Each keeps the meaning of the condition; together they yield the form that lowering expects. */
import { assertNever } from "../assert-never.js";
import type { Condition } from "../tree.js";
import { canonicalAddressSets } from "./address-sets.js";
import { foldContradictions } from "./contradictions.js";
import { flatten } from "./flatten.js";
import { pushNegation } from "./negation.js";
import { foldRepeats } from "./repeats.js";
import { foldTautologies } from "./tautologies.js";

/** A pass: a function from condition to equivalent condition. */
export type Pass = (condition: Condition) => Condition;

/** Every pass by name, in the order in which {@link optimise} runs them. */
export const PASSES: readonly (readonly [name: string, pass: Pass])[] = [
  ["address-sets", canonicalAddressSets],
  ["tautologies", foldTautologies],
  ["flatten", flatten],
  // Taking a constant out of an exclusive or leaves a negation.
  ["negation", pushNegation],
  ["flatten again", flatten],
  ["repeats", foldRepeats],
  ["contradictions", foldContradictions],
  ["flatten the rest", (condition) => flatten(pushNegation(flatten(condition)))],
];

/**
 * Runs all passes, again and again while the condition becomes smaller: what one pass takes out may show the one before it something that stands
 * twice. Most filters go through once. The result has no `not` nodes and no constants below its root.
 */
export function optimise(condition: Condition): Condition {
  const result = PASSES.reduce((tree, [, pass]) => pass(tree), condition);
  return sizeOf(result) < sizeOf(condition) ? optimise(result) : result;
}

/** Number of nodes. */
function sizeOf(condition: Condition): number {
  switch (condition.kind) {
    case "and":
    case "or":
    case "xor":
      return condition.operands.reduce((size, operand) => size + sizeOf(operand), 1);
    case "not":
      return 1 + sizeOf(condition.operand);
    case "has":
      return 1 + sizeOf(condition.condition);
    case "atom":
    case "constant":
      return 1;
    default:
      return assertNever(condition);
  }
}
