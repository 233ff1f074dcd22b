/** Finding the events of one page: their places, newest (or oldest) first. */
import type { TimeBounds } from "../../../compiler/time-bounds.js";
import { readEvent, readNullable } from "../../codecs/wire.js";
import { EventStorageError } from "../../errors.js";
import type { Session } from "../../execute/session.js";
import type { CallOptions, WireRow, WireValue } from "../../statement.js";
import { dynamicStatement, required } from "../dynamic-statement.js";
import type { BoundFilter } from "../filter-argument.js";
import { listPartitions, partitionsWithin, type Partition } from "./days.js";
import { microsOf, timeText, type Place } from "./key.js";
import {
  armsStatement,
  firstFilterParameter,
  PROBE_ROWS,
  walkStatement,
  WALK_ROWS,
  type BuildStatement,
  type PageShape,
  type SearchedTable,
} from "./statements.js";

/** An event that was found: its place, where its JSON is, and the further columns that were asked for. */
export interface Found extends Place {
  readonly seq: string;
  /** Value of the partitioning time, in microseconds. */
  readonly time: bigint;
  /** The JSON, where it came along. */
  readonly text: string | null;
  readonly columns: WireRow;
}

export interface PageRequest {
  readonly session: Session;
  readonly shape: PageShape;
  readonly filter: BoundFilter;
  /** Events wanted. */
  readonly count: number;
  readonly after: Place | null;
  readonly options: CallOptions;
}

/** The way a page was found: for explain. */
export type SearchPath = "nothing" | "walk" | "days" | "sort";

export interface PageFound {
  readonly found: readonly Found[];
  readonly partitions: readonly Partition[];
  readonly path: SearchPath;
}

/**
 * Days in one statement: few at first, because most pages end there, and never so many that planning is dear. Days behind the filled page
 * are not run, so large steps cost no reading, and each step saves a round trip.
 */
const STEPS = [4, 33] as const;
/** Partitions in the walk at most. */
const WALK_PARTITIONS = 4;

/** How often a search is made anew because the partitions changed under it. */
const ATTEMPTS = 5;

/** The first `count` events behind `after` that match, in order of the shape. */
export async function findPage(request: PageRequest): Promise<PageFound> {
  const { session, shape, filter, options } = request;
  if (filter.matchesNone) return { found: [], partitions: [], path: "nothing" };
  const onTime = shape.column === shape.layout.time.column;
  let partitions = await listPartitions(session, shape.layout, options);
  for (let attempt = 1; ; attempt++) {
    try {
      const page = onTime ? await findByDays(request, partitions) : await findByOther(request);
      // Only the default partition gives rows away, to a day that is made anew.
      if (attempt === ATTEMPTS || !partitions.some(({ day, rows }) => day === null && rows > 0))
        return { partitions, ...page };
      const afterwards = await listPartitions(session, shape.layout, options);
      if (afterwards.every(({ name }) => partitions.some((before) => before.name === name)))
        return { partitions, ...page };
      partitions = afterwards;
    } catch (error) {
      if (attempt === ATTEMPTS || !isPartitionGone(error)) throw error;
      partitions = await listPartitions(session, shape.layout, options);
    }
  }
}

/** Retention dropped a partition since it was listed. */
export function isPartitionGone(error: unknown): boolean {
  return error instanceof EventStorageError && error.sqlState === UNDEFINED_TABLE;
}

const UNDEFINED_TABLE = "42P01";

