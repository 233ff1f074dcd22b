/** The statements of an import: those for the database of Mentat, and those for the checkpoints and copies in the store. */
import { IMPORT_TABLE } from "../../../compiler/schema/steps.js";

/** Makes the table of checkpoints. */
export const CREATE_CHECKPOINTS =
  `create table if not exists ${IMPORT_TABLE} (source text primary key, storage_time text not null, last_id text not null, ` +
  "updated_at timestamptz not null default now())";

/** The checkpoint of a source. */
export const READ_CHECKPOINT = `select storage_time, last_id from ${IMPORT_TABLE} where source = $1`;

/** Sets it. */
export const WRITE_CHECKPOINT =
  `insert into ${IMPORT_TABLE} (source, storage_time, last_id) values ($1, $2, $3) on conflict (source) do update ` +
  "set storage_time = excluded.storage_time, last_id = excluded.last_id, updated_at = now()";

/**
 * Begins the snapshot of a source. The server may stop idle ones; this one is idle while the target works. Where no index has the order of storage,
 * the rows are sorted: with the usual 4 MB that goes through temporary files.
 */
export const OPEN_SNAPSHOT: readonly string[] = [
  "set datestyle to iso; set timezone to 'UTC'; set bytea_output to hex",
  "set idle_in_transaction_session_timeout to 0; set statement_timeout to 0; set work_mem to '64MB'",
  "begin isolation level repeatable read read only",
];

/** The database by its cluster, which its standbys have in common; some servers let no one ask. */
export const SYSTEM =
  "select system_identifier || '/' || current_database() as value from pg_control_system()";

/** Server, port and database. */
export const IDENTITY =
  "select coalesce(inet_server_addr()::text, '') || ':' || current_setting('port') || '/' || current_database() as value";

/**
 * A time long enough ago that whoever stored events then has committed them: Mentat's storage daemon commits within seconds. In a snapshot this is
 * the time at which it began.
 */
export const SETTLED_BEFORE = "select (now() at time zone 'UTC' - interval '15 minutes')::text as value";

/** The tables of the search path with their columns, short names first, also those that the role may not read. */
export const COLUMNS_OF_TABLES =
  "select n.nspname as schema, c.relname as table, array_agg(a.attname::text) as columns, has_table_privilege(c.oid, 'select') as readable " +
  "from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped " +
  "where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname = any(current_schemas(false)) group by 1, 2, c.oid order by length(c.relname), 2";

/** What the statistics say of a table's size. */
export const ESTIMATED_ROWS = "select reltuples::bigint as rows from pg_class where oid = $1::regclass";

/** Names of a table's columns. */
export const COLUMN_NAMES =
  "select attname from pg_attribute where attrelid = to_regclass($1) and attnum > 0";

/** One row for each event; see {@link countByValue}. */
export const EACH_EVENT = "select 'all' as value from source e";

/** The day of each event. */
export const EACH_DAY = "select to_char(e.detecttime, 'YYYY-MM-DD') as value from source e";

/** The categories of each event, once each. */
export const EACH_CATEGORY =
  "select c as value from source e cross join lateral (select distinct unnest(e.category) as c) u";

/** The severity of each event, `none` where it has none. */
export function eachSeverity(column: string, none: string): string {
  return `select coalesce(nullif(e.${column}, ''), '${none}') as value from source e`;
}

/** Counts the values of a query over `source`, which is the table within its limits. */
export function countByValue(events: string, limits: string, text: string): string {
  return (
    `with source as not materialized (select * from ${events}${limits}) ` +
    `select value, count(*) as count from (${text}) counted group by value`
  );
}

/** Events of the store by day, from `$1` on where it is not null. */
export const DAYS_OF_STORE =
  "select to_char(detect_time at time zone 'UTC', 'YYYY-MM-DD') as value, count(*)::text as count from events " +
  "where $1::timestamptz is null or storage_time >= $1::timestamptz group by 1";

/** Counts rows of the events, `e`. */
export function countMatchingText(events: string, condition: string): string {
  return `select count(*) as count from ${events} e where ${condition}`;
}

/** A value of an event at a random time. */
export function someValue(events: string, value: string): string {
  return (
    `select ${value} as value from ${events} e where ${value} is not null and e.detecttime >= ` +
    `(select min(detecttime) + random() * (max(detecttime) - min(detecttime)) from ${events}) order by e.detecttime limit 1`
  );
}

/** Names of the tables of events. */
interface EventTables {
  readonly events: string;
  readonly json: string;
  readonly storageTime: string;
}

/**
 * Opens the cursor `import_rows` over events and their JSON, in the order of storage. It is binary: the JSON comes as the bytes that it is stored
 * in, and the other columns, which are texts, look the same in both forms. As hexadecimal digits it takes the server three times as long.
 */
export function openRows({ events, json, storageTime }: EventTables, condition: string): string {
  const column = `e.${storageTime}`;
  return (
    `declare import_rows binary no scroll cursor for select e.id::text as id, ${column}::text as "storageTime", j.event ` +
    `from ${events} e left join ${json} j on j.id = e.id where ${condition} order by ${column}, e.id`
  );
}

/** The bytes of the JSON of one event. */
export function bytesOfText(json: string): string {
  return `select event from ${json} where id = $1`;
}

/** Opens a cursor. */
export function cursorText(name: string, select: string): string {
  return `declare ${name} no scroll cursor for ${select}`;
}

/** The next rows of a cursor. */
export function fetchRowsText(name: string, rows: number): string {
  return `fetch forward ${rows} from ${name}`;
}

/** Closes a cursor. */
export function closeText(name: string): string {
  return `close ${name}`;
}

/** Columns of a table in the order of its key. */
export function selectOrdered(columns: string, table: string, key: string): string {
  return `select ${columns} from ${table} order by ${key}`;
}

/** Stores rows that come as one list for each column; those that are there stay as they are. */
export function insertLists(
  table: string,
  columns: readonly { readonly name: string; readonly type: string }[],
  key: string,
): string {
  const arrays = columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(", ");
  const names = columns.map(({ name }) => name).join(", ");
  return `insert into ${table} (${names}) select * from unnest(${arrays}) on conflict (${key}) do nothing`;
}
