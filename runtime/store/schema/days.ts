/** Partitions: made when events of a day come that none holds, dropped when their time is over. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { isSpread } from "../../../compiler/catalogue/spread.js";
import {
  DROPPED_VERSION,
  partitionedTables,
  storeTables,
  type StoreTables,
} from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import {
  dayOfDate,
  DAYS_AHEAD,
  dayStart,
  FIRST_DAY,
  freeSpan,
  isPartitioned,
  oneDay,
  partitionName,
  widthSpan,
  type Day,
  type DaySpan,
} from "../../../compiler/schema/day.js";
import { block, createPartition, forgetLocalRows } from "../../../compiler/schema/partition.js";
import {
  DataError,
  EventStorageError,
  QueryCanceledError,
  StorageConnectionError,
} from "../../postgres/errors.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { RefreshOptions } from "../types/upkeep.js";
import { dropPartitions } from "./drop.js";
import { isBusy, limitLocks, withLockAttempts } from "./locks.js";
import { presentObjects, presentSpans } from "./present.js";
import { readWidths, widthOf, type WidthChoice } from "./widths.js";

/** How the partitions of days are made. */
export interface EnsureDaysOptions extends CallOptions {
  /** Most partitions, those that are there included, however many days each holds; 1,500 when absent. The newest days come first. */
  readonly maxDays?: number;
  /** The clock that shows which days lie too far ahead. */
  readonly now?: Date;
  /** Milliseconds to wait for readers of the default partition, each of {@link LOCK_ATTEMPTS} times; 1,000 when absent. */
  readonly lockTimeoutMs?: number;
}

/** What became of the days asked for. */
export interface EnsuredDays {
  /** Days whose partitions were made now. */
  readonly created: readonly Day[];
  /** Days that stay in the default partition: out of range, beyond the limit, or kept from being made, for whatever reason. */
  readonly left: readonly Day[];
  /** Why days that should have had one got no partition. */
  readonly problems: readonly DayProblem[];
}

/** A day whose partition could not be made. */
export interface DayProblem {
  readonly day: Day;
  /** What the server said. */
  readonly reason: string;
}

/** Most partitions of a store, of whatever width. */
export const MAX_PARTITIONS = 1_500;
const DEFAULT_LOCK_TIMEOUT_MS = 1_000;
const LOCK_ATTEMPTS = 3;

/**
 * Makes the missing partitions of some days, each day in a transaction of its own, and moves rows of these days out of the default
 * partition.
 *
 * Neither ingest nor searches of other days wait: the parent is locked in SHARE UPDATE EXCLUSIVE mode. The default partition is locked
 * for a moment; where a long query holds it, the day is left, its events go to the default partition, and the next call tries again.
 */
export async function ensureDays(
  session: Session,
  catalogue: Catalogue,
  days: Iterable<Day>,
  options: EnsureDaysOptions = {},
): Promise<EnsuredDays> {
  const { maxDays = MAX_PARTITIONS, now = new Date(), signal } = options;
  const tables = storeTables(catalogue);
  const present = await presentSpans(session, tables);
  const wanted = [...new Set(days)].filter((day) => !holds(present, day)).sort((a, b) => b - a);
  const created: Day[] = [];
  const left: Day[] = [];
  const problems: DayProblem[] = [];
  const made: DaySpan[] = [];
  const widths = wanted.length === 0 ? null : await readWidths(session, tables);
  let isFull = present.length >= maxDays;
  for (const day of wanted) {
    const isMade = holds(made, day);
    if (isMade || isFull || !isPartitioned(day, now)) {
      (isMade ? created : left).push(day);
      continue;
    }
    const outcome = await ensureDay(session, catalogue, { day, widths }, options);
    if (typeof outcome === "object" && outcome !== null) {
      made.push(outcome);
      created.push(day);
    } else {
      left.push(day);
      if (outcome === null) isFull = true;
      else problems.push({ day, reason: outcome });
    }
    signal?.throwIfAborted();
  }
  return { created, left, problems };
}

