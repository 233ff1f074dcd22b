/** Cross tables: events by the values of two fields. */
import type { Session } from "../../postgres/session.js";
import type { WireRow } from "../../postgres/statement.js";
import { dynamicStatement } from "../dynamic-statement.js";
import { bindFilter } from "../filter-argument.js";
import { checkCount, type StoreContext } from "../search/search.js";
import type { AggregateRow, PivotCell, PivotOptions, PivotResult } from "../types.js";
import { MAX_VALUES } from "./counts.js";
import { countedField, decodeValue, type CountedField } from "./field-values.js";

const DEFAULT_LIMIT = 20;

/**
 * Counts by pairs of values, each axis cut to its most frequent values. Residuals are Pearson's, standardised by the expected count:
 * (observed − expected) / √expected with expected = row total × column total / total, all totals over the uncut table.
 *
 * @throws DataError for an unknown field or a limit out of range
 */
export async function pivotEvents(
  session: Session,
  context: StoreContext,
  options: PivotOptions,
): Promise<PivotResult> {
  const operation = "pivotEvents";
  const row = countedField(options.row, context.layout.catalogue, operation);
  const column = countedField(options.column, context.layout.catalogue, operation);
  const limit = checkCount("limit", options.limit ?? DEFAULT_LIMIT, MAX_VALUES, operation);
  const filter = bindFilter(options, context.filterOptions);
  if (filter.matchesNone) return { rows: [], columns: [], cells: [], total: 0 };
  const slot = filter.slot(2);
  const statement = dynamicStatement(pivotText(context, row, column, slot.text), {
    operation,
    cardinality: "many",
    decode: ([rowValue, columnValue, count, rowTotal, columnTotal, total]: WireRow) => ({
      row: decodeValue(rowValue, row.type),
      column: decodeValue(columnValue, column.type),
      count: Number(count),
      rowTotal: Number(rowTotal),
      columnTotal: Number(columnTotal),
      total: Number(total),
    }),
  });
  const cells = await session.run(statement, [String(limit), ...slot.values], options);
  return {
    rows: axis(cells.map(({ row: value, rowTotal: count }) => ({ value, count }))),
    columns: axis(cells.map(({ column: value, columnTotal: count }) => ({ value, count }))),
    cells: cells.map(
      ({ row: rowValue, column: columnValue, count, rowTotal, columnTotal, total }): PivotCell => {
        const expected = (rowTotal * columnTotal) / total;
        return {
          row: rowValue,
          column: columnValue,
          count,
          ...(options.residuals === true ? { residual: (count - expected) / Math.sqrt(expected) } : {}),
        };
      },
    ),
    total: cells[0]?.total ?? 0,
  };
}

/** Every pair of kept values is a cell, also one that never occurs: its residual is telling. */
function pivotText(
  { layout }: StoreContext,
  row: CountedField,
  column: CountedField,
  condition: string,
): string {
  return (
    `with pairs as materialized (select r.v as rv, c.v as cv, count(*) as n from (select * from ${layout.events} where ${condition}) as e ` +
    `${row.values("e", "r")} ${column.values("e", "c")} group by r.v, c.v), ` +
    `rows as (select rv, sum(n) as n from pairs group by rv order by n desc, rv nulls last limit $1::bigint), ` +
    `columns as (select cv, sum(n) as n from pairs group by cv order by n desc, cv nulls last limit $1::bigint), ` +
    `total as (select sum(n) as n from pairs) ` +
    `select rows.rv::text, columns.cv::text, coalesce(pairs.n, 0), rows.n, columns.n, total.n from rows cross join columns cross join total ` +
    `left join pairs on pairs.rv is not distinct from rows.rv and pairs.cv is not distinct from columns.cv ` +
    `order by rows.n desc, rows.rv nulls last, columns.n desc, columns.cv nulls last`
  );
}

/** The values of an axis in the order in which they come, each once. */
function axis(values: readonly AggregateRow[]): readonly AggregateRow[] {
  const seen = new Map(values.map((entry) => [entry.value, entry]));
  return [...seen.values()];
}
