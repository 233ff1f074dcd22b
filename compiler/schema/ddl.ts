/** DDL texts of single tables, columns and indexes. Pure: what there is already is looked up elsewhere. */
import type { IndexKey, StoreTable, TableColumn, TableIndex } from "../catalogue/tables.js";
import { identifier } from "../sql/fragment.js";

/** `create table`, with the partition key of a partitioned table. */
export function createTable(table: StoreTable): string {
  const lines = table.columns.map(columnDefinition);
  if (table.primaryKey.length > 0) lines.push(`primary key (${identifiers(table.primaryKey)})`);
  const partition =
    table.partitionedBy === null ? "" : ` partition by range (${identifier(table.partitionedBy)})`;
  const storage = table.fillFactor === undefined ? "" : ` with (fillfactor = ${table.fillFactor})`;
  return `create table if not exists ${identifier(table.name)} (\n  ${lines.join(",\n  ")}\n)${partition}${storage}`;
}

/** `alter table … add column`, for a table that is older than the column. */
export function addColumn(table: StoreTable, column: TableColumn): string {
  return `alter table ${identifier(table.name)} add column if not exists ${columnDefinition(column)}`;
}

function columnDefinition({ name, pgType, notNull, initial }: TableColumn): string {
  const value = initial === undefined ? "" : ` default ${initial}`;
  return `${identifier(name)} ${pgType}${collation(pgType)}${notNull ? " not null" : ""}${value}`;
}

/**
 * Text is ordered and folded by code point on every server: pages that a client sorts in, prefix searches by index and the folding of
 * ASCII letters must not depend on a locale.
 */
function collation(pgType: string): string {
  return pgType === "text" || pgType === "text[]" ? ' collate "C"' : "";
}

/** How a `create index` is to be done. */
export interface CreateIndexOptions {
  /** Name of the index; that of the description when absent. */
  readonly name?: string;
  /** Table that is indexed. */
  readonly table: string;
  readonly concurrently?: boolean;
  /** Of a partitioned table only the index that stands for those of the partitions. */
  readonly only?: boolean;
}

/** `create index` on a table or on one of its partitions. */
export function createIndex(
  index: TableIndex,
  { name = index.name, table, concurrently, only }: CreateIndexOptions,
): string {
  const storage = index.pendingKb === undefined ? "" : ` with (gin_pending_list_limit = ${index.pendingKb})`;
  return (
    `create index${concurrently === true ? " concurrently" : ""} if not exists ${identifier(name)} ` +
    `on${only === true ? " only" : ""} ${identifier(table)} using ${index.method} (${index.keys.map(indexKey).join(", ")})${storage}`
  );
}

/** What an index holds of a column, with its operator class: the text between the parentheses of `create index`. */
export function indexKey({ column, of, operators }: IndexKey): string {
  const key = keyExpression(identifier(column), of);
  return operators === undefined ? key : `${key} ${operators}`;
}

/** The expressions of the compiler's tests (compiler/lower/test.ts): another spelling would not be recognised by the planner. */
function keyExpression(column: string, of: IndexKey["of"]): string {
  switch (of) {
    case "column":
      return column;
    case "lower":
      return `(lower(${column}))`;
    case "folded":
      return `(lower(${column} collate "C"))`;
    case "ip4r":
    case "ip6r":
    case "iprange":
      return `(${of}(${column}))`;
  }
}

/** Statistics targets of a table or partition; they are inherited by nothing. */
export function setStatistics(table: StoreTable, name: string): readonly string[] {
  return table.columns.flatMap(({ name: column, statistics }) =>
    statistics === undefined
      ? []
      : [`alter table ${identifier(name)} alter column ${identifier(column)} set statistics ${statistics}`],
  );
}

/** Several identifiers with commas between them. */
export function identifiers(names: readonly string[]): string {
  return names.map(identifier).join(", ");
}