function holds(spans: readonly DaySpan[], day: Day): boolean {
  return spans.some(({ from, to }) => from <= day && day < to);
}

/**
 * Makes the partition of a day; gives the reason when it can't be made, and its events go to the default partition meanwhile. Null where there are as
 * many partitions as may be.
 */
async function ensureDay(
  session: Session,
  catalogue: Catalogue,
  { day, widths }: { readonly day: Day; readonly widths: WidthChoice | null },
  { signal, timeoutMs, maxDays = MAX_PARTITIONS, lockTimeoutMs = DEFAULT_LOCK_TIMEOUT_MS }: EnsureDaysOptions,
): Promise<DaySpan | string | null> {
  const tables = storeTables(catalogue);
  const width = await widthOf(session, tables, day, widths ?? "day");
  let reason = "";
  for (let attempt = 1; attempt <= LOCK_ATTEMPTS; attempt++) {
    try {
      return await session.transaction(
        async (transaction) => {
          await limitLocks(transaction, lockTimeoutMs);
          await lockDays(transaction, tables);
          // Another process may have made it, or others, while this one waited for the lock.
          const taken = await presentSpans(transaction, tables);
          if (taken.length >= maxDays && !holds(taken, day)) return null;
          const span = freeSpan(widthSpan(day, width), day, taken);
          if (span === null) return taken.find((other) => holds([other], day)) ?? oneDay(day);
          const { relations } = await presentObjects(transaction, catalogue);
          await transaction.query(
            block([
              ...partitionedTables(tables).flatMap((table) => createPartition(table, span, relations)),
              ...onWorkersAlone(catalogue, [span]),
            ]),
          );
          return span;
        },
        { signal, timeoutMs, retry: false },
      );
    } catch (error) {
      if (!(error instanceof EventStorageError) || endsTheCall(error)) throw error;
      reason = error.message;
      if (!isBusy(error)) return reason;
    }
  }
  return reason;
}

/** Statements that leave the rows of new partitions on the workers of a cluster alone; none where there is no cluster. */
export function onWorkersAlone(catalogue: Catalogue, spans: readonly DaySpan[]): readonly string[] {
  if (!isSpread(catalogue)) return [];
  return partitionedTables(storeTables(catalogue)).flatMap(({ name }) =>
    spans.map((span) => forgetLocalRows(partitionName(name, span))),
  );
}

/**
 * The call itself is over. Anything else keeps only this day from being made (a missing right, a table of its name, a partition that
 * overlaps it, no room), which must not stop the events of all days.
 */
function endsTheCall(error: EventStorageError): boolean {
  if (error instanceof StorageConnectionError || error instanceof QueryCanceledError) return true;
  return error.code === "query_timeout" || error.code === "storage_closed";
}

/**
 * Makes the days that lie in the default partition because they could not be made when their events came, and with `ahead` today and that many days
 * after it.
 *
 * @throws DataError when `ahead` is not a whole number from 0 to {@link DAYS_AHEAD}
 */
export async function adoptDays(
  session: Session,
  catalogue: Catalogue,
  { ahead, ...options }: RefreshOptions = {},
): Promise<EnsuredDays> {
  if (ahead !== undefined && !(Number.isInteger(ahead) && ahead >= 0 && ahead <= DAYS_AHEAD))
    throw new DataError(
      `refresh: ahead is a whole number of days from 0 to ${DAYS_AHEAD}, not ${String(ahead)}`,
      {
        operation: "refresh",
      },
    );
  const strays = await strayDays(session, catalogue, options);
  const today = dayOfDate(new Date());
  const coming = ahead === undefined ? [] : Array.from({ length: ahead + 1 }, (_, offset) => today + offset);
  return ensureDays(session, catalogue, [...strays, ...coming], options);
}

