/** The passes in their order. Each keeps the meaning of the condition; together they yield the form that lowering expects. */
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

/** Runs all passes. The result has no `not` nodes and no constants below its root. */
export function optimise(condition: Condition): Condition {
  return PASSES.reduce((tree, [, pass]) => pass(tree), condition);
}
