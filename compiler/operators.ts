/**
 * The operator × type table: the one statement of which test a field of a type takes. Checker, completion and reference
 * documentation read it.
 */
import type { CompareOp, SetOp, TextOp } from "../grammar/ast.js";
import type { FieldType } from "./catalogue/model.js";

/** What can stand behind an operand. "test" is a boolean field without a test. */
export type Operator = CompareOp | SetOp | TextOp | "in last" | "exists" | "missing" | "test";

/** Functions of a field. */
export type FunctionName = "count" | "family" | "prefix_len" | "lower";

const EQUALITY = ["=", "!="] as const;
const ORDER = ["<", "<=", ">", ">="] as const;
const PRESENCE = ["exists", "missing"] as const;
const TEXT = ["contains", "starts with", "ends with", "like", "matches"] as const;

/** The operators of each type, in the order in which they are documented and completed. */
export const OPERATORS: Readonly<Record<FieldType, readonly Operator[]>> = {
  text: [...EQUALITY, "in", ...TEXT, ...PRESENCE],
  id: [...EQUALITY, "in", "starts with", ...PRESENCE],
  integer: [...EQUALITY, ...ORDER, "in", ...PRESENCE],
  float: [...EQUALITY, ...ORDER, "in", ...PRESENCE],
  boolean: ["test", ...EQUALITY, ...PRESENCE],
  ip: ["in", "overlaps", "covers", ...EQUALITY, ...PRESENCE],
  time: ["in last", "in", ...EQUALITY, ...ORDER, ...PRESENCE],
  duration: [...EQUALITY, ...ORDER, "in", ...PRESENCE],
  enum: [...EQUALITY, "in", ...PRESENCE],
  ordered: [...EQUALITY, ...ORDER, "in", ...PRESENCE],
  hierarchy: ["under", ...EQUALITY, "in", ...PRESENCE],
};

/** What each operator does, for the reference; one phrase each. */
export const OPERATOR_DESCRIPTIONS: Readonly<Record<Operator, string>> = {
  "=": "is exactly the value (for a time: lies in the interval that the literal names)",
  "!=": "exact complement of =, so also true where the field is missing",
  "<": "is less than",
  "<=": "is at most",
  ">": "is greater than",
  ">=": "is at least",
  in: "is one of the items or lies in one of the ranges; for addresses: lies wholly inside",
  overlaps: "shares at least one address with one of the items",
  covers: "contains one of the items wholly",
  under: "is the value or lies below it in the hierarchy",
  contains: "has the text somewhere, ignoring case",
  "starts with": "begins with the text, ignoring case",
  "ends with": "ends with the text, ignoring case",
  like: "matches the glob (* any text, ? one character), ignoring case",
  matches: "matches the regular expression somewhere",
  "in last": "lies in the time from so long ago until now",
  exists: "has at least one value",
  missing: "has no value",
  test: "is true",
};

/** A function: which fields it takes and the type of its result. */
export interface FunctionEntry {
  readonly takes: "list" | readonly FieldType[];
  readonly result: FieldType;
  readonly operators: readonly Operator[];
  readonly description: string;
}

export const FUNCTIONS: Readonly<Record<FunctionName, FunctionEntry>> = {
  count: {
    takes: "list",
    result: "integer",
    operators: [...EQUALITY, ...ORDER, "in"],
    description: "number of values of a list, 0 where it is missing",
  },
  family: {
    takes: ["ip"],
    result: "integer",
    operators: [...EQUALITY, "in"],
    description: "4 or 6",
  },
  prefix_len: {
    takes: ["ip"],
    result: "integer",
    operators: [...EQUALITY, ...ORDER, "in"],
    description: "prefix length of a network, 32 or 128 for a single address; an odd range has none",
  },
  lower: {
    takes: ["text", "id", "enum", "hierarchy", "ordered"],
    result: "text",
    operators: [...EQUALITY, "in"],
    description: "the text in lower case (ASCII letters)",
  },
};

/** What a value of the type is called in messages: `target.port is a whole number`. */
export const TYPE_PHRASES: Readonly<Record<FieldType, string>> = {
  text: "text",
  id: "an identifier",
  integer: "a whole number",
  float: "a number",
  boolean: "true or false",
  ip: "an address",
  time: "a time",
  duration: "a length of time",
  enum: "a word",
  ordered: "a word",
  hierarchy: "a word",
};

/** What values of the type are called in messages: `"contains" is for text`. */
export const TYPE_PLURALS: Readonly<Record<FieldType, string>> = {
  text: "text",
  id: "identifiers",
  integer: "numbers",
  float: "numbers",
  boolean: "truth values",
  ip: "addresses",
  time: "times",
  duration: "lengths of time",
  enum: "words",
  ordered: "words with an order",
  hierarchy: "categories",
};

/** What may stand on the right of an operator besides `$parameter` and `@set`, for "expected a value for …". */
export const VALUE_PHRASES: Readonly<Record<FieldType, string>> = {
  text: "a word, a quoted text",
  id: "a word, a quoted text",
  integer: "a whole number, range",
  float: "a number, range",
  boolean: "true, false",
  ip: "an address, network, range",
  time: "a date, time, now-24h, range",
  duration: "a length such as 90s, range",
  enum: "a word",
  ordered: "a word, range",
  hierarchy: "a category",
};
