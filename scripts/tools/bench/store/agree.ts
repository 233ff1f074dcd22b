/** Whether both sides found the same. */
import type { Found, ComparedEvent } from "./our-query.js";

type Counts = Extract<Found, { kind: "counts" }>;

/**
 * How the results differ; null when they agree.
 *
 * Two differences of meaning are none: the yardstick leaves the order of events of one time open, so those at the time of a page's first
 * and last event are compared by number only; and it gives no row for events without a value, where ours is named `null`. Values that
 * are as frequent as the last of a list may be others.
 */
export function disagreement(ours: Found, theirs: Found): string | null {
  if (ours.kind === "events" && theirs.kind === "events") return eventsDiffer(ours.events, theirs.events);
  if (ours.kind === "counts" && theirs.kind === "counts") return countsDiffer(ours, theirs);
  return "one side found events and the other counts";
}

function eventsDiffer(ours: readonly ComparedEvent[], theirs: readonly ComparedEvent[]): string | null {
  if (ours.length !== theirs.length) return `${ours.length} events, theirs ${theirs.length}`;
  const times = (events: readonly ComparedEvent[]) => events.map(({ time }) => time).join();
  if (times(ours) !== times(theirs)) return "events of other times";
  const ends = new Set([ours[0]?.time, ours.at(-1)?.time]);
  const wanted = new Set(theirs.map(({ id }) => id));
  const strange = ours.find(({ id, time }) => !ends.has(time) && !wanted.has(id));
  return strange === undefined ? null : `event ${strange.id} is not among theirs`;
}

function countsDiffer(ours: Counts, theirs: Counts): string | null {
  const open = ours.top ? Math.max(smallest(ours.counts), smallest(theirs.counts)) : -Infinity;
  const values = new Set([...ours.counts.keys(), ...theirs.counts.keys()]);
  values.delete(MISSING);
  for (const value of values) {
    const [our, their] = [ours.counts.get(value) ?? 0, theirs.counts.get(value) ?? 0];
    if (our !== their && Math.max(our, their) > open) return `${value}: ${our}, theirs ${their}`;
  }
  return null;
}

const MISSING = "null";

function smallest(counts: ReadonlyMap<string, number>): number {
  return Math.min(...counts.values());
}
