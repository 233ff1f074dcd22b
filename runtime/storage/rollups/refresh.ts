/** Bringing the roll-ups up to date. */
import type { Catalogue, StoredField } from "../../../compiler/catalogue/model.js";
import { identifier } from "../../../compiler/lower/fragment.js";
import { encodeArray } from "../../codecs/array.js";
import type { Session } from "../../execute/session.js";
import type { CallOptions } from "../../statement.js";
import { dynamicStatement, required } from "../dynamic-statement.js";
import { hourTables, rollupTables, type RollupTables } from "./hours.js";

/** Hours computed in one transaction: a fraction of a second of work. */
const HOURS_A_STEP = 24;

/** Dimension of the roll-up of all events of an hour, whatever their values: an event with two nodes must count once there. */
export const ALL_EVENTS = "";

/** The fields that are rolled up. */
function rollupFields(catalogue: Catalogue): readonly StoredField[] {
  return catalogue.fields.filter(
    (field): field is StoredField => field.kind === "stored" && field.rollup === true,
  );
}

/**
 * Computes the roll-ups of all hours that changed since they were computed, but for the current hour, which changes all the time.
 * Returns how many hours were computed. Safe beside ingest, deletes and other refreshes.
 */
export async function refreshRollups(
  session: Session,
  catalogue: Catalogue,
  options: CallOptions,
): Promise<number> {
  const tables = rollupTables(catalogue);
  const staleHours = dynamicStatement(
    `with ${hourTables(tables, false)} select hour::text from stale where hour < date_trunc('hour', now(), 'UTC') order by hour`,
    { operation: "refresh", cardinality: "many", decode: ([hour]) => required(hour) },
  );
  const stale = await session.run(staleHours, [], options);
  for (let next = 0; next < stale.length; next += HOURS_A_STEP) {
    const hours = stale.slice(next, next + HOURS_A_STEP);
    await session.transaction(
      async (transaction) => {
        // Two refreshes of the same hours would both insert their rows.
        await transaction.query(
          "select pg_advisory_xact_lock(hashtextextended('eventstore rollups ' || current_schema(), 0))",
        );
        await transaction.run(computeStatement(tables, catalogue), [encodeArray(hours)], options);
      },
      { signal: options.signal },
    );
  }
  return stale.length;
}

/** Replaces the roll-ups of some hours. One statement, so that versions and counts come from one snapshot. */
function computeStatement(tables: RollupTables, catalogue: Catalogue) {
  const { events, time, hours, rollups, rollupHours } = tables;
  const fields = rollupFields(catalogue);
  const columns = fields.map(({ column }) => identifier(column));
  const wanted = "(select unnest($1::timestamptz[]))";
  const counts = [
    `select '${ALL_EVENTS}' as dimension, hour, null::text as value, count(*) as count, count(*) as events from rows group by hour`,
    ...fields.map(countField),
  ];
  return dynamicStatement(
    `with target as materialized (select unnest($1::timestamptz[]) as hour), ` +
      `rows as materialized (select ${["target.hour", ...columns].join(", ")} from target join lateral (select * from ${events} ` +
      `where ${time} >= target.hour and ${time} < target.hour + interval '1 hour' offset 0) as e on true), ` +
      `forgotten as (delete from ${rollups} where hour in ${wanted}), ` +
      `computed as (insert into ${rollups} (dimension, hour, value, count, events) ${counts.join(" union all ")}) ` +
      `insert into ${rollupHours} (hour, version) select hour, sum(inserted) + sum(deleted) from ${hours} where hour in ${wanted} group by hour ` +
      `on conflict (hour) do update set version = excluded.version`,
    { operation: "refresh", cardinality: "none", idempotent: false, decode: () => undefined },
  );
}

/** Occurrences and events of each value of a field; null for the events without one. */
function countField({ name, column, list }: StoredField): string {
  const value = identifier(column);
  // A name from the catalogue, in a string of SQL.
  const dimension = `'${name.replaceAll("'", "''")}'`;
  if (!list)
    return `select ${dimension}, hour, ${value}::text, count(*), count(*) from rows group by hour, ${value}`;
  return (
    `select ${dimension}, hour, u.v::text, coalesce(sum(u.n), count(*))::bigint, count(*) from rows left join lateral ` +
    `(select v, count(*) as n from unnest(${value}) as x(v) group by v) as u on true group by hour, u.v`
  );
}
