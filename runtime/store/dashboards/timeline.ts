/** Timelines: events by time, optionally split by the values of a field. */
import { argumentError } from "../../../compiler/values/errors.js";
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import type { StoredField } from "../../../compiler/catalogue/model.js";
import { didYouMean, nearest } from "../../../compiler/values/suggest.js";
import { andFilters } from "../../../compiler/compose.js";
import { dateToMicros, formatMicros, microsToDate, type Micros } from "../../../compiler/values/time.js";
import type { Session } from "../../postgres/session.js";
import type { StoreContext } from "../context.js";
import { bindFilter, type BoundFilter } from "../filter-argument.js";
import { checkCount } from "../search/search.js";
import type { AggregateRow, Timeline, TimelineOptions, TimelinePanels } from "../types/dashboards.js";
import {
  axisMarks,
  isLikely,
  likelyTimes,
  parseStep,
  planAxis,
  planWithin,
  samePlan,
  timelineZone,
  type AxisPlan,
  type AxisRequest,
} from "./axis.js";
import { extentLimits, findExtent } from "./extent.js";
import { readTimeOption } from "./instant.js";
import { countedField, type CountedField } from "./field-values.js";
import { countBins, type BinnedTimeline } from "./timeline-bins.js";
import { countCells, type Cell } from "./timeline-cells.js";
import { WHOLE_BUCKET } from "./timeline-statements.js";

const OPERATION = "timelineEvents";
const DEFAULT_VALUES = 10;
const MAX_SPLIT = 1000;

/** How a timeline is wanted; see {@link TimelineOptions} and {@link TimelinePanelOptions}. */
export type AnyTimelineOptions = Omit<TimelineOptions, "by"> & {
  readonly by?: TimelineOptions["by"] | readonly string[];
};

/** Counts by time; see {@link TimelineOptions}. @throws DataError for an unknown field, a step, zone or time that makes no sense */
export async function timelineEvents(
  session: Session,
  context: StoreContext,
  options: AnyTimelineOptions,
): Promise<Timeline | TimelinePanels> {
  const filter = bindFilter(options, context);
  const axis = timeField(options.field ?? context.tables.roles.time.name, context);
  const timeZone = options.timeZone ?? context.filterOptions.timeZone ?? "UTC";
  const zone = timelineZone(timeZone);
  const split = splitOf(options.by, context);
  const limit = checkCount("limit", options.limit ?? DEFAULT_VALUES, MAX_SPLIT, OPERATION);
  const step = options.step === undefined ? null : parseStep(options.step);
  const reading = { timeZone, now: new Date() };
  const end = (name: "from" | "to") => {
    const value = options[name];
    return value === undefined ? null : readTimeOption(OPERATION, name, value, reading);
  };
  const request: AxisRequest = { from: end("from"), to: end("to"), step, zone };
  if (request.from !== null && request.to !== null && request.from >= request.to)
    throw argumentError(OPERATION, `"from" has to lie before "to"`);
  const wanted = { axis, filter, request };
  const isBinned =
    context.catalogue.table.plain !== undefined && split.kind === "none" && !filter.matchesNone;
  const binned = isBinned ? await binnedTimeline(session, context, wanted, options) : null;
  if (binned !== null) return assemble(binned.marks, binned.cells, binned.plan.step.text, split);
  const plan = await drawAxis(session, context, wanted, options);
  if (plan === null || filter.matchesNone)
    return emptyTimeline((plan?.step ?? step ?? parseStep("1h")).text, split);
  const marks = axisMarks(plan, zone);
  const cells = await countCells(
    session,
    context,
    { axis, fields: split.fields, filter, limit, marks },
    options,
  );
  return assemble(marks, cells, plan.step.text, split);
}

/** In one statement where the step is given, after one for the ends where it follows from these; null where others have to tell. */
async function binnedTimeline(
  session: Session,
  context: StoreContext,
  wanted: AxisEvents,
  options: AnyTimelineOptions,
): Promise<BinnedTimeline | null> {
  const { axis, request } = wanted;
  const isKnown = request.step !== null || (request.from !== null && request.to !== null);
  if (isKnown) return countBins(session, context, { axis, request }, options);
  const plan = await drawAxis(session, context, wanted, options);
  if (plan === null || plan.before !== null || plan.after !== null) return null;
  const { first: from, last: to, step } = plan;
  return countBins(session, context, { axis, request: { ...request, from, to, step } }, options);
}

/** By what each bucket is split: nothing, one field, or each of several. `names` are those of the caller. */
interface Split {
  readonly kind: "none" | "one" | "several";
  readonly fields: readonly CountedField[];
  readonly names: readonly string[];
}

function splitOf(by: AnyTimelineOptions["by"], { catalogue }: StoreContext): Split {
  const names = by === undefined ? [] : typeof by === "string" ? [by] : by;
  const fields = names.map((name) => countedField(name, catalogue, OPERATION));
  return { kind: by === undefined ? "none" : typeof by === "string" ? "one" : "several", fields, names };
}

