/** The statements that ask for Citus, and for the layout of a store. */

/** Whether the server has the extension, and whether its library is loaded. A server without Citus answers as well. */
export const CLUSTER =
  "select exists (select from pg_available_extensions where name = 'citus') as available, " +
  "current_setting('citus.shard_count', true) is not null as loaded";

/** Whether a table is there, its comment, and whether the database is one of a cluster. */
export const LAYOUT =
  "select to_regclass($1) is not null as there, obj_description(to_regclass($1), 'pg_class') as layout, " +
  "to_regclass('pg_catalog.pg_dist_partition') is not null as cluster";

/** The column by which the rows of a table are spread; no row for a table of one server. */
export const SPREAD_BY =
  "select column_to_column_name(logicalrelid, partkey) as column from pg_dist_partition where logicalrelid = to_regclass($1) and partmethod = 'h'";

/** The number of shards of a distributed table. */
export const SHARDS =
  "select count(*)::int as shards from pg_dist_shard where logicalrelid = to_regclass($1)";

/** Whether a function of that name has that text. Another release may have another beside it. */
export const STORE_FUNCTION =
  "select exists (select 1 from pg_proc where pronamespace = quote_ident(current_schema())::regnamespace and proname = $1 and prosrc = $2) as present";

/** The functions of that name, as DROP takes them. */
export const FUNCTIONS_OF_NAME =
  "select oid::regprocedure::text as signature from pg_proc " +
  "where pronamespace = quote_ident(current_schema())::regnamespace and proname = $1";
