/** The statements that bring the roll-ups, the lists of the most frequent values and the indexes up to date. */
import type { Catalogue, StoredField } from "../../../compiler/catalogue/model.js";
import { isSpread } from "../../../compiler/catalogue/spread.js";
import { DROPPED_VERSION, storeTables } from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import {
  column,
  nullable,
  operation,
  parameter,
  type OperationSpec,
} from "../../../compiler/sql/operation.js";
import { TABLE } from "../../../compiler/sql/slots.js";
import { storeNames } from "../../../compiler/sql/store-names.js";
import { combinationOperations } from "./combination-statements.js";
import { dimensionOf, dimensionSlot, rollupFields, setSlot } from "./field-statements.js";
import { DAY_LENGTH, dayVersions, hourTables, rolledFields, ROWS } from "./hour-statements.js";

/** The operations of `refresh`. */
export function rollupOperations(catalogue: Catalogue): readonly OperationSpec[] {
  return [
    lockRollups,
    sweepRollups(catalogue),
    staleHours(catalogue),
    rollUpHours(catalogue),
    ...topLists(catalogue),
    ...combinationOperations(catalogue),
    lockTable(catalogue),
    isSpread(catalogue) ? { ...sortIndexes, text: sortShards } : sortIndexes,
    ...refreshTime(catalogue),
  ];
}

/** Waits for other refreshes: two that compute the same hours would both insert their rows. */
const lockRollups: OperationSpec = operation({
  name: "lockRollups",
  operation: "refresh",
  description:
    "Waits until no other transaction computes roll-ups, and keeps others waiting until this one ends",
  cardinality: "none",
  text: "select pg_advisory_xact_lock(hashtextextended('eventstore rollups ' || current_schema(), 0))",
});

/** Deletes the roll-ups of hours that were dropped with their day; no reader takes them for valid. */
function sweepRollups(catalogue: Catalogue): OperationSpec {
  const { rollups, rollupHours } = storeNames(catalogue);
  return operation({
    name: "sweepRollups",
    operation: "refresh",
    description: "Deletes the roll-ups of hours that went with their day",
    cardinality: "none",
    idempotent: false,
    text:
      `with dropped as (delete from ${rollupHours} where version = ${DROPPED_VERSION} returning hour) ` +
      `delete from ${rollups} where ${ofDimensions(catalogue)}hour in (select hour from dropped)`,
  });
}

/** Condition of all dimensions: with them the key's index finds the roll-ups of an hour. */
function ofDimensions(catalogue: Catalogue): string {
  const dimensions = rollupFields(catalogue, "all").map(dimensionOf).join(", ");
  return dimensions === "" ? "" : `dimension in (${dimensions}) and `;
}

function staleHours(catalogue: Catalogue): OperationSpec {
  return operation({
    name: "staleHours",
    operation: "refresh",
    description: "Hours before the current one that changed since they were rolled up, oldest first",
    cardinality: "many",
    columns: [column("hour", "start of the hour, as the server prints it", "text")],
    text: `with ${hourTables(catalogue, "all")} select hour::text from stale where hour < date_trunc('hour', now(), 'UTC') order by hour`,
  });
}

/** Replaces the roll-ups of some hours. One statement, so that versions and counts come from one snapshot. */
function rollUpHours(catalogue: Catalogue): OperationSpec {
  const { hours, rollupHours } = storeNames(catalogue);
  const wanted = "any($1::timestamptz[])";
  const counted = rollupFields(catalogue, "all").length === 0 ? "" : `with ${computed(catalogue, wanted)} `;
  return operation({
    name: "rollUpHours",
    operation: "refresh",
    description: "Computes the roll-ups of some hours",
    cardinality: "none",
    idempotent: false,
    parameters: [parameter("hours", "starts of the hours", "timestamptz[]")],
    text:
      `${counted}insert into ${rollupHours} (hour, version, fields) select hour, sum(inserted) + sum(deleted), ${rolledFields(catalogue)} from ${hours} ` +
      `where hour = ${wanted} group by hour ` +
      `on conflict (hour) do update set version = excluded.version, fields = excluded.fields`,
    slots: ROWS,
  });
}

