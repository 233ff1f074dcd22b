/** Finding the events of one page: their places, newest (or oldest) first. */
import { identifier } from "../../../compiler/sql/fragment.js";
import type { TimeBounds } from "../../../compiler/time-bounds.js";
import { readNullable } from "../../postgres/wire.js";
import { DataError, EventStorageError } from "../../postgres/errors.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions, WireRow } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import type { BoundFilter } from "../filter-argument.js";
import { EVERYTHING, overSlices, slicesOf, within } from "../slices/slices.js";
import { planningEach } from "../slices/sessions.js";
import type { Partition, PartitionList } from "./days.js";
import { FoundRow, type FoundEvent } from "./found-event.js";
import { timeText, type PagePosition } from "./key.js";
import type { SearchHint } from "./search-hint.js";
import type { PageShape } from "./step-slots.js";
import { shapesOf, stepStatement, type StepFilters, type StepShapes } from "./step-shapes.js";
import { FIRST_DAYS, isRare, stepOverAll, stepsOverDays, type SearchStep } from "./steps.js";

/** From the column `event_json.event` to an event as it is wanted. */
export type DecodeEvent<E> = (wire: string) => E;

/** The page that is wanted. */
export interface PageRequest<E> {
  readonly session: Session;
  readonly context: StoreContext;
  readonly shape: PageShape;
  readonly filter: BoundFilter;
  /** Applied to each row while the server looks for the next ones. */
  readonly read: DecodeEvent<E>;
  /** Events wanted. */
  readonly count: number;
  readonly after: PagePosition | null;
  readonly options: CallOptions;
}

/** The events of a page, and the partitions that they were found in. */
export interface PageFound<E> {
  readonly found: readonly FoundEvent<E>[];
  readonly partitions: readonly Partition[];
}

/** How often a search may name a partition that has been dropped. */
const ATTEMPTS = 5;

/** The first `count` events after the place `after` that match, in order of the shape. */
export async function findPage<E>(request: PageRequest<E>): Promise<PageFound<E>> {
  const { session, context, shape, filter, options } = request;
  const { partitions: known, tables } = context;
  if (filter.matchesNone) return { found: [], partitions: [] };
  if (shape.sort !== tables.roles.time.name) return findByOther(request);
  let list = await known.list(session, options);
  for (let attempt = 1; ; attempt++) {
    try {
      const found = await findByDays(request, list);
      // Each time it is null someone has made or dropped a day, which takes longer than a search: the attempts need no end.
      if (found !== null) return { found, partitions: list.partitions };
    } catch (error) {
      if (attempt === ATTEMPTS || !isPartitionGone(error)) throw error;
    }
    list = await known.reload(session, options);
  }
}

/** Retention dropped a partition since it was listed. */
export function isPartitionGone(error: unknown): boolean {
  return error instanceof EventStorageError && error.sqlState === UNDEFINED_TABLE;
}

const UNDEFINED_TABLE = "42P01";

/** The page; null when the partitions are not those of the list any more. */
async function findByDays<E>(
  given: PageRequest<E>,
  { partitions, version }: PartitionList,
): Promise<readonly FoundEvent<E>[] | null> {
  const { shape, filter, count, context } = given;
  const { hints, tables } = context;
  const bounds = filter.bounds(tables.roles.time.name);
  const after = given.after ?? firstPlace(bounds, shape.descending);
  const request = { ...given, after };
  const shapes = shapesOf(partitions);
  const span = { bounds, after, descending: shape.descending };
  const order = `${shape.sort} ${shape.descending ? "desc" : "asc"}`;
  const hint = filter.matchesAll ? "recent" : hints.of(filter, order);
  const [first, ...further] = stepsOverDays(partitions, span, hint);
  const start = await runStep(request, first, shapes);
  // Later steps need no look at the version: at this moment the days were all there were, and no row moves from one to another.
  if (start.version !== version) return null;
  const strays = start.hits.filter(({ part }) => part >= first.days.length);
  const hits = start.hits.filter(({ part }) => part < first.days.length);
  hints.learn(filter, order, learnt(hint, first, { ...start, hits }, count));
  // The days are searched from the start where the recent scan alone did not fill the page.
  const found: FoundEvent<E>[] = first.recentOnly && !first.isAll && hits.length < count ? [] : hits;
  for (const step of further) {
    if (found.length >= count) break;
    found.push(...(await runStep({ ...request, count: count - found.length }, step, shapes)).hits);
  }
  return strays.length === 0 ? found : inOrder([...found, ...strays], shape).slice(0, count);
}

/** What the first step of a search tells for the next one. */
function learnt(
  hint: SearchHint | null,
  { few }: SearchStep,
  { walked, hits }: StepFound<unknown>,
  count: number,
): SearchHint | null {
  const full = hits.length >= count;
  if (few !== null) return !full && isRare(few, hits.length) ? "days" : "recent";
  if (hint === "recent") return full ? "recent" : null;
  if (!full) return "far";
  if (hint === null) return walked >= count ? "recent" : "days";
  // Once it becomes dense, the recent scan is faster again: a day by its index is sorted as a whole.
  const last = hits.at(-1)?.part ?? 0;
  if (last === 0) return null;
  return hint === "far" && last >= FIRST_DAYS ? "far" : "days";
}

