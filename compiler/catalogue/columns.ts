/** The columns of the searched table, derived from a catalogue: one list for the DDL, the row mapping and the reading of rows. */
import { addressForm, columnTypeOf, typeName } from "./column-types.js";
import type { Catalogue, ElementGroup, StoredField } from "./model.js";

interface ColumnBase {
  readonly name: string;
  /** PostgreSQL type, with `[]` for a list. */
  readonly pgType: string;
  readonly notNull: boolean;
  /** One line of documentation, a phrase without a full stop. */
  readonly description: string;
}

/** The values of a field; null where there is none, also for a list. */
export interface FieldColumn extends ColumnBase {
  readonly kind: "field";
  readonly field: StoredField;
}

/** The number of elements of a group. */
export interface CountColumn extends ColumnBase {
  readonly kind: "count";
  readonly group: ElementGroup;
}

/** The elements of a group that has more than one. */
export interface ElementsColumn extends ColumnBase {
  readonly kind: "elements";
  readonly group: ElementGroup;
}

/** The prefix tokens of all token-indexed fields. */
export interface TokensColumn extends ColumnBase {
  readonly kind: "tokens";
}

/** A column of the searched table: of a field, of its prefix tokens, or of an element group. */
export type SearchedColumn = FieldColumn | CountColumn | ElementsColumn | TokensColumn;

/**
 * The columns in the order of the DDL: the stored fields in catalogue order, then count and elements of each group, then the
 * tokens.
 */
export function searchedColumns(catalogue: Catalogue): readonly SearchedColumn[] {
  const fields = catalogue.fields.filter((field) => field.kind === "stored").map(fieldColumn);
  const groups = catalogue.groups.flatMap(groupColumns);
  const { tokensColumn } = catalogue.table;
  return tokensColumn === undefined ? [...fields, ...groups] : [...fields, ...groups, tokens(tokensColumn)];
}

/** The PostgreSQL type of one value of a field. */
export function valueType(field: StoredField): string {
  return typeName(columnTypeOf(field));
}

/**
 * The number that tells the tokens of one field from those of another in the tokens column: 1 for the first token-indexed field
 * of the catalogue, 2 for the second. Null for a field that has no tokens.
 */
export function tokenSide(field: StoredField, catalogue: Catalogue): number | null {
  const sides = catalogue.fields.filter((other) => other.kind === "stored" && other.index === "tokens");
  // By name: the field may be of a copy of this package.
  const position = sides.findIndex(({ name }) => name === field.name);
  return position < 0 ? null : position + 1;
}

/**
 * Whether the store keeps a list of the field's values, `StoreTables.words`: those of texts with few different ones, which an index holds. A
 * test of a part of the text is then asked of the list, and the index finds the events with the values that are left.
 */
export function isListed({ type, index, rollup }: StoredField, { table }: Catalogue): boolean {
  const isText = type === "text" || type === "hierarchy";
  return table.roles !== undefined && isText && rollup === "all" && (index === "gin" || index === "btree");
}

/** Whether conditions over the table use types and operators of ip4r: those over `inet` and `cidr` alone do not. */
export function readsRanges({ fields, table }: Catalogue): boolean {
  if (table.plain === undefined) return true;
  const types = fields.flatMap((field) =>
    field.kind === "stored" && field.type === "ip"
      ? [columnTypeOf(field), ...(field.hulls ?? []).map(({ columnType }) => columnType)]
      : [],
  );
  return types.some((type) => addressForm(type).kind !== "network");
}

/** The fields whose values are listed, in catalogue order. */
export function listedFields(catalogue: Catalogue): readonly StoredField[] {
  return catalogue.fields.filter(
    (field): field is StoredField => field.kind === "stored" && isListed(field, catalogue),
  );
}

function fieldColumn(field: StoredField): FieldColumn {
  return {
    kind: "field",
    name: field.column,
    pgType: field.list ? `${valueType(field)}[]` : valueType(field),
    notNull: field.required === true && !field.list,
    description: field.description,
    field,
  };
}

function groupColumns(group: ElementGroup): readonly SearchedColumn[] {
  return [
    {
      kind: "count",
      name: group.countColumn,
      // Not smallint: an event may list every host of a /16 as an element of its own.
      pgType: "integer",
      notNull: true,
      description: `how many elements ${group.path} has`,
      group,
    },
    {
      kind: "elements",
      name: group.elementsColumn,
      pgType: "jsonb",
      notNull: false,
      description: `the elements of ${group.path}, where there is more than one`,
      group,
    },
  ];
}

function tokens(name: string): TokensColumn {
  return {
    kind: "tokens",
    name,
    pgType: "integer[]",
    notNull: false,
    description: "prefix tokens of the addresses, a prefilter for searches by address",
  };
}
