/** Which events of a list match a filter. */
import type { Question } from "../shared/data.js";
import type { EventList } from "./event-list.js";
import { shared, type Pause } from "./pause.js";

/** The positions of the events that match, in the order of the list. */
export type MatchCache = (question: Question, pause: Pause) => Promise<readonly number[]>;

/** Rows, chart and facets of one filter are asked at the same time. */
const KEPT = 4;

/** Milliseconds for which an answer holds: `now` moves on. */
const HOLDS_MS = 2_000;

interface Kept {
  /** Composed filters of one source may differ. */
  readonly filter: Question["filter"];
  readonly since: number;
  readonly positions: Promise<readonly number[]>;
}

/** Asks each event once for each filter, not once for each of the questions about it. */
export function matchCache(list: EventList): MatchCache {
  const kept = new Map<string, Kept>();
  const start: MatchCache = (question, pause) => {
    const key = JSON.stringify([question.filter.source, question.args]);
    const known = kept.get(key);
    if (known?.filter === question.filter && performance.now() - known.since < HOLDS_MS)
      return known.positions;
    const positions = match(list, question, pause);
    kept.delete(key);
    kept.set(key, { filter: question.filter, since: performance.now(), positions });
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    positions.catch(() => {
      if (kept.get(key)?.positions === positions) kept.delete(key);
    });
    return positions;
  };
  return (question, pause) => shared(pause.signal, () => start(question, pause));
}

async function match(
  { events }: EventList,
  { filter, args }: Question,
  pause: Pause,
): Promise<readonly number[]> {
  const matches = filter.matcher(args, { now: new Date() });
  const positions: number[] = [];
  for (let position = 0; position < events.length; position++) {
    if (matches(events[position])) positions.push(position);
    const waiting = pause();
    if (waiting) await waiting;
  }
  return positions;
}