/**
 * The place before everything within the bounds: a scan that began at the newest row would not come to a window in the past. No id is
 * empty, so this place is before all events of its time when they ascend, and after them when they descend, as `to` is exclusive.
 */
function firstPlace({ from, to }: TimeBounds, descending: boolean): PagePosition | null {
  const micros = descending ? to : from;
  return micros === null ? null : { micros, id: "" };
}

/** Orders that partitions do not follow: the first events of each slice of the time, put in order. */
async function findByOther<E>(request: PageRequest<E>): Promise<PageFound<E>> {
  const { context, session, options, filter, shape, count } = request;
  const { partitions: known, tables } = context;
  const [events, json] = [tables.events.name, tables.json.name];
  const slices = await slicesOf(session, context, filter, options);
  // The JSON of a slice is read when it is known which of its events are on the page: of their partitions alone.
  const sliced = { ...request, session: planningEach(session, context), shape: { ...shape, texts: false } };
  const found =
    slices.length === 1
      ? (await runStep(request, stepOverAll(events, json))).hits
      : (
          await overSlices(slices, options, (slice, left) =>
            runStep({ ...sliced, options: left }, stepOverAll(events, json, slice)),
          )
        ).flatMap(({ hits }) => hits);
  const hits = slices.length === 1 ? found : inOrder(found, shape).slice(0, count);
  return { found: hits, partitions: (await known.list(session, options)).partitions };
}

interface StepHead {
  readonly kind: "head";
  readonly version: string;
  /** Hits of the recent scan where it was gathered; the page has at most those that were asked for. */
  readonly walked: number;
}

interface StepFound<E> extends StepHead {
  readonly hits: readonly FoundRow<E>[];
}

async function runStep<E>(
  request: PageRequest<E>,
  step: SearchStep,
  shapes: StepShapes | null = null,
): Promise<StepFound<E>> {
  const { session, context, shape, filter, read, count, after, options } = request;
  const { searchEvents, searchEventsAfter, searchGhosts, searchGhostsAfter } = context.statements;
  const filters = stepFilters(filter, step, context.tables.roles.time);
  const asked = { shape, step, isKeyed: after !== null, filters };
  const decode = (row: WireRow) => readStepRow(row, read);
  const rows =
    after === null
      ? await session.run(
          { ...stepStatement(shape.ghost ? searchGhosts : searchEvents, asked, shapes), decode },
          { limit: count },
          options,
        )
      : await session.run(
          { ...stepStatement(shape.ghost ? searchGhostsAfter : searchEventsAfter, asked, shapes), decode },
          { limit: count, time: timeText(after.micros), id: after.id },
          options,
        );
  const head = rows.find((row) => row.kind === "head");
  if (head === undefined)
    throw new DataError("searchEvents: the statement gave no version of the partitions", {
      operation: "searchEvents",
    });
  return { ...head, hits: rows.filter((row) => row.kind === "hit") };
}

/** The filter as the tables of a step need it: days that lie within its bounds are not asked for their time. */
function stepFilters(
  filter: BoundFilter,
  { recent, recentOnly, end, days, slice }: SearchStep,
  time: StoreContext["tables"]["roles"]["time"],
): StepFilters {
  if (slice !== undefined)
    return { all: slice.filter, rows: slice.filter, within: slice.filter, span: slice.span };
  const asked = recentOnly ? [] : days;
  const all = filter.slot;
  return {
    all,
    rows: (recent.length > 0 ? filter.slotOfRows() : null) ?? all,
    within: (asked.some(({ whole }) => whole) ? filter.slotWithin(time.name) : null) ?? all,
    span: end === null ? EVERYTHING : within(identifier(time.column), end),
  };
}

function readStepRow<E>(
  [version, part, event, id, seq, time, sorted, ...columns]: WireRow,
  read: DecodeEvent<E>,
): StepHead | FoundRow<E> {
  if (version != null) return { kind: "head", version, walked: Number(part) };
  return new FoundRow(
    { part: Number(part), id, seq, time, sorted, event: readNullable(event, read) },
    columns,
  );
}

/** Sorted as the shape says; identifiers as in collation "C": by code point, which is the order of the UTF-8 bytes. */
function inOrder<T extends PagePosition>(found: readonly T[], { descending }: PageShape): T[] {
  const sign = descending ? -1 : 1;
  const placed = found.map((event) => ({ event, micros: event.micros, id: Buffer.from(event.id) }));
  placed.sort((a, b) =>
    a.micros === b.micros ? sign * Buffer.compare(a.id, b.id) : a.micros < b.micros ? -sign : sign,
  );
  return placed.map(({ event }) => event);
}
