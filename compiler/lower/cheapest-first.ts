/**
 * The order of tests for rows that are looked at one by one: the first that fails spares the rest. PostgreSQL tries the operands of an `and`
 * in the order of their text wherever it is not the whole of a WHERE, whose operands the planner sorts by estimates of its own.
 */
import { children } from "../condition-parts.js";
import type { Atom, AtomTest, Condition } from "../tree.js";

/** The same condition with the operands of each junction from cheap to dear; those that cost the same stay as they were written. */
export function cheapestFirst(condition: Condition): Condition {
  if (condition.kind !== "and" && condition.kind !== "or") return condition;
  const operands = condition.operands.map(cheapestFirst);
  return { ...condition, operands: operands.sort((a, b) => costOf(a) - costOf(b)) };
}

/** Unpacking the elements of an event with several, in tests of a scalar. */
const HAS_COST = 20;
/** A subquery over the elements of a list. */
const SUBQUERY_COST = 10;
/** An operator over all elements of a list. */
const LIST_COST = 3;

/** In tests of a scalar: rough, for there is only their order to tell. */
function costOf(condition: Condition): number {
  if (condition.kind === "atom") return atomCost(condition);
  const own = condition.kind === "has" ? HAS_COST : 0;
  return children(condition).reduce((sum, child) => sum + costOf(child), own);
}

function atomCost({ test, fields, list, quantifier }: Atom): number {
  const base = TEST_COSTS[test.kind];
  if (!list || test.kind === "exists" || test.kind === "count" || test.kind === "size")
    return base * fields.length;
  return (quantifier === "any" && hasListOperator(test) ? LIST_COST : SUBQUERY_COST) * base * fields.length;
}

function hasListOperator(test: AtomTest): boolean {
  return test.kind === "ip" || test.kind === "number" || (test.kind === "word" && !test.fold);
}

const TEST_COSTS: Readonly<Record<AtomTest["kind"], number>> = {
  exists: 1,
  count: 1,
  size: 12,
  boolean: 1,
  word: 1,
  number: 1,
  time: 1,
  clock: 3,
  ip: 1,
  family: 1,
  "prefix-length": 2,
  under: 2,
  pattern: 2,
  regex: 4,
};
