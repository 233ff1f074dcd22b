/** Comparisons without any field: constant conditions, and what a default value of ransack makes of a comparison. */
import { rangeContains, rangesEqual } from "../values/ip-range.js";
import { itemsOf, orderOf, type LegacyConstant } from "./constants.js";
import type { ConversionContext } from "./context.js";
import type { LegacyComparison } from "./legacy-tree.js";
import { isOrdering, meetsOrder, type Ordering } from "../values/ordering.js";

/**
 * Whether the old language found `left op right` true: some pair of items meets it. Null when that cannot be said, such as for the time
 * of execution beside a fixed time.
 */
export function evaluateConstants(
  left: LegacyConstant,
  op: LegacyComparison,
  right: LegacyConstant,
  context: ConversionContext,
): boolean | null {
  if (op === "like" || op === "is") return null;
  const results = itemsOf(left).flatMap((a) => itemsOf(right).map((b) => compareItems(a, op, b, context)));
  if (results.includes(true)) return true;
  return results.includes(null) ? null : false;
}

function compareItems(
  a: LegacyConstant,
  op: Exclude<LegacyComparison, "like" | "is">,
  b: LegacyConstant,
  context: ConversionContext,
): boolean | null {
  if (a.kind === "name" || b.kind === "name") return null;
  if (isOrdering(op)) return ordered(a, op, b);
  if (op === "contains") return a.kind === "text" && b.kind === "text" ? a.value.includes(b.value) : null;
  if (op === "!=") return negated(equal(a, b));
  if (b.kind === "range") return op === "==" ? false : within(a, b.low, b.high);
  if (a.kind === "address" && b.kind === "address" && op !== "==" && context.dialect.name === "ransack")
    return rangeContains(b.range, a.range) || (op === "=" && rangeContains(a.range, b.range));
  if (a.kind === "address" && b.kind === "address" && op === "in") return rangeContains(b.range, a.range);
  return equal(a, b);
}

function equal(a: LegacyConstant, b: LegacyConstant): boolean | null {
  if (a.kind === "text" && b.kind === "text") return a.value === b.value;
  if (a.kind === "address" && b.kind === "address") return rangesEqual(a.range, b.range);
  const order = orderOf(a, b);
  if (order !== null) return order === 0;
  return isTime(a) && isTime(b) ? null : false;
}

const isTime = ({ kind }: LegacyConstant): boolean => kind === "instant" || kind === "now";
const negated = (result: boolean | null): boolean | null => (result === null ? null : !result);

function within(a: LegacyConstant, low: LegacyConstant, high: LegacyConstant): boolean | null {
  const [above, below] = [orderOf(a, low), orderOf(a, high)];
  return above === null || below === null ? null : above >= 0 && below <= 0;
}

function ordered(a: LegacyConstant, op: Ordering, b: LegacyConstant): boolean | null {
  const order = orderOf(a, b);
  return order === null ? null : meetsOrder(order, op);
}
