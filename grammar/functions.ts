/** The table of functions: each function of a field once. The syntax takes any name; the checker, completion and the reference read this. */
import type { FieldType } from "./field-types.js";
import type { Operator } from "./operators.js";

interface FunctionRow {
  /** The fields that it takes: any list, or those of some types. */
  readonly takes: "list" | readonly FieldType[];
  /** The type of its value. */
  readonly result: FieldType;
  /** The operators that its value takes. */
  readonly operators: readonly Operator[];
  /** Its value, for the reference. */
  readonly description: string;
  /** Operator and right side in an example. */
  readonly example: string;
}

const EQUALITY = ["=", "!="] as const;
const ORDER = ["<", "<=", ">", ">="] as const;

const rows = {
  count: {
    takes: "list",
    result: "integer",
    operators: [...EQUALITY, ...ORDER, "in"],
    description: "number of values of a list, or of those that meet the test after it; 0 where it is missing",
    example: "> 100",
  },
  family: {
    takes: ["ip"],
    result: "integer",
    operators: [...EQUALITY, "in"],
    description: "4 or 6",
    example: "= 6",
  },
  prefix_len: {
    takes: ["ip"],
    result: "integer",
    operators: [...EQUALITY, ...ORDER, "in"],
    description: "prefix length of a network, 32 or 128 for a single address; an odd range has none",
    example: ">= 24",
  },
  hour: {
    takes: ["time"],
    result: "integer",
    operators: [...EQUALITY, ...ORDER, "in"],
    description: "hour of the day in the zone of the query, 0 to 23; 22..5 goes over midnight",
    example: "in 22..5",
  },
  weekday: {
    takes: ["time"],
    result: "integer",
    operators: [...EQUALITY, "in"],
    description: "day of the week in the zone of the query: mon to sun, or 1 to 7",
    example: "in [sat, sun]",
  },
  lower: {
    takes: ["text", "id", "enum", "hierarchy", "ordered"],
    result: "text",
    operators: [...EQUALITY, "in"],
    description: "the text in lower case (ASCII letters)",
    example: '= "example"',
  },
} as const satisfies Readonly<Record<string, FunctionRow>>;

/** Functions of a field. */
export type FunctionName = keyof typeof rows;

/** Each function by its name. */
export const FUNCTIONS: Readonly<Record<FunctionName, FunctionRow>> = rows;

/** All functions, in the order in which they are documented. */
export const FUNCTION_NAMES = Object.keys(rows) as readonly FunctionName[];

/** Whether `name`, in lower case, is a function. */
export function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(rows, name);
}
