/** What a search looks at, statement by statement. */
import type { TimeBounds } from "../../../compiler/time-bounds.js";
import { partitionsWithin, type Partition } from "./days.js";
import type { PagePosition } from "./key.js";
import { RECENT_ROWS } from "./page-statements.js";
import type { Slice } from "../slices/slices.js";
import type { SearchHint } from "./search-hint.js";

/** A partition, or the whole of both tables. */
export type PartitionTables = Pick<Partition, "name" | "json" | "day">;

/** A day in the order of the search. */
export interface SearchedDay extends PartitionTables {
  /** Every time of it lies within the bounds of the filter. */
  readonly whole: boolean;
}

/** A part of the time with so few rows that they can all be looked at. */
export interface FewRows {
  /** Rows of that part, about. */
  readonly rows: number;
  /** Those of its partitions, which an index has to tell apart from the others. */
  readonly indexed: number;
  readonly partitions: number;
}

/** What one statement looks at. */
export interface SearchStep {
  /** The first of `days`, whose newest (or oldest) rows are read one by one before any index is asked. */
  readonly recent: readonly PartitionTables[];
  /** The page of the recent scan is the only one: where it is not full, no index is asked, and nothing is found, unless it reads all there is. */
  readonly recentOnly: boolean;
  /** The recent scan reads all rows within the bounds, which are few: what it finds is all there is. */
  readonly isAll: boolean;
  /** What a scan of all rows within the bounds would read; null where that is too much. */
  readonly few: FewRows | null;
  /** The end of the bounds that the recent scan must not read beyond; null where its tables end before. */
  readonly end: TimeBounds | null;
  /** Searched through the filter's indexes, in this order, until the page is full. */
  readonly days: readonly SearchedDay[];
  /** Searched in any case: they hold events of any time, which are sorted into those of the days. */
  readonly outside: readonly PartitionTables[];
  /** A slice of the time, of the whole table. */
  readonly slice?: Pick<Slice, "filter" | "span">;
}

/**
 * Days of the first statement, apart from those of the recent scan: few, because most pages end there, and each day is planned even where it is
 * not run.
 */
export const FIRST_DAYS = 7;
/**
 * Days of each further statement, as many as one may lock (see slices.ts). Days after the filled page are not run, so that further ones cost no reading and
 * save round trips.
 */
const FURTHER_DAYS = 30;
/** Most partitions of the recent scan: the days made ahead of their time may be empty. */
const RECENT_PARTITIONS = 12;

/** The part of all events that a search is about: those within bounds, after a place. */
export interface SearchRange {
  readonly bounds: TimeBounds;
  readonly after: PagePosition | null;
  readonly descending: boolean;
}

/**
 * The steps of a search in the order of the partitions. There is always a first one. Each takes up where the page was not full after the
 * one before; one that is `recentOnly` either fills it or finds nothing.
 *
 * @param hint - what the last search needed, for fewer and smaller statements; null: unknown
 */
export function stepsOverDays(
  partitions: readonly Partition[],
  span: SearchRange,
  hint: SearchHint | null,
): Steps {
  const { bounds, after, descending } = span;
  if (bounds.from !== null || bounds.to !== null || after !== null) return makeSteps(partitions, span, hint);
  const known = wholeTime.get(partitions) ?? new Map<string, Steps>();
  wholeTime.set(partitions, known);
  const key = `${descending} ${hint}`;
  const steps = known.get(key) ?? makeSteps(partitions, span, hint);
  known.set(key, steps);
  return steps;
}

type Steps = readonly [SearchStep, ...SearchStep[]];

/** The steps over all of the time, by the list of the partitions: those of every search without bounds. */
const wholeTime = new WeakMap<readonly Partition[], Map<string, Steps>>();

