/**
 * The catalogue: the one typed description of what can be filtered, where it lies in an event and where in the database.
 *
 * Everything that names a field is derived from it: DDL, the mapping of an event to a row, the checker, completion, the
 * reference documentation, the generated types. It is an argument of the compiler, never a global, so that a user can
 * describe a table of their own.
 */
import type { FieldType } from "../../grammar/field-types.js";
import type { WholeNumber } from "../values/exact-json.js";
import type { WordNormalisation } from "../values/normalise.js";

export type { FieldType } from "../../grammar/field-types.js";

/** A set of known words: values of `enum`, `ordered` and `hierarchy` fields. */
export interface Enumeration {
  /** Name by which fields refer to it. */
  readonly name: string;
  /** What one value is called in messages, with its article: "a severity". */
  readonly article: string;
  /** Known values in the stored spelling; for an `ordered` field in ascending order. */
  readonly values: readonly string[];
  /** Open: other values occur in real data, an unknown literal is a warning. Closed: it is an error. */
  readonly open: boolean;
  /**
   * Of a closed one: an event's unknown value is stored as it is, so that the event is told from one without a value, and meets no test of
   * a known one. When absent it is dropped with a remark.
   */
  readonly keepsUnknown?: boolean;
}

/**
 * What kind of index can serve a positive test of the field. `gist`: over an address (ip4r's operator classes, `inet_ops`; of `ip4`, `ip6` and
 * `ipaddress` over the expression of their range, `ip4r(x)`, `ip6r(x)`, `iprange(x)`).
 */
export type IndexSupport = "gin" | "btree" | "hash" | "trigram" | "gist" | "tokens" | "none";

/**
 * PostgreSQL types of one value of a column, as `columnType` of a stored field. `enum`: any type that was made by CREATE TYPE … AS ENUM;
 * `timestamp` holds UTC whatever the zone of the session.
 */
export type ColumnType =
  | "text"
  | "character varying"
  | "character"
  | "citext"
  | "enum"
  | "uuid"
  | "smallint"
  | "integer"
  | "bigint"
  | "numeric"
  | "double precision"
  | "boolean"
  | "timestamptz"
  | "timestamp"
  | "interval"
  | AddressColumnType;

/** Those that hold addresses: ranges (`iprange`, `ip4r`, `ip6r`), networks (`inet`, `cidr`) and single addresses. */
export type AddressColumnType = "iprange" | "ip4r" | "ip6r" | "ip4" | "ip6" | "ipaddress" | "inet" | "cidr";

/**
 * What an index of a text is over: `column`, the text as it is; `lower`, `lower(column)` in the column's own collation; `folded`,
 * `lower(column collate "C")`, as the store makes its own.
 */
export type IndexExpression = "column" | "lower" | "folded";

/**
 * A column with the smallest range that holds all addresses of one family in a list, over which there is an index (GiST): it finds the rows
 * whose addresses can meet a test. Null or empty where the list has none of the family.
 */
export interface HullColumn {
  /** Name of the column. */
  readonly column: string;
  /** Its PostgreSQL type. */
  readonly columnType: "iprange" | "ip4r" | "ip6r" | "inet" | "cidr";
}

/**
 * How a field is counted in advance: `all` its values by the hour, for fields with few different ones, whose values are also listed; of many
 * values the most frequent of each day, `top`.
 */
export type Rollup = "all" | "top";

interface FieldBase {
  /** Dotted lower-case name, as written in filters: `source.ip`. */
  readonly name: string;
  /** What its values are, which decides the operators that it takes. */
  readonly type: FieldType;
  /** A list field has any number of values; a scalar one or none. */
  readonly list: boolean;
  /** One line of documentation, a phrase without a full stop. */
  readonly description: string;
  /** A filter that shows the field in use; compiled by a test. */
  readonly example: string;
  /** Name of the {@link Enumeration}, for `enum`, `ordered` and `hierarchy`. */
  readonly enumeration?: string;
  /** Other names that resolve to this field, reported with the name to use: the legacy search parameters. */
  readonly aliases?: readonly string[];
}

/** A field with a column of its own. */
export interface StoredField extends FieldBase {
  /** Tells it from a union. */
  readonly kind: "stored";
  /** Column of the searched table. */
  readonly column: string;
  /**
   * PostgreSQL type of one value of the column. When absent, that of the field's type: text, integer, bigint or numeric by the range, double precision,
   * boolean, iprange, timestamptz, interval.
   */
  readonly columnType?: ColumnType;
  /**
   * Where the value lies in the event's JSON: dotted keys, lists flattened at every step, a scalar where a list is due
   * taken as a list of one. A list field takes the values of all paths in order; a scalar field the first usable one. Without a path the
   * value lies under the name of the field, as one key: so is an event of a table without JSON.
   */
  readonly paths: readonly string[];
  /** A value is always there: an event without one is refused. `missing` and the lint about missing values do not apply. */
  readonly required?: boolean;
  /** An event that has no value gets the time of storing. */
  readonly stamped?: boolean;
  /** The event's own values are followed by the remarks of the mapping on what was wrong with the event. */
  readonly remarks?: boolean;
  /** The event gives this key one value per element, so that a bare value in a list field is no deviation. */
  readonly single?: boolean;
  /** How its words are brought to one spelling before they are compared. */
  readonly normalise?: WordNormalisation;
  /** Smallest and largest integer; beyond 2^53 a bigint, and beyond 64 bits with a sign a column of type numeric. */
  readonly range?: readonly [number, WholeNumber];
  /** The index that can serve it; none when absent. */
  readonly index?: IndexSupport;
  /** What the index of a text is over; when absent `folded` for trigrams and `column` for all others. */
  readonly indexOn?: IndexExpression;
  /**
   * Columns beside a list of addresses that cover it: one for each family, or one for both. Where no index is over them, `index` says `none`: they
   * are tested first all the same.
   */
  readonly hulls?: readonly HullColumn[];
  /** Counted in advance. */
  readonly rollup?: Rollup;
  /**
   * The combinations of its values with those of the other fields marked so are counted in advance, by the day: for a handful of fields with few
   * values that go together, rolled up by `all`. Filters on these fields alone then need no scan. Default false.
   */
  readonly combined?: boolean;
  /** Well-known words for numbers, offered in messages: `http` for 80. */
  readonly words?: Readonly<Record<string, number>>;
}

