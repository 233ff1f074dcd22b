/** A list of events that answers as a store does. */
import type { SearchResult, SortKey, SummaryResult, Timeline } from "../../../runtime/store/types.js";
import { microsToDate } from "../../../compiler/values/time.js";
import { ParameterError } from "../shared/compose.js";
import type {
  DataCall,
  DataStatus,
  ExplorerData,
  PageQuestion,
  Question,
  SummaryQuestion,
  TimelineQuestion,
  TopQuestion,
} from "../shared/data.js";
import { countListValues } from "./counts.js";
import type { EventList } from "./event-list.js";
import { matchCache, type MatchCache } from "./matching.js";
import { nextTurn, pausing } from "./pause.js";
import { listTimeline } from "./timeline.js";

/** What the list came from. */
export interface ListOrigin {
  readonly description: string;
  readonly details: Readonly<Record<string, string | number>>;
}

/** The answers of a list. */
export function listData(list: EventList, origin: ListOrigin): ExplorerData {
  const cache = matchCache(list);
  const pause = (call: DataCall) => pausing(call.signal, nextTurn);
  const matching = (question: Question, call: DataCall) => cache(question, pause(call));
  return {
    search: async (question, call) => searchList(list, cache, question, call),
    count: async (question, call) => (await matching(question, call)).length,
    top: async (question: TopQuestion, call) =>
      countListValues(
        await matching(question, call),
        await list.values(question.field, pause(call)),
        question.limit,
        pause(call),
      ),
    summary: async (question, call): Promise<SummaryResult> => summaryOf(list, cache, question, call),
    timeline: async (question: TimelineQuestion, call): Promise<Timeline> =>
      listTimeline(list, await matching(question, call), question, pause(call)),
    stream: (question, call) => streamList(list, cache, question, call),
    status: (): Promise<DataStatus> =>
      Promise.resolve({
        ...origin,
        events: list.events.length,
        oldest: timeOf(list, list.events.length - 1),
        newest: timeOf(list, 0),
      }),
  };
}

function timeOf({ times }: EventList, position: number): Date | null {
  const time = times[position];
  return time === undefined ? null : microsToDate(BigInt(time));
}

const ASCENDING: Readonly<Record<SortKey, boolean>> = {
  "detect_time.desc": false,
  "storage_time.desc": false,
  "detect_time.asc": true,
  "storage_time.asc": true,
};

async function searchList(
  list: EventList,
  cache: MatchCache,
  { sort, limit, after, ...question }: PageQuestion,
  call: DataCall,
): Promise<SearchResult<unknown>> {
  if (sort.startsWith("storage_time"))
    throw new ParameterError("the events of a file have no time of storing");
  const found = await cache(question, pausing(call.signal, nextTurn));
  const ordered = ASCENDING[sort] ? found.toReversed() : found;
  const start = after === undefined ? 0 : startAfter(after, sort, ordered, list);
  const page = ordered.slice(start, start + limit);
  const end = page.at(-1);
  const hasMore = start + page.length < ordered.length;
  return {
    events: page.map((position) => list.events[position]),
    hasMore,
    next: hasMore && end !== undefined ? keyOf(end, sort, list) : null,
  };
}

/** Time and id of an event, with the order they belong to; a position would tell how many events others may see. */
function keyOf(position: number, sort: SortKey, { times, ids }: EventList): string {
  return `${sort}~${times[position]}~${ids[position]}`;
}

/** Where the events after a key begin. @throws ParameterError for a key of another order, or none */
function startAfter(key: string, sort: SortKey, ordered: readonly number[], list: EventList): number {
  const [, order, digits, id = ""] = /^([a-z_.]+)~(-?\d{1,18})~(.+)$/s.exec(key) ?? [];
  if (order !== sort)
    throw new ParameterError(`"after" is not a page key of this order; pass the "next" of the page before`);
  const time = Number(digits);
  const isOlder = (position: number): boolean =>
    list.times[position] === time ? list.ids[position]! < id : list.times[position]! < time;
  const isNewer = (position: number): boolean => !isOlder(position) && list.ids[position] !== id;
  const start = ordered.findIndex(ASCENDING[sort] ? isNewer : isOlder);
  return start === -1 ? ordered.length : start;
}

async function summaryOf(
  list: EventList,
  cache: MatchCache,
  { by, limit, ...question }: SummaryQuestion,
  call: DataCall,
): Promise<SummaryResult> {
  const pause = pausing(call.signal, nextTurn);
  const found = await cache(question, pause);
  const panels: Record<string, SummaryResult["panels"][string]> = {};
  for (const field of by)
    panels[field] = await countListValues(found, await list.values(field, pause), limit, pause);
  return { total: found.length, panels };
}

async function* streamList(
  list: EventList,
  cache: MatchCache,
  { sort, ...question }: Question & { readonly sort: SortKey },
  call: DataCall,
): AsyncGenerator<unknown, void, undefined> {
  const pause = pausing(call.signal, nextTurn);
  const found = await cache(question, pause);
  for (const position of ASCENDING[sort] ? found.toReversed() : found) {
    await pause();
    yield list.events[position];
  }
}
