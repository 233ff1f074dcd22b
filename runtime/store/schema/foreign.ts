/** Tables, indexes and sequences of somebody else that have the names of ours: they are left alone, and named. */
import {
  allTables,
  partitionedTables,
  type StoreTable,
  type StoreTables,
} from "../../../compiler/catalogue/tables.js";
import { partitionName } from "../../../compiler/schema/day.js";
import { EventStorageError } from "../../postgres/errors.js";
import type { Session } from "../../postgres/session.js";

/** What the system catalogs say of a name. */
interface Found {
  readonly name: string;
  /** `r` table, `p` partitioned table, `i` and `I` indexes, `S` sequence, `v` view, `t` a type that is no table's: a table has a type of its name. */
  readonly kind: string;
  /** Table that an index belongs to, or that a partition is part of; null for any other. */
  readonly parent: string | null;
  readonly owner: string;
  /** Columns of a table with their types. */
  readonly columns: Readonly<Record<string, string>>;
}

const LOOK = `select c.relname as name, c.relkind::text as kind, pg_get_userbyid(c.relowner) as owner,
    coalesce((select t.relname from pg_index x join pg_class t on t.oid = x.indrelid where x.indexrelid = c.oid),
      (select t.relname from pg_inherits i join pg_class t on t.oid = i.inhparent where i.inhrelid = c.oid)) as parent,
    (select coalesce(json_object_agg(a.attname, format_type(a.atttypid, a.atttypmod)), '{}') from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
  from pg_class c where c.relnamespace = quote_ident(current_schema())::regnamespace and c.relname = any($1::text[])
  union all select t.typname, 't', pg_get_userbyid(t.typowner), null, '{}' from pg_type t
  where t.typnamespace = quote_ident(current_schema())::regnamespace and t.typname = any($1::text[]) and t.typrelid = 0 and t.typcategory <> 'A' order by name`;

/**
 * Refuses a schema in which names of the store stand for something else.
 *
 * @param store `none`: no store is there yet, so that whatever has one of its names is somebody else's
 * @throws EventStorageError `schema_foreign` naming all of it
 */
export async function refuseForeign(
  session: Session,
  tables: StoreTables,
  store: "none" | "present",
): Promise<void> {
  const all = allTables(tables);
  const spare = partitionedTables(tables).map((table) => partitionName(table.name, null));
  const indexes = all.flatMap((table) => table.indexes.map(({ name }) => ({ name, table: table.name })));
  const names = [
    ...all.map(({ name }) => name),
    ...spare,
    ...indexes.map(({ name }) => name),
    tables.sequence,
  ];
  const { rows } = await session.query(LOOK, [names]);
  const found = rows as unknown as readonly Found[];
  const owner = found.find(({ name }) => name === tables.versions.name)?.owner;
  const problems = found.flatMap((one) => {
    // Names of types get in the way of tables alone.
    if (one.kind === "t" && !all.some(({ name }) => name === one.name)) return [];
    if (store === "none") return [`${KINDS[one.kind] ?? "object"} "${one.name}"`];
    const problem = problemOf(one, { all, indexes, tables, owner });
    return problem === null ? [] : [problem];
  });
  if (problems.length > 0) throw foreign(problems);
}

const KINDS: Readonly<Record<string, string>> = {
  r: "table",
  p: "table",
  v: "view",
  m: "view",
  i: "index",
  I: "index",
  S: "sequence",
  f: "foreign table",
  c: "type",
  t: "type",
};

/** What the store would have by the names that were looked for; `owner` is undefined while there is no store. */
interface Expected {
  readonly all: readonly StoreTable[];
  readonly indexes: readonly { readonly name: string; readonly table: string }[];
  readonly tables: StoreTables;
  readonly owner: string | undefined;
}

function problemOf(one: Found, { all, indexes, tables, owner }: Expected): string | null {
  const { name, kind, parent } = one;
  const what = `${KINDS[kind] ?? "object"} "${name}"`;
  if (owner !== undefined && one.owner !== owner)
    return `${what}, which belongs to "${one.owner}" and not to "${owner}" as the store does`;
  if (name === tables.sequence) return kind === "S" ? null : what;
  const index = indexes.find((candidate) => candidate.name === name);
  if (index !== undefined)
    return /^[iI]$/.test(kind) && parent === index.table
      ? null
      : `${what}${parent === null ? "" : ` of "${parent}"`}`;
  const table = all.find((candidate) => candidate.name === name);
  if (table === undefined) {
    const whole = partitionedTables(tables).find((candidate) => partitionName(candidate.name, null) === name);
    return kind === "r" && parent === whole?.name
      ? null
      : `${what}, which is no partition of "${whole?.name ?? ""}"`;
  }
  if (kind !== (table.partitionedBy === null ? "r" : "p")) return what;
  // The table of versions has been the same in every release; the others may be of an older one.
  const own = table === tables.versions ? table.columns.map((column) => column.name) : table.primaryKey;
  const key = own.find((column) => one.columns[column] === undefined);
  if (key !== undefined) return `${what}, which has no column "${key}"`;
  const type = one.columns["version"];
  return table === tables.versions && type !== "integer"
    ? `${what}, whose column "version" is ${type ?? "missing"}`
    : null;
}

function foreign(problems: readonly string[]): EventStorageError {
  return new EventStorageError(
    `databaseCreate: the schema has objects with names of the store that are not the store's: ${problems.join("; ")}. ` +
      `Nothing was changed. Give the store a schema of its own with the option \`schema\`, or move these away`,
    { operation: "databaseCreate", code: "schema_foreign" },
  );
}
