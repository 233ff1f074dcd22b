/**
 * The table of operators: each operator once. Its words and signs, the tokens and the colour of the highlighter, the JSON form, the
 * limit on nesting, the messages of the parser, completion, the reference, explanations and the generators of random filters follow from
 * its row. Its SQL is in compiler/lower and its meaning in memory in compiler/evaluate, both typed over the rows.
 */
import type { FieldType } from "./field-types.js";

/** The forms that a test can have; those of the tree's nodes, and `bare` for a boolean field without a test. */
type Form = "compare" | "set" | "last" | "text" | "exists" | "missing" | "bare";

interface Row {
  /** The test's `kind` in the syntax tree and its JSON form; those of one form are told apart by `op`, the name of the row. */
  readonly form: Form;
  /** Each way to write it, as the words or the sign that it consists of; the first is printed. */
  readonly written: readonly (readonly string[])[];
  /** The types of field that take it. */
  readonly types: readonly FieldType[];
  /** Those of its types that it is documented and completed first for. */
  readonly foremost?: readonly FieldType[];
  /** How its exact complement is written: another operator, or `not` before it; null where there is none of its own. */
  readonly negation: "!=" | "=" | "exists" | "missing" | "not" | null;
  /** How the highlighter colours it; null where nothing is written. */
  readonly colour: "keyword" | "operator" | null;
  /** What follows it: a value, a value or regular expression, a length of time, nothing. */
  readonly operand: "value" | "text" | "duration" | "none";
  /** True where the field … (the reference, completion). */
  readonly meaning: string;
  /** What explanations say of a field that meets the test and of one that does not; null where the values decide the words. */
  readonly explained: readonly [holds: string, fails: string] | null;
  /** The right side in examples; null where the type of the field decides it. */
  readonly example: string | null;
}

const WORDS = ["text", "id", "enum", "ordered", "hierarchy"] as const;
const ORDERED = ["integer", "float", "time", "duration", "ordered"] as const;
const ALL = [...WORDS, "integer", "float", "boolean", "ip", "time", "duration"] as const;

const equality = {
  form: "compare",
  types: ALL,
  colour: "operator",
  operand: "value",
  example: null,
} as const;
const order = { ...equality, types: ORDERED, negation: null, explained: null } as const;
const membership = { form: "set", negation: "not", colour: "keyword", operand: "value" } as const;
const textTest = {
  form: "text",
  types: ["text"],
  negation: "not",
  colour: "keyword",
  operand: "text",
} as const;
const presence = { types: ALL, colour: "keyword", operand: "none", example: "" } as const;

/** Each operator by its name, which is also its `op` in the JSON form. Within a type they keep this order after the foremost ones. */
export const OPERATORS = {
  "=": {
    ...equality,
    written: [["="], ["=="]],
    negation: "!=",
    meaning: "is exactly the value (for a time: lies in the interval that the literal names)",
    explained: ["is", "is not"],
  },
  "!=": {
    ...equality,
    written: [["!="]],
    negation: "=",
    meaning: "exact complement of =, so also true where the field is missing",
    explained: ["is not", "is"],
  },
  "<": { ...order, written: [["<"]], meaning: "is less than" },
  "<=": { ...order, written: [["<="]], meaning: "is at most" },
  ">": { ...order, written: [[">"]], meaning: "is greater than" },
  ">=": { ...order, written: [[">="]], meaning: "is at least" },
  "in last": {
    form: "last",
    written: [["in", "last"]],
    types: ["time"],
    foremost: ["time"],
    negation: "not",
    colour: "keyword",
    operand: "duration",
    meaning: "lies in the time from so long ago until now",
    explained: null,
    example: "24h",
  },
  in: {
    ...membership,
    written: [["in"]],
    types: [...WORDS, "integer", "float", "ip", "time", "duration"],
    foremost: ["ip", "time"],
    meaning: "is one of the items or lies in one of the ranges; for addresses: lies wholly inside",
    explained: ["lies wholly inside", "does not lie inside"],
    example: null,
  },
  overlaps: {
    ...membership,
    written: [["overlaps"]],
    types: ["ip"],
    foremost: ["ip"],
    meaning: "shares at least one address with one of the items",
    explained: ["shares an address with", "shares no address with"],
    example: "[198.51.100.0/24, 2001:db8::/32]",
  },
  covers: {
    ...membership,
    written: [["covers"]],
    types: ["ip"],
    foremost: ["ip"],
    meaning: "contains one of the items wholly",
    explained: ["contains", "does not contain"],
    example: "203.0.113.7",
  },
  under: {
    ...membership,
    written: [["under"]],
    types: ["hierarchy"],
    foremost: ["hierarchy"],
    meaning: "is the value or lies below it in the hierarchy",
    explained: null,
    example: null,
  },
  contains: {
    ...textTest,
    written: [["contains"]],
    meaning: "has the text somewhere, ignoring case",
    explained: ["contains", "does not contain"],
    example: '["ssh", "telnet"]',
  },
  "starts with": {
    ...textTest,
    written: [["starts", "with"]],
    types: ["text", "id"],
    meaning: "begins with the text, ignoring case",
    explained: ["starts with", "does not start with"],
    example: '"ssh"',
  },
  "ends with": {
    ...textTest,
    written: [["ends", "with"]],
    meaning: "ends with the text, ignoring case",
    explained: ["ends with", "does not end with"],
    example: '".example.org"',
  },
  like: {
    ...textTest,
    written: [["like"]],
    meaning: "matches the glob (* any text, ? one character), ignoring case",
    explained: ["looks like", "does not look like"],
    example: '"*.example.*"',
  },
  matches: {
    ...textTest,
    written: [["matches"]],
    meaning: "matches the regular expression somewhere",
    explained: ["matches", "does not match"],
    example: String.raw`/^ssh-\d+$/i`,
  },
  exists: {
    ...presence,
    form: "exists",
    written: [["exists"]],
    negation: "missing",
    meaning: "has at least one value",
    explained: ["has a value", "has no value"],
  },
  missing: {
    ...presence,
    form: "missing",
    written: [["missing"]],
    negation: "exists",
    meaning: "has no value",
    explained: ["has no value", "has a value"],
  },
  test: {
    form: "bare",
    written: [],
    types: ["boolean"],
    foremost: ["boolean"],
    negation: null,
    colour: null,
    operand: "none",
    meaning: "is true",
    explained: null,
    example: "",
  },
} as const satisfies Readonly<Record<string, Row>>;

