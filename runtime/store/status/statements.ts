/** The statements that say how the store is. */
import type { Catalogue, Field } from "../../../compiler/catalogue/model.js";
import { isSpread } from "../../../compiler/catalogue/spread.js";
import { allTables, storeTables } from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import {
  FILTER_SLOTS,
  column,
  nullable,
  operation,
  parameter,
  sqlLines,
  type OperationSpec,
} from "../../../compiler/sql/operation.js";
import { choice } from "../../../compiler/sql/slots.js";
import { storeNames } from "../../../compiler/sql/store-names.js";
import { latestVersion } from "../../../compiler/schema/migrations.js";
import { SPREAD_BYTES, SPREAD_SIZES, workerSizes } from "./spread-statements.js";
import { scalarSlot } from "../rollups/field-statements.js";

/** The status operations. */
export function statusOperations(catalogue: Catalogue): readonly OperationSpec[] {
  const { events, roles } = storeTables(catalogue);
  const { events: searched, versions, stored, anything } = storeNames(catalogue);
  return [
    operation({
      name: "watchdogEvents",
      description: "Whether an event was stored less than the given seconds ago, by the clock of the server",
      cardinality: "one",
      parameters: [parameter("interval", "seconds; an event exactly that old does not count", "float8")],
      columns: [column("alive", "there is such an event", "bool")],
      indexes: events.indexes
        .filter(({ keys: [first] }) => first?.column === roles.stored.column)
        .map(({ name }) => name),
      text: `select exists (${anything} from ${searched} where ${stored} > now() - make_interval(secs => $1::float8))`,
    }),
    isSpread(catalogue) ? { ...TABLE_SIZES, text: SPREAD_SIZES } : TABLE_SIZES,
    databaseInfo(versions, isSpread(catalogue) ? SPREAD_BYTES : DATABASE_BYTES),
    ...(isSpread(catalogue) ? [workerSizes(catalogue)] : []),
    operation({
      name: "newerSchema",
      description: "The version of the schema, where a newer release than this one has upgraded it",
      cardinality: "optional",
      columns: [column("version", "version of the schema", "int4")],
      text: `select version from ${versions} where version > ${latestVersion()} order by version desc limit 1`,
    }),
    READ_SETTINGS,
    tableAge(catalogue),
    sliceAge(catalogue),
    watchdogSlice(catalogue),
    columnBoundOperation(catalogue),
  ];
}

const TABLE_SIZES = operation({
  name: "tableSizes",
  description:
    "Sizes of a table, its partitions together; null when there is no such table on the search path",
  cardinality: "optional",
  parameters: [parameter("table", "name of the table, as the catalogs spell it", "text")],
  columns: [
    column("partitions", "number of partitions; 0 for a plain table", "int8", "number"),
    column("rows", "the planner's estimate of the number of rows", "int8", "number"),
    column("tableBytes", "bytes without indexes", "int8", "number"),
    column("indexBytes", "bytes of the indexes", "int8", "number"),
    column("totalBytes", "bytes of both", "int8", "number"),
  ],
  text: sqlLines(
    `with root as (`,
    `  select oid from pg_class where relname = $1::text and relkind in ('r', 'p') and pg_table_is_visible(oid)`,
    `), part as (`,
    `  select oid, false as is_partition from root union all`,
    `  select i.inhrelid, true from pg_inherits i join root on root.oid = i.inhparent`,
    `)`,
    `select count(*) filter (where is_partition), sum(case when c.relkind = 'r' then greatest(c.reltuples, 0) else 0 end)::bigint,`,
    `  sum(pg_table_size(c.oid))::bigint, sum(pg_indexes_size(c.oid))::bigint, sum(pg_total_relation_size(c.oid))::bigint`,
    `from part join pg_class c on c.oid = part.oid`,
    `having count(*) > 0`,
  ),
});

const READ_SETTINGS = operation({
  name: "readSettings",
  description: "Server settings by name; unknown names are left out",
  cardinality: "many",
  parameters: [parameter("names", "names of the settings", "text[]")],
  columns: [column("name", "name of the setting", "text"), column("value", "value, with its unit", "text")],
  text: sqlLines(
    `select name, current_setting(name) from unnest($1::text[]) as name`,
    `where current_setting(name, true) is not null order by name`,
  ),
});