function makeSteps(partitions: readonly Partition[], span: SearchRange, hint: SearchHint | null): Steps {
  const remaining = remainingBounds(span);
  const within = partitionsWithin(partitions, remaining);
  const days = within.filter(({ day }) => day !== null);
  if (!span.descending) days.reverse();
  const recent = recentDays(days, remaining);
  const searched = days.map((day) => ({ ...day, whole: partWithin(day, span.bounds) === 1 }));
  const near = recent.length + FIRST_DAYS;
  const outside = within.filter(({ day }) => day === null);
  const end = farEnd(recent, span);
  const few = recent.length === days.length ? fewRows(days, remaining) : null;
  const byIndex = (start: number, size: number, outside: SearchStep["outside"]): SearchStep => ({
    ...{ recent: [], recentOnly: false, isAll: false, end: null, few },
    days: searched.slice(start, start + size),
    outside,
  });
  const further = (start: number, size = FURTHER_DAYS): readonly SearchStep[] =>
    start < days.length ? [byIndex(start, size, []), ...further(start + size)] : [];
  if (hint === "days" || hint === "far") {
    const size = hint === "far" ? FURTHER_DAYS : near;
    return [byIndex(0, size, outside), ...further(size)];
  }
  const walk = { recent, end, isAll: few !== null, few, outside };
  if (few !== null) return [{ ...walk, recentOnly: true, days: searched }];
  if (hint === "recent")
    return [{ ...walk, recentOnly: true, days: searched.slice(0, recent.length) }, ...further(0, near)];
  return [{ ...walk, recentOnly: false, days: searched.slice(0, near) }, ...further(near)];
}

/** The end of the bounds that a scan comes to last, where it lies within its tables. */
function farEnd(
  recent: readonly Partition[],
  { bounds: { from, to }, descending }: SearchRange,
): TimeBounds | null {
  const last = recent.at(-1)?.day ?? null;
  if (last === null) return null;
  if (descending) return from !== null && from > last.from ? { from, to: null } : null;
  return to !== null && to < last.to ? { from: null, to } : null;
}

function fewRows(days: readonly Partition[], bounds: TimeBounds): FewRows | null {
  const rows = days.reduce((sum, day) => sum + day.rows * partWithin(day, bounds), 0);
  if (rows >= RECENT_ROWS) return null;
  return { rows, indexed: days.reduce((sum, day) => sum + day.rows, 0), partitions: days.length };
}

/** What looking into the indexes of a partition takes, in rows of a scan. */
const PARTITION_COST = 50;
/** What a row takes that an index has found, in rows of a scan. */
const FOUND_COST = 2;

/** Whether the indexes find these events with less work than a scan of all rows: they find those outside the bounds, too. */
export function isRare({ rows, indexed, partitions }: FewRows, found: number): boolean {
  const everywhere = (found * indexed) / Math.max(rows, 1);
  return FOUND_COST * everywhere + PARTITION_COST * partitions < rows;
}

/** The part of the bounds that lies after the place. Events of the same time belong to it. */
export function remainingBounds({ bounds: { from, to }, after, descending }: SearchRange): TimeBounds {
  if (after === null) return { from, to };
  const { micros } = after;
  return descending
    ? { from, to: to === null || micros < to ? micros + 1n : to }
    : { from: from === null || micros > from ? micros : from, to };
}

/** The days that hold the rows of the recent scan, by the planner's estimates; of a day that the bounds cut, by its part within them. */
function recentDays(days: readonly Partition[], bounds: TimeBounds): readonly Partition[] {
  const recent: Partition[] = [];
  let rows = 0;
  for (const day of days) {
    if (rows >= RECENT_ROWS || recent.length === RECENT_PARTITIONS) break;
    recent.push(day);
    rows += day.rows * partWithin(day, bounds);
  }
  return recent;
}

/** The part of a day that lies within the bounds, from 0 to 1. */
function partWithin({ day }: Partition, { from, to }: TimeBounds): number {
  if (day === null) return 1;
  const start = from === null || from < day.from ? day.from : from;
  const end = to === null || to > day.to ? day.to : to;
  return Math.max(0, Number(end - start)) / Number(day.to - day.from);
}

/**
 * The one step of a search in an order that partitions do not follow: a scan along the column's index, else all that matches, sorted. The same
 * for each slice of many partitions.
 */
export function stepOverAll(events: string, json: string, slice?: SearchStep["slice"]): SearchStep {
  const all = { name: events, json, day: null, whole: false };
  const step = {
    recent: [all],
    recentOnly: false,
    isAll: false,
    few: null,
    end: null,
    days: [all],
    outside: [],
  };
  return slice === undefined ? step : { ...step, slice };
}
