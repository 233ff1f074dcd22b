/** From a live table to the description of it: what each column can be searched as, and what can't be. */
import type {
  ColumnType,
  FieldType,
  IndexExpression,
  IndexSupport,
  StoredField,
} from "../../compiler/catalogue/model.js";
import { isFieldName } from "../../grammar/words.js";

/** A column as the catalogs of the server have it. */
export interface LiveColumn {
  readonly name: string;
  readonly type: string;
  /** `e`: a type made by CREATE TYPE … AS ENUM. */
  readonly kind: string;
  readonly list: boolean;
  readonly required: boolean;
  readonly comment: string | null;
}

/** One key of an index. */
export interface LiveKey {
  readonly method: string;
  readonly place: number;
  readonly single_unique: boolean;
  readonly primary: boolean;
  /** The column or expression, as SQL. */
  readonly key: string;
  readonly operators: string;
}

/** A table as it was found. */
export interface LiveTable {
  readonly name: string;
  readonly schema: string;
  readonly comment: string | null;
  readonly columns: readonly LiveColumn[];
  readonly keys: readonly LiveKey[];
}

/** What the catalogue of a table says. */
export interface Described {
  readonly fields: readonly StoredField[];
  /** Name of the time field that pages go by. */
  readonly time: string;
  /** The time may be missing: the table does not say that it is always there. */
  readonly timeMayBeMissing: boolean;
  readonly key: string | undefined;
  /** Columns that can't be searched, with their types. */
  readonly omitted: readonly { readonly column: string; readonly type: string }[];
}

type Known = readonly [type: FieldType, columnType: ColumnType];

const TYPES: Readonly<Record<string, Known>> = {
  text: ["text", "text"],
  varchar: ["text", "character varying"],
  bpchar: ["text", "character"],
  citext: ["text", "citext"],
  uuid: ["text", "uuid"],
  int2: ["integer", "smallint"],
  int4: ["integer", "integer"],
  int8: ["integer", "bigint"],
  float8: ["float", "double precision"],
  bool: ["boolean", "boolean"],
  timestamptz: ["time", "timestamptz"],
  timestamp: ["time", "timestamp"],
  interval: ["duration", "interval"],
  iprange: ["ip", "iprange"],
  ip4r: ["ip", "ip4r"],
  ip6r: ["ip", "ip6r"],
  ip4: ["ip", "ip4"],
  ip6: ["ip", "ip6"],
  ipaddress: ["ip", "ipaddress"],
  inet: ["ip", "inet"],
  cidr: ["ip", "cidr"],
};

/** The description of a table; null where it has no column of time, which pages and timelines go by. */
export function describeTable({ columns, keys }: LiveTable): Described | null {
  const key = keyColumn(columns, keys);
  const names = new Set<string>();
  const fields: StoredField[] = [];
  const omitted: { column: string; type: string }[] = [];
  for (const column of columns) {
    const known = column.kind === "e" ? (["text", "enum"] as const) : TYPES[column.type];
    if (known === undefined) omitted.push({ column: column.name, type: typeText(column) });
    else fields.push(describeColumn(column, known, { name: fieldName(column.name, names), keys, key }));
  }
  const times = fields.filter(({ type, list }) => type === "time" && !list);
  const time =
    times.find(({ required, index }) => required === true && index === "btree") ??
    times.find(({ required }) => required === true) ??
    times.find(({ index }) => index === "btree") ??
    times[0];
  if (time === undefined) return null;
  return {
    fields: fields.map((field) => (field === time ? { ...field, required: true } : field)),
    time: time.name,
    timeMayBeMissing: time.required !== true,
    key: fields.find(({ column }) => column === key)?.name,
    omitted,
  };
}

/** Name of the type of a column, as the system catalogs spell it. */
export const typeText = ({ type, list }: LiveColumn): string => (list ? `${type}[]` : type);

const KEY_TYPES: ReadonlySet<string> = new Set(["text", "varchar", "uuid", "int2", "int4", "int8"]);

/** The one column of the primary key, else of another unique index, where it is never null. */
function keyColumn(columns: readonly LiveColumn[], keys: readonly LiveKey[]): string | undefined {
  const fits = columns.filter(({ type, list, required }) => required && !list && KEY_TYPES.has(type));
  const unique = keys.filter(({ single_unique }) => single_unique);
  return unique.map(({ key }) => unquoted(key)).find((key) => fits.some(({ name }) => name === key));
}