const DATABASE_BYTES = "pg_database_size(current_database())";

function databaseInfo(versions: string, bytes: string): OperationSpec {
  return operation({
    name: "databaseInfo",
    description: "Versions of server, ip4r and schema, and the size of the database",
    cardinality: "one",
    columns: [
      column("serverVersion", "version of PostgreSQL", "text"),
      nullable(
        column(
          "ip4r",
          "version of the extension ip4r; null where the compatibility schema stands in for it",
          "text",
        ),
      ),
      nullable(column("schemaVersion", "version of the schema; null when none is recorded", "int4")),
      column("databaseBytes", "bytes of the whole database", "int8", "number"),
    ],
    text: sqlLines(
      `select current_setting('server_version'), (select extversion from pg_extension where extname = 'ip4r'),`,
      `  (select max(version) from ${versions}), ${bytes}`,
    ),
  });
}

const RANGE = [
  nullable(column("oldest", "null where the table is empty", "timestamptz")),
  nullable(column("newest", "null where the table is empty", "timestamptz")),
];

/** A time column of one of the tables is given as `table.column`. */
function tableAge(catalogue: Catalogue): OperationSpec {
  const tables = allTables(storeTables(catalogue));
  const ages = tables.flatMap(({ name, columns }) =>
    columns
      .filter(({ pgType }) => pgType === "timestamptz")
      .map(({ name: time }) => [
        `${name}.${time}`,
        `min(${identifier(time)}), max(${identifier(time)}) from ${identifier(name)}`,
      ]),
  );
  const { events, roles } = storeTables(catalogue);
  return operation({
    name: "tableAge",
    operation: "tableStatus",
    description: "The oldest and the newest time in a column of a table",
    cardinality: "one",
    columns: RANGE,
    text: "select {age}",
    slots: { age: choice("ages", Object.fromEntries(ages) as Record<string, string>) },
    example: { age: `${events.name}.${roles.time.column}` },
  });
}

/** The same of a part of the time of a partitioned table. */
function sliceAge(catalogue: Catalogue): OperationSpec {
  return {
    ...tableAge(catalogue),
    name: "sliceAge",
    description: "The oldest and the newest time in a column of a partitioned table, of a part of the time",
    text: "select {age} where {span}",
    slots: { ...tableAge(catalogue).slots, span: { kind: "filter" } },
  };
}

/** Whether an event of a part of the time was stored lately. */
function watchdogSlice(catalogue: Catalogue): OperationSpec {
  const { events, stored, anything } = storeNames(catalogue);
  return operation({
    name: "watchdogSlice",
    operation: "watchdogEvents",
    description: "Whether an event of a part of the time was stored less than the given seconds ago",
    cardinality: "one",
    parameters: [parameter("interval", "seconds; an event exactly that old does not count", "float8")],
    columns: [column("alive", "there is such an event", "bool")],
    text: `select exists (${anything} from ${events} where ${stored} > now() - make_interval(secs => $1::float8) and {span})`,
    slots: { span: { kind: "filter" } },
  });
}

const ORDERED: ReadonlySet<string> = new Set(["time", "integer", "float", "text", "id"]);

/** Whether a field has a least and a greatest value. */
export function isOrdered({ type, list }: Field): boolean {
  return !list && ORDERED.has(type);
}

/** The smallest or the largest value of a field. */
export function columnBoundOperation(catalogue: Catalogue): OperationSpec {
  const { events } = storeNames(catalogue);
  return operation({
    name: "searchColumnWith",
    description: "The least or the greatest value of a field in the events that match",
    cardinality: "one",
    columns: [nullable(column("value", "null when no event has one", "timestamptz", "wire"))],
    text: `select {aggregate}({field}) from ${events} where {filter}`,
    slots: {
      ...FILTER_SLOTS,
      aggregate: choice("aggregates", { min: "min", max: "max" }),
      field: scalarSlot("orderedColumns", catalogue, isOrdered),
    },
    example: { aggregate: "max", field: storeTables(catalogue).roles.time.name },
  });
}
