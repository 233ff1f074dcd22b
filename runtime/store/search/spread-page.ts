/** Finding the events of one page over the workers of a cluster. */
import { identifier } from "../../../compiler/sql/fragment.js";
import type { TimeBounds } from "../../../compiler/time-bounds.js";
import { MICROS_PER_HOUR } from "../../../compiler/values/civil.js";
import { readNullable, readText } from "../../postgres/wire.js";
import type { FilterSource, Statement, WireRow } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { both, hasMany, sliceLimits, within } from "../slices/slices.js";
import type { EventsRequest } from "./events.js";
import { microsOf, timeText, type PagePosition } from "./key.js";
import { FoundRow, type FoundEvent } from "./found-event.js";
import type { DecodeEvent, PageFound, PageRequest } from "./page.js";
import { remainingBounds } from "./steps.js";

/** Events of the part of the time that is looked at first: enough for a filter that one of some hundred meets. */
const WINDOW_EVENTS = 20_000;

/**
 * The rest of the time is walked where the first part has a fiftieth of the events that are wanted, or more: then the walk ends soon. Else few
 * events match, and it is faster to gather them all.
 */
const WALKED_PART = 50;

/** The statements of a page that a store on one server has not. */
interface SpreadStatements {
  readonly spreadPage: PageTemplate;
  readonly spreadGhosts: PageTemplate;
  readonly spreadEvents: PageTemplate;
  readonly spreadTexts: Statement<TextsParameters, { readonly seq: string; readonly event: string }, "many">;
  readonly newestWindow: WindowTemplate;
  readonly oldestWindow: WindowTemplate;
}

interface PageTemplate {
  readonly fill: (slots: PageSlots) => Statement<{ readonly limit: number }, unknown, "many">;
}

interface PageSlots {
  readonly place: FilterSource;
  readonly filter: FilterSource;
  readonly column: string;
  readonly order: string;
}

interface TextsParameters {
  readonly ids: readonly string[];
  readonly seqs: readonly string[];
  readonly from: string;
  readonly to: string;
}

interface WindowTemplate {
  readonly fill: (slots: {
    readonly span: FilterSource;
  }) => Statement<{ readonly events: number }, Window, "one">;
}

interface Window {
  readonly hour: string | null;
  readonly whole: boolean;
}

const statementsOf = ({ statements }: StoreContext): SpreadStatements =>
  statements as unknown as SpreadStatements;

/** How rows are found; see `orders` in spread-statements.ts. With `events` they are gathered, and their JSON comes along. */
type Way = "walked" | "gathered" | "events";

/**
 * The first events after the place that match, in order of the shape. At most two statements go to the shards: one over the newest hours (the oldest,
 * where they come first) and, where these do not fill the page, one over the rest of the time. A filter whose first page was not full, the last time, is
 * asked for all that it matches, by one statement with the JSON: none of that is likely to be too much.
 */
export async function findSpreadPage<E>(request: PageRequest<E>): Promise<PageFound<E>> {
  const { context, shape, filter, count, after } = request;
  const { time } = context.tables.roles;
  if (filter.matchesNone) return { found: [], partitions: [] };
  const bounds = filter.bounds(time.name);
  if (shape.sort !== time.name) return page(await findWithin(request, bounds, "walked", count));
  const order = `${shape.sort} ${shape.descending ? "desc" : "asc"}`;
  const remaining = remainingBounds({ bounds, after, descending: shape.descending });
  const isFirst = after === null && !filter.matchesAll;
  const isFew = isFirst && context.hints.of(filter, order) === "far";
  const found = isFew ? await findFew(request, remaining) : await findByWindows(request, remaining);
  if (isFirst) context.hints.learn(filter, order, found.length < count ? "far" : null);
  return page(found);
}

/** All that a filter matches which matches few. */
async function findFew<E>(request: PageRequest<E>, bounds: TimeBounds): Promise<readonly FoundEvent<E>[]> {
  const { session, context, shape, count, options } = request;
  // Each shard plans the JSON of all partitions for it: of many that takes longer than a statement for the few that are found.
  const isWhole = shape.texts && !(await hasMany(session, context, sliceLimits(options)));
  return findWithin(request, bounds, isWhole ? "events" : "gathered", count);
}

async function findByWindows<E>(
  request: PageRequest<E>,
  remaining: TimeBounds,
): Promise<readonly FoundEvent<E>[]> {
  const { filter, count } = request;
  const window = filter.matchesAll ? null : await firstWindow(request, remaining);
  if (window === null) return findWithin(request, remaining, "walked", count);
  const first = await findWithin(request, window.first, "walked", count);
  if (first.length >= count) return first;
  const way = first.length * WALKED_PART >= count ? "walked" : "gathered";
  return [...first, ...(await findWithin(request, window.rest, way, count - first.length))];
}

