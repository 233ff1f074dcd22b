/**
 * Which hours and days the roll-ups can tell, as SQL that every reader puts in front of its statement.
 *
 * A roll-up of an hour is valid while the hour's version (inserted plus deleted events, which only grows) is the one it was computed
 * at, and the fields that are rolled up are those of then. Reader and roll-up are compared within one snapshot, so an event is counted by
 * the roll-up or by the scan, never by both.
 */
import type { Catalogue, StoredField } from "../../../compiler/catalogue/model.js";
import { identifier, stringLiteral } from "../../../compiler/sql/fragment.js";
import { storeNames } from "../../../compiler/sql/store-names.js";
import type { SlotSpecs } from "../../../compiler/sql/template.js";
import { staleSource } from "./alone-statements.js";
import { dimensionOf, rollupFields } from "./field-statements.js";

/** The names of the fields that are rolled up by the hour, as a string of SQL. */
export function rolledFields(catalogue: Catalogue): string {
  return stringLiteral(
    rollupFields(catalogue, "all")
      .map(({ name }) => name)
      .join(" "),
  );
}

/** All hours, or those within `[$1, $2)`. */
export type HourSpan = "all" | "bounded";

/** Condition of hours within `[$1, $2)`. */
export const WITHIN_BOUNDS = "hour >= $1::timestamptz and hour < $2::timestamptz";

/**
 * Common table expressions `valid(hour)` and `stale(hour)`: the hours with events whose roll-up can be used, and those that have to be
 * scanned.
 */
export function hourTables(catalogue: Catalogue, span: HourSpan): string {
  const { hours, rollupHours } = storeNames(catalogue);
  const within = span === "bounded" ? ` where ${WITHIN_BOUNDS}` : "";
  return (
    `versions as materialized (select hour, sum(inserted) + sum(deleted) as version from ${hours}${within} group by hour), ` +
    `valid as materialized (select hour from versions join ${rollupHours} using (hour, version) where fields = ${rolledFields(catalogue)}), ` +
    `stale as materialized (select hour from versions except all select hour from valid)`
  );
}

/**
 * Rows of the searched table within the hours of `stale`, as a lateral item named `alias`: each hour is read through the time's index. The slot
 * `rows` says which partitions may be locked for it, as the hours are not known when the statement is planned.
 */
export function staleRows(catalogue: Catalogue, alias: string): string {
  const { time, fence } = storeNames(catalogue);
  return (
    `stale cross join lateral (select * from ${staleSource(catalogue)} where ${time} >= stale.hour ` +
    `and ${time} < stale.hour + interval '1 hour' and {rows}${fence}) as ${alias}`
  );
}

/**
 * The roll-ups of a dimension at valid hours, as an item with `hour`, `value` and `events`. How many hours are valid the planner can't know, and
 * takes them for few: so what there is of the dimension is read first, as a whole, and the hours are looked up in it. Looking for each hour of a
 * year by the index read 78,000 pages of roll-ups where there are 1,200.
 */
export function rolledRows(catalogue: Catalogue, condition = ""): string {
  const { rollups, fence } = storeNames(catalogue);
  const further = condition === "" ? "" : ` and ${condition}`;
  return (
    `(select hour, value, events from ${rollups} where dimension = {dimension}${further}${fence}) as r ` +
    `join valid using (hour)`
  );
}

/** Condition of all dimensions: with them the key's index finds the roll-ups of an hour. */
export function ofDimensions(catalogue: Catalogue): string {
  const dimensions = rollupFields(catalogue, "all").map(dimensionOf).join(", ");
  return dimensions === "" ? "" : `dimension in (${dimensions}) and `;
}

/** Common table expressions that replace the roll-ups of the wanted hours by what rows say; `rows`: where these are, with `hour` and the columns of the fields. */
export function replaceRollups(catalogue: Catalogue, rows: string, wanted: string): string {
  const { rollups } = storeNames(catalogue);
  const counts = rollupFields(catalogue, "all").map((field) => countField(field, rows));
  return (
    `forgotten as (delete from ${rollups} where ${ofDimensions(catalogue)}hour = ${wanted}), ` +
    `computed as (insert into ${rollups} (dimension, hour, value, count, events) ${counts.join(" union all ")})`
  );
}

/**
 * Occurrences and events of each value of a field; null for the events without one. Equal lists, of which there are few, are counted before they
 * are taken apart.
 */
function countField(field: StoredField, rows: string): string {
  const value = identifier(field.column);
  const dimension = dimensionOf(field);
  const grouped = `select hour, ${value} as given, count(*) as n from ${rows} group by 1, 2`;
  if (!field.list) return `select ${dimension}, hour, given::text, n, n from (${grouped}) as g`;
  return (
    `select ${dimension}, hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (${grouped}) as g left join lateral ` +
    `(select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v`
  );
}

/** Statement that says that some hours are rolled up as they are now. */
export function markHours(catalogue: Catalogue, wanted: string): string {
  const { hours, rollupHours } = storeNames(catalogue);
  return (
    `insert into ${rollupHours} (hour, version, fields) select hour, sum(inserted) + sum(deleted), ${rolledFields(catalogue)} from ${hours} ` +
    `where hour = ${wanted} group by hour ` +
    `on conflict (hour) do update set version = excluded.version, fields = excluded.fields`
  );
}

/** The slot of {@link staleRows}. */
export const ROWS = { rows: { kind: "filter" } } as const satisfies SlotSpecs;

/** Scalar: the days of `stale`, numbered from 1970, with commas between them; null where nothing is stale. */
export function staleDaysOf(column: "hour" | "day"): string {
  return `(select string_agg(distinct floor(extract(epoch from ${column}) / 86400)::text, ',') from stale)`;
}

/** The start of the hour of a time, in UTC: cheaper than `date_trunc` with a zone. */
export function hourOf(time: string): string {
  return `date_bin(interval '1 hour', ${time}, timestamptz '2000-01-01 00:00:00+00')`;
}

/** Length of a day in UTC; an interval of 1 day would be one of the session's zone. */
export const DAY_LENGTH = "interval '24 hours'";

/** Common table expression `versions(day, version)`: the days that have had events. Those of a day are the sums over its hours. */
export function dayVersions(catalogue: Catalogue): string {
  const day = `date_bin(${DAY_LENGTH}, hour, timestamptz '2000-01-01 00:00:00+00')`;
  const { hours } = storeNames(catalogue);
  return `versions as materialized (select ${day} as day, sum(inserted) + sum(deleted) as version from ${hours} group by 1)`;
}