const unquoted = (name: string): string =>
  name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;

/** The column's name as a filter can write it. */
function fieldName(column: string, taken: Set<string>): string {
  const plain = column.toLowerCase().replace(/[^\p{L}\d_-]+/gu, "_");
  let name = isFieldName(plain) ? plain : `${plain.replace(/^[\d-]+/, "_")}_`;
  while (taken.has(name)) name += "_";
  taken.add(name);
  return name;
}

interface Surroundings {
  readonly name: string;
  readonly keys: readonly LiveKey[];
  readonly key: string | undefined;
}

function describeColumn(
  column: LiveColumn,
  [type, columnType]: Known,
  { name, keys, key }: Surroundings,
): StoredField {
  const isKey = column.name === key && type === "text";
  const fieldType = isKey ? "id" : type;
  const index = isKey || !column.list || type !== "boolean" ? indexOf(column, type, keys) : {};
  return {
    kind: "stored",
    name,
    type: fieldType,
    list: column.list,
    column: column.name,
    columnType,
    paths: [],
    ...(column.required && !column.list ? { required: true } : {}),
    ...index,
    description: phrase(column.comment) ?? `column ${column.name}`,
    example: exampleOf(name, fieldType),
  };
}

/** One line without a full stop. */
function phrase(comment: string | null): string | undefined {
  const text = comment?.replace(/\s+/g, " ").trim().replace(/\.$/, "");
  return text === "" ? undefined : text;
}

function exampleOf(name: string, type: FieldType): string {
  switch (type) {
    case "ip":
      return `${name} in 192.0.2.0/24`;
    case "integer":
    case "float":
      return `${name} > 0`;
    case "time":
      return `${name} in last 24h`;
    case "duration":
      return `${name} >= 1s`;
    case "boolean":
      return `${name} = true`;
    default:
      return `${name} exists`;
  }
}

interface Index {
  readonly index?: IndexSupport;
  readonly indexOn?: IndexExpression;
}

/** What the indexes over a column serve, one a key. */
export function supports(column: LiveColumn, type: FieldType, keys: readonly LiveKey[]): readonly Index[] {
  return keys.flatMap((key) => supportOf(key, column, type) ?? []);
}

/** The most useful of the indexes over the column. */
function indexOf(column: LiveColumn, type: FieldType, keys: readonly LiveKey[]): Index {
  const found = supports(column, type, keys);
  const rank = ({ index = "none" }: Index): number => USEFUL.indexOf(index);
  return [...found].sort((a, b) => rank(a) - rank(b))[0] ?? {};
}

const USEFUL: readonly IndexSupport[] = ["gist", "gin", "trigram", "btree", "hash", "none"];

function supportOf(
  { method, place, key, operators }: LiveKey,
  column: LiveColumn,
  type: FieldType,
): Index | null {
  const over = keyExpression(key, column.name);
  if (over === null) return null;
  const isText = type === "text" && !column.list;
  if (/trgm/.test(operators))
    return isText && over !== "range"
      ? { index: "trigram", ...(over === "folded" ? {} : { indexOn: over }) }
      : null;
  if (type === "ip" && !column.list)
    return method === "gist" || method === "spgist"
      ? { index: "gist" }
      : method === "btree" && place === 1 && over === "column"
        ? { index: "btree" }
        : null;
  if (over === "range" || type === "ip" || type === "boolean") return null;
  if (column.list) return method === "gin" && over === "column" ? { index: "gin" } : null;
  const isOrdered = method === "btree" || (method === "brin" && type === "time");
  if (isOrdered && place === 1 && (over === "column" || isText))
    return { index: "btree", ...(over === "column" ? {} : { indexOn: over }) };
  return method === "hash" && isText && over === "column" ? { index: "hash" } : null;
}

/** What of the column an index is over; null for anything that no test asks for. */
function keyExpression(key: string, column: string): IndexExpression | "range" | null {
  const name = unquoted(key);
  if (name === column) return "column";
  const inner = /^lower\(\(?"?([^"()]+?)"?(::text)?( COLLATE "C")?\)?\)$/.exec(key);
  if (inner?.[1]?.trim() === column) return inner[3] === undefined ? "lower" : "folded";
  const range = /^(?:ip4r|ip6r|iprange)\("?([^"()]+)"?\)$/.exec(key);
  return range?.[1] === column ? "range" : null;
}
