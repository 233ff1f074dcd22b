/** The comparisons of order: `<`, `<=`, `>`, `>=`. */

/** An operator of order. */
export type Ordering = "<" | "<=" | ">" | ">=";

/** Whether the operator is one of order. */
export function isOrdering(op: string): op is Ordering {
  return op === "<" || op === "<=" || op === ">" || op === ">=";
}

/** Whether two values are in the relation, by the sign of their order: negative where the first is less. */
export function meetsOrder(order: number, op: Ordering): boolean {
  switch (op) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}