function page<E>(found: readonly FoundEvent<E>[]): PageFound<E> {
  return { found, partitions: [] };
}

interface Windows {
  readonly first: TimeBounds;
  readonly rest: TimeBounds;
}

/** The part of the time to look at first, and the rest; null where the whole has few events. */
async function firstWindow<E>(
  { session, context, shape, count, options }: PageRequest<E>,
  { from, to }: TimeBounds,
): Promise<Windows | null> {
  const { newestWindow, oldestWindow } = statementsOf(context);
  const hours = { from: from === null ? null : from - MICROS_PER_HOUR + 1n, to };
  const statement = (shape.descending ? newestWindow : oldestWindow).fill({ span: within("hour", hours) });
  const events = Math.max(WINDOW_EVENTS, count);
  const { hour, whole } = await session.run(statement, { events }, sliceLimits(options));
  if (whole || hour === null) return null;
  const start = microsOf(hour);
  const edge = shape.descending ? start : start + MICROS_PER_HOUR;
  const [older, newer] = [
    { from, to: to !== null && to < edge ? to : edge },
    { from: from !== null && from > edge ? from : edge, to },
  ];
  return shape.descending ? { first: newer, rest: older } : { first: older, rest: newer };
}

async function findWithin<E>(
  { session, context, shape, filter, after, read, options }: PageRequest<E>,
  bounds: TimeBounds,
  way: Way,
  limit: number,
): Promise<readonly FoundEvent<E>[]> {
  const { statements, tables } = { statements: statementsOf(context), tables: context.tables };
  const { time, stored, id } = tables.roles;
  const sorted = shape.sort === time.name ? time : stored;
  const sign = shape.descending ? "<" : ">";
  const span = within(identifier(time.column), bounds);
  const { spreadPage, spreadGhosts, spreadEvents } = statements;
  const filled = (way === "events" ? spreadEvents : shape.ghost ? spreadGhosts : spreadPage).fill({
    place:
      after === null
        ? span
        : both(span, afterPlace(after, identifier(sorted.column), identifier(id.column), sign)),
    filter: filter.slot,
    column: shape.sort,
    order: `${way === "walked" ? way : "gathered"}.${shape.sort}.${shape.descending ? "desc" : "asc"}`,
  });
  const decode = way === "events" ? (row: WireRow) => readWhole(row, read) : readHit<E>;
  return session.run({ ...filled, decode }, { limit }, options);
}

function afterPlace(
  { micros, id }: PagePosition,
  sorted: string,
  idColumn: string,
  sign: string,
): FilterSource {
  return (first) => {
    const [at, key] = [`$${first}::timestamptz`, `$${first + 1}::text`];
    return {
      text: `${sorted} ${sign}= ${at} and (${sorted} ${sign} ${at} or ${idColumn} ${sign} ${key})`,
      values: [timeText(micros), id],
    };
  };
}

function readHit<E>([id, seq, time, sorted, ...columns]: WireRow): FoundEvent<E> {
  return new FoundRow<E>({ part: 0, id, seq, time, sorted, event: null }, columns);
}

/** A hit with its JSON. */
function readWhole<E>([id, seq, time, sorted, event]: WireRow, read: DecodeEvent<E>): FoundEvent<E> {
  return new FoundRow<E>({ part: 0, id, seq, time, sorted, event: readNullable(event, read) }, []);
}

/** The events of a page in its order; one that was deleted since it was found is left out. */
export async function readSpreadEvents<E>(
  request: EventsRequest<E>,
  page: readonly FoundEvent<E>[],
): Promise<E[]> {
  const found = page.filter(({ event }) => event === null);
  const texts = found.length === 0 ? null : await readTexts(request, found);
  return page.flatMap(({ seq, event }) => event ?? texts?.get(seq) ?? []);
}

async function readTexts<E>(
  { session, context, read, options }: EventsRequest<E>,
  found: readonly FoundEvent<E>[],
): Promise<ReadonlyMap<string, E>> {
  const times = found.map(({ time }) => time);
  const params = {
    ids: found.map(({ id }) => id),
    seqs: found.map(({ seq }) => seq),
    from: timeText(times.reduce((a, b) => (a < b ? a : b))),
    to: timeText(times.reduce((a, b) => (a > b ? a : b))),
  };
  const statement = {
    ...statementsOf(context).spreadTexts,
    decode: ([seq, event]: WireRow): readonly [string, E] => [readText(seq), read(readText(event))],
  };
  return new Map(await session.run(statement, params, sliceLimits(options)));
}