/** What can follow an operand. "test" is a boolean field without a test. */
export type Operator = keyof typeof OPERATORS;

/** The operators of a form. */
export type OperatorOf<F extends Form> = {
  [O in Operator]: (typeof OPERATORS)[O]["form"] extends F ? O : never;
}[Operator];

/** `= != < <= > >=`. */
export type CompareOp = OperatorOf<"compare">;
/** `in`, `overlaps` and the like, which take a list. */
export type SetOp = OperatorOf<"set">;
/** `contains`, `like` and the like. */
export type TextOp = OperatorOf<"text">;
/** The set operators of addresses. */
export type AddressOp = {
  [O in SetOp]: "ip" extends (typeof OPERATORS)[O]["types"][number] ? O : never;
}[SetOp];

/** All operators, in the order of the table. */
export const OPERATOR_NAMES = Object.keys(OPERATORS) as readonly Operator[];

const rows: Readonly<Record<Operator, Row>> = OPERATORS;

/** The row of an operator, with every property that a row can have. */
export function operatorRow(operator: Operator): Row {
  return rows[operator];
}

/** The operators of a form, in the order of the table. */
export function operatorsOf<F extends Form>(form: F): readonly OperatorOf<F>[] {
  return OPERATOR_NAMES.filter((name): name is OperatorOf<F> => rows[name].form === form);
}

/** Whether a field of the type takes the operator. */
export function takesOperator(type: FieldType, operator: Operator): boolean {
  return rows[operator].types.includes(type);
}

/** The operators that a field of the type takes, in the order in which they are documented and completed. */
export function operatorsFor(type: FieldType): readonly Operator[] {
  const isForemost = (operator: Operator): boolean => rows[operator].foremost?.includes(type) === true;
  const taken = OPERATOR_NAMES.filter((operator) => takesOperator(type, operator));
  return [...taken.filter(isForemost), ...taken.filter((operator) => !isForemost(operator))];
}

/** Whether `not` can be written before the operator. */
export function isNegatable(operator: Operator): boolean {
  return rows[operator].negation === "not";
}

/** The set operators of addresses, in the order of the table. */
export const ADDRESS_OPERATORS: readonly AddressOp[] = operatorsOf("set").filter(
  (operator): operator is AddressOp => takesOperator("ip", operator),
);

/** The ways to write operators, each with its operator. */
const spellings: readonly (readonly [words: readonly string[], operator: Operator])[] =
  OPERATOR_NAMES.flatMap((operator) =>
    rows[operator].written.map((words): readonly [readonly string[], Operator] => [words, operator]),
  );

/** What an operator is that consists of signs or one word, as written (`==`, `Contains`); undefined for anything else. */
export function operatorWritten(text: string): Operator | undefined {
  return byText.get(text.toLowerCase());
}

const byText: ReadonlyMap<string, Operator> = new Map(
  spellings.map(([words, operator]) => [words.join(" "), operator]),
);

/** The signs of comparisons, longest first. */
export const COMPARISON_SIGNS: readonly string[] = spellings
  .filter(([, operator]) => rows[operator].form === "compare")
  .map(([[sign = ""]]) => sign)
  .sort((a, b) => b.length - a.length);

/** The first words of the operators that `not` can be written before. */
export const NEGATABLE_WORDS: ReadonlySet<string> = new Set(
  spellings.filter(([, operator]) => isNegatable(operator)).map(([[first = ""]]) => first),
);

/** The first words of the operators that consist of words. */
export const FIRST_WORDS: readonly string[] = [
  ...new Set(
    spellings.filter(([, operator]) => rows[operator].colour === "keyword").map(([[first = ""]]) => first),
  ),
];

/** What follows each word of an operator: its right side, or `operator` where another word of it is due. */
export const AFTER_WORD: ReadonlyMap<string, Row["operand"] | "operator"> = new Map(
  spellings
    .filter(([, operator]) => rows[operator].colour === "keyword")
    // A word that is an operator by itself (`in`) is described as such, not as the first word of a longer one.
    .sort(([a], [b]) => b.length - a.length)
    .flatMap(([words, operator]) =>
      words.map((word, index): readonly [string, Row["operand"] | "operator"] => [
        word,
        index === words.length - 1 ? rows[operator].operand : "operator",
      ]),
    ),
);
