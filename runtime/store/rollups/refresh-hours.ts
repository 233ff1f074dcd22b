/** Bringing the roll-ups by hour up to date. */
import type { Catalogue, StoredField } from "../../../compiler/catalogue/model.js";
import { DROPPED_VERSION } from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { encodeArray } from "../../../compiler/values/array.js";
import { readDate } from "../../postgres/wire.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import { dynamicStatement, required } from "../dynamic-statement.js";
import { dimensionOf, hourTables, rollupFields, rollupTables, type RollupTables } from "./hours.js";

/** Hours computed in one transaction: a fraction of a second of work. */
const HOURS_A_STEP = 24;

/**
 * Computes the roll-ups of all hours that changed since they were computed, but for the current hour, which changes all the time.
 * Returns the starts of these hours, in order. Safe beside ingest, deletes and other refreshes.
 */
export async function refreshHours(
  session: Session,
  catalogue: Catalogue,
  options: CallOptions,
): Promise<readonly Date[]> {
  const tables = rollupTables(catalogue);
  await sweepDropped(session, catalogue, tables, options);
  const staleHours = dynamicStatement(
    `with ${hourTables(tables, false)} select hour::text from stale where hour < date_trunc('hour', now(), 'UTC') order by hour`,
    { operation: "refresh", cardinality: "many", decode: ([hour]) => required(hour) },
  );
  const stale = await session.run(staleHours, [], options);
  for (let next = 0; next < stale.length; next += HOURS_A_STEP) {
    const hours = stale.slice(next, next + HOURS_A_STEP);
    await session.transaction(
      async (transaction) => {
        await lockRollups(transaction);
        await transaction.run(computeStatement(tables, catalogue), [encodeArray(hours)], options);
      },
      { signal: options.signal, timeoutMs: options.timeoutMs },
    );
  }
  return stale.map(readDate);
}

/** Waits for other refreshes: two that compute the same hours would both insert their rows. */
async function lockRollups(transaction: Session): Promise<void> {
  await transaction.query(
    "select pg_advisory_xact_lock(hashtextextended('eventstore rollups ' || current_schema(), 0))",
  );
}

/** Deletes the roll-ups of hours that were dropped with their day; no reader takes them for valid. */
async function sweepDropped(
  session: Session,
  catalogue: Catalogue,
  tables: RollupTables,
  options: CallOptions,
): Promise<void> {
  const { rollups, rollupHours } = tables;
  const statement = dynamicStatement(
    `with dropped as (delete from ${rollupHours} where version = ${DROPPED_VERSION} returning hour) ` +
      `delete from ${rollups} where dimension in (${dimensions(catalogue)}) and hour in (select hour from dropped)`,
    { operation: "refresh", cardinality: "none", idempotent: false, decode: () => undefined },
  );
  await session.transaction(
    async (transaction) => {
      await lockRollups(transaction);
      await transaction.run(statement, [], options);
    },
    { signal: options.signal, timeoutMs: options.timeoutMs },
  );
}

/** All dimensions, as a list of SQL: with them the key's index finds the roll-ups of an hour. */
function dimensions(catalogue: Catalogue): string {
  return rollupFields(catalogue, "all").map(dimensionOf).join(", ");
}

/** Replaces the roll-ups of some hours. One statement, so that versions and counts come from one snapshot. */
function computeStatement(tables: RollupTables, catalogue: Catalogue) {
  const { events, time, hours, rollups, rollupHours } = tables;
  const fields = rollupFields(catalogue, "all");
  const columns = fields.map(({ column }) => identifier(column));
  const wanted = "any($1::timestamptz[])";
  return dynamicStatement(
    `with target as materialized (select unnest($1::timestamptz[]) as hour), ` +
      `rows as materialized (select ${["target.hour", ...columns].join(", ")} from target join lateral (select * from ${events} ` +
      `where ${time} >= target.hour and ${time} < target.hour + interval '1 hour' offset 0) as e on true), ` +
      `forgotten as (delete from ${rollups} where dimension in (${dimensions(catalogue)}) and hour = ${wanted}), ` +
      `computed as (insert into ${rollups} (dimension, hour, value, count, events) ${fields.map(countField).join(" union all ")}) ` +
      `insert into ${rollupHours} (hour, version, fields) select hour, sum(inserted) + sum(deleted), ${tables.fields} from ${hours} ` +
      `where hour = ${wanted} group by hour ` +
      `on conflict (hour) do update set version = excluded.version, fields = excluded.fields`,
    { operation: "refresh", cardinality: "none", idempotent: false, decode: () => undefined },
  );
}

/** Occurrences and events of each value of a field; null for the events without one. */
function countField(field: StoredField): string {
  const value = identifier(field.column);
  const dimension = dimensionOf(field);
  if (!field.list)
    return `select ${dimension}, hour, ${value}::text, count(*), count(*) from rows group by hour, ${value}`;
  return (
    `select ${dimension}, hour, u.v::text, coalesce(sum(u.n), count(*))::bigint, count(*) from rows left join lateral ` +
    `(select v, count(*) as n from unnest(${value}) as x(v) group by v) as u on true group by hour, u.v`
  );
}
