/** Timelines: events by time, optionally split by the values of a field. */
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import type { StoredField } from "../../../compiler/catalogue/model.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { didYouMean, nearest } from "../../../compiler/suggest.js";
import { encodeArray } from "../../../compiler/values/array.js";
import {
  dateToMicros,
  formatMicros,
  microsToDate,
  parseEventTime,
  type Micros,
} from "../../../compiler/values/time.js";
import { DataError } from "../../postgres/errors.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions, WireRow } from "../../postgres/statement.js";
import { dynamicStatement } from "../dynamic-statement.js";
import { bindFilter, type BoundFilter } from "../filter-argument.js";
import { dimensionOf, hourTables, rollupTables, staleRows } from "../rollups/hours.js";
import { checkCount, type StoreContext } from "../search/search.js";
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
  const axis = timeField(options.field ?? context.layout.time.name, context);
  const zone = timelineZone(options.timeZone ?? context.filterOptions.timeZone ?? "UTC");
  const by = options.by === undefined ? null : countedField(options.by, context.layout.catalogue, OPERATION);
  const limit = checkCount("limit", options.limit ?? DEFAULT_VALUES, MAX_SPLIT, OPERATION);
  const given = options.step === undefined ? null : parseStep(options.step);
  const [from, to] = [readTime("from", options.from), readTime("to", options.to)];
  if (from !== null && to !== null && from >= to)
    throw new DataError(`${OPERATION}: "from" has to lie before "to"`, { operation: OPERATION });
  const plan = await drawAxis(session, context, axis, filter, { from, to, step: given, zone }, options);
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

/** The axis from the counters of the hours where these are enough, else from the events. */
async function drawAxis(
  session: Session,
  { layout }: StoreContext,
  axis: StoredField,
  filter: BoundFilter,
  request: AxisRequest,
  options: CallOptions,
): Promise<AxisPlan | null> {
  if (request.from !== null && request.to !== null) return planAxis(request, null);
  if (filter.matchesAll && axis.name === layout.time.name) {
    const limits = await extentLimits(session, layout, options);
    if (limits === null) return null;
    const plan = planAxis(request, limits.widest);
    if (samePlan(plan, planAxis(request, limits.narrowest))) return plan;
  }
  return planAxis(request, await findExtent(session, layout, axis, filter.slot(1), options));
}

function timeField(name: string, { layout }: StoreContext): StoredField {
  const { fields } = indexCatalogue(layout.catalogue);
  const field = fields.get(name.toLowerCase());
  if (field?.kind === "stored" && field.type === "time" && !field.list) return field;
  const times = [...fields.values()]
    .filter(({ type, list }) => type === "time" && !list)
    .map((candidate) => candidate.name);
  const guess = didYouMean(nearest(name, times), '"');
  throw new DataError(`${OPERATION}: "${name}" is no time field${guess && `; ${guess}`}`, {
    operation: OPERATION,
  });
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
  throw new DataError(
    `${OPERATION}: "${name}" is no time; give a Date or text such as 2024-05-01T08:00:00Z`,
    { operation: OPERATION },
  );
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
  /** Position of the value in the order of totals, from 1; 0 for the remainder, {@link ALL} for the events of the bucket. */
  readonly rank: number;
  readonly count: number;
}

/** Rank of a bucket's own count: an event with two values of a list counts once there. */
const ALL = -1;

