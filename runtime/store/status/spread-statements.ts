/** The statements that say how large a store on a cluster is: the tables of the coordinator are empty, their rows are in the shards of the workers. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { allTables, storeTables } from "../../../compiler/catalogue/tables.js";
import { stringLiteral } from "../../../compiler/sql/fragment.js";
import { column, operation, sqlLines, type OperationSpec } from "../../../compiler/sql/operation.js";

/** What follows a `with`: `root(oid)`, the table of the first parameter. */
const ROOT =
  "root as (select oid from pg_class where relname = $1::text and relkind in ('r', 'p') and pg_table_is_visible(oid))";

/**
 * SQL of the sizes of a table from those of its shards, partitions and copies on other workers included. The estimate of its rows is not asked of the
 * workers: 0.
 */
export const SPREAD_SIZES = sqlLines(
  `with ${ROOT}, part as (`,
  `  select oid, false as is_partition from root union all`,
  `  select i.inhrelid, true from pg_inherits i join root on root.oid = i.inhparent`,
  `), sizes as (`,
  `  select is_partition, citus_table_size(oid) as bytes, citus_total_relation_size(oid) as total from part`,
  `)`,
  `select count(*) filter (where is_partition), 0::bigint, sum(bytes)::bigint, sum(total - bytes)::bigint, sum(total)::bigint`,
  `from sizes having count(*) > 0`,
);

/** SQL of the bytes of the database on all nodes. */
export const SPREAD_BYTES =
  "(select sum(result::bigint)::bigint from run_command_on_all_nodes('select pg_database_size(current_database())') where success)";

/** The workers of a store, with what each has of it. */
export function workerSizes(catalogue: Catalogue): OperationSpec {
  const names = allTables(storeTables(catalogue)).map(({ name }) => stringLiteral(name));
  const roots = `select c.oid from pg_class c where c.relname in (${names.join(", ")}) and pg_table_is_visible(c.oid)`;
  return operation({
    name: "workerSizes",
    operation: "databaseStatus",
    description: "The workers of a cluster, and what of the store each has",
    cardinality: "many",
    columns: [
      column("worker", "its host and port", "text"),
      column("shards", "number of its shards, of each partition and table", "int8", "number"),
      column("bytes", "bytes of these, with their indexes", "int8", "number"),
    ],
    text: sqlLines(
      `with roots as (${roots}), owned as (`,
      `  select oid from roots union select i.inhrelid from pg_inherits i join roots on roots.oid = i.inhparent`,
      `)`,
      `select nodename || ':' || nodeport, count(*), coalesce(sum(shard_size), 0)::bigint from citus_shards`,
      `where table_name in (select oid from owned) group by nodename, nodeport order by nodename, nodeport`,
    ),
  });
}
