/** Timelines: events by time, optionally split by the values of a field. */
import { argumentError } from "../../../compiler/values/errors.js";
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import type { StoredField } from "../../../compiler/catalogue/model.js";
import { didYouMean, nearest } from "../../../compiler/values/suggest.js";
import { andFilters } from "../../../compiler/compose.js";
import { dateToMicros, formatMicros, microsToDate, type Micros } from "../../../compiler/values/time.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { bindFilter, type BoundFilter } from "../filter-argument.js";
import { checkCount } from "../search/search.js";
import type { AggregateRow, Timeline, TimelineOptions, TimelinePanels } from "../types.js";
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
import { extentLimits, findExtent, HOUR } from "./extent.js";
import { readInstant } from "./instant.js";
import { countedField, decodeValue, type CountedField } from "./field-values.js";
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
  const filter = bindFilter(options, context.filterOptions);
  const axis = timeField(options.field ?? context.tables.roles.time.name, context);
  const timeZone = options.timeZone ?? context.filterOptions.timeZone ?? "UTC";
  const zone = timelineZone(timeZone);
  const split = splitOf(options.by, context);
  const limit = checkCount("limit", options.limit ?? DEFAULT_VALUES, MAX_SPLIT, OPERATION);
  const step = options.step === undefined ? null : parseStep(options.step);
  const reading = {
    field: axis.name,
    filterOptions: { ...context.filterOptions, timeZone },
    now: new Date(),
  };
  const end = (name: "from" | "to") => {
    const value = options[name];
    return value === undefined ? null : readInstant(OPERATION, name, value, reading);
  };
  const request: AxisRequest = { from: end("from"), to: end("to"), step, zone };
  if (request.from !== null && request.to !== null && request.from >= request.to)
    throw argumentError(OPERATION, `"from" has to lie before "to"`);
  const plan = await drawAxis(session, context, { axis, filter, request }, options);
  if (plan === null || filter.matchesNone)
    return emptyTimeline((plan?.step ?? step ?? parseStep("1h")).text, split);
  const marks = axisMarks(plan, zone);
  const cells = await countCells(session, context, { axis, split, filter, limit, marks }, options);
  return assemble(marks, cells, plan.step.text, split);
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
  if (filter.matchesAll && axis.name === context.tables.roles.time.name) {
    const limits = await extentLimits(client, options);
    if (limits === null) return null;
    const plan = planAxis(request, limits.widest);
    if (isLikely(request, limits.widest, likely) && samePlan(plan, planAxis(request, limits.narrowest)))
      return plan;
  }
  const extent = await findExtent(client, axis, filter.slot, options);
  if (extent === null || isLikely(request, extent, likely)) return planAxis(request, extent);
  const [oldest, newest] = [likely.oldest, likely.newest].map(formatMicros);
  const within = `${axis.name} >= ${oldest} and ${axis.name} <= ${newest}`;
  const inner = bindFilter(
    { filter: andFilters(options.filter ?? "", within), args: options.args },
    context.filterOptions,
  );
  const found = await findExtent(client, axis, inner.slot, options);
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

interface CellRequest {
  readonly axis: StoredField;
  readonly split: Split;
  readonly filter: BoundFilter;
  readonly limit: number;
  readonly marks: readonly Micros[];
}

interface Cell {
  /** Position of the field that the bucket is split by, from 0. */
  readonly panel: number;
  /** Position of the bucket, from 0. */
  readonly bucket: number;
  readonly value: AggregateRow["value"];
  /** Position of the value in the order of totals, from 1; 0 for the remainder, {@link WHOLE_BUCKET} for the events of the bucket. */
  readonly rank: number;
  readonly count: number;
}

async function countCells(
  session: Session,
  context: StoreContext,
  request: CellRequest,
  options: CallOptions,
): Promise<readonly Cell[]> {
  const { axis, split, filter, limit, marks } = request;
  const client = context.connect(session);
  const { fields } = split;
  const rolled =
    filter.matchesAll &&
    axis.name === context.tables.roles.time.name &&
    fields.every(({ rollup }) => rollup === "all") &&
    marks.every((mark) => mark % HOUR === 0n);
  const times = marks.map(formatMicros);
  const span = { from: times[0]!, to: times.at(-1)!, marks: times };
  const cellOf = (panel: number, row: CellRow): Cell => ({
    ...row,
    panel,
    bucket: row.bucket - 1,
    value: decodeValue(row.value, fields[panel]?.type ?? "text"),
  });
  if (fields.length === 0) {
    const rows = rolled
      ? await client.timelineHours(span, options)
      : await client.timelineRows({ filter: filter.slot, axis: axis.name }, span, options);
    return rows.map((row) => cellOf(0, row));
  }
  const params = { ...span, limit };
  if (!rolled) {
    const slots = { filter: filter.slot, axis: axis.name, ...panelSlots(fields) };
    const rows = await client.timelineSplitRows(slots, params, options);
    return rows.map(({ panel, ...row }) => cellOf(panel, row));
  }
  const cells: Cell[] = [];
  for (const [panel, { name }] of fields.entries()) {
    const rows = await client.timelineRollups({ dimension: name, items: name }, params, options);
    cells.push(...rows.map((row) => cellOf(panel, row)));
  }
  return cells;
}

type CellRow = Omit<Cell, "panel" | "value"> & { readonly value: string | null };

/** The columns that the fields need, each once, and a count of each field. */
function panelSlots(fields: readonly CountedField[]) {
  const columns = [...new Set(fields.flatMap(({ parts }) => parts.map(({ column }) => column)))];
  return {
    columns: columns.map((column) => ({ part: "column" as const, column })),
    panels: fields.map(({ name }, number) => ({ part: "panel" as const, number, items: name })),
  };
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