/** Days of the default partition that could have partitions of their own; not those too far back or ahead. */
export async function strayDays(
  session: Session,
  catalogue: Catalogue,
  { signal, timeoutMs }: CallOptions = {},
): Promise<readonly Day[]> {
  const { events } = storeTables(catalogue);
  const time = identifier(events.partitionedBy ?? "");
  const { rows } = await session.query(
    `select distinct floor(extract(epoch from ${time}) / 86400)::int as day from ${identifier(partitionName(events.name, null))} ` +
      `where ${time} >= $1 and ${time} < $2`,
    [dayStart(FIRST_DAY), dayStart(dayOfDate(new Date()) + DAYS_AHEAD + 1)],
    { operation: "refresh", signal, timeoutMs },
  );
  return rows.map(({ day }) => Number(day));
}

/** Partitions of days that may still be made; 0 where there are as many as a store makes. */
export async function roomForDays(session: Session, catalogue: Catalogue): Promise<number> {
  const present = await presentSpans(session, storeTables(catalogue));
  return Math.max(0, MAX_PARTITIONS - present.length);
}

/** A partition that was dropped. */
export interface DroppedPartition extends DaySpan {
  /** Events that went with it. */
  readonly events: number;
}

/**
 * Drops all partitions whose days lie wholly before an instant, with their counters and roll-ups: each in a transaction of its own, oldest first.
 * Events of the partition in which the instant lies, and those in the default partition, stay.
 */
export async function dropPartitionsBefore(
  session: Session,
  catalogue: Catalogue,
  before: Date,
  { signal, timeoutMs }: CallOptions = {},
): Promise<readonly DroppedPartition[]> {
  const tables = storeTables(catalogue);
  const spans = (await presentSpans(session, tables)).filter(({ to }) => dayStart(to) <= before);
  const dropped: DroppedPartition[] = [];
  for (const span of spans) {
    // An attempt whose COMMIT had no answer has perhaps dropped it: then these are the events that went.
    let events = 0;
    const drop = async (transaction: Session): Promise<void> => {
      events = (await dropSpan(transaction, tables, span)) ?? events;
    };
    await withLockAttempts(session, drop, { signal, timeoutMs });
    dropped.push({ ...span, events });
  }
  return dropped;
}

/** Drops the partition of a span, and returns how many events it had; null where there is no such partition. */
async function dropSpan(transaction: Session, tables: StoreTables, span: DaySpan): Promise<number | null> {
  await lockDays(transaction, tables);
  // It may have been merged or split since it was listed: what lies before the instant still does, and comes with the next call.
  if (!(await presentSpans(transaction, tables)).some(({ from, to }) => from === span.from && to === span.to))
    return null;
  // First, as it waits for those who are inserting: their counters are there when it has the lock.
  await dropPartitions(transaction, tables, [span]);
  return forgetHours(transaction, tables, span);
}

/**
 * Deletes the counters and lists of a span and makes its roll-ups invalid, for the next refresh to sweep; returns how many events it had.
 * They can't be left as they are: its days may come again, and their hours reach the versions that they had.
 */
export async function forgetHours(
  session: Session,
  tables: StoreTables,
  { from, to }: DaySpan,
): Promise<number> {
  const { rows } = await session.query(
    `with rolled as (update ${identifier(tables.rollupHours.name)} set version = ${DROPPED_VERSION} where hour >= $1 and hour < $2), ` +
      `listed as (delete from ${identifier(tables.topDays.name)} where day >= $1 and day < $2), ` +
      `gone as (delete from ${identifier(tables.hours.name)} where hour >= $1 and hour < $2 returning inserted - deleted as events) ` +
      `select coalesce(sum(events), 0)::text as events from gone`,
    [dayStart(from), dayStart(to)],
  );
  return Number(rows[0]?.["events"] ?? 0);
}

/** One at a time makes, drops or changes partitions. */
export async function lockDays(session: Session, { events }: StoreTables): Promise<void> {
  await session.query(
    `select pg_advisory_xact_lock(hashtextextended('eventstore days ' || current_schema() || '.' || $1, 0))`,
    [events.name],
  );
}
