/**
 * The syntax tree of the filter language: what was written, before any field or type is known.
 *
 * Nodes are plain, readonly, JSON-able records told apart by `kind`. Spans are half-open ranges of UTF-16 code units
 * in the source text. Parentheses leave no node: grouping is the nesting of the tree, and {@link printSyntax} puts back
 * the parentheses that the nesting needs.
 */

import type { CompareOp, SetOp, TextOp } from "./operators.js";

/** A half-open range `[start, end)` of UTF-16 code units in the filter text. */
export interface Span {
  /** In UTF-16 units. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** Version of the JSON form of the syntax tree; it changes when a reader of the old form would misread the new one. */
export const SYNTAX_VERSION = 1;

/** A whole filter: the versioned, JSON-able result of parsing. */
export interface FilterSyntax {
  /** Version of this shape. */
  readonly version: typeof SYNTAX_VERSION;
  /** The expression, or null for the empty filter, which every event meets. */
  readonly root: Expr | null;
  /** Comments in source order, for the formatter. */
  readonly comments: readonly Comment[];
}

/** A comment from `#` to the end of its line; `text` starts with the `#`, trailing blanks removed. */
export interface Comment {
  readonly text: string;
  readonly span: Span;
}

/** A boolean expression. */
export type Expr = Logical | Not | BooleanLiteral | NamedFilter | Predicate | ErrorExpr;

/** `a or b or c`, `a xor b`, `a and b`: two operands at least, in source order. */
export interface Logical {
  readonly kind: "or" | "xor" | "and";
  readonly operands: readonly Expr[];
  readonly span: Span;
}

/** `not a` or `! a`. */
export interface Not {
  readonly kind: "not";
  readonly operand: Expr;
  readonly span: Span;
}

/** `true` or `false` as a condition. */
export interface BooleanLiteral {
  readonly kind: "boolean";
  readonly value: boolean;
  readonly span: Span;
}

/** `@name` as a condition: a saved filter. `name` is without the `@`. */
export interface NamedFilter {
  readonly kind: "filter";
  readonly name: string;
  readonly span: Span;
}

/** A part that did not parse; only the tolerant parser makes it, always together with a diagnostic. */
export interface ErrorExpr {
  readonly kind: "error";
  readonly span: Span;
}

/** How many values of a list have to meet the test. */
export type Quantifier = "any" | "all" | "none";

/** `[any|all|none] operand [test]`. Without a test the operand is a boolean field. */
export interface Predicate {
  readonly kind: "predicate";
  readonly quantifier: Quantifier | null;
  readonly operand: Operand;
  readonly test: Test | null;
  readonly span: Span;
}

/** A field or a function of a field: `source.ip`, `count(source.ip)`, `count(source.ip in @campus)`. Names as written. */
export interface Operand {
  /** Function name as written (`count`, `size`, `family` and others), null for the bare field. */
  readonly func: string | null;
  readonly field: string;
  readonly fieldSpan: Span;
  /** What is counted: the values, or elements of a list of objects (`has`), that meet it. */
  readonly test?: Test;
  readonly span: Span;
}

export type { CompareOp, SetOp, TextOp } from "./operators.js";

/** What is asked of an operand. */
export type Test = ExistsTest | HasTest | CompareTest | SetTest | LastTest | TextTest;

/** Whether there is a value. */
export interface ExistsTest {
  readonly kind: "exists" | "missing";
  readonly span: Span;
}

/** `has ( expr )`: one and the same element meets the inner expression, whose fields are relative (`ip`, `port`). */
export interface HasTest {
  readonly kind: "has";
  readonly expr: Expr;
  readonly span: Span;
}

/** A comparison with one value. */
export interface CompareTest {
  readonly kind: "compare";
  readonly op: CompareOp;
  readonly opSpan: Span;
  readonly value: Value;
  readonly span: Span;
}

/** `[not] in|overlaps|covers|under set`. */
export interface SetTest {
  readonly kind: "set";
  readonly op: SetOp;
  readonly negated: boolean;
  readonly opSpan: Span;
  readonly set: ValueSet;
  readonly span: Span;
}

/** `[not] in last 24h`, `in last $window`. */
export interface LastTest {
  readonly kind: "last";
  readonly negated: boolean;
  readonly opSpan: Span;
  readonly duration: DurationText | ParameterValue;
  readonly span: Span;
}

/** `[not] contains "x"`, `[not] like ["a*", "b*"]` and the like. */
export interface TextTest {
  readonly kind: "text";
  readonly op: TextOp;
  readonly negated: boolean;
  readonly opSpan: Span;
  readonly args: readonly Value[];
  /** Whether the arguments stood in `[ ]`; a single argument without brackets has `false`. */
  readonly bracketed: boolean;
  readonly span: Span;
}

/** The right-hand side of a set operator; `bracketed` false means exactly one item without `[ ]`. */
export interface ValueSet {
  readonly items: readonly Item[];
  readonly bracketed: boolean;
  readonly span: Span;
}

/** One entry of a list: a value or a range. */
export type Item = Value | RangeItem;

/** `low..high`, `low..<high`, `low..`, `..high`: one end at least. */
export interface RangeItem {
  readonly kind: "range";
  readonly low: Value | null;
  readonly high: Value | null;
  /** True for `..<`, which leaves `high` out. */
  readonly exclusive: boolean;
  readonly span: Span;
}

/** A value as it was written. */
export type Value = StringValue | RegexValue | AtomValue | ParameterValue | NamedSet | TimeValue;

/** `"text"`, with `i` (ignore case) or `c` (case counts) after it. `value` is unescaped. */
export interface StringValue {
  readonly kind: "string";
  readonly value: string;
  readonly flag: "i" | "c" | null;
  readonly span: Span;
}

/** `/pattern/` or `/pattern/i`; `source` as written between the slashes, except that `\/` is `/`. */
export interface RegexValue {
  readonly kind: "regex";
  readonly source: string;
  readonly ignoreCase: boolean;
  readonly span: Span;
}

/** A bare word: number, address, network, `a-b`, timestamp, enum value … Classified by the type of the field. */
export interface AtomValue {
  readonly kind: "atom";
  readonly text: string;
  readonly span: Span;
}

/** `$name`; `name` without the `$`. */
export interface ParameterValue {
  readonly kind: "parameter";
  readonly name: string;
  readonly span: Span;
}

/** `@name` as a value: a named set; `name` without the `@`. */
export interface NamedSet {
  readonly kind: "named-set";
  readonly name: string;
  readonly span: Span;
}

/** `now`, `today - 7d`, `now-7d/d`, `now/d+8h`. `text` is the source text, so that a text field can take `now` as a word. */
export interface TimeValue {
  readonly kind: "time";
  readonly base: "now" | "today" | "yesterday" | "tomorrow";
  readonly offsets: readonly TimeOffset[];
  /** Unit to round down to (`/d`), null for none. */
  readonly truncate: DurationUnit | null;
  /** What is added to the rounded time. */
  readonly after?: readonly TimeOffset[];
  readonly text: string;
  readonly span: Span;
}

/** A length of time added to or taken from a time. */
export interface TimeOffset {
  readonly sign: 1 | -1;
  readonly duration: DurationText;
}

/** A unit of a length of time. */
export type DurationUnit = "ms" | "s" | "m" | "h" | "d" | "w" | "mo" | "y";

/**
 * `24h`; of `1h30m` the first part, with the others in `rest`. `amount` is digits as written. `unit` is as written, so that a wrong one (`5min`) is a located error of the
 * checker and not of the parser.
 */
export interface DurationText {
  readonly amount: string;
  readonly unit: string;
  readonly rest?: readonly DurationText[];
  readonly span: Span;
}
