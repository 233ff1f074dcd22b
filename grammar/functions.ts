/** The table of functions: each function of a field once. The syntax takes any name; the checker, completion and the reference read this. */
import type { FieldType } from "./field-types.js";
import type { Operator } from "./operators.js";

interface FunctionRow {
  /** Whether its value is one for all values of the field together; else each value has its own. */
  readonly of: "all values" | "each value";
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
    of: "all values",
    takes: "list",
    result: "integer",
    operators: [...EQUALITY, ...ORDER, "in"],
    description: "number of values of a list, or of those that meet the test after it; 0 where it is missing",
    example: "> 100",
  },
  size: {
    of: "all values",
    takes: ["ip"],
    result: "integer",
    operators: [...EQUALITY, ...ORDER, "in"],
    description:
      "number of addresses that the values of a field cover together, each counted once; of a /16 it is 65536; 0 where the field is missing",
    example: "> 65536",
  },
  family: {
    of: "each value",
    takes: ["ip"],
    result: "integer",
    operators: [...EQUALITY, "in"],
    description: "4 or 6",
    example: "= 6",
  },
  prefix_len: {
    of: "each value",
    takes: ["ip"],
    result: "integer",
    operators: [...EQUALITY, ...ORDER, "in"],
    description: "prefix length of a network, 32 or 128 for a single address; an odd range has none",
    example: ">= 24",
  },
  hour: {
    of: "each value",
    takes: ["time"],
    result: "integer",
    operators: [...EQUALITY, ...ORDER, "in"],
    description: "hour of the day in the zone of the query, 0 to 23; 22..5 goes over midnight",
    example: "in 22..5",
  },
  weekday: {
    of: "each value",
    takes: ["time"],
    result: "integer",
    operators: [...EQUALITY, "in"],
    description: "day of the week in the zone of the query: mon to sun, or 1 to 7",
    example: "in [sat, sun]",
  },
  lower: {
    of: "each value",
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

/** Whether the function, whose name may be in any case, yields one value for all values of a field; null is the bare field. */
export function isOfAllValues(name: string | null): boolean {
  const lower = name?.toLowerCase() ?? "";
  return isFunction(lower) && FUNCTIONS[lower].of === "all values";
}

/** Whether `name`, in lower case, is a function. */
export function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(rows, name);
}
