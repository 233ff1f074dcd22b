/** How often values occur. */
import type { AggregateRow } from "../../../runtime/store/types.js";
import type { Scalar } from "./event-list.js";
import type { Pause } from "./pause.js";

/** The most frequent values of a column at the positions, null for those without one; ties by value, null last. */
export async function countListValues(
  positions: readonly number[],
  column: readonly (readonly Scalar[])[],
  limit: number,
  pause: Pause,
): Promise<readonly AggregateRow[]> {
  const counts = new Map<Scalar | null, number>();
  for (const position of positions) {
    const values = column[position] ?? [];
    for (const value of values.length === 0 ? NONE : values) counts.set(value, (counts.get(value) ?? 0) + 1);
    const waiting = pause();
    if (waiting) await waiting;
  }
  return ranked(counts).slice(0, limit);
}

const NONE = [null] as const;

/** Rows, the most frequent first. */
export function ranked(counts: ReadonlyMap<Scalar | null, number>): AggregateRow[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || compareValues(a.value, b.value));
}

function compareValues(a: Scalar | null, b: Scalar | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
