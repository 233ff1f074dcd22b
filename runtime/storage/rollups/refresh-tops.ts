/** Bringing the lists of the most frequent values up to date. */
import type { Catalogue, StoredField } from "../../../compiler/catalogue/model.js";
import type { Session } from "../../execute/session.js";
import type { CallOptions } from "../../statement.js";
import { countedField } from "../dashboards/field-values.js";
import { dynamicStatement, required } from "../dynamic-statement.js";
import { DAY_LENGTH, dayVersions } from "./days.js";
import { dimensionOf, rollupFields, rollupTables, type RollupTables } from "./hours.js";
import { lockRollups } from "./lock.js";

/** Values listed for each day. What is not listed is bounded by the last of them, which of skewed data is little. */
export const LISTED_VALUES = 1_000;
/** Longest list that may be asked for. */
export const MOST_LISTED_VALUES = 100_000;

/**
 * Lists the most frequent values of all days before today that changed since they were listed, each day in a transaction of its own.
 * Safe beside ingest, deletes and other refreshes.
 */
export async function refreshTops(
  session: Session,
  catalogue: Catalogue,
  values: number,
  options: CallOptions,
): Promise<void> {
  const fields = rollupFields(catalogue, "top");
  if (fields.length === 0) return;
  const tables = rollupTables(catalogue);
  const compute = computeStatement(tables, catalogue, fields);
  for (const day of await session.run(staleDays(tables, fields), [], options))
    await session.transaction(
      async (transaction) => {
        await lockRollups(transaction);
        await transaction.run(compute, [day, String(values)], options);
      },
      { signal: options.signal },
    );
}

/** Days for which a field has no valid list: a field that was marked later has none for the days before. */
function staleDays(tables: RollupTables, fields: readonly StoredField[]) {
  return dynamicStatement(
    `with ${dayVersions(tables)} select day::text from versions where day < date_trunc('day', now(), 'UTC') and (select count(*) from ` +
      `${tables.topDays} as l where l.day = versions.day and l.version = versions.version ` +
      `and dimension in (${fields.map(dimensionOf).join(", ")})) < ${fields.length} order by day`,
    { operation: "refresh", cardinality: "many", decode: ([day]) => required(day) },
  );
}

/** Replaces the lists of the day $1 with $2 values each. One statement, so that versions and counts come from one snapshot. */
function computeStatement(tables: RollupTables, catalogue: Catalogue, fields: readonly StoredField[]) {
  const { events, time, hours, topDays } = tables;
  const within = (column: string) =>
    `${column} >= $1::timestamptz and ${column} < $1::timestamptz + ${DAY_LENGTH}`;
  const tallies = fields.map(({ name }, position) => {
    const { expression } = countedField(name, catalogue, "refresh");
    return (
      `tally_${position} as materialized (select v, count(*) as n from ` +
      `(select ${expression} as v from ${events} where ${within(time)}) as e group by v)`
    );
  });
  const lists = fields.map(
    (field, position) =>
      `select $1::timestamptz, ${dimensionOf(field)}, (select version from day), ` +
      `(select coalesce(sum(n), 0) from tally_${position}), (select coalesce(sum(n), 0) from tally_${position} where v is null), ` +
      `coalesce(counts[$2::integer + 1], 0), coalesce(listed[:$2::integer], '{}'), coalesce(counts[:$2::integer], '{}') from ` +
      // One more than is listed: the bound of all that are not.
      `(select array_agg(v::text order by n desc, v) as listed, array_agg(n order by n desc, v) as counts from ` +
      `(select v, n from tally_${position} where v is not null order by n desc, v limit $2::integer + 1) as most) as arrays`,
  );
  return dynamicStatement(
    `with day as materialized (select sum(inserted) + sum(deleted) as version from ${hours} where ${within("hour")}), ` +
      `${tallies.join(", ")} insert into ${topDays} (day, dimension, version, total, missing, bound, top_values, top_counts) ` +
      `${lists.join(" union all ")} on conflict (day, dimension) do update set version = excluded.version, total = excluded.total, ` +
      `missing = excluded.missing, bound = excluded.bound, top_values = excluded.top_values, top_counts = excluded.top_counts`,
    { operation: "refresh", cardinality: "none", idempotent: false, decode: () => undefined },
  );
}
