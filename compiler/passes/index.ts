/** The passes in their order. Each keeps the meaning of the condition; together they yield the form that lowering expects. */
import { children } from "../condition-parts.js";
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
 * Runs all passes, again and again while the condition becomes smaller: what one pass takes out may show the one before it something that occurs
 * twice. Most filters go through once. The result has no `not` nodes and no constants below its root.
 */
export function optimise(condition: Condition): Condition {
  return passSteps(condition).at(-1)?.condition ?? condition;
}

/** The condition after a pass. */
export interface PassStep {
  readonly name: string;
  readonly condition: Condition;
}

/** Each pass that {@link optimise} runs, in order, with the condition that it leaves. */
export function passSteps(condition: Condition): readonly PassStep[] {
  const steps: PassStep[] = [];
  let current = condition;
  for (const [name, pass] of PASSES) {
    current = pass(current);
    steps.push({ name, condition: current });
  }
  return sizeOf(current) < sizeOf(condition) ? [...steps, ...passSteps(current)] : steps;
}

/** Number of nodes. */
function sizeOf(condition: Condition): number {
  return children(condition).reduce((size, child) => size + sizeOf(child), 1);
}
