/** Retention: removing what is older than a time. */
import { argumentError } from "../../../compiler/values/errors.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { dateToMicros } from "../../../compiler/values/time.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions, FilterSource } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { dropPartitionsBefore } from "../schema/index.js";
import { EVERYTHING, overSlices, slicesOf } from "../slices/slices.js";
import { byBatches, counting } from "./delete.js";
import { storeTable, timeColumn } from "../status/status.js";

const OPERATION = "tableCleanup";
/** Identifiers swept by one statement. */
const SWEEP = 50_000;

/** Sessions that go on after lost connections: for steps that may be made twice, and for those whose result counts what they did. */
export interface CleanupSessions {
  readonly dropping: Session;
  readonly deleting: Session;
}

/** What is removed: the rows of a table whose time in a column lies before `ttl`. */
interface Cleanup {
  readonly table: string;
  readonly column: string;
  readonly ttl: Date;
}

/**
 * Removes the rows whose `column` lies before `ttl` (strictly) and returns how many there were. Events by their partitioning time go with
 * whole partitions where they can; of the partition in which `ttl` lies, and by other columns, they are deleted one by one.
 *
 * @throws DataError for a table that is not to be cleaned, an unknown column, an invalid date
 */
export async function tableCleanup(
  sessions: CleanupSessions,
  context: StoreContext,
  { table: name, column, ttl }: Cleanup,
  options: CallOptions = {},
): Promise<number> {
  const { catalogue, tables } = context;
  const { events, thresholds, thresholded } = tables;
  const cleanable = [events.name, thresholds.name, thresholded.name];
  const table = storeTable(name, catalogue, OPERATION);
  if (!cleanable.includes(table.name))
    throw argumentError(OPERATION, `${name} is kept by the store itself; clean ${cleanable.join(", ")}`);
  const time = timeColumn(table, column, OPERATION);

  if (table.name === events.name) return cleanEvents(sessions, context, { column: time, ttl }, options);
  const client = context.connect(sessions.deleting);
  const params = { before: ttl };
  const cleanups: Readonly<Record<string, () => Promise<number>>> = {
    [`${thresholds.name}.thresholdtime`]: () => client.cleanThresholdsThresholdtime(params, options),
    [`${thresholds.name}.relapsetime`]: () => client.cleanThresholdsRelapsetime(params, options),
    [`${thresholds.name}.ttltime`]: () => client.cleanThresholdsTtltime(params, options),
    [`${thresholded.name}.createtime`]: () => client.cleanEventsThresholdedCreatetime(params, options),
  };
  const clean = cleanups[`${table.name}.${time}`];
  if (!clean) throw argumentError(OPERATION, `${table.name} is not cleaned by ${time}`);
  return clean();
}

async function cleanEvents(
  { dropping, deleting }: CleanupSessions,
  context: StoreContext,
  { column, ttl }: Omit<Cleanup, "table">,
  options: CallOptions,
): Promise<number> {
  const byDay = column === context.tables.events.partitionedBy;
  const dropped = byDay ? await dropPartitionsBefore(dropping, context.catalogue, ttl, options) : [];
  const client = context.connect(deleting);
  const params = { before: ttl };
  // Mostly nothing is left when the days are gone, and a deletion over all partitions is dear to plan.
  const left = !byDay || (await client.hasOldEvents(params, options)).found;
  const gone = dropped.reduce((sum, { events }) => sum + events, 0);
  if (!left) return gone;
  return counting(context, gone, (add) =>
    deleteOld(deleting, context, { column, byDay, before: ttl, add }, options),
  );
}

/** Events that are old by a column. */
interface OldEvents {
  readonly column: string;
  /** Partitions are made by the column. */
  readonly byDay: boolean;
  readonly before: Date;
  /** Told of those that were deleted. */
  readonly add: (events: number) => void;
}

/** Deletes single events by their age, of partitions that may have any. */
async function deleteOld(
  session: Session,
  context: StoreContext,
  { column, byDay, before, add }: OldEvents,
  options: CallOptions,
): Promise<void> {
  const bounds = { from: null, to: byDay ? dateToMicros(before) : null };
  const aged: FilterSource = (first) => ({
    text: `${identifier(column)} < $${first}::timestamptz`,
    values: [before.toISOString()],
  });
  const slices = await slicesOf(session, context, { slot: aged, bounds: () => bounds }, options);
  if (slices.length === 1)
    return add(await context.connect(session).deleteOldEvents({ column }, { before }, options));
  await overSlices(slices, options, async ({ client, filter, textSpan }, left) =>
    add(await client.deleteSlice({ filter, texts: textSpan }, left)),
  );
}

/** Removes the identifiers that dropped days left behind; they do no harm but take room. Returns how many there were. */
export async function sweepIdentifiers(
  session: Session,
  context: StoreContext,
  before: Date,
  options: CallOptions = {},
): Promise<number> {
  const bounds = { from: null, to: dateToMicros(before) };
  const all = { slot: EVERYTHING, bounds: () => bounds };
  const slices = await slicesOf(session, context, all, options);
  const params = { before, limit: SWEEP };
  const swept = await overSlices(slices, options, ({ client, span, textSpan }, left) =>
    byBatches(SWEEP, () =>
      slices.length === 1
        ? client.sweepIds(params, left)
        : client.sweepSlice({ span, texts: textSpan }, params, left),
    ),
  );
  return swept.reduce((sum, ids) => sum + ids, 0);
}