function computed(catalogue: Catalogue, wanted: string): string {
  const { events, time, rollups, fence } = storeNames(catalogue);
  const fields = rollupFields(catalogue, "all");
  const columns = fields.map(({ column: name }) => identifier(name));
  return (
    `target as materialized (select unnest($1::timestamptz[]) as hour), ` +
    `rows as materialized (select ${["target.hour", ...columns].join(", ")} from target join lateral (select * from ${events} ` +
    `where ${time} >= target.hour and ${time} < target.hour + interval '1 hour' and {rows}${fence}) as e on true), ` +
    `forgotten as (delete from ${rollups} where ${ofDimensions(catalogue)}hour = ${wanted}), ` +
    `computed as (insert into ${rollups} (dimension, hour, value, count, events) ${fields.map(countField).join(" union all ")})`
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

/** For fields with many values: which days lack a list of the most frequent ones, and the making of one. */
function topLists(catalogue: Catalogue): readonly OperationSpec[] {
  const [field] = rollupFields(catalogue, "top");
  if (field === undefined) return [];
  return [staleDays(catalogue, field), listDay(catalogue, field)];
}

function staleDays(catalogue: Catalogue, { name }: StoredField): OperationSpec {
  const { topDays, anything } = storeNames(catalogue);
  return operation({
    name: "staleDays",
    operation: "refresh",
    description:
      "Days before today without a valid list of the most frequent values of a field, oldest first",
    cardinality: "many",
    columns: [column("day", "start of the day, as the server prints it", "text")],
    text:
      `with ${dayVersions(catalogue)} select day::text from versions where day < date_trunc('day', now(), 'UTC') and not exists ` +
      `(${anything} from ${topDays} as l where l.day = versions.day and l.dimension = {dimension} ` +
      `and l.version = versions.version) order by day`,
    slots: { dimension: dimensionSlot(catalogue) },
    example: { dimension: name },
  });
}

/** Replaces the list of a day. One statement, so that version and counts come from one snapshot. */
function listDay(catalogue: Catalogue, { name }: StoredField): OperationSpec {
  const { events, time, hours, topDays } = storeNames(catalogue);
  const within = (at: string): string =>
    `${at} >= $1::timestamptz and ${at} < $1::timestamptz + ${DAY_LENGTH}`;
  return operation({
    name: "listDay",
    operation: "refresh",
    description: "Lists the most frequent values of a field on a day",
    cardinality: "none",
    parameters: [
      parameter("day", "start of the day", "timestamptz"),
      parameter("values", "number of values that are listed", "int4"),
    ],
    text:
      // Without a version where the day was dropped meanwhile.
      `with day as (select sum(inserted) + sum(deleted) as version from ${hours} where ${within("hour")}), ` +
      `tally as materialized (select v, count(*) as n from (select {values} as v from ${events} where ${within(time)} and {rows}) as e group by v), ` +
      // One more than is listed: the bound of all that are not.
      `most as (select v, n from tally where v is not null order by n desc, v limit $2::integer + 1), ` +
      `list as (select array_agg(v::text order by n desc, v) as values, array_agg(n order by n desc, v) as counts from most) ` +
      `insert into ${topDays} (day, dimension, version, total, missing, bound, top_values, top_counts) ` +
      `select $1::timestamptz, {dimension}, day.version, (select coalesce(sum(n), 0) from tally), (select coalesce(sum(n), 0) from tally where v is null), ` +
      `coalesce(list.counts[$2::integer + 1], 0), coalesce(list.values[:$2::integer], '{}'), coalesce(list.counts[:$2::integer], '{}') from list cross join day where day.version is not null ` +
      `on conflict (day, dimension) do update set version = excluded.version, total = excluded.total, missing = excluded.missing, ` +
      `bound = excluded.bound, top_values = excluded.top_values, top_counts = excluded.top_counts`,
    slots: { ...ROWS, dimension: dimensionSlot(catalogue), values: setSlot(catalogue) },
    example: { dimension: name, values: name },
  });
}

/** Else a partition that is dropped at this moment would be an internal error of the server. */
function lockTable(catalogue: Catalogue): OperationSpec {
  return operation({
    name: "lockTable",
    operation: "refresh",
    description: "Keeps a table from being dropped until the transaction ends",
    cardinality: "none",
    text: "lock table {table} in access share mode",
    slots: { table: TABLE },
    example: { table: storeTables(catalogue).events.name },
  });
}

/** The newest hour also says when a refresh last ended, so that an operator sees whether one runs at all. */
function refreshTime(catalogue: Catalogue): readonly OperationSpec[] {
  const { rollupHours } = storeNames(catalogue);
  return [
    operation({
      name: "markRefreshed",
      operation: "refresh",
      description: "Keeps the time of this refresh",
      cardinality: "none",
      text: `update ${rollupHours} set refreshed_at = now() where hour = (select max(hour) from ${rollupHours})`,
    }),
    operation({
      name: "lastRefresh",
      operation: "databaseStatus",
      description: "When a refresh last ended",
      cardinality: "one",
      columns: [
        nullable(column("time", "null where none did, or there was nothing to compute", "timestamptz")),
      ],
      text: `select max(refreshed_at) from ${rollupHours}`,
    }),
  ];
}

/** The indexes of the coordinator are empty: those of each shard are sorted on its worker. */
const sortShards: OperationSpec["text"] =
  "select coalesce(sum(result::bigint) filter (where success), 0)::bigint from run_command_on_shards($1::regclass, " +
  "$sort$select count(gin_clean_pending_list(i.indexrelid)) from pg_index i join pg_class c on c.oid = i.indexrelid " +
  "join pg_am a on a.oid = c.relam where a.amname = 'gin' and i.indrelid = '%s'::regclass$sort$)";

const sortIndexes: OperationSpec = operation({
  name: "sortIndexes",
  operation: "refresh",
  description: "Sorts what waits in the GIN indexes of a table",
  cardinality: "count",
  parameters: [parameter("table", "the table, as an SQL identifier", "regclass", "wire")],
  columns: [column("indexes", "number of indexes", "int8", "number")],
  text:
    `select count(gin_clean_pending_list(i.indexrelid)) from pg_index i join pg_class c on c.oid = i.indexrelid ` +
    `join pg_am a on a.oid = c.relam where a.amname = 'gin' and i.indrelid = $1::regclass`,
});
