/** Counting events by the values of a field, from the roll-ups where they can tell. */
import type { Session } from "../../postgres/session.js";
import type { CallOptions, WireRow } from "../../postgres/statement.js";
import { dynamicStatement } from "../dynamic-statement.js";
import type { BoundFilter } from "../filter-argument.js";
import { dimensionOf, hourTables, rollupTables, staleRows } from "../rollups/hours.js";
import type { StoreContext } from "../search/search.js";
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
  readonly operation: string;
}

/** `tally(v, n)`: one row a value. */
const TOP = "select v, n, sum(n) over () from tally order by n desc, v nulls last limit";

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
  const found = await topFromLists(session, context, field, limit, options);
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
  { field, filter, limit, operation }: CountRequest,
  options: CallOptions,
): Promise<ShownValues> {
  const decode = ([value, count, total]: WireRow) => ({
    value: decodeValue(value, field.type),
    count: Number(count),
    total: Number(total),
  });
  const rolled = field.rollup === "all" && filter.matchesAll;
  const slot = filter.slot(2);
  const text = rolled ? fromRollups(context, field) : fromRows(context, field, slot.text);
  const statement = dynamicStatement(text, { operation, cardinality: "many", decode });
  const rows = await session.run(statement, [String(limit), ...(rolled ? [] : slot.values)], options);
  return { shown: rows.map(({ value, count }) => ({ value, count })), total: rows[0]?.total ?? 0 };
}

/** Values are compared in their own type and given as text. */
function fromRows({ layout }: StoreContext, field: CountedField, condition: string): string {
  return (
    `with tally as (select v, count(*) as n from (select ${field.expression} as v from ${layout.events} where ${condition}) as e ` +
    `group by v) ${TOP} $1::bigint`
  );
}

function fromRollups({ layout }: StoreContext, field: CountedField): string {
  const tables = rollupTables(layout.catalogue);
  return (
    `with ${hourTables(tables, false)}, rolled as (select value as v, sum(count) as n from ${tables.rollups} ` +
    `where dimension = ${dimensionOf(field)} and hour in (select hour from valid) group by value), ` +
    `scanned as (select u.v::text as v, count(*) as n from ${staleRows(tables, "e")} ${field.values("e", "u")} group by u.v), ` +
    `tally as (select v, sum(n) as n from (select * from rolled union all select * from scanned) as parts group by v) ${TOP} $1::bigint`
  );
}
