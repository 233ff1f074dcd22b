/** What a database has of the schema, read from the system catalogs. Only the first schema of the search path counts. */
import type { PresentObjects } from "../../../compiler/schema/steps.js";
import { partitionSpan, type DaySpan } from "../../../compiler/schema/day.js";
import {
  allTables,
  partitionedTables,
  storeTables,
  type StoreTables,
} from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { statementName } from "../../../compiler/sql/statement-name.js";
import { encodeArray } from "../../../compiler/values/array.js";
import type { Statement } from "../../postgres/statement.js";
import type { Session } from "../../postgres/session.js";
import { readText } from "../../postgres/wire.js";

/** Tables, indexes, sequences and extensions, and the columns of the store's own tables. */
export async function presentObjects(session: Session, catalogue: Catalogue): Promise<PresentObjects> {
  const names = allTables(storeTables(catalogue)).map(({ name }) => name);
  const relations = await readNames(
    session,
    `select relname from pg_class where relnamespace = quote_ident(current_schema())::regnamespace and relkind in ('r', 'p', 'i', 'I', 'S') ` +
      `union all select '+' || extname from pg_extension`,
    [],
  );
  const columns = await readNames(
    session,
    `select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid ` +
      `where c.relnamespace = quote_ident(current_schema())::regnamespace and c.relname = any($1::text[]) and a.attnum > 0 and not a.attisdropped`,
    names,
  );
  return { relations, columns };
}

/** Version of the schema, null where there is none. */
export async function presentVersion(session: Session, tables: StoreTables): Promise<number | null> {
  const { name } = tables.versions;
  const there = await readNames(
    session,
    `select relname from pg_class where relnamespace = quote_ident(current_schema())::regnamespace and relname = any($1::text[])`,
    [name],
  );
  if (!there.has(name)) return null;
  const [version] = await readNames(
    session,
    `select max(version)::text from ${identifier(name)} having max(version) is not null`,
    [],
  );
  return version === undefined ? null : Number(version);
}

/** What the partitions of the store hold, oldest first: those that it made, which their names tell. */
export async function presentSpans(session: Session, tables: StoreTables): Promise<readonly DaySpan[]> {
  const names = await readNames(
    session,
    `select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent ` +
      `where p.relnamespace = quote_ident(current_schema())::regnamespace and p.relname = any($1::text[])`,
    partitionedTables(tables).map(({ name }) => name),
  );
  const { name } = tables.events;
  return [...names]
    .map((partition) => partitionSpan(name, partition))
    .filter((span) => span !== null)
    .sort((a, b) => a.from - b.from);
}

/** Names of all partitions of a table, with the comment of each; the default partition and those of other names included. */
export async function presentPartitions(
  session: Session,
  table: string,
): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await session.query(
    `select c.relname as name, obj_description(c.oid, 'pg_class') as comment from pg_inherits i join pg_class c on c.oid = i.inhrelid ` +
      `where i.inhparent = to_regclass($1) order by 1`,
    [identifier(table)],
  );
  return new Map(rows.map(({ name, comment }) => [String(name), comment as string | null]));
}

/** The columns of a table in their order, with their types as the server prints them. */
export async function presentColumns(session: Session, table: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await session.query(
    `select attname::text as name, format_type(atttypid, atttypmod) as type from pg_attribute ` +
      `where attrelid = to_regclass($1) and attnum > 0 and not attisdropped order by attnum`,
    [identifier(table)],
  );
  return new Map(rows.map(({ name, type }) => [String(name), String(type)]));
}

/** The first column of a query with one array of texts as its parameter, or none. */
export async function readNames(
  session: Session,
  text: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const statement: Statement<readonly string[], string, "many"> = {
    operation: "readSchema",
    name: statementName(text),
    text,
    cardinality: "many",
    idempotent: true,
    encode: (given) => (text.includes("$1") ? [encodeArray(given)] : []),
    decode: ([name]) => readText(name),
  };
  return new Set(await session.run(statement, names));
}
