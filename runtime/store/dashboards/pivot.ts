/** Cross tables: events by the values of two fields. */
import type { Session } from "../../postgres/session.js";
import type { StoreContext } from "../context.js";
import { bindFilter } from "../filter-argument.js";
import { checkCount } from "../search/search.js";
import type { AggregateRow, PivotCell, PivotOptions, PivotResult } from "../types/dashboards.js";
import { MAX_VALUES } from "./counts.js";
import { countedField, decodeValue } from "./field-values.js";
import { slicedPairs } from "./pivot-slices.js";

const DEFAULT_LIMIT = 20;

/**
 * Counts by pairs of values, each axis cut to its most frequent values. Residuals are the adjusted ones:
 * (O − E) / √(E (1 − r/n) (1 − c/n)) with E = r c / n, where r and c are numbers of
 * events that have the value and n is that of all events that match; null where that is undefined.
 *
 * @throws DataError for an unknown field or a limit out of range
 */
export async function pivotEvents(
  session: Session,
  context: StoreContext,
  options: PivotOptions,
): Promise<PivotResult> {
  const operation = "pivotEvents";
  const row = countedField(options.row, context.catalogue, operation);
  const column = countedField(options.column, context.catalogue, operation);
  const limit = checkCount("limit", options.limit ?? DEFAULT_LIMIT, MAX_VALUES, operation);
  const filter = bindFilter(options, context);
  if (filter.matchesNone) return { rows: [], columns: [], cells: [], total: 0 };
  const columns = new Set([row, column].flatMap(({ parts }) => parts.map((part) => part.column)));
  const slots = {
    columns: [...columns].map((name) => ({ part: "column" as const, column: name })),
    rowItems: row.name,
    columnItems: column.name,
  };
  const pairs =
    (await slicedPairs(session, context, { filter, slots, limit }, options)) ??
    (await context.connect(session).pivotEvents({ ...slots, filter: filter.slot }, { limit }, options));
  const cells = pairs.map((pair) => ({
    ...pair,
    row: decodeValue(pair.row, row.type),
    column: decodeValue(pair.column, column.type),
  }));
  return {
    rows: axis(cells.map(({ row: value, rowTotal: count }) => ({ value, count }))),
    columns: axis(cells.map(({ column: value, columnTotal: count }) => ({ value, count }))),
    cells: cells.map(
      ({ row: rowValue, column: columnValue, count, rowTotal, columnTotal, total }): PivotCell => {
        return {
          row: rowValue,
          column: columnValue,
          count,
          ...(options.residuals === true
            ? { residual: adjustedResidual(count, rowTotal, columnTotal, total) }
            : {}),
        };
      },
    ),
    total: cells[0]?.total ?? 0,
  };
}

/** (O − E) / √(E (1 − r/n) (1 − c/n)); null where a row or column is the whole table or empty. */
function adjustedResidual(
  count: number,
  rowTotal: number,
  columnTotal: number,
  total: number,
): number | null {
  const expected = (rowTotal * columnTotal) / total;
  const variance = expected * (1 - rowTotal / total) * (1 - columnTotal / total);
  return variance > 0 ? (count - expected) / Math.sqrt(variance) : null;
}

/** The values of an axis in the order in which they come, each once. */
function axis(values: readonly AggregateRow[]): readonly AggregateRow[] {
  const seen = new Map(values.map((entry) => [entry.value, entry]));
  return [...seen.values()];
}
