/** The DDL of a table as other software would make it: the columns and indexes that a catalogue declares, and nothing around them. */
import { declaredIndex, gistKey } from "../catalogue/declared-index.js";
import { searchedColumns, valueType } from "../catalogue/columns.js";
import { indexCatalogue } from "../catalogue/lookup.js";
import type { Catalogue, HullColumn, PlainJson } from "../catalogue/model.js";
import { identifier } from "../sql/fragment.js";
import { indexKey } from "./ddl.js";

/** How {@link tableStatements} makes the table. */
export interface TableOptions {
  /** One that ends with the session and is seen by it alone. */
  readonly temporary?: boolean | undefined;
}

/**
 * Statements that make the searched table of a catalogue as other software would: `create table` with the columns of
 * `searchedColumns` and the JSON where the catalogue names it, then the indexes that fields and hulls declare.
 */
export function tableStatements(
  catalogue: Catalogue,
  { temporary = false }: TableOptions = {},
): readonly string[] {
  const create = `create ${temporary ? "temporary " : ""}table`;
  const { name, plain, tokensColumn } = catalogue.table;
  const table = identifier(name);
  const json = plain?.json;
  const columns = [
    ...searchedColumns(catalogue).map(({ name: column, pgType }) => [column, pgType] as const),
    ...hullColumns(catalogue),
    ...(json !== undefined && json.table === undefined ? [jsonColumn(json)] : []),
  ].map(([column, type]) => `${identifier(column)} ${type}`);
  return [
    `${create} ${table} (${columns.join(", ")})`,
    ...(json?.table === undefined ? [] : [`${create} ${jsonTable(catalogue, json, json.table)}`]),
    ...indexes(catalogue).map((index) => `create index on ${table} using ${index}`),
    ...(tokensColumn === undefined
      ? []
      : [`create index on ${table} using gin (${identifier(tokensColumn)})`]),
  ];
}

/** Method and keys of each index. */
function indexes({ fields }: Catalogue): readonly string[] {
  return fields.flatMap((field) => {
    if (field.kind !== "stored") return [];
    const own = declaredIndex(field);
    const covers = field.index === "none" ? [] : (field.hulls ?? []).map(hullKey);
    return [
      ...(own === null ? [] : [`${own.method} (${indexKey(own.key)})`]),
      ...(covers.length === 0 ? [] : [`gist (${covers.join(", ")})`]),
    ];
  });
}

const hullKey = ({ column, columnType }: HullColumn): string => indexKey(gistKey({ column, columnType }));

/** Names and types of the columns that cover lists of addresses; fields may share them. */
export function hullColumns({ fields }: Catalogue): readonly (readonly [string, string])[] {
  const hulls = fields.flatMap((field) => (field.kind === "stored" ? (field.hulls ?? []) : []));
  return [...new Map(hulls.map(({ column, columnType }) => [column, columnType]))];
}

const jsonColumn = ({ column, columnType }: PlainJson): readonly [string, string] => [column, columnType];

function jsonTable(
  catalogue: Catalogue,
  json: PlainJson,
  { name, key }: NonNullable<PlainJson["table"]>,
): string {
  const field = indexCatalogue(catalogue).fields.get(catalogue.table.plain?.key ?? "");
  const type = field?.kind === "stored" ? valueType(field) : "text";
  const [column, columnType] = jsonColumn(json);
  return `${identifier(name)} (${identifier(key)} ${type} primary key, ${identifier(column)} ${columnType})`;
}