async function countCells(
  session: Session,
  context: StoreContext,
  request: CellRequest,
  options: CallOptions,
): Promise<readonly Cell[]> {
  const { axis, by, filter, limit, marks } = request;
  const { layout } = context;
  const rolled =
    filter.matchesAll &&
    axis.name === layout.time.name &&
    (by === null || by.rollup === "all") &&
    marks.every((mark) => mark % HOUR === 0n);
  const slot = filter.slot(5);
  const tally = rolled ? tallyRollups(context, by) : tallyRows(context, axis, by, slot.text);
  const all = `select bucket, null::text, ${ALL}::bigint, n from totals`;
  // Values beyond the limit are one remainder, rank 0.
  const split =
    `, tops as (select v, row_number() over (order by sum(n) desc, v nulls last) as rank from tally group by v order by 2 limit $4::bigint) ` +
    `${all} union all select tally.bucket, case when tops.rank is null then null else tally.v::text end, coalesce(tops.rank, 0), sum(tally.n) ` +
    `from tally left join tops on tops.v is not distinct from tally.v group by 1, 2, 3`;
  // Without a split the limit has no place in the text, but the filter's placeholders still come behind it.
  const text = `with ${tally}${by === null ? ` ${all} where $4::bigint is not null` : split}`;
  const statement = dynamicStatement(text, {
    operation: OPERATION,
    cardinality: "many",
    decode: ([bucket, value, rank, count]: WireRow): Cell => ({
      bucket: Number(bucket) - 1,
      value: by === null ? null : decodeValue(value, by.type),
      rank: Number(rank),
      count: Number(count),
    }),
  });
  const values = [
    formatMicros(marks[0]!),
    formatMicros(marks.at(-1)!),
    encodeArray(marks.map(formatMicros)),
    String(limit),
    ...(rolled ? [] : slot.values),
  ];
  return session.run(statement, values, options);
}

/**
 * `totals(bucket, n)` and, for a split, `tally(bucket, v, n)`: buckets from 1, by binary search in the boundaries, so that any step in any zone
 * is one statement.
 */
function tallyRows(
  { layout }: StoreContext,
  axis: StoredField,
  by: CountedField | null,
  condition: string,
): string {
  const column = identifier(axis.column);
  const columns = by === null ? [] : by.parts.map((part) => identifier(part.column));
  const bucket = `width_bucket(${column}, $3::timestamptz[]) as bucket`;
  const matching =
    `select ${[bucket, ...columns].join(", ")} from ${layout.events} ` +
    `where ${column} >= $1::timestamptz and ${column} < $2::timestamptz and ${condition}`;
  if (by === null) return `totals as (select bucket, count(*) as n from (${matching}) as e group by 1)`;
  return (
    `matching as materialized (${matching}), totals as (select bucket, count(*) as n from matching group by 1), ` +
    `tally as materialized (select bucket, u.v, count(*) as n from matching as e ${by.values("e", "u")} group by 1, 2)`
  );
}

function tallyRollups({ layout }: StoreContext, by: CountedField | null): string {
  const tables = rollupTables(layout.catalogue);
  const bucket = "width_bucket(hour, $3::timestamptz[]) as bucket";
  const within = "hour >= $1::timestamptz and hour < $2::timestamptz";
  const totals = `totals as (select ${bucket}, sum(inserted) - sum(deleted) as n from ${tables.hours} where ${within} group by 1)`;
  if (by === null) return totals;
  return (
    `${hourTables(tables, true)}, ${totals}, tally as materialized (select ${bucket}, v, sum(n) as n from (` +
    `select hour, value as v, count as n from ${tables.rollups} where dimension = ${dimensionOf(by)} and ${within} ` +
    `and hour in (select hour from valid) union all ` +
    `select stale.hour, u.v::text, count(*) from ${staleRows(tables, "e")} ${by.values("e", "u")} group by 1, 2) as parts group by 1, 2)`
  );
}

function assemble(marks: readonly Micros[], cells: readonly Cell[], step: string, split: boolean): Timeline {
  const order = rankedValues(cells.filter(({ rank }) => rank !== ALL));
  const byBucket = new Map<number, Cell[]>();
  for (const cell of cells) {
    const own = byBucket.get(cell.bucket);
    if (own) own.push(cell);
    else byBucket.set(cell.bucket, [cell]);
  }
  const buckets = marks.slice(0, -1).map((mark, position): TimelineBucket => {
    const own = byBucket.get(position) ?? [];
    const count = own.find(({ rank }) => rank === ALL)?.count ?? 0;
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
