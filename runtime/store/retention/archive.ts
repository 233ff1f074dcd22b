/** Archives: partitions of the past whose events are written somewhere else before they are dropped. */
import { argumentError } from "../../../compiler/values/errors.js";
import { dayOfDate, dayStart, partitionName, type DaySpan } from "../../../compiler/schema/day.js";
import { parsePgTimestamp } from "../../../compiler/values/time.js";
import { EventStorageError } from "../../postgres/errors.js";
import { mayPass } from "../../postgres/patient.js";
import type { Session } from "../../postgres/session.js";
import { readText } from "../../postgres/wire.js";
import type { StoreContext } from "../context.js";
import { partitionVersion } from "../schema/change-partitions.js";
import { forgetHours, lockDays } from "../schema/days.js";
import { dropPartitions } from "../schema/drop.js";
import { withLockAttempts } from "../schema/locks.js";
import { presentSpans } from "../schema/present.js";
import type { ArchivedEvent, ArchiveOptions, ArchiveReport } from "../types/upkeep.js";
import { sweepIdentifiers } from "./cleanup.js";

const OPERATION = "archivePartitions";
/** How often a partition is written again because events came or went while it was being written. */
const ATTEMPTS = 3;

/** Something was stored or deleted while the partition was being written. */
class Changed extends Error {
  override readonly name = "Changed";
}

/**
 * Hands the events of each partition that lies wholly before a time to `write`, and drops the partition once that has resolved. A partition that
 * changed meanwhile is written again: what is dropped is what was written.
 *
 * @throws DataError for partitions that are not over yet
 * @throws EventStorageError `transaction_conflict`, retryable, for one that keeps changing; `storage_error` where its counters and rows disagree
 */
export async function archivePartitions(
  session: Session,
  context: StoreContext,
  { before, write, onProgress, ...options }: ArchiveOptions,
): Promise<ArchiveReport> {
  const { tables } = context;
  const today = dayOfDate(new Date());
  if (before > dayStart(today))
    throw argumentError(OPERATION, "before is no later than the beginning of today");
  const limits = { timeoutMs: 0, ...options };
  const spans = (await presentSpans(session, tables)).filter(({ to }) => dayStart(to) <= before);
  let events = 0;
  for (const span of spans) {
    const archived = await archiveSpan(session, context, { span, write }, limits);
    events += archived;
    onProgress?.(`${partitionName(tables.events.name, span)}: ${archived} events archived`);
  }
  const last = spans.at(-1);
  if (last !== undefined) await sweepIdentifiers(session, context, dayStart(last.to), limits);
  return { partitions: spans.length, events };
}

interface SpanRequest extends Pick<ArchiveOptions, "write"> {
  readonly span: DaySpan;
}

async function archiveSpan(
  session: Session,
  context: StoreContext,
  { span, write }: SpanRequest,
  limits: Pick<ArchiveOptions, "signal" | "timeoutMs">,
): Promise<number> {
  const { tables } = context;
  for (let attempt = 1; ; attempt++) {
    const version = await partitionVersion(session, tables, { sources: [span] });
    const counted = { events: 0 };
    try {
      await write({
        name: partitionName(tables.events.name, span),
        from: dayStart(span.from),
        to: dayStart(span.to),
        events: eventsOf(session, context, span, counted, limits),
      });
      const written = { version, events: counted.events };
      let dropped: number | null = null;
      const drop = async (transaction: Session): Promise<number> =>
        (dropped = await dropWritten(transaction, context, span, { ...written, dropped }));
      return await withLockAttempts(session, drop, limits);
    } catch (error) {
      // A connection that was lost while the events were read: they are read again.
      if (!(error instanceof Changed) && (attempt === ATTEMPTS || !mayPass(error))) throw error;
      if (attempt === ATTEMPTS)
        throw new EventStorageError(
          `events of ${partitionName(tables.events.name, span)} come or go all the time`,
          { operation: OPERATION, code: "transaction_conflict", retryable: true },
        );
    }
  }
}

/** A partition that was handed over. */
interface Written {
  readonly version: string;
  readonly events: number;
  /** Events that went with it in an attempt before, whose COMMIT had no answer; null where there was none. */
  readonly dropped: number | null;
}

/** Drops the partition, unless it is not what was written. */
async function dropWritten(
  transaction: Session,
  { tables }: StoreContext,
  span: DaySpan,
  written: Written,
): Promise<number> {
  await lockDays(transaction, tables);
  const present = await presentSpans(transaction, tables);
  if (!present.some(({ from, to }) => from === span.from && to === span.to)) {
    if (written.dropped !== null) return written.dropped;
    throw new Changed();
  }
  // First, as it waits for those who are inserting: their counters are there when it has the lock.
  await dropPartitions(transaction, tables, [span]);
  if ((await partitionVersion(transaction, tables, { sources: [span] })) !== written.version)
    throw new Changed();
  const events = await forgetHours(transaction, tables, span);
  if (events === written.events) return events;
  const name = partitionName(tables.events.name, span);
  throw new EventStorageError(
    `${name} has ${events} events by its counters, and ${written.events} could be written; run \`eventstore verify --repair\`, then archive it`,
    { operation: OPERATION },
  );
}

async function* eventsOf(
  session: Session,
  { connect, tables }: StoreContext,
  span: DaySpan,
  counted: { events: number },
  limits: Pick<ArchiveOptions, "signal" | "timeoutMs">,
): AsyncGenerator<ArchivedEvent, void, undefined> {
  const slots = {
    events: partitionName(tables.events.name, span),
    texts: partitionName(tables.json.name, span),
  };
  for await (const { stored, event } of connect(session).archiveEvents(slots, limits)) {
    counted.events++;
    yield { event, storedAt: parsePgTimestamp(readText(stored)) };
  }
}
