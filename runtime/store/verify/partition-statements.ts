/** The statements that read the system catalogs for what is unusual about partitions and indexes. */

/** The tables of the schema, each with the table that it is a partition of. */
export const TABLES_AND_PARENTS =
  `select c.relname as name, (select p.relname from pg_inherits i join pg_class p on p.oid = i.inhparent where i.inhrelid = c.oid) as parent ` +
  `from pg_class c where c.relnamespace = quote_ident(current_schema())::regnamespace and c.relkind in ('r', 'p', 'f')`;

/** How many indexes of the schema are not valid. */
export const INVALID_INDEXES =
  `select count(*)::int as n from pg_index x join pg_class c on c.oid = x.indexrelid ` +
  `where c.relnamespace = quote_ident(current_schema())::regnamespace and not x.indisvalid`;
