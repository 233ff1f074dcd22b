/** The span of time outside of which a filter can't match: what lets a search leave out whole days. */
import { resolveMicros } from "./values/arguments.js";
import type { Execution } from "./values/execution.js";
import { assertNever } from "./assert-never.js";
import type { Atom, Condition } from "./tree.js";

/** `[from, to)` in microseconds since 1970-01-01T00:00:00Z; null is open. */
export interface TimeBounds {
  readonly from: bigint | null;
  readonly to: bigint | null;
}

const OPEN: TimeBounds = { from: null, to: null };

/**
 * Bounds that the values of the scalar time field `field` of every matching event keep. Never too narrow; wider than need be for
 * negations and for tests of other fields.
 *
 * @throws ArgumentError when a run-time argument is missing or of the wrong type
 */
export function timeBounds(condition: Condition, field: string, execution: Execution): TimeBounds {
  switch (condition.kind) {
    case "and":
      return condition.operands
        .map((operand) => timeBounds(operand, field, execution))
        .reduce(intersect, OPEN);
    case "or":
      return condition.operands.map((operand) => timeBounds(operand, field, execution)).reduce(hull);
    case "atom":
      return atomBounds(condition, field, execution);
    case "constant":
    case "xor":
    case "not":
    case "has":
      return OPEN;
    default:
      return assertNever(condition);
  }
}

/**
 * What is left to test of events whose `field` lies within the {@link timeBounds} of the condition: the same condition without the tests that say
 * nothing else. The condition itself where there are none.
 */
export function withoutBounds(condition: Condition, field: string): Condition {
  const isBound = (operand: Condition): boolean => operand.kind === "atom" && isTimeRange(operand, field);
  if (isBound(condition)) return { kind: "constant", value: true, span: condition.span };
  if (condition.kind !== "and") return condition;
  const operands = condition.operands.filter((operand) => !isBound(operand));
  if (operands.length === condition.operands.length) return condition;
  const [only] = operands;
  if (only === undefined) return { kind: "constant", value: true, span: condition.span };
  return operands.length === 1 ? only : { ...condition, operands };
}

/** Whether the atom is true exactly within its bounds. */
function isTimeRange({ negated, list, test, fields }: Atom, field: string): boolean {
  return (
    !negated &&
    !list &&
    test.kind === "time" &&
    test.set.ranges.length === 1 &&
    fields.length === 1 &&
    fields[0]?.name === field
  );
}

function atomBounds(atom: Atom, field: string, execution: Execution): TimeBounds {
  const { test } = atom;
  if (atom.negated || atom.list || test.kind !== "time" || atom.fields[0]?.name !== field) return OPEN;
  return test.set.ranges
    .map(({ from, to }): TimeBounds => ({
      from: from && resolveMicros(from, execution),
      to: to && resolveMicros(to, execution),
    }))
    .reduce(hull);
}

function intersect(a: TimeBounds, b: TimeBounds): TimeBounds {
  return {
    from: a.from === null ? b.from : b.from === null || a.from > b.from ? a.from : b.from,
    to: a.to === null ? b.to : b.to === null || a.to < b.to ? a.to : b.to,
  };
}

function hull(a: TimeBounds, b: TimeBounds): TimeBounds {
  return {
    from: a.from === null || b.from === null ? null : a.from < b.from ? a.from : b.from,
    to: a.to === null || b.to === null ? null : a.to > b.to ? a.to : b.to,
  };
}
