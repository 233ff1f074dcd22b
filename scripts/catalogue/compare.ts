/** Holding the catalogue of a table that something else keeps against the table: what has become different, a line each. */
import { columnTypeOf } from "../../compiler/catalogue/column-types.js";
import { searchedColumns } from "../../compiler/catalogue/columns.js";
import type { Catalogue, StoredField } from "../../compiler/catalogue/model.js";
import { catalogType } from "../../compiler/sql/operation.js";
import { supports, typeText, type LiveColumn, type LiveTable } from "./describe.js";

/** Columns that are missing, of another type or nullable where the catalogue says a value is always there, and indexes that are missing. */
export function tableDifferences(catalogue: Catalogue, table: LiveTable): readonly string[] {
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  return searchedColumns(catalogue).flatMap((searched) => {
    const column = columns.get(searched.name);
    if (column === undefined) return [`${table.name}: the column ${searched.name} is missing`];
    if (searched.kind !== "field") return [];
    return fieldDifferences(searched.field, column, table).map((line) => `${searched.field.name}: ${line}`);
  });
}

function fieldDifferences(field: StoredField, column: LiveColumn, table: LiveTable): readonly string[] {
  const found = typeText(column);
  const declared = catalogType(`${typeName(field)}${field.list ? "[]" : ""}`);
  if (column.kind !== "e" ? declared !== found : typeName(field) !== "enum")
    return [`the catalogue says ${declared}, the column ${column.name} is ${found}`];
  return [
    ...(field.required === true && !field.list && !column.required
      ? [`the catalogue says it is always there, the column ${column.name} may be null`]
      : []),
    ...indexDifferences(field, column, table),
  ];
}

/** As the system catalogs spell it; `enum` stands for whatever enumeration it is. */
function typeName(field: StoredField): string {
  const type = columnTypeOf(field);
  return type === "character" ? "bpchar" : type;
}

function indexDifferences(
  field: StoredField,
  column: LiveColumn,
  { name, keys }: LiveTable,
): readonly string[] {
  const { index = "none", indexOn, type } = field;
  if (index === "none" || index === "tokens") return [];
  const found = supports(column, type, keys);
  if (found.some((support) => support.index === index && support.indexOn === indexOn)) return [];
  const on = indexOn === undefined ? "" : ` over ${indexOn}`;
  return [`the catalogue declares an index ${index}${on}, and ${name} has none over ${column.name}`];
}