/** A field that stands for several stored ones of the same type (`host.ip`: `source.ip` and `target.ip`): their lists joined in order. */
export interface UnionField extends FieldBase {
  /** Tells it from a stored field. */
  readonly kind: "union";
  /** Names of the stored fields. */
  readonly of: readonly string[];
}

/** A field of the language: stored in a column, or the union of such fields. */
export type Field = StoredField | UnionField;

/**
 * A list of objects in the event whose fields can be tied to one element by `has`: `source has (ip in X and port = 22)`.
 * Its fields are the stored fields named `<name>.<inner>`.
 */
export interface ElementGroup {
  /** As written in filters: `source`. */
  readonly name: string;
  /** One line of documentation. */
  readonly description: string;
  /**
   * Key of the list in the event. A single object counts as a list of one; what is no object, and no text that surely
   * stands for one (see `definition`), is no element.
   */
  readonly path: string;
  /** Column with the number of elements. */
  readonly countColumn: string;
  /**
   * Column of type jsonb with the elements, one object per element, keyed by the inner field name, lists as lists.
   * Null where there is at most one element: the flat columns then say the same.
   */
  readonly elementsColumn: string;
  /** Keys that every element should have; a missing one is remarked on. */
  readonly expects?: readonly string[];
  /** A filter that shows it in use. */
  readonly example: string;
}

/** `host has (…)`: some element of one of these groups. */
export interface UnionGroup {
  /** As written in filters: `host`. */
  readonly name: string;
  /** Names of the groups. */
  readonly of: readonly string[];
  /** One line of documentation. */
  readonly description: string;
  /** A filter that shows it in use. */
  readonly example: string;
}

/** The searched table. */
export interface SearchedTable {
  /** Its name, without a schema. */
  readonly name: string;
  /** Column with prefix tokens of the addresses, `integer[]` with a GIN index; absent: no prefilter is emitted. */
  readonly tokensColumn?: string;
  /** The fields that the storage layout rests on; only a catalogue that the storage service is to keep needs them. */
  readonly roles?: StorageRoles;
  /** A table that something else made and keeps, in a layout of its own; such a table has no `roles`. */
  readonly plain?: PlainTable;
}

/** A table that we did not make: one row an event, and nothing around it that the store could rely on. */
export interface PlainTable {
  /** Name of the field that pages, timelines and watchdogs go by: a time that every row has. */
  readonly time: string;
  /**
   * Name of the field that no two rows share: an identifier, a text or a whole number. Absent: rows are told apart by their place
   * (`ctid`), which changes when a row is updated, so that a page may then repeat or miss it.
   */
  readonly key?: string;
  /** Where the whole event is kept as JSON. Absent: an event is an object with one key a field, by the field's name. */
  readonly json?: PlainJson;
}

/** The column with the JSON of an event. */
export interface PlainJson {
  /** Name of the column. */
  readonly column: string;
  /** `bytea`: the UTF-8 text of the JSON. */
  readonly columnType: "json" | "jsonb" | "text" | "bytea";
  /** Another table that it is in, one row an event, found by `key`, its column with the value of {@link PlainTable.key}. */
  readonly table?: { readonly name: string; readonly key: string };
}

/** Names of stored fields with a part in the storage layout. */
export interface StorageRoles {
  /** Unique identifier. */
  readonly id: string;
  /** The time that partitions and the default order go by. */
  readonly time: string;
  /** When the event came into the store. */
  readonly stored: string;
}

/** The description of a table: everything else is derived from it. */
export interface Catalogue {
  /** What it is called in messages and generated files. */
  readonly name: string;
  /** Where the events are. */
  readonly table: SearchedTable;
  /** What can be filtered, counted and shown. */
  readonly fields: readonly Field[];
  /** Lists of objects for `has`. */
  readonly groups: readonly ElementGroup[];
  /** Keys that every event should have; a missing one is remarked on. */
  readonly expects?: readonly string[];
  /**
   * The definition that events follow. `idea0`: names of keys are matched in whatever case, texts where objects are due (`"Node": ["org.example.a"]`) are
   * read where their meaning is sure, and what deviates from the definition is remarked on. Without one, keys are compared as they are, and only
   * objects are elements.
   */
  readonly definition?: "idea0";
  /** Names for several of those lists together. */
  readonly unionGroups: readonly UnionGroup[];
  /** Sets of known words that fields refer to. */
  readonly enumerations: readonly Enumeration[];
}
