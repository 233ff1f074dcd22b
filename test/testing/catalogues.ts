/** Arbitrary catalogues: tables of any columns, lists, groups, unions, enumerations, indexes, and names that need quotes. */
import fc from "fast-check";
import { COLUMN_TYPES, columnTypeOf } from "../../compiler/catalogue/column-types.js";
import type {
  Catalogue,
  ColumnType,
  ElementGroup,
  Enumeration,
  Field,
  FieldType,
  IndexSupport,
  StoredField,
  UnionField,
} from "../../compiler/catalogue/model.js";
import { tableStatements } from "../../compiler/schema/searched-table.js";

/** Types whose values are those of an enumeration. */
const WORDS: ReadonlySet<FieldType> = new Set(["enum", "ordered", "hierarchy"]);

const NORMALISED = ["lower", "upper", "host", "mail", "mac"] as const;

/** A catalogue, and the SQL of its table. */
export interface CatalogueWithTable {
  /** Names, types and indexes of the table. */
  readonly catalogue: Catalogue;
  /** Statements that make the table and the indexes that the catalogue declares, each ended by a semicolon; see {@link tableStatements}. */
  readonly ddl: string;
}

/** How {@link catalogues} chooses. */
export interface CatalogueOptions {
  /**
   * `table`, when absent: a table of the columns alone, for {@link tableStatements}. `store`: one that a store makes and keeps, for `openStorage`.
   */
  readonly layout?: "table" | "store" | undefined;
  /** Types of column that the database lacks: `ip4` and `ip6` in the compatibility schema of the embedded server. */
  readonly without?: readonly ColumnType[] | undefined;
}

/**
 * Catalogues that can be used, with the statements that make their tables: an identifier, a time, up to eight more fields of any type, perhaps a group
 * and unions. {@link filters} and {@link events} fit any of them. Shrinks to few fields with plain names.
 *
 * @example
 * fc.assert(fc.property(catalogues().chain(({ catalogue }) => fc.tuple(fc.constant(catalogue), filters({ catalogue }),
 *   events({ catalogue }))), ([catalogue, filter, event]) =>
 *     compileFilter(filter, { catalogue }).matches(event) === referenceMatch(filter, event, { catalogue })));
 */
export function catalogues({
  layout = "table",
  without = [],
}: CatalogueOptions = {}): fc.Arbitrary<CatalogueWithTable> {
  const types = (Object.keys(COLUMN_TYPES) as FieldType[]).filter((type) => type !== "id");
  const lacking = new Set<ColumnType>([...without, "citext", "enum"]);
  return fc
    .record({
      table: fc.constantFrom("rows", "Mixed Case", "select", 'quo"ted', "řádky"),
      columns: fc.array(columnsOf(fc.constantFrom(...types), lacking), { minLength: 1, maxLength: 8 }),
      inner: fc.array(columnsOf(fc.constantFrom(...types), lacking), { maxLength: 3 }),
      tokens: fc.boolean(),
      enumeration: enumerations,
    })
    .map((drawn) => {
      const catalogue = assemble(drawn, layout);
      return { catalogue, ddl: `${tableStatements(catalogue).join(";\n")};\n` };
    });
}

/** A column before it has a place in a table. */
interface Column {
  readonly type: FieldType;
  readonly columnType: ColumnType | undefined;
  readonly list: boolean;
  readonly required: boolean;
  readonly index: IndexSupport;
  readonly range: StoredField["range"] | null;
  readonly normalise: (typeof NORMALISED)[number] | null;
  /** What its name begins with; the number that makes it unique comes after it. */
  readonly name: string;
  readonly path: string;
}

interface Drawn {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly inner: readonly Column[];
  readonly tokens: boolean;
  readonly enumeration: Enumeration;
}

function columnsOf(types: fc.Arbitrary<FieldType>, lacking: ReadonlySet<ColumnType>): fc.Arbitrary<Column> {
  return types.chain((type) =>
    fc
      .record({
        columnType: fc.constantFrom(
          undefined,
          ...COLUMN_TYPES[type].filter(
            (given) => !lacking.has(given) && !(WORDS.has(type) && given === "uuid"),
          ),
        ),
        list: fc.boolean(),
        required: fc.constantFrom(false, false, false, true),
        index: fc.constantFrom<IndexSupport>(
          "none",
          "none",
          "btree",
          "gin",
          "gist",
          "hash",
          "trigram",
          "tokens",
        ),
        range: fc.constantFrom(null, ...(type === "integer" ? RANGES : [])),
        normalise: fc.constantFrom(null, null, ...(type === "text" ? NORMALISED : [])),
        name: fc.constantFrom("column", "Order", "with space", 'quo"te', "limit", "ä"),
        path: fc.constantFrom("", "Deep.", "Deep.Er."),
      })
      .map((drawn) => ({ type, ...drawn })),
  );
}

