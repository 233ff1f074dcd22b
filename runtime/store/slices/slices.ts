/**
 * Statements over many partitions, slice by slice.
 *
 * A statement locks each partition that it may read and each index of these, in a table of the server that all sessions share and that has room
 * for 6,400 locks by default; planning takes time and memory for each, too. So where a store has more partitions than one statement should lock,
 * an operation is several statements, one for each slice of the time. Slices tile the time: whatever partitions are made, dropped, merged or
 * split meanwhile, an event is in the slice of its time and in no other. Each slice is as it was when its statement ran: an event counts once or, if
 * it is being stored or deleted at that moment, perhaps not.
 *
 * The bounds are parameters of a statement that is planned for them, so that partitions outside are neither locked nor planned, and that the
 * session does not keep.
 */
import type { StoreTables } from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import type { TimeBounds } from "../../../compiler/time-bounds.js";
import { formatMicros } from "../../../compiler/values/time.js";
import { QueryTimeoutError } from "../../postgres/errors.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions, FilterSource } from "../../postgres/statement.js";
import type { StoreClient } from "../client.js";
import type { StoreContext } from "../context.js";
import type { BoundFilter } from "../filter-argument.js";
import { partitionsWithin, type Partition } from "../search/days.js";
import { planningEach } from "./sessions.js";

/** Locks of one statement at most: of 6,400 there is room for twenty at once. */
const LOCKS_A_STATEMENT = 300;

/** Partitions that one statement may touch: each is locked with its indexes, and so is that of the JSON. */
export function mostPartitions(tables: Pick<StoreTables, "events" | "json">): number {
  return Math.max(1, Math.floor(LOCKS_A_STATEMENT / locksOfPartition(tables)));
}

/** Locks that a partition, its indexes and those of its JSON take. */
export function locksOfPartition({ events, json }: Pick<StoreTables, "events" | "json">): number {
  return events.indexes.length + 1 + json.indexes.length + 1;
}

/** Whether the store has more partitions than one statement may touch. */
export async function hasMany(
  session: Session,
  { partitions: known, tables }: Pick<StoreContext, "partitions" | "tables">,
  options: CallOptions,
): Promise<boolean> {
  const { partitions } = await known.recent(session, options);
  return partitions.length > mostPartitions(tables);
}

/** Whether the planner takes the store for smaller than that many events; false where nothing was ever analysed. */
export async function hasFewer(
  session: Session,
  { partitions: known }: Pick<StoreContext, "partitions">,
  than: number,
  options: CallOptions,
): Promise<boolean> {
  const { partitions } = await known.recent(session, sliceLimits(options));
  const events = partitions.reduce((sum, { rows }) => sum + Math.max(rows, 0), 0);
  return events > 0 && events < than;
}

/** A part of an operation: the statements of the client, over the events that meet the filter. */
export interface Slice {
  readonly client: StoreClient;
  readonly filter: FilterSource;
  /** The time of the slice: true of the rows within. */
  readonly span: FilterSource;
  /** The same of the JSON `j` of its events. */
  readonly textSpan: FilterSource;
}

/** A filter that is always true. */
export const EVERYTHING: FilterSource = () => ({ text: "true", values: [] });

/**
 * The slices of an operation over the events that a filter may match, oldest first. One, which is the whole time, where the store has few
 * partitions.
 */
export async function slicesOf(
  session: Session,
  context: StoreContext,
  filter: Pick<BoundFilter, "slot" | "bounds">,
  options: CallOptions,
): Promise<readonly [Slice, ...Slice[]]> {
  const { partitions: known, tables, catalogue, connect } = context;
  const all = { span: EVERYTHING, textSpan: EVERYTHING };
  const whole: Slice = { client: connect(session), filter: filter.slot, ...all };
  if (catalogue.table.plain !== undefined) return [whole];
  const most = mostPartitions(tables);
  const { partitions } = await known.recent(session, sliceLimits(options));
  if (partitions.length <= most) return [whole];
  const client = connect(planningEach(session, context));
  const [first, ...others] = tile(partitions, filter.bounds(tables.roles.time.name), most);
  const time = identifier(tables.roles.time.column);
  const sliceOf = (bounds: TimeBounds): Slice => {
    const span = within(time, bounds);
    return { client, filter: both(filter.slot, span), span, textSpan: within(timeOfTexts(context), bounds) };
  };
  return [sliceOf(first), ...others.map(sliceOf)];
}

