/** Reading the rows of hours or days that the roll-ups can't tell, without locking all partitions for a few of them. */
import { MICROS_PER_DAY } from "../../../compiler/values/civil.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import type { TimeBounds } from "../../../compiler/time-bounds.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions, FilterSource } from "../../postgres/statement.js";
import type { StoreClient } from "../client.js";
import type { StoreContext } from "../context.js";
import { partitionsWithin, type Partition } from "../search/days.js";
import { anyOf, EVERYTHING, sliceLimits, mostPartitions, remaining, tile, within } from "./slices.js";
import { planningEach } from "./sessions.js";

/** How often rows are read of other days than those that turned out to be stale. */
const ATTEMPTS = 4;

/** What a statement over roll-ups gave. */
export interface StaleResult<T> {
  readonly result: T;
  /** The days of which rows had to be read, numbered from 1970, with commas between them; null where there were none. */
  readonly staleDays: string | null;
}

/** A statement over roll-ups. `rows` is for its slot of that name. */
export type RunStale<T> = (
  client: StoreClient,
  rows: FilterSource,
  options: CallOptions,
) => Promise<StaleResult<T>>;

/**
 * Runs a statement over roll-ups that reads the rows of stale hours. Where the store has many partitions only some may be locked: the newest
 * at first, then those of the days that the statement found stale. On a cluster
 * the roll-ups are asked alone before. Null where these are too many for one statement.
 */
export async function withStaleRows<T>(
  session: Session,
  context: StoreContext,
  options: CallOptions,
  run: RunStale<T>,
): Promise<T | null> {
  const { partitions: known, tables, connect, alone } = context;
  const left = remaining(options);
  if (alone !== null) {
    const { result, staleDays } = await run(alone(session), EVERYTHING, left());
    if (staleDays === null) return result;
  }
  const most = mostPartitions(tables);
  const { partitions } = await known.recent(session, sliceLimits(options));
  if (partitions.length <= most) return (await run(connect(session), EVERYTHING, left())).result;
  const client = connect(planningEach(session, context));
  const time = identifier(tables.roles.time.column);
  let spans: readonly TimeBounds[] = [newest(partitions, most)];
  for (let attempt = 1; attempt <= ATTEMPTS && touched(partitions, spans) <= most; attempt++) {
    const rows = anyOf(spans.map((span) => within(time, span)));
    const { result, staleDays } = await run(client, rows, left());
    const days = spansOfDays(staleDays);
    if (days.every((day) => spans.some((span) => covers(span, day)))) return result;
    spans = days;
  }
  return null;
}

/** From the beginning of the newest partitions on. */
function newest(partitions: readonly Partition[], most: number): TimeBounds {
  const spans = tile(partitions, { from: null, to: null }, Math.max(1, Math.floor(most / 2)));
  return spans.at(-1) ?? spans[0];
}

function touched(partitions: readonly Partition[], spans: readonly TimeBounds[]): number {
  return new Set(spans.flatMap((span) => partitionsWithin(partitions, span))).size;
}

function covers({ from, to }: TimeBounds, day: TimeBounds): boolean {
  const isAfter = from === null || (day.from !== null && from <= day.from);
  return isAfter && (to === null || (day.to !== null && day.to <= to));
}

/** Days as spans, neighbours together. */
function spansOfDays(days: string | null): readonly TimeBounds[] {
  const sorted = (days ?? "")
    .split(",")
    .filter((day) => day !== "")
    .map(BigInt)
    .sort((a, b) => (a < b ? -1 : 1));
  const spans: { from: bigint; to: bigint }[] = [];
  for (const day of sorted) {
    const from = day * MICROS_PER_DAY;
    const last = spans.at(-1);
    if (last?.to === from) last.to += MICROS_PER_DAY;
    else spans.push({ from, to: from + MICROS_PER_DAY });
  }
  return spans;
}
