/** The two stores that are compared. */
import type { EventStorage } from "../../../runtime/store/index.js";
import { generateEvents } from "../demo/generate-events.js";
import type { Ledger } from "./ledger.js";

/** A store on a cluster, and one on one server. */
export type Pair = readonly [citus: EventStorage, twin: EventStorage];

/** What is done to both, and where it is noted. */
export interface Round {
  readonly pair: Pair;
  readonly ledger: Ledger;
}

/** Start of the events. */
export const FROM = new Date("2024-05-01T00:00:00Z");

/** Milliseconds of a day. */
export const DAY_MS = 86_400_000;

const STORED = "2024-05-10T00:00:00Z";

/** Both stores stamp the same time, so that events can be compared. */
export function stored(event: Record<string, unknown>): Record<string, unknown> {
  return { ...event, _CESNET: { ...Object(event["_CESNET"]), StorageTime: STORED } };
}

/** Events of three days, the same for a seed. */
export function someEvents(count: number, seed: number): readonly Record<string, unknown>[] {
  const to = new Date(FROM.getTime() + 3 * DAY_MS);
  return [...generateEvents({ count, seed, from: FROM, to })].map((event) => stored({ ...event }));
}

/** All of a stream. */
export async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
