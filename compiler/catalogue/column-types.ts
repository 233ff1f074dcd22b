/** What each PostgreSQL type of a column holds and how its values are written in SQL. */
import type { WordNormalisation } from "../values/normalise.js";
import type { AddressColumnType, Catalogue, ColumnType, FieldType, StoredField } from "./model.js";

/** Families of addresses that a column can hold, and in which form. */
export interface AddressForm {
  /**
   * `range`: any range, compared by ip4r's operators. `single`: one address, cast to `range` for them. `network`: PostgreSQL's own types, of
   * which the network counts and the host within it does not.
   */
  readonly kind: "range" | "single" | "network";
  /** The type whose operators are used. */
  readonly operand: "iprange" | "ip4r" | "ip6r" | "inet";
  /** The only family that the type holds; null for both. */
  readonly family: 4 | 6 | null;
}

const ADDRESS_FORMS: Readonly<Record<AddressColumnType, AddressForm>> = {
  iprange: { kind: "range", operand: "iprange", family: null },
  ip4r: { kind: "range", operand: "ip4r", family: 4 },
  ip6r: { kind: "range", operand: "ip6r", family: 6 },
  ip4: { kind: "single", operand: "ip4r", family: 4 },
  ip6: { kind: "single", operand: "ip6r", family: 6 },
  ipaddress: { kind: "single", operand: "iprange", family: null },
  inet: { kind: "network", operand: "inet", family: null },
  cidr: { kind: "network", operand: "inet", family: null },
};

const TEXTS: readonly ColumnType[] = ["text", "character varying", "character", "citext", "enum", "uuid"];
const ADDRESSES = Object.keys(ADDRESS_FORMS) as readonly AddressColumnType[];

/** The types of column that a field of a type can be read from; the first is that of a field that names none. */
export const COLUMN_TYPES: Readonly<Record<FieldType, readonly ColumnType[]>> = {
  text: TEXTS,
  id: TEXTS,
  enum: TEXTS,
  ordered: TEXTS,
  hierarchy: TEXTS,
  integer: ["bigint", "integer", "smallint", "numeric"],
  float: ["double precision"],
  boolean: ["boolean"],
  ip: ADDRESSES,
  time: ["timestamptz", "timestamp"],
  duration: ["interval"],
};

/** The type of the field's column. */
export function columnTypeOf({ type, columnType, range }: StoredField): ColumnType {
  return columnType ?? (type === "integer" ? integerType(range) : COLUMN_TYPES[type][0]!);
}

type Range = NonNullable<StoredField["range"]>;

const INTEGER_RANGES: Readonly<Record<"smallint" | "integer", Range>> = {
  smallint: [-(2 ** 15), 2 ** 15 - 1],
  integer: [-(2 ** 31), 2 ** 31 - 1],
};

const INT8_MAX = 2n ** 63n - 1n;

function integerType(range: Range | undefined): ColumnType {
  if (range === undefined) return "bigint";
  const [min, max] = INTEGER_RANGES.integer;
  // The smallest 32-bit number is left out, as it has been from the start: columns keep their types.
  if (range[0] > min && range[1] <= max) return "integer";
  return range[1] <= INT8_MAX ? "bigint" : "numeric";
}

/** The form of the addresses of a column type; that of `iprange` for a type that holds none, of which nobody asks. */
export function addressForm(type: ColumnType): AddressForm {
  return type in ADDRESS_FORMS ? ADDRESS_FORMS[type as AddressColumnType] : ADDRESS_FORMS.iprange;
}

/** Whether a column of the type may hold IPv4-mapped addresses (`::ffff:10.1.2.3`): what others write; the store itself writes none. */
export function holdsMapped(type: ColumnType, { table }: Catalogue): boolean {
  return table.roles === undefined && addressForm(type).family !== 4;
}

/** Smallest and largest whole number of the field: what it declares, within what its column can hold; undefined where neither says. */
export function integerRange({ range, columnType }: StoredField): Range | undefined {
  if (columnType === "bigint" && range !== undefined)
    return [Math.max(range[0], -(2 ** 63)), range[1] < INT8_MAX ? range[1] : INT8_MAX];
  if (columnType !== "smallint" && columnType !== "integer") return range;
  const [low, high] = INTEGER_RANGES[columnType];
  return range === undefined ? [low, high] : [Math.max(low, range[0]), range[1] < high ? range[1] : high];
}

/** How words of the field are normalised: as it says, and identifiers of 128 bits (`uuid`) are in lower case. */
export function normalisationOf({ normalise, columnType }: StoredField): WordNormalisation | undefined {
  return columnType === "uuid" ? "lower" : normalise;
}

/** Whether values have to be cast to text before texts are compared: PostgreSQL would compare them in ways of their own. */
export function isReadAsText(type: ColumnType): boolean {
  return type === "character" || type === "citext" || type === "enum" || type === "uuid";
}

/** The SQL name of the type of one value, in a cast. `character` without a length would be cut to one sign. */
export function typeName(type: ColumnType): string {
  return type === "character" ? "bpchar" : type === "enum" ? "text" : type;
}
