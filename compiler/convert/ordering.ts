/** `<`, `<=`, `>`, `>=` of the old languages: with a list or a range some item decides, and so the loosest one. */
import { isOrdering, type Ordering } from "../values/ordering.js";
import { itemsOf, orderOf, type LegacyConstant } from "./constants.js";
import type { LegacyComparison } from "./legacy-tree.js";
import { refuse } from "./refusal.js";

const MIRRORED: Readonly<Record<Ordering, Ordering>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

/** The operator that says the same with the sides exchanged. */
export function mirror<Op extends LegacyComparison>(op: Op): Op | Ordering {
  return isOrdering(op) ? MIRRORED[op] : op;
}

/** Whether the operator bounds from below. */
export function isLowerBound(op: Ordering): boolean {
  return op === ">" || op === ">=";
}

/** The one bound that stands for a list or range: the lowest for `>`, the highest for `<`. @throws Refusal E607 when they have no order */
export function loosest(op: Ordering, constant: LegacyConstant): LegacyConstant {
  const lower = isLowerBound(op);
  const ends = itemsOf(constant).map((item) =>
    item.kind === "range" ? (lower ? item.low : item.high) : item,
  );
  const [first, ...others] = ends;
  if (first === undefined) return refuse("E607", "an empty list has no order", constant.span);
  return others.reduce((best, end) => {
    const order = orderOf(end, best);
    if (order === null) return refuse("E607", "the items have no order among each other", constant.span);
    return lower === order < 0 && order !== 0 ? end : best;
  }, first);
}
