/** Top lists: events by the values of one field, or of several at once. */
import type { Session } from "../../postgres/session.js";
import type { WireRow } from "../../postgres/statement.js";
import { DataError } from "../../postgres/errors.js";
import { dynamicStatement, required } from "../dynamic-statement.js";
import { bindFilter } from "../filter-argument.js";
import { countMatching } from "../count/count.js";
import { checkCount, type StoreContext } from "../search/search.js";
import type { AggregateOptions, AggregateRow, SummaryOptions, SummaryResult } from "../types.js";
import { countValues, MAX_VALUES } from "./counts.js";
import { countedField, decodeValue, type CountedField } from "./field-values.js";

const DEFAULT_LIMIT = 20;
/** Panels of one summary: a dashboard has some 20. */
const MAX_PANELS = 64;

/** Events by the values of a field; see {@link AggregateOptions}. @throws DataError for an unknown field or a limit out of range */
export async function aggregateEvents(
  session: Session,
  context: StoreContext,
  options: AggregateOptions,
): Promise<readonly AggregateRow[]> {
  const operation = "aggregateEvents";
  const field = countedField(options.by, context.layout.catalogue, operation);
  const limit = checkCount("limit", options.limit ?? DEFAULT_LIMIT, MAX_VALUES, operation);
  const filter = bindFilter(options, context.filterOptions);
  return countValues(
    session,
    context,
    { field, filter, limit, remainder: options.remainder === true, operation },
    options,
  );
}

/** Several top lists from one scan of the matching events; without a filter from the roll-ups, field by field. */
export async function summarizeEvents(
  session: Session,
  context: StoreContext,
  options: SummaryOptions,
): Promise<SummaryResult> {
  const operation = "summarizeEvents";
  if (options.by.length === 0 || options.by.length > MAX_PANELS)
    throw new DataError(`${operation}: "by" names 1 to ${MAX_PANELS} fields, not ${options.by.length}`, {
      operation,
    });
  const fields = options.by.map((name) => countedField(name, context.layout.catalogue, operation));
  const limit = checkCount("limit", options.limit ?? DEFAULT_LIMIT, MAX_VALUES, operation);
  const remainder = options.remainder === true;
  const filter = bindFilter(options, context.filterOptions);
  if (filter.matchesNone)
    return { total: 0, panels: Object.fromEntries(options.by.map((name) => [name, []])) };
  if (filter.matchesAll && fields.every(({ rollup }) => rollup !== null)) {
    const panels: Record<string, readonly AggregateRow[]> = {};
    for (const [position, field] of fields.entries())
      panels[options.by[position]!] = await countValues(
        session,
        context,
        { field, filter, limit, remainder, operation },
        options,
      );
    return { total: await countMatching(session, context, filter, options), panels };
  }
  const slot = filter.slot(2);
  const statement = dynamicStatement(scan(context, fields, slot.text), {
    operation,
    cardinality: "many",
    decode: ([panel, value, count, total]: WireRow) => ({
      panel: Number(panel),
      value,
      count: Number(required(count)),
      total: Number(total),
    }),
  });
  const rows = await session.run(statement, [String(limit), ...slot.values], options);
  const panels = fields.map((field, position): readonly AggregateRow[] => {
    const own = rows.filter(({ panel }) => panel === position);
    const shown = own.map(({ value, count }): AggregateRow => ({
      value: decodeValue(value, field.type),
      count,
    }));
    const rest = (own[0]?.total ?? 0) - shown.reduce((sum, { count }) => sum + count, 0);
    return remainder && rest > 0 ? [...shown, { value: null, count: rest, remainder: true }] : shown;
  });
  return {
    total: rows.find(({ panel }) => panel === TOTAL_PANEL)?.count ?? 0,
    panels: Object.fromEntries(panels.map((panel, position) => [options.by[position]!, panel])),
  };
}

const TOTAL_PANEL = -1;

/** The matching rows are gathered once and counted for each panel. */
function scan({ layout }: StoreContext, fields: readonly CountedField[], condition: string): string {
  const columns = [...new Set(fields.flatMap(({ parts }) => parts.map(({ column }) => column)))];
  const panels = fields.map(
    (field, position) =>
      `(select ${position} as panel, v::text, n, sum(n) over () from (select v, count(*) as n from ` +
      `(select ${field.expression} as v from matching) as e group by v) as tally order by n desc, v nulls last limit $1::bigint)`,
  );
  return (
    `with matching as materialized (select ${columns.join(", ")} from ${layout.events} where ${condition}) ` +
    `select ${TOTAL_PANEL} as panel, null::text, count(*), count(*)::numeric from matching union all ${panels.join(" union all ")}`
  );
}