/** What a statement needs that reads the rows of some spans: a client, and the filter for its slot `rows`. */
export async function readingRows(
  session: Session,
  context: StoreContext,
  spans: readonly TimeBounds[],
  options: CallOptions,
): Promise<{ readonly client: StoreClient; readonly rows: FilterSource }> {
  if (!(await hasMany(session, context, sliceLimits(options))))
    return { client: context.connect(session), rows: EVERYTHING };
  const time = identifier(context.tables.roles.time.column);
  return {
    client: context.connect(planningEach(session, context)),
    rows: anyOf(spans.map((span) => within(time, span))),
  };
}

/** A span of a length, in microseconds. */
export function spanFrom(from: bigint, length: bigint): TimeBounds {
  return { from, to: from + length };
}

/** The time of the JSON `j` of an event, as SQL. */
export function timeOfTexts({ tables }: Pick<StoreContext, "tables">): string {
  return `j.${identifier(tables.roles.time.column)}`;
}

/** Options for a statement that helps an operation: its limits, without its name. */
export function sliceLimits({ signal, timeoutMs }: CallOptions): CallOptions {
  return { signal, timeoutMs };
}

/** Spans that tile the bounds, oldest first, each with at most this many partitions. */
export function tile(
  partitions: readonly Partition[],
  { from, to }: TimeBounds,
  most: number,
): readonly [TimeBounds, ...TimeBounds[]] {
  const starts = partitionsWithin(partitions, { from, to })
    .flatMap(({ day }) => (day === null ? [] : [day.from]))
    .sort((a, b) => (a < b ? -1 : 1));
  const marks = starts.filter((_, position) => position > 0 && position % most === 0);
  const ends = [...marks, to];
  const [first = to, ...others] = ends;
  return [
    { from, to: first },
    ...others.map((end, position) => ({ from: marks[position] ?? from, to: end })),
  ];
}

/** A condition on a time: that it lies within a span. */
export function within(column: string, { from, to }: TimeBounds): FilterSource {
  return (first) => {
    const bounds = [
      { sign: ">=", at: from },
      { sign: "<", at: to },
    ].flatMap(({ sign, at }) => (at === null ? [] : [{ sign, at }]));
    if (bounds.length === 0) return EVERYTHING(first);
    return {
      text: bounds
        .map(({ sign }, position) => `${column} ${sign} $${first + position}::timestamptz`)
        .join(" and "),
      values: bounds.map(({ at }) => formatMicros(at)),
    };
  };
}

/** Both conditions. */
export function both(one: FilterSource, other: FilterSource): FilterSource {
  return (first) => {
    const a = one(first);
    const b = other(first + a.values.length);
    return { text: `(${a.text}) and (${b.text})`, values: [...a.values, ...b.values] };
  };
}

/** Either of some conditions; none is never true. */
export function anyOf(sources: readonly FilterSource[]): FilterSource {
  return (first) => {
    const values: (string | null)[] = [];
    const texts = sources.map((source) => {
      const slot = source(first + values.length);
      values.push(...slot.values);
      return `(${slot.text})`;
    });
    return { text: texts.length === 0 ? "false" : texts.join(" or "), values };
  };
}

/** Runs the slices one after the other; all of them together have the time of the call. @throws QueryTimeoutError */
export async function overSlices<S, T>(
  slices: readonly S[],
  options: CallOptions,
  work: (slice: S, options: CallOptions) => Promise<T>,
): Promise<readonly T[]> {
  const left = remaining(options);
  const results: T[] = [];
  for (const slice of slices) results.push(await work(slice, left()));
  return results;
}

/** The options with what is left of the time of the call, from now on. The first statement is given all of it. */
export function remaining(options: CallOptions): () => CallOptions {
  const { timeoutMs } = options;
  const started = performance.now();
  let isFirst = true;
  return () => {
    if (isFirst || timeoutMs === undefined || timeoutMs <= 0) {
      isFirst = false;
      return options;
    }
    const left = timeoutMs - (performance.now() - started);
    if (left <= 0) throw new QueryTimeoutError(`the call took longer than its ${timeoutMs} ms`);
    return { ...options, timeoutMs: left };
  };
}