const RANGES: readonly NonNullable<StoredField["range"]>[] = [
  [0, 65_535],
  [-5, 5],
  [0, 2n ** 64n - 1n],
];

const enumerations: fc.Arbitrary<Enumeration> = fc
  .record({
    values: fc.constantFrom(["low", "medium", "high"], ["A", "A.b", "A.b.c", "B"], ["ssh", "a", "k"]),
    open: fc.boolean(),
  })
  .map((drawn) => ({ name: "word", article: "a word", ...drawn }));

function assemble(
  { table, columns, inner, tokens, enumeration }: Drawn,
  layout: "table" | "store",
): Catalogue {
  const own = layout === "store" ? [ID, TIME, STORED] : [ID, TIME];
  const plain = columns.map((column, position) => stored(column, `f${position}`, `K${position}`));
  const grouped = inner.map((column, position) =>
    stored({ ...column, list: true, path: "" }, `part.f${position}`, `Part.K${position}`),
  );
  const fields: Field[] = [...own, ...plain, ...grouped];
  const hasTokens = fields.some((field) => field.kind === "stored" && field.index === "tokens");
  return {
    name: "any",
    table: {
      name: table,
      ...(hasTokens && tokens ? { tokensColumn: "address tokens" } : {}),
      ...(layout === "store" ? { roles: { id: ID.name, time: TIME.name, stored: STORED.name } } : {}),
    },
    fields: [...fields, ...unions([...plain, ...grouped])],
    groups: grouped.length === 0 ? [] : [PART],
    unionGroups: [],
    enumerations: [enumeration],
  };
}

function stored(column: Column, name: string, key: string): StoredField {
  const { type, columnType, list, required, range, normalise } = column;
  const field: StoredField = {
    kind: "stored",
    name,
    type,
    list,
    column: `${column.name} ${name}`,
    paths: [`${column.path}${key}`],
    description: `${name} of the row`,
    example: `${name} exists`,
    ...(columnType === undefined ? {} : { columnType }),
    ...(required && !list ? { required } : {}),
    ...(range === null ? {} : { range }),
    ...(normalise === null || columnType === "uuid" ? {} : { normalise }),
    ...(WORDS.has(type) ? { enumeration: "word" } : {}),
  };
  return serves(field, column.index) ? { ...field, index: column.index } : field;
}

/** Whether there can be an index of the kind over the column, and it serves some test. */
function serves(field: StoredField, index: IndexSupport): boolean {
  const type = columnTypeOf(field);
  const isText = COLUMN_TYPES[field.type] === COLUMN_TYPES.text;
  switch (index) {
    case "btree":
      // The compatibility schema gives its addresses no order.
      return !field.list && type !== "ipaddress";
    case "gin":
      return field.list && (isText || field.type === "integer");
    case "gist":
      return !field.list && field.type === "ip";
    case "hash":
      return !field.list && isText;
    case "trigram":
      return !field.list && isText && type !== "uuid" && type !== "character";
    case "tokens":
      return field.type === "ip" && type === "iprange";
    case "none":
      return true;
  }
}

/** A union of the first two columns that can be compared with each other, for addresses, texts and numbers. */
function unions(fields: readonly StoredField[]): readonly UnionField[] {
  return (["ip", "text", "integer"] as const).flatMap((type): readonly UnionField[] => {
    const same = fields.filter((field) => field.type === type);
    const [first] = same;
    const parts = same.filter((field) => columnTypeOf(field) === columnTypeOf(first!)).slice(0, 2);
    if (parts.length < 2) return [];
    const name = `any-${type}`;
    const of = parts.map((part) => part.name);
    return [
      {
        kind: "union",
        name,
        type,
        list: true,
        of,
        description: of.join(" and "),
        example: `${name} exists`,
      },
    ];
  });
}

const own = (name: string, type: FieldType, key: string): StoredField => ({
  kind: "stored",
  name,
  type,
  list: false,
  column: name,
  paths: [key],
  required: true,
  index: "btree",
  description: `${name} of the row`,
  example: `${name} exists`,
});

const ID = own("id", "id", "ID");
const TIME = own("at", "time", "At");
const STORED: StoredField = { ...own("stored", "time", "Stored"), stamped: true };

const PART: ElementGroup = {
  name: "part",
  description: "a part of the event",
  path: "Part",
  countColumn: "Part count",
  elementsColumn: "Part elements",
  example: "part has (f0 exists)",
};
