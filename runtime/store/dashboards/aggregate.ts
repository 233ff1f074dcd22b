/** Top lists: events by the values of one field, or of several at once. */
import { argumentError } from "../../../compiler/values/errors.js";
import type { Session } from "../../postgres/session.js";
import type { StoreContext } from "../context.js";
import { bindFilter } from "../filter-argument.js";
import { countMatching } from "../count/count.js";
import { checkCount } from "../search/search.js";
import type { AggregateOptions, AggregateRow, SummaryOptions, SummaryResult } from "../types.js";
import { countValues, MAX_VALUES } from "./counts.js";
import { countedField, decodeValue } from "./field-values.js";
import { TOTAL_PANEL } from "./statements.js";

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
  const field = countedField(options.by, context.catalogue, operation);
  const limit = checkCount("limit", options.limit ?? DEFAULT_LIMIT, MAX_VALUES, operation);
  const filter = bindFilter(options, context.filterOptions);
  return countValues(
    session,
    context,
    { field, filter, limit, remainder: options.remainder === true },
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
    throw argumentError(operation, `"by" names 1 to ${MAX_PANELS} fields, not ${options.by.length}`);
  const fields = options.by.map((name) => countedField(name, context.catalogue, operation));
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
        { field, filter, limit, remainder },
        options,
      );
    return { total: await countMatching(session, context, filter, options), panels };
  }
  const columns = new Set(fields.flatMap(({ parts }) => parts.map(({ column }) => column)));
  const slots = {
    filter: filter.slot,
    columns: [...columns].map((column) => ({ part: "column" as const, column })),
    panels: fields.map(({ name }, number) => ({ part: "panel" as const, number, values: name })),
  };
  const rows = await context.connect(session).summarizeEvents(slots, { limit }, options);
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
