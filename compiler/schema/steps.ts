/** What creating the schema takes: ordered, idempotent steps, derived from the tables of the catalogue. */
import type { Catalogue } from "../catalogue/model.js";
import {
  allTables,
  partitionedTables,
  storeTables,
  type StoreTable,
  type StoreTables,
} from "../catalogue/tables.js";
import { identifier } from "../sql/fragment.js";
import { partitionName } from "./day.js";
import { addColumn, createIndex, createTable } from "./ddl.js";

/** What a step makes. */
export type SchemaObject =
  | { readonly kind: "extension" | "sequence" | "table" | "index"; readonly name: string }
  | { readonly kind: "column"; readonly table: string; readonly name: string };

/** One statement of DDL. */
export interface SchemaStep {
  /** `table:events`, `column:events.tlp`; unique among the steps. */
  readonly id: string;
  readonly provides: SchemaObject;
  readonly sql: string;
  /** What it does, a phrase for people. */
  readonly description: string;
}

/** All steps that make an empty schema, in order. Each leaves alone what is there already. */
export function schemaStatements(catalogue: Catalogue): readonly SchemaStep[] {
  const tables = storeTables(catalogue);
  return [
    step(
      { kind: "extension", name: "pg_trgm" },
      "create extension if not exists pg_trgm",
      "trigram indexes for texts",
    ),
    step(
      { kind: "sequence", name: tables.sequence },
      `create sequence if not exists ${identifier(tables.sequence)}`,
      "numbers of the events",
    ),
    ...allTables(tables).map((table) =>
      step({ kind: "table", name: table.name }, createTable(table), table.description),
    ),
    ...partitionedTables(tables).map(defaultPartition),
    ...indexStatements(catalogue),
  ];
}

/** The steps that make the indexes (other than primary keys), in order. */
export function indexStatements(catalogue: Catalogue): readonly SchemaStep[] {
  return allTables(storeTables(catalogue)).flatMap((table) =>
    table.indexes.map((index) =>
      step(
        { kind: "index", name: index.name },
        createIndex(index, { table: table.name }),
        `${index.method} index of ${table.name} for ${index.description}`,
      ),
    ),
  );
}

/** What a database has of the schema. */
export interface PresentObjects {
  /** Tables, partitions, indexes and sequences by name; extensions by name with a `+` before it. */
  readonly relations: ReadonlySet<string>;
  /** `table.column`. */
  readonly columns: ReadonlySet<string>;
}

/** The steps that bring a database with some of the schema to all of it: missing objects, and missing columns of tables that are there. */
export function pendingSteps(catalogue: Catalogue, present: PresentObjects): readonly SchemaStep[] {
  const missing = schemaStatements(catalogue).filter(({ provides }) => !has(present, provides));
  const columns = allTables(storeTables(catalogue))
    .filter(({ name }) => present.relations.has(name))
    .flatMap(columnSteps)
    .filter(({ provides }) => !has(present, provides));
  // Columns first: the missing indexes may be on them.
  return [...columns, ...missing];
}

function has({ relations, columns }: PresentObjects, object: SchemaObject): boolean {
  if (object.kind === "column") return columns.has(`${object.table}.${object.name}`);
  return relations.has(object.kind === "extension" ? `+${object.name}` : object.name);
}

function columnSteps(table: StoreTable): readonly SchemaStep[] {
  return table.columns.map((column) =>
    step(
      { kind: "column", table: table.name, name: column.name },
      addColumn(table, column),
      column.description,
    ),
  );
}

function defaultPartition(table: StoreTable): SchemaStep {
  const name = partitionName(table.name, null);
  return step(
    { kind: "table", name },
    `create table if not exists ${identifier(name)} partition of ${identifier(table.name)} default`,
    `rows of ${table.name} whose day has no partition`,
  );
}

function step(provides: SchemaObject, sql: string, description: string): SchemaStep {
  const name = provides.kind === "column" ? `${provides.table}.${provides.name}` : provides.name;
  return { id: `${provides.kind}:${name}`, provides, sql, description };
}

/** How far `eventstore import` came, by source; it makes the table itself, beside a store of `events` alone. */
export const IMPORT_TABLE = "eventstore_imports";
const IMPORTING_VERSIONS = "eventstore_schema";

/** The statements that remove the schema, in order; indexes and partitions go with their tables. */
export function dropStatements(
  tables: StoreTables,
): readonly { readonly name: string; readonly sql: string }[] {
  const own = [...allTables(tables)].reverse().map(({ name }) => name);
  const names = tables.versions.name === IMPORTING_VERSIONS ? [IMPORT_TABLE, ...own] : own;
  return [
    ...names.map((name) => ({ name, sql: `drop table if exists ${identifier(name)}` })),
    { name: tables.sequence, sql: `drop sequence if exists ${identifier(tables.sequence)}` },
  ];
}
