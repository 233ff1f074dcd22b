/** The statements that read what there is to know of a table. Both take the name of the table as `regclass` reads it. */

/** Columns in their order: name, type, category of the type, whether it is never null, comment. */
export const COLUMNS = `
select a.attname as name,
  coalesce(e.typname, t.typname) as type,
  coalesce(e.typtype, t.typtype) as kind,
  e.oid is not null as list,
  a.attnotnull as required,
  col_description(a.attrelid, a.attnum) as comment
from pg_attribute a
join pg_type t on t.oid = a.atttypid
left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped
order by a.attnum`;

/** Keys of the indexes: method, place of the key, its text, its operator class; partial indexes over what is not null count as whole ones. */
export const READ_INDEXES = `
select m.amname as method,
  k.place::int as place,
  (i.indisunique and i.indnkeyatts = 1 and i.indpred is null) as single_unique,
  i.indisprimary as "primary",
  pg_get_indexdef(i.indexrelid, k.place::int, true) as key,
  o.opcname as operators
from pg_index i
join pg_class c on c.oid = i.indexrelid
join pg_am m on m.oid = c.relam
cross join lateral generate_series(1, i.indnkeyatts) as k(place)
join pg_opclass o on o.oid = i.indclass[k.place - 1]
where i.indrelid = $1::regclass and i.indisvalid
  and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ '^\\(\\w+ IS NOT NULL\\)$')
order by i.indisprimary desc, i.indexrelid, k.place`;

/** Whether there is a table, and what it is called where the search path finds it. */
export const READ_TABLE = `
select c.relname as name, n.nspname as schema, obj_description(c.oid) as comment
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.oid = to_regclass($1) and c.relkind in ('r', 'p', 'v', 'm', 'f')`;
