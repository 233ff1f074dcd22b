/** The DDL of a catalogue's table: its columns and the indexes that it declares, and nothing around them. */
import { searchedColumns } from "../../compiler/catalogue/columns.js";
import type { Catalogue, ColumnType, IndexExpression, StoredField } from "../../compiler/catalogue/model.js";
import { identifier } from "../../compiler/sql/fragment.js";

/** How {@link tableStatements} makes the table. */
export interface TableOptions {
  /** One that ends with the session and is seen by it alone. */
  readonly temporary?: boolean | undefined;
}

/**
 * Statements that make the searched table of a catalogue as other software would: `create table` with the columns of
 * `searchedColumns`, then the indexes that its fields declare.
 */
export function tableStatements(
  catalogue: Catalogue,
  { temporary = false }: TableOptions = {},
): readonly string[] {
  const table = identifier(catalogue.table.name);
  const columns = searchedColumns(catalogue).map(({ name, pgType }) => `${identifier(name)} ${pgType}`);
  const { tokensColumn } = catalogue.table;
  return [
    `create ${temporary ? "temporary " : ""}table ${table} (${columns.join(", ")})`,
    ...catalogue.fields
      .filter((field): field is StoredField => field.kind === "stored")
      .flatMap((field) => indexKeys(field).map((key) => `create index on ${table} using ${key}`)),
    ...(tokensColumn === undefined
      ? []
      : [`create index on ${table} using gin (${identifier(tokensColumn)})`]),
  ];
}

/** Method and key of the index that a field declares. */
function indexKeys(field: StoredField): readonly string[] {
  const { index, columnType } = field;
  const column = identifier(field.column);
  switch (index) {
    case "btree":
    case "hash":
      return [`${index} (${expressionOf(column, field.indexOn ?? "column")})`];
    case "gin":
      return [`gin (${column})`];
    case "trigram":
      return [`gin (${expressionOf(column, field.indexOn ?? "folded")} gin_trgm_ops)`];
    case "gist":
      return [`gist (${gistKey(column, columnType)})`];
    case "tokens":
    case "none":
    case undefined:
      return [];
  }
}

function expressionOf(column: string, on: IndexExpression): string {
  switch (on) {
    case "column":
      return column;
    case "lower":
      return `(lower(${column}))`;
    case "folded":
      return `(lower(${column} collate "C"))`;
  }
}

function gistKey(column: string, type: ColumnType | undefined): string {
  switch (type) {
    case "inet":
    case "cidr":
      return `${column} inet_ops`;
    case "ip4":
      return `(ip4r(${column}))`;
    case "ip6":
      return `(ip6r(${column}))`;
    case "ipaddress":
      return `(iprange(${column}))`;
    default:
      return column;
  }
}
