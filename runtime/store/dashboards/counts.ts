/** Counting events by the values of a field, from the roll-ups where they can tell. */
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import type { BoundFilter } from "../filter-argument.js";
import type { AggregateRow } from "../types.js";
import { decodeValue, type CountedField } from "./field-values.js";
import { topFromLists } from "./top.js";

/** Most values that an operation returns. */
export const MAX_VALUES = 10_000;

/** How to count. */
export interface CountRequest {
  readonly field: CountedField;
  readonly filter: BoundFilter;
  readonly limit: number;
  readonly remainder: boolean;
}

/** The most frequent values, ties in the order of the values, missing last; with the remainder as a last row where it is wanted. */
export async function countValues(
  session: Session,
  context: StoreContext,
  request: CountRequest,
  options: CallOptions,
): Promise<readonly AggregateRow[]> {
  const { field, filter } = request;
  if (filter.matchesNone) return [];
  const { shown, total } =
    (filter.matchesAll && field.rollup === "top"
      ? await listedValues(session, context, request, options)
      : null) ?? (await countedValues(session, context, request, options));
  const rest = total - shown.reduce((sum, { count }) => sum + count, 0);
  return request.remainder && rest > 0 ? [...shown, { value: null, count: rest, remainder: true }] : shown;
}

/** Values and the number of all occurrences, those that are not shown included. */
interface ShownValues {
  readonly shown: readonly AggregateRow[];
  readonly total: number;
}

async function listedValues(
  session: Session,
  context: StoreContext,
  { field, limit }: CountRequest,
  options: CallOptions,
): Promise<ShownValues | null> {
  const found = await topFromLists(session, context, { field, limit }, options);
  return (
    found && {
      shown: found.best.map(({ value, count }) => ({ value: decodeValue(value, field.type), count })),
      total: found.total,
    }
  );
}

async function countedValues(
  session: Session,
  context: StoreContext,
  { field, filter, limit }: CountRequest,
  options: CallOptions,
): Promise<ShownValues> {
  const client = context.connect(session);
  const { name } = field;
  const rows =
    field.rollup === "all" && filter.matchesAll
      ? await client.aggregateRollups({ dimension: name, items: name }, { limit }, options)
      : await client.aggregateEvents({ filter: filter.slot, values: name }, { limit }, options);
  return {
    shown: rows.map(({ value, count }) => ({ value: decodeValue(value, field.type), count })),
    total: rows[0]?.total ?? 0,
  };
}
