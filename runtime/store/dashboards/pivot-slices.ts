/** The cells of a cross table over many partitions, put together from slices as one statement would give them. */
import type { PivotEventsRow, PivotPairsRow, PivotPairsSlots } from "../../../generated/index.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import type { BoundFilter } from "../filter-argument.js";
import { sliceLimits, overSlices, slicesOf } from "../slices/slices.js";
import { MAX_TALLIED, topTallies } from "./tallies.js";

/** Which cross table. */
export interface PairRequest {
  readonly filter: BoundFilter;
  /** The columns that are read, and the names of the fields. */
  readonly slots: Omit<PivotPairsSlots, "filter">;
  /** Most values of each. */
  readonly limit: number;
}

/** The cells; null where the store has few partitions, or there are too many different pairs. */
export async function slicedPairs(
  session: Session,
  context: StoreContext,
  { filter, slots, limit }: PairRequest,
  options: CallOptions,
): Promise<readonly PivotEventsRow[] | null> {
  const slices = await slicesOf(session, context, filter, options);
  if (slices.length === 1) return null;
  const [{ client }] = slices;
  const parts = await overSlices(slices, options, (slice, left) =>
    client.pivotPairs({ ...slots, filter: slice.filter }, { limit: MAX_TALLIED + 1 }, left),
  );
  const table: PairTable = { rows: new Map(), columns: new Map(), cells: new Map(), total: 0 };
  for (const part of parts) {
    if (part.length > MAX_TALLIED) return null;
    for (const pair of part) addPair(table, pair);
    if (table.cells.size > MAX_TALLIED) return null;
  }
  const limits = sliceLimits(options);
  const rows = await topTallies(table.rows, limit, slots.rowItems, client, limits);
  const columns = await topTallies(table.columns, limit, slots.columnItems, client, limits);
  return rows.flatMap(({ value: r, count: rowTotal }) =>
    columns.map(({ value: c, count: columnTotal }) => ({
      row: r,
      column: c,
      count: table.cells.get(keyOf(r, c)) ?? 0,
      rowTotal,
      columnTotal,
      total: table.total,
    })),
  );
}

interface PairTable {
  readonly rows: Map<string | null, number>;
  readonly columns: Map<string | null, number>;
  readonly cells: Map<string, number>;
  total: number;
}

function addPair(
  table: PairTable,
  { kind, row, column, count }: Pick<PivotPairsRow, "kind" | "row" | "column" | "count">,
): void {
  const add = <K>(sums: Map<K, number>, key: K) => sums.set(key, (sums.get(key) ?? 0) + count);
  switch (kind) {
    case "row":
      return void add(table.rows, row);
    case "column":
      return void add(table.columns, column);
    case "pair":
      return void add(table.cells, keyOf(row, column));
    default:
      table.total += count;
  }
}

function keyOf(row: string | null, column: string | null): string {
  return JSON.stringify([row, column]);
}
