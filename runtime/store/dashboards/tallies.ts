/** Counts by value that come from several statements, put together as one statement would give them. */
import type { WireValue } from "../../postgres/statement.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreClient } from "../client.js";

/** Different values of one slice, or of all together, that are put together here: some tens of megabytes. */
export const MAX_TALLIED = 200_000;

/** A value as text, null for the events without one, and how many events have it. */
export interface Tally {
  readonly value: WireValue;
  readonly count: number;
}

/** Counts of the same value added; null where there are too many different ones. */
export function addTallies(parts: readonly (readonly Tally[])[]): ReadonlyMap<WireValue, number> | null {
  const sums = new Map<WireValue, number>();
  for (const part of parts) {
    if (part.length > MAX_TALLIED) return null;
    for (const { value, count } of part) sums.set(value, (sums.get(value) ?? 0) + count);
    if (sums.size > MAX_TALLIED) return null;
  }
  return sums;
}

/** The most frequent values, ties in the order of the field's type, missing last. */
export async function topTallies(
  sums: ReadonlyMap<WireValue, number>,
  limit: number,
  field: string,
  client: Pick<StoreClient, "orderValues">,
  options: CallOptions,
): Promise<readonly Tally[]> {
  const sorted = [...sums].sort(([, a], [, b]) => b - a);
  const last = sorted[Math.min(limit, sorted.length) - 1]?.[1] ?? 0;
  const chosen = sorted.filter(([, count]) => count >= last);
  const tied = chosen.filter(
    ([, count], position) => chosen[position - 1]?.[1] === count || chosen[position + 1]?.[1] === count,
  );
  const values = tied.flatMap(([value]) => (value === null ? [] : [value]));
  const ordered = values.length < 2 ? values : await valuesInOrder(values, field, client, options);
  const places = new Map<WireValue, number>(ordered.map((value, place) => [value, place]));
  const placeOf = (value: WireValue) => places.get(value) ?? Infinity;
  return chosen
    .map(([value, count]): Tally => ({ value, count }))
    .sort((a, b) => b.count - a.count || Math.sign(placeOf(a.value) - placeOf(b.value)) || 0)
    .slice(0, limit);
}

/** Values of a field in the order of its type. */
export async function valuesInOrder(
  values: readonly string[],
  field: string,
  client: Pick<StoreClient, "orderValues">,
  options: CallOptions,
): Promise<readonly string[]> {
  const rows = await client.orderValues({ typed: field }, { values }, options);
  return rows.map(({ value }) => value);
}
