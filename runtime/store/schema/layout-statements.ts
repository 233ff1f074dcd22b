/** The statements that ask for Citus, and for the layout of a store. */

/** Whether the server has the extension, and whether its library is loaded. A server without Citus answers as well. */
export const CLUSTER =
  "select exists (select from pg_available_extensions where name = 'citus') as available, " +
  "current_setting('citus.shard_count', true) is not null as loaded";

/** Whether a table is there, and its comment. */
export const LAYOUT =
  "select to_regclass($1) is not null as there, obj_description(to_regclass($1), 'pg_class') as layout";

/** The number of shards of a distributed table. */
export const SHARDS =
  "select count(*)::int as shards from pg_dist_shard where logicalrelid = to_regclass($1)";
