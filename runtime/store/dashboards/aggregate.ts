/** Top lists: events by the values of one field, or of several at once. */
import { argumentError } from "../../../compiler/values/errors.js";
import type { Session } from "../../postgres/session.js";
import type { StoreContext } from "../context.js";
import { bindFilter } from "../filter-argument.js";
import type { CallOptions, FilterSource } from "../../postgres/statement.js";
import type { StoreClient } from "../client.js";
import { countMatching } from "../count/count.js";
import { checkCount } from "../search/search.js";
import type { AggregateOptions, AggregateRow, SummaryOptions, SummaryResult } from "../types/dashboards.js";
import { sliceLimits, overSlices, remaining, slicesOf, type Slice } from "../slices/slices.js";
import { combinedSummary, type Summary } from "./combined-summary.js";
import { countValues, MAX_VALUES, shownRows, type ShownValues } from "./counts.js";
import { columnsOfFields, countedField } from "./field-values.js";
import { addTallies, MAX_TALLIED, topTallies } from "./tallies.js";
import { TOTAL_PANEL } from "./top-decision.js";

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
  const filter = bindFilter(options, context);
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
  const filter = bindFilter(options, context);
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
  const asked = { fields, limit, filter };
  const { total, tops } =
    (await listedSummary(session, context, asked, options)) ??
    (await scannedSummary(session, context, asked, options));
  const panels = tops.map(({ shown, total: counted }): readonly AggregateRow[] => {
    const rest = counted - shown.reduce((sum, { count }) => sum + count, 0);
    return remainder && rest > 0 ? [...shown, { value: null, count: rest, remainder: true }] : shown;
  });
  return {
    total,
    panels: Object.fromEntries(panels.map((panel, position) => [options.by[position]!, panel])),
  };
}

/** From the counts by combination, and by one scan for the fields that these can't tell; null where they can tell none. */
async function listedSummary(
  session: Session,
  context: StoreContext,
  summary: Summary,
  options: CallOptions,
): Promise<Summarized | null> {
  const left = remaining(options);
  const listed = await combinedSummary(session, context, summary, left());
  if (listed === null) return null;
  const { total, tops } = listed;
  const others = summary.fields.filter((_, position) => tops[position] === null);
  if (others.length === summary.fields.length) return null;
  const scanned =
    others.length === 0
      ? []
      : (await scannedSummary(session, context, { ...summary, fields: others }, left())).tops;
  const next = scanned.values();
  return { total, tops: tops.map((top) => top ?? next.next().value ?? { shown: [], total: 0 }) };
}

async function scannedSummary(
  session: Session,
  context: StoreContext,
  summary: Summary,
  options: CallOptions,
): Promise<Summarized> {
  const slices = await slicesOf(session, context, summary.filter, options);
  return (
    (slices.length > 1 ? await slicedSummary(slices, summary, options) : null) ??
    wholeSummary(context.connect(session), summary, options)
  );
}

interface Summarized {
  readonly total: number;
  /** One for each field; `total`: of all values, those that are not shown included. */
  readonly tops: readonly ShownValues[];
}

function summarySlots({ fields }: Summary, filter: FilterSource) {
  return {
    filter,
    columns: columnsOfFields(fields),
    panels: fields.map(({ name }, number) => ({ part: "panel" as const, number, values: name })),
  };
}

async function wholeSummary(
  client: StoreClient,
  summary: Summary,
  options: CallOptions,
): Promise<Summarized> {
  const { fields, limit, filter } = summary;
  const rows = await client.summarizeEvents(summarySlots(summary, filter.slot), { limit }, options);
  return {
    total: rows.find(({ panel }) => panel === TOTAL_PANEL)?.count ?? 0,
    tops: fields.map((field, position) => {
      const own = rows.filter(({ panel }) => panel === position);
      return { shown: shownRows(own, field), total: own[0]?.total ?? 0 };
    }),
  };
}

/** Null where a field has too many different values. */
async function slicedSummary(
  slices: readonly [Slice, ...Slice[]],
  summary: Summary,
  options: CallOptions,
): Promise<Summarized | null> {
  const { fields, limit } = summary;
  const [{ client }] = slices;
  const parts = await overSlices(slices, options, (slice, left) =>
    client.summarizeEvents(summarySlots(summary, slice.filter), { limit: MAX_TALLIED + 1 }, left),
  );
  const tops: Summarized["tops"][number][] = [];
  for (const [position, field] of fields.entries()) {
    const own = parts.map((part) => part.filter(({ panel }) => panel === position));
    const sums = addTallies(own);
    if (sums === null) return null;
    const shown = await topTallies(sums, limit, field.name, client, sliceLimits(options));
    tops.push({
      shown: shownRows(shown, field),
      total: own.reduce((sum, [row]) => sum + (row?.total ?? 0), 0),
    });
  }
  const totals = parts.map((part) => part.find(({ panel }) => panel === TOTAL_PANEL)?.count ?? 0);
  return { total: totals.reduce((sum, count) => sum + count, 0), tops };
}
