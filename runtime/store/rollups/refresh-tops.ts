/** Bringing the lists of the most frequent values up to date. */
import type { Catalogue, StoredField } from "../../../compiler/catalogue/model.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions, WireRow } from "../../postgres/statement.js";
import { countedField } from "../dashboards/field-values.js";
import { dynamicStatement, required } from "../dynamic-statement.js";
import { DAY_LENGTH, dayVersions } from "./days.js";
import { dimensionOf, rollupFields, rollupTables, type RollupTables } from "./hours.js";

/** Values listed for each day. What is not listed is bounded by the last of them, which of skewed data is little. */
export const LISTED_VALUES = 1_000;
/** Longest list that may be asked for. */
export const MOST_LISTED_VALUES = 100_000;

/**
 * Lists the most frequent values of each field for all days before today that changed since they were listed, so many values each. Safe
 * beside ingest, deletes and other refreshes: of two that list the same day, the list that stays may be invalid, but not wrong.
 */
export async function refreshTops(
  session: Session,
  catalogue: Catalogue,
  values: number,
  options: CallOptions,
): Promise<void> {
  const tables = rollupTables(catalogue);
  for (const field of rollupFields(catalogue, "top")) {
    const list = listStatement(tables, catalogue, field);
    for (const day of await session.run(staleDays(tables, field), [], options))
      await session.run(list, [day, String(values)], options);
  }
}

/** Days without a valid list; of a field that was marked later these are all. */
function staleDays(tables: RollupTables, field: StoredField) {
  return dynamicStatement(
    `with ${dayVersions(tables)} select day::text from versions where day < date_trunc('day', now(), 'UTC') and not exists ` +
      `(select from ${tables.topDays} as l where l.day = versions.day and l.dimension = ${dimensionOf(field)} ` +
      `and l.version = versions.version) order by day`,
    { operation: "refresh", cardinality: "many", decode: ([day]: WireRow) => required(day) },
  );
}

/** Replaces the list of the day $1 by one of $2 values. One statement, so that version and counts come from one snapshot. */
function listStatement(tables: RollupTables, catalogue: Catalogue, field: StoredField) {
  const { events, time, hours, topDays } = tables;
  const { expression } = countedField(field.name, catalogue, "refresh");
  const within = (column: string): string =>
    `${column} >= $1::timestamptz and ${column} < $1::timestamptz + ${DAY_LENGTH}`;
  const text =
    // Without a version where the day was dropped meanwhile.
    `with day as (select sum(inserted) + sum(deleted) as version from ${hours} where ${within("hour")}), ` +
    `tally as materialized (select v, count(*) as n from (select ${expression} as v from ${events} where ${within(time)}) as e group by v), ` +
    // One more than is listed: the bound of all that are not.
    `most as (select v, n from tally where v is not null order by n desc, v limit $2::integer + 1), ` +
    `list as (select array_agg(v::text order by n desc, v) as values, array_agg(n order by n desc, v) as counts from most) ` +
    `insert into ${topDays} (day, dimension, version, total, missing, bound, top_values, top_counts) ` +
    `select $1::timestamptz, ${dimensionOf(field)}, day.version, (select coalesce(sum(n), 0) from tally), (select coalesce(sum(n), 0) from tally where v is null), ` +
    `coalesce(list.counts[$2::integer + 1], 0), coalesce(list.values[:$2::integer], '{}'), coalesce(list.counts[:$2::integer], '{}') from list cross join day where day.version is not null ` +
    `on conflict (day, dimension) do update set version = excluded.version, total = excluded.total, missing = excluded.missing, ` +
    `bound = excluded.bound, top_values = excluded.top_values, top_counts = excluded.top_counts`;
  return dynamicStatement(text, { operation: "refresh", cardinality: "none", decode: () => undefined });
}
