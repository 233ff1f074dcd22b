/** Retention: removing what is older than a time. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { createClient } from "../../../generated/index.js";
import { dateToMicros, formatMicros } from "../../../compiler/values/time.js";
import { DataError } from "../../postgres/errors.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import { dynamicStatement } from "../dynamic-statement.js";
import { dropDays } from "../schema/index.js";
import { storeTable, timeColumn } from "../status/status.js";

const OPERATION = "tableCleanup";
/** Identifiers swept by one statement. */
const SWEEP = 50_000;

/**
 * Removes the rows whose `column` lies before `ttl` (strictly) and returns how many there were. Events by their partitioning time go with
 * whole days where they can; of the day in which `ttl` lies, and by other columns, they are deleted one by one.
 *
 * @throws DataError for a table that is not to be cleaned, an unknown column, an invalid date
 */
export async function tableCleanup(
  session: Session,
  catalogue: Catalogue,
  name: string,
  column: string,
  ttl: Date,
  options: CallOptions = {},
): Promise<number> {
  const tables = storeTables(catalogue);
  const { events, thresholds, thresholded } = tables;
  const cleanable = [events.name, thresholds.name, thresholded.name];
  const table = storeTable(name, catalogue, OPERATION);
  if (!cleanable.includes(table.name))
    throw new DataError(`${OPERATION}: ${name} is kept by the store itself; clean ${cleanable.join(", ")}`, {
      operation: OPERATION,
    });
  const time = timeColumn(table, column, OPERATION);
  if (Number.isNaN(ttl.getTime()))
    throw new DataError(`${OPERATION}: the time is an invalid Date`, { operation: OPERATION });
  if (table.name === events.name) return cleanEvents(session, catalogue, time, ttl, options);
  const client = createClient(session);
  const params = { before: ttl };
  const cleanups: Readonly<Record<string, () => Promise<number>>> = {
    "thresholds.thresholdtime": () => client.cleanThresholdsThresholdtime(params, options),
    "thresholds.relapsetime": () => client.cleanThresholdsRelapsetime(params, options),
    "thresholds.ttltime": () => client.cleanThresholdsTtltime(params, options),
    "events_thresholded.createtime": () => client.cleanEventsThresholdedCreatetime(params, options),
  };
  const clean = cleanups[`${table.name}.${time}`];
  if (!clean)
    throw new DataError(`${OPERATION}: ${table.name} is not cleaned by ${time}`, { operation: OPERATION });
  return clean();
}

async function cleanEvents(
  session: Session,
  catalogue: Catalogue,
  column: string,
  ttl: Date,
  options: CallOptions,
): Promise<number> {
  const byDay = column === storeTables(catalogue).events.partitionedBy;
  const dropped = byDay ? await dropDays(session, catalogue, ttl, options) : [];
  const limit = formatMicros(dateToMicros(ttl));
  const filter = (firstParameter: number) => ({
    text: `${identifier(column)} < $${firstParameter}::timestamptz`,
    values: [limit],
  });
  // Mostly nothing is left when the days are gone, and a deletion over all partitions is dear to plan.
  const left = !byDay || (await countedBefore(session, catalogue, limit, options));
  const deleted = left ? await createClient(session).deleteEvents(filter, options) : 0;
  return dropped.reduce((sum, { events }) => sum + events, deleted);
}

/** Whether an hour that begins before an instant has events, by its counters. */
function countedBefore(
  session: Session,
  catalogue: Catalogue,
  limit: string,
  options: CallOptions,
): Promise<boolean> {
  const statement = dynamicStatement(
    `select exists (select from ${identifier(storeTables(catalogue).hours.name)} where hour < $1::timestamptz ` +
      `group by hour having sum(inserted) > sum(deleted))`,
    { operation: OPERATION, cardinality: "one", decode: ([found]) => found === "t" },
  );
  return session.run(statement, [limit], options);
}

/** Removes the identifiers that dropped days left behind; they do no harm but take room. Returns how many there were. */
export async function sweepIdentifiers(
  session: Session,
  before: Date,
  options: CallOptions = {},
): Promise<number> {
  const client = createClient(session);
  let swept = 0;
  for (;;) {
    const slice = await client.sweepIds({ before, limit: SWEEP }, options);
    swept += slice;
    if (slice < SWEEP) return swept;
  }
}
