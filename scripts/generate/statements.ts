/** The statements by which the generator asks a database about types, columns, indexes and plans. */

/** Whether there is an index of this name on the search path. */
export const INDEX_OF_NAME =
  "select from pg_class where relname = $1 and relkind in ('i', 'I') and pg_table_is_visible(oid)";

/** The version of ip4r, or the schema of what serves for it. */
export const RANGES_VERSION =
  `select coalesce((select extversion from pg_extension where extname = 'ip4r'), ` +
  `(select n.nspname from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.oid = to_regtype('iprange'))) as version`;

/** Names of types by their OID; those of lists with `[]`. */
export const NAMES_OF_TYPES =
  `select t.oid, case when e.oid is null then t.typname::text else e.typname || '[]' end as name ` +
  `from pg_type t left join pg_type e on e.oid = t.typelem and t.typcategory = 'A' where t.oid = any($1::oid[])`;

/** Which columns of these tables may be null. */
export const NULLABLE_COLUMNS =
  `select a.attrelid || '.' || a.attnum as key, not a.attnotnull as nullable from pg_attribute a ` +
  `where a.attrelid = any($1::oid[]) and a.attnum > 0`;

/** Names of indexes, for that of a partition the one of its table. */
export const TABLE_INDEXES =
  `select distinct coalesce(p.relname, c.relname)::text as name from pg_class c ` +
  `left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent ` +
  `where c.relname = any($1::text[]) and pg_table_is_visible(c.oid)`;

/** Forgets what was prepared to be explained. */
export const FORGET_PREPARED = "deallocate all";

/** Asks for the generic plan of a statement with this many parameters, with indexes wherever they can be used; within a transaction. */
export function explainGeneric(
  text: string,
  parameters: number,
): { readonly before: readonly string[]; readonly explain: string } {
  const values = parameters === 0 ? "" : `(${Array.from({ length: parameters }, () => "null").join(", ")})`;
  return {
    before: [
      "set local plan_cache_mode = force_generic_plan",
      "set local enable_seqscan = off",
      `prepare explained as ${text}`,
    ],
    explain: `explain (format json) execute explained${values}`,
  };
}

/** A search by a condition that returns nothing of the rows: for asking whether the database takes the condition. */
export function searchByCondition(table: string, condition: string): string {
  return `select from ${table} where ${condition}`;
}

/** A column that is never null. Both are given as SQL writes them. */
export const setNotNull = (table: string, column: string): string =>
  `alter table ${table} alter column ${column} set not null`;
