/** The statements that bring the roll-ups, the lists of the most frequent values and the indexes up to date. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
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
import { dayOperations } from "./day-statements.js";
import { rollupFields } from "./field-statements.js";
import { hourTables, markHours, ofDimensions, replaceRollups, ROWS } from "./hour-statements.js";

/** The operations of `refresh`. */
export function rollupOperations(catalogue: Catalogue): readonly OperationSpec[] {
  return [
    lockRollups,
    sweepRollups(catalogue),
    staleHours(catalogue),
    rollUpHours(catalogue),
    ...dayOperations(catalogue),
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
  const wanted = "any($1::timestamptz[])";
  const counted = rollupFields(catalogue, "all").length === 0 ? "" : `with ${computed(catalogue, wanted)} `;
  return operation({
    name: "rollUpHours",
    operation: "refresh",
    description: "Computes the roll-ups of some hours",
    cardinality: "none",
    idempotent: false,
    parameters: [parameter("hours", "starts of the hours", "timestamptz[]")],
    text: `${counted}${markHours(catalogue, wanted)}`,
    slots: ROWS,
  });
}

function computed(catalogue: Catalogue, wanted: string): string {
  const { events, time, fence } = storeNames(catalogue);
  const columns = rollupFields(catalogue, "all").map(({ column: name }) => identifier(name));
  return (
    `target as materialized (select unnest($1::timestamptz[]) as hour), ` +
    `rows as materialized (select ${["target.hour", ...columns].join(", ")} from target join lateral (select * from ${events} ` +
    `where ${time} >= target.hour and ${time} < target.hour + interval '1 hour' and {rows}${fence}) as e on true), ` +
    replaceRollups(catalogue, "rows", wanted)
  );
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