function emptyTimeline(step: string, { kind, names }: Split): Timeline | TimelinePanels {
  const empty = { buckets: [], total: 0, step };
  if (kind === "none") return empty;
  if (kind === "one") return { ...empty, values: [] };
  return { ...empty, values: Object.fromEntries(names.map((name) => [name, []])) };
}

/** What an axis is drawn for: the events that match, by one of their times. */
interface AxisEvents {
  readonly axis: StoredField;
  readonly filter: BoundFilter;
  readonly request: AxisRequest;
}

/** The axis from the counters of the hours where these are enough, else from the events. */
async function drawAxis(
  session: Session,
  context: StoreContext,
  { axis, filter, request }: AxisEvents,
  options: AnyTimelineOptions,
): Promise<AxisPlan | null> {
  const client = context.connect(session);
  if (request.from !== null && request.to !== null) return planAxis(request, null);
  const likely = likelyTimes(dateToMicros(new Date()));
  const isCounted = context.catalogue.table.plain === undefined && filter.matchesAll;
  if (isCounted && axis.name === context.tables.roles.time.name) {
    const limits = await extentLimits(client, options);
    if (limits === null) return null;
    const plan = planAxis(request, limits.widest);
    if (isLikely(request, limits.widest, likely) && samePlan(plan, planAxis(request, limits.narrowest)))
      return plan;
  }
  const extent = await findExtent(session, context, { axis, filter }, options);
  if (extent === null || isLikely(request, extent, likely)) return planAxis(request, extent);
  const [oldest, newest] = [likely.oldest, likely.newest].map(formatMicros);
  const within = `${axis.name} >= ${oldest} and ${axis.name} <= ${newest}`;
  const inner = bindFilter({ filter: andFilters(options.filter ?? "", within), args: options.args }, context);
  const found = await findExtent(session, context, { axis, filter: inner }, options);
  return found === null ? planAxis(request, extent) : planWithin(request, found, extent);
}

function timeField(name: string, { catalogue }: StoreContext): StoredField {
  const { fields } = indexCatalogue(catalogue);
  const field = fields.get(name.toLowerCase());
  if (field?.kind === "stored" && field.type === "time" && !field.list) return field;
  const times = [...fields.values()]
    .filter(({ type, list }) => type === "time" && !list)
    .map((candidate) => candidate.name);
  const guess = didYouMean(nearest(name, times), '"');
  throw argumentError(OPERATION, `"${name}" is no time field${guess && `; ${guess}`}`);
}

/** Cells by the position of the bucket. */
function byBucket(cells: readonly Cell[]): ReadonlyMap<number, readonly Cell[]> {
  const buckets = new Map<number, Cell[]>();
  for (const cell of cells) {
    const own = buckets.get(cell.bucket);
    if (own) own.push(cell);
    else buckets.set(cell.bucket, [cell]);
  }
  return buckets;
}

function assemble(
  marks: readonly Micros[],
  cells: readonly Cell[],
  step: string,
  { kind, fields, names }: Split,
): Timeline | TimelinePanels {
  const whole = byBucket(cells.filter(({ rank }) => rank === WHOLE_BUCKET));
  const panels = fields.map((_, panel) => {
    const own = cells.filter((cell) => cell.panel === panel && cell.rank !== WHOLE_BUCKET);
    return { order: rankedValues(own), buckets: byBucket(own) };
  });
  const panelValues = (position: number) =>
    panels.map(({ order, buckets }) =>
      order.map(({ rank, row }): AggregateRow => ({
        ...row,
        count: buckets.get(position)?.find((cell) => cell.rank === rank)?.count ?? 0,
      })),
    );
  const valuesOf = <T>(lists: readonly T[]) => {
    if (kind === "none") return {};
    return {
      values: kind === "one" ? lists[0] : Object.fromEntries(names.map((name, at) => [name, lists[at]])),
    };
  };
  const buckets = marks.slice(0, -1).map((mark, position) => ({
    from: microsToDate(mark),
    to: microsToDate(marks[position + 1]!),
    count: whole.get(position)?.[0]?.count ?? 0,
    ...valuesOf(panelValues(position)),
  }));
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  const totals = panels.map(({ order }) => order.map(({ row }) => row));
  return { buckets, total, step, ...valuesOf(totals) } as Timeline | TimelinePanels;
}

/** The values with their totals, in the order of totals; the remainder last. */
function rankedValues(
  cells: readonly Cell[],
): readonly { readonly rank: number; readonly row: AggregateRow }[] {
  const rows = new Map<number, AggregateRow>();
  for (const { rank, value, count } of cells) {
    const before = rows.get(rank);
    rows.set(rank, {
      ...(rank === 0 ? { value: null, remainder: true } : { value }),
      count: (before?.count ?? 0) + count,
    });
  }
  const last = (rank: number): number => (rank === 0 ? Infinity : rank);
  return [...rows].sort(([a], [b]) => last(a) - last(b)).map(([rank, row]) => ({ rank, row }));
}
