/** The cells of a cross table over many partitions, put together from slices as one statement would give them. */
import type { PivotEventsRow } from "../../../generated/index.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import type { BoundFilter } from "../filter-argument.js";
import { limitsOf, overSlices, slicesOf } from "../slices/slices.js";
import { MOST_TALLIED, topTallies } from "./tallies.js";

/** Which cross table. */
export interface PairRequest {
  readonly filter: BoundFilter;
  /** Names of the fields. */
  readonly row: string;
  readonly column: string;
  /** Most values of each. */
  readonly limit: number;
}

/** The cells; null where the store has few partitions, or there are too many different pairs. */
export async function slicedPairs(
  session: Session,
  context: StoreContext,
  { filter, row, column, limit }: PairRequest,
  options: CallOptions,
): Promise<readonly PivotEventsRow[] | null> {
  const slices = await slicesOf(session, context, filter, options);
  if (slices.length === 1) return null;
  const [{ client }] = slices;
  const parts = await overSlices(slices, options, (slice, left) =>
    client.pivotPairs(
      { filter: slice.filter, rowItems: row, columnItems: column },
      { limit: MOST_TALLIED + 1 },
      left,
    ),
  );
  const table: PairTable = { rows: new Map(), columns: new Map(), cells: new Map(), total: 0 };
  for (const part of parts) {
    if (part.length > MOST_TALLIED) return null;
    for (const pair of part) addPair(table, pair);
    if (table.cells.size > MOST_TALLIED) return null;
  }
  const limits = limitsOf(options);
  const rows = await topTallies(table.rows, limit, row, client, limits);
  const columns = await topTallies(table.columns, limit, column, client, limits);
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
  pair: { readonly row: string | null; readonly column: string | null; readonly count: number },
): void {
  const add = <K>(sums: Map<K, number>, key: K) => sums.set(key, (sums.get(key) ?? 0) + pair.count);
  add(table.rows, pair.row);
  add(table.columns, pair.column);
  add(table.cells, keyOf(pair.row, pair.column));
  table.total += pair.count;
}

function keyOf(row: string | null, column: string | null): string {
  return JSON.stringify([row, column]);
}
