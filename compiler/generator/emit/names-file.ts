/** fields.ts: the names of the catalogue as types. */
import type { SourceFile } from "ts-morph";
import { legacyFields } from "../../catalogue/legacy-names.js";
import { searchedColumns } from "../../catalogue/columns.js";
import type { Catalogue } from "../../catalogue/model.js";
import { camelCase } from "../../sql/operation.js";
import { pascalCase, property, sentence, union } from "./source.js";

/** Fills the file. */
export function buildNames(file: SourceFile, catalogue: Catalogue): void {
  addNames(file, catalogue);
  addStoreNames(file, catalogue);
  addEnumerations(file, catalogue);
  file.addInterface({
    name: "FieldDescriptions",
    isExported: true,
    docs: [sentence("the fields with their documentation, for editors")],
    properties: catalogue.fields.map(({ name, type, list, description }) =>
      property(name, JSON.stringify(list ? `${type}[]` : type), description),
    ),
  });
}

function addNames(file: SourceFile, catalogue: Catalogue): void {
  const { fields, groups, unionGroups } = catalogue;
  file.addTypeAliases([
    {
      name: "FieldName",
      isExported: true,
      docs: [sentence("a field of the filter language, also by the names of the Python module")],
      type: [union(fields.map(({ name }) => name)), "keyof LegacyNames"].join("\n| "),
    },
    {
      name: "ColumnName",
      isExported: true,
      docs: [sentence("a column of the searched table")],
      type: union(searchedColumns(catalogue).map(({ name }) => name)),
    },
    {
      name: "GroupName",
      isExported: true,
      docs: [sentence("what is written before has")],
      type: union([...groups, ...unionGroups].map(({ name }) => name)),
    },
  ]);
  file.addInterface({
    name: "LegacyNames",
    isExported: true,
    docs: [
      sentence(
        "names of columns and search parameters of the Python module, with the fields that they stand for",
      ),
    ],
    properties: [...legacyFields(catalogue)].map(([name, field]) => ({
      ...property(name, JSON.stringify(field.name)),
      docs: [`@deprecated Write ${field.name}.`],
    })),
  });
}

function addStoreNames(file: SourceFile, { table: { roles, plain } }: Catalogue): void {
  const sorted = [roles?.time, roles?.stored, plain?.time].filter((name) => name !== undefined);
  file.addTypeAlias({
    name: "SortName",
    isExported: true,
    docs: [sentence("an order of a search")],
    type: union(sorted.flatMap((name) => [`${name}.desc`, `${name}.asc`])),
  });
  file.addInterface({
    name: "StoreNames",
    isExported: true,
    docs: [sentence("what a store that is opened with the client knows by name")],
    properties: [
      property("field", "FieldName"),
      property("column", "ColumnName"),
      property("sort", "SortName"),
    ],
  });
}

function addEnumerations(file: SourceFile, { enumerations }: Catalogue): void {
  for (const { name, article, values, open } of enumerations)
    file.addTypeAlias({
      name: enumerationType(name),
      isExported: true,
      docs: [sentence(open ? `${article}: a known one or any other` : article)],
      // The intersection keeps the known values in completions, where a plain union with string would swallow them.
      type: open
        ? [...(values.length === 0 ? [] : [union(values)]), "(string & NonNullable<unknown>)"].join("\n| ")
        : union(values),
    });
}

/** Name of the type of an enumeration: `node_type` → `NodeType`. */
export function enumerationType(name: string): string {
  return pascalCase(camelCase(name));
}
