/** What a condition is built of: tests of fields and of elements, and which of them speak of the same thing. */
import { assertNever } from "../assert-never.js";
import type { Atom, Condition, HasElement } from "../tree.js";

/** A test of a field, or of the elements of a group. */
export type Leaf = Atom | HasElement;

/** The leaves outside of elements: those within speak of one element. */
export function leavesOf(condition: Condition): readonly Leaf[] {
  switch (condition.kind) {
    case "and":
    case "or":
    case "xor":
      return condition.operands.flatMap(leavesOf);
    case "not":
      return leavesOf(condition.operand);
    case "atom":
    case "has":
      return [condition];
    case "constant":
      return [];
    default:
      return assertNever(condition);
  }
}

/**
 * What a leaf speaks of: the field; what clocks show at its time; how many of its values or of the elements of a group meet a test, or how many addresses it covers. Leaves of one
 * subject see the same state of it.
 */
export function leafSubject(leaf: Leaf): string {
  if (leaf.kind === "has") return `elements of ${leaf.group.name}: ${textOf(leaf.condition)}`;
  const { fields, test, list } = leaf;
  const name = fields.map((field) => field.name).join(" and ");
  if (test.kind === "count" && test.of !== undefined) return `values of ${name}: ${textOf(test.of)}`;
  if (test.kind === "size") return `addresses of ${name}`;
  if (test.kind === "clock" && !list) return `${test.part} of ${name} in ${test.zone}`;
  return name;
}

/** The same for a test and for its complement. */
export function keyOf(leaf: Leaf): string {
  return textOf({ ...leaf, negated: false });
}

function textOf(part: object): string {
  return JSON.stringify(part, (key, value: unknown) =>
    key === "span" ? undefined : typeof value === "bigint" ? `${value}n` : value,
  );
}
