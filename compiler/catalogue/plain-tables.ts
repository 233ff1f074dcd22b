/** The description of a table that something else keeps. */
import { searchedColumns } from "./columns.js";
import { indexCatalogue } from "./lookup.js";
import type { Catalogue, PlainTable, StoredField } from "./model.js";
import type { StoreTable, StoreTables, TableColumn } from "./table-model.js";
import type { TableNames } from "./table-names.js";
import { searchedColumn } from "./table-parts.js";

/** The place of a row: what tells rows apart that have no key. */
const PLACE: StoredField = {
  kind: "stored",
  name: "ctid",
  type: "text",
  list: false,
  column: "ctid",
  paths: [],
  description: "place of the row in its table",
  example: "",
};

/** The fields that the operations rest on: the key, or the place of a row where there is none. */
export function plainRoles(catalogue: Catalogue, plain: PlainTable): StoreTables["roles"] {
  const { fields } = indexCatalogue(catalogue);
  const stored = (name: string): StoredField => {
    const field = fields.get(name);
    if (field?.kind === "stored") return field;
    throw new Error(`catalogue "${catalogue.name}": ${name} is no stored field`);
  };
  const time = stored(plain.time);
  return { id: plain.key === undefined ? PLACE : stored(plain.key), time, stored: time };
}

/** A table that something else keeps has the names of what is around it, and nothing by these names. */
export function plainTables(
  catalogue: Catalogue,
  names: TableNames,
  plain: PlainTable,
): Pick<StoreTables, "events" | "json" | "ids"> {
  const table = (name: string, columns: readonly TableColumn[]): StoreTable => ({
    name,
    description: "a table that something else keeps",
    columns,
    primaryKey: [],
    indexes: [],
    partitionedBy: null,
  });
  return {
    events: table(catalogue.table.name, searchedColumns(catalogue).map(searchedColumn)),
    json: table(plain.json?.table?.name ?? catalogue.table.name, []),
    ids: table(names.ids, []),
  };
}