async function findByDays(
  given: PageRequest,
  all: readonly Partition[],
): Promise<Omit<PageFound, "partitions">> {
  const bounds = given.filter.bounds(given.shape.layout.time.name);
  const request = { ...given, after: given.after ?? firstPlace(bounds, given.shape.descending) };
  const { shape, count, after } = request;
  const behind = after === null ? {} : shape.descending ? { to: after.micros + 1n } : { from: after.micros };
  const within = partitionsWithin(partitionsWithin(all, bounds), { from: null, to: null, ...behind });
  const days = within.filter(({ day }) => day !== null);
  if (!shape.descending) days.reverse();
  // What lies outside the days has no place among them: it is found by itself and sorted in.
  const outside = within.filter(({ day, rows }) => day === null && rows > 0);
  const strays = await run(request, armsStatement, outside);
  const walked = await walk(request, walkTables(days));
  if (walked !== null) return { found: merge(walked, strays, request), path: "walk" };
  const found: Found[] = [];
  for (let next = 0, step = 0; next < days.length && found.length < count; step++) {
    const size = STEPS[Math.min(step, STEPS.length - 1)]!;
    const tables = days.slice(next, next + size);
    found.push(...(await run({ ...request, count: count - found.length }, armsStatement, tables)));
    next += size;
  }
  return { found: merge(found, strays, request), path: "days" };
}

/**
 * The place before everything within the bounds: a walk that began at the newest row would not come to a window in the past. No id is
 * empty, so this place is before all events of its time when they ascend, and behind them when they descend, as `to` is exclusive.
 */
function firstPlace({ from, to }: TimeBounds, descending: boolean): Place | null {
  const micros = descending ? to : from;
  return micros === null ? null : { micros, id: "" };
}

/** The partitions that hold the walk's rows, by the planner's estimates. */
function walkTables(days: readonly Partition[]): readonly Partition[] {
  const tables: Partition[] = [];
  let rows = 0;
  for (const day of days) {
    if (rows >= WALK_ROWS || tables.length === WALK_PARTITIONS) break;
    tables.push(day);
    rows += day.rows;
  }
  return tables;
}

/** The page from the first rows in order; null where they don't fill it, or where a probe tells that they will not. */
async function walk(
  request: PageRequest,
  tables: readonly SearchedTable[],
): Promise<readonly Found[] | null> {
  const { count } = request;
  const probed = await run(request, walkStatement(PROBE_ROWS), tables);
  if (probed.length >= count) return probed;
  if (probed.length * (WALK_ROWS / PROBE_ROWS) < count) return null;
  const walked = await run(request, walkStatement(WALK_ROWS), tables);
  return walked.length >= count ? walked : null;
}

/** Orders that partitions do not follow: a walk along the column's index, else all that matches, sorted. */
async function findByOther(request: PageRequest): Promise<Omit<PageFound, "partitions">> {
  const { events, json } = request.shape.layout;
  const tables = [{ name: events, json }];
  const walked = await walk(request, tables);
  if (walked !== null) return { found: walked, path: "walk" };
  return { found: await run(request, armsStatement, tables), path: "sort" };
}

async function run(
  request: PageRequest,
  build: BuildStatement,
  tables: readonly SearchedTable[],
): Promise<readonly Found[]> {
  if (tables.length === 0) return [];
  const { session, shape, filter, count, after, options } = request;
  const keyed = after !== null;
  const slot = filter.slot(firstFilterParameter(keyed));
  const statement = dynamicStatement(build(shape, tables, slot, keyed), {
    operation: "searchEvents",
    cardinality: "many",
    decode: ([text, id, seq, time, sorted, ...columns]): Found => ({
      id: required(id),
      seq: required(seq),
      time: microsOf(required(time)),
      micros: microsOf(required(sorted)),
      text: readNullable(text, readEvent),
      columns,
    }),
  });
  const key: WireValue[] = keyed ? [timeText(after.micros), after.id] : [];
  return session.run(statement, [String(count), ...key, ...slot.values], options);
}

/** Sorts events from outside the days into those of the days. */
function merge(
  found: readonly Found[],
  strays: readonly Found[],
  { shape, count }: PageRequest,
): readonly Found[] {
  if (strays.length === 0) return found;
  const sign = shape.descending ? -1 : 1;
  const compare = (a: Found, b: Found): number =>
    a.micros === b.micros ? sign * compareIds(a.id, b.id) : a.micros < b.micros ? -sign : sign;
  return [...found, ...strays].sort(compare).slice(0, count);
}

/** Identifiers in the order of collation "C": by code point, which is the order of the UTF-8 bytes. */
function compareIds(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
