/** Operations that tell how the store is. */
import type { StoreTables } from "../catalogue/tables.js";
import { identifier } from "../sql/fragment.js";
import { column, nullable, operation, parameter, sqlLines, type OperationSpec } from "../sql/operation.js";

/** The status operations. */
export function statusOperations({ events, hours, versions, roles }: StoreTables): readonly OperationSpec[] {
  const stored = identifier(roles.stored.column);
  return [
    operation({
      name: "watchdogEvents",
      theme: "status",
      description: "Whether an event was stored less than so many seconds ago, by the clock of the server",
      cardinality: "one",
      parameters: [parameter("interval", "seconds; an event exactly that old does not count")],
      columns: [column("alive", "there is such an event")],
      indexes: events.indexes
        .filter(({ keys: [first] }) => first?.column === roles.stored.column)
        .map(({ name }) => name),
      text: `select exists (select from ${identifier(events.name)} where ${stored} > now() - make_interval(secs => $1::float8))`,
    }),
    operation({
      name: "tableSizes",
      theme: "status",
      description:
        "Sizes of a table, its partitions together; null when there is no such table on the search path",
      cardinality: "optional",
      parameters: [parameter("table", "name of the table, as the catalogs spell it")],
      columns: [
        column("partitions", "number of partitions; 0 for a plain table", "number"),
        column("rows", "the planner's estimate of the number of rows", "number"),
        column("tableBytes", "bytes without indexes", "number"),
        column("indexBytes", "bytes of the indexes", "number"),
        column("totalBytes", "bytes of both", "number"),
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
    }),
    operation({
      name: "databaseInfo",
      theme: "status",
      description: "Versions of server, ip4r and schema, and the size of the database",
      cardinality: "one",
      columns: [
        column("serverVersion", "version of PostgreSQL"),
        nullable(
          column(
            "ip4r",
            "version of the extension ip4r; null where the compatibility schema stands in for it",
          ),
        ),
        nullable(column("schemaVersion", "version of the schema; null when none is recorded")),
        column("databaseBytes", "bytes of the whole database", "number"),
      ],
      text: sqlLines(
        `select current_setting('server_version'), (select extversion from pg_extension where extname = 'ip4r'),`,
        `  (select max(version) from ${identifier(versions.name)}), pg_database_size(current_database())`,
      ),
    }),
    operation({
      name: "readSettings",
      theme: "status",
      description: "Server settings by name; unknown names are left out",
      cardinality: "many",
      parameters: [parameter("names", "names of the settings")],
      columns: [column("name", "name of the setting"), column("value", "value, with its unit")],
      text: sqlLines(
        `select name, current_setting(name) from unnest($1::text[]) as name`,
        `where current_setting(name, true) is not null order by name`,
      ),
    }),
    operation({
      name: "listPartitions",
      theme: "status",
      description: "Partitions of the searched table, newest day first, the default partition last",
      cardinality: "many",
      columns: [
        column("name", "name of the partition"),
        column("bounds", "its bounds, as SQL"),
        column("rows", "the planner's estimate of the number of rows; 0 before it was analysed", "number"),
      ],
      text: sqlLines(
        `select c.relname::text, pg_get_expr(c.relpartbound, c.oid), greatest(c.reltuples, 0)::bigint`,
        `from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent`,
        `where p.relname = '${events.name.replaceAll("'", "''")}' and pg_table_is_visible(p.oid)`,
        `order by pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT', c.relname desc`,
      ),
    }),
    operation({
      name: "hourVersions",
      theme: "status",
      description: "Counters of the hours within a span of time",
      cardinality: "many",
      parameters: [parameter("from", "start, inclusive"), parameter("to", "end, exclusive")],
      columns: [
        column("hour", "start of the hour"),
        column("inserted", "events that were inserted", "number"),
        column("deleted", "events that were deleted", "number"),
      ],
      indexes: [`${hours.name}_pkey`],
      text: sqlLines(
        `select hour, sum(inserted)::bigint, sum(deleted)::bigint from ${identifier(hours.name)}`,
        `where hour >= $1::timestamptz and hour < $2::timestamptz group by hour order by hour`,
      ),
    }),
  ];
}
