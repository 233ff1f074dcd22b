/** Timelines: events by time, optionally split by the values of a field. */
import { argumentError } from "../../../compiler/values/errors.js";
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import type { StoredField } from "../../../compiler/catalogue/model.js";
import { didYouMean, nearest } from "../../../compiler/values/suggest.js";
import {
  dateToMicros,
  formatMicros,
  microsToDate,
  parseEventTime,
  type Micros,
} from "../../../compiler/values/time.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { bindFilter, type BoundFilter } from "../filter-argument.js";
import { checkCount } from "../search/search.js";
import type { AggregateRow, Timeline, TimelineBucket, TimelineOptions } from "../types.js";
import {
  boundaries,
  parseStep,
  planAxis,
  samePlan,
  timelineZone,
  type AxisPlan,
  type AxisRequest,
} from "./axis.js";
import { extentLimits, findExtent, HOUR } from "./extent.js";
import { countedField, decodeValue, type CountedField } from "./field-values.js";
import { WHOLE_BUCKET } from "./timeline-statements.js";

const OPERATION = "timelineEvents";
const DEFAULT_VALUES = 10;
const MAX_SPLIT = 1000;

/** Counts by time; see {@link TimelineOptions}. @throws DataError for an unknown field, a step, zone or time that makes no sense */
export async function timelineEvents(
  session: Session,
  context: StoreContext,
  options: TimelineOptions,
): Promise<Timeline> {
  const filter = bindFilter(options, context.filterOptions);
  const axis = timeField(options.field ?? context.tables.roles.time.name, context);
  const zone = timelineZone(options.timeZone ?? context.filterOptions.timeZone ?? "UTC");
  const by = options.by === undefined ? null : countedField(options.by, context.catalogue, OPERATION);
  const limit = checkCount("limit", options.limit ?? DEFAULT_VALUES, MAX_SPLIT, OPERATION);
  const given = options.step === undefined ? null : parseStep(options.step);
  const [from, to] = [readTime("from", options.from), readTime("to", options.to)];
  if (from !== null && to !== null && from >= to)
    throw argumentError(OPERATION, `"from" has to lie before "to"`);
  const request = { from, to, step: given, zone };
  const plan = await drawAxis(session, context, { axis, filter, request }, options);
  if (plan === null || filter.matchesNone)
    return {
      buckets: [],
      total: 0,
      step: (plan?.step ?? given ?? parseStep("1h")).text,
      ...(by ? { values: [] } : {}),
    };
  const marks = boundaries(plan.first, plan.last, plan.step, zone);
  const cells = await countCells(session, context, { axis, by, filter, limit, marks }, options);
  return assemble(marks, cells, plan.step.text, by !== null);
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
  options: CallOptions,
): Promise<AxisPlan | null> {
  const client = context.connect(session);
  if (request.from !== null && request.to !== null) return planAxis(request, null);
  if (filter.matchesAll && axis.name === context.tables.roles.time.name) {
    const limits = await extentLimits(client, options);
    if (limits === null) return null;
    const plan = planAxis(request, limits.widest);
    if (samePlan(plan, planAxis(request, limits.narrowest))) return plan;
  }
  return planAxis(request, await findExtent(client, axis, filter.slot, options));
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

function readTime(name: string, value: Date | string | undefined): Micros | null {
  if (value === undefined) return null;
  const micros =
    value instanceof Date
      ? Number.isNaN(value.getTime())
        ? null
        : dateToMicros(value)
      : parseEventTime(value);
  if (micros !== null) return micros;
  throw argumentError(OPERATION, `"${name}" is no time; give a Date or text such as 2024-05-01T08:00:00Z`);
}

interface CellRequest {
  readonly axis: StoredField;
  readonly by: CountedField | null;
  readonly filter: BoundFilter;
  readonly limit: number;
  readonly marks: readonly Micros[];
}

interface Cell {
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
  const { axis, by, filter, limit, marks } = request;
  const client = context.connect(session);
  const rolled =
    filter.matchesAll &&
    axis.name === context.tables.roles.time.name &&
    (by === null || by.rollup === "all") &&
    marks.every((mark) => mark % HOUR === 0n);
  const times = marks.map(formatMicros);
  const span = { from: times[0]!, to: times.at(-1)!, marks: times };
  if (by === null) {
    const rows = rolled
      ? await client.timelineHours(span, options)
      : await client.timelineRows({ filter: filter.slot, axis: axis.name }, span, options);
    return rows.map((row) => ({ ...row, bucket: row.bucket - 1, value: null }));
  }
  const { name, type } = by;
  const params = { ...span, limit };
  const rows = rolled
    ? await client.timelineRollups({ dimension: name, items: name }, params, options)
    : await client.timelineSplitRows(
        { filter: filter.slot, axis: axis.name, columns: name, items: name },
        params,
        options,
      );
  return rows.map((row) => ({ ...row, bucket: row.bucket - 1, value: decodeValue(row.value, type) }));
}

function assemble(marks: readonly Micros[], cells: readonly Cell[], step: string, split: boolean): Timeline {
  const order = rankedValues(cells.filter(({ rank }) => rank !== WHOLE_BUCKET));
  const byBucket = new Map<number, Cell[]>();
  for (const cell of cells) {
    const own = byBucket.get(cell.bucket);
    if (own) own.push(cell);
    else byBucket.set(cell.bucket, [cell]);
  }
  const buckets = marks.slice(0, -1).map((mark, position): TimelineBucket => {
    const own = byBucket.get(position) ?? [];
    const count = own.find(({ rank }) => rank === WHOLE_BUCKET)?.count ?? 0;
    const range = { from: microsToDate(mark), to: microsToDate(marks[position + 1]!) };
    if (!split) return { ...range, count };
    const values = order.map(({ rank, row }): AggregateRow => ({
      ...row,
      count: own.find((cell) => cell.rank === rank)?.count ?? 0,
    }));
    return { ...range, count, values };
  });
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  return { buckets, total, step, ...(split ? { values: order.map(({ row }) => row) } : {}) };
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
