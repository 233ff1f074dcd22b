/**
 * The syntax tree of both legacy filter languages: what was written, before any field or literal is looked at.
 *
 * Operators that mean the same in both have one name here; where they differ the tree keeps the spelling (`=` and `==` of
 * ransack), and the dialect decides. Parentheses leave no node.
 */
import type { Span } from "../../grammar/ast.js";

/** Operators between two values. `==` stands for pynspect's `eq`, `in` for `~~`, `like` for `=~` and so on. */
export type LegacyComparison =
  "=" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "is" | "like" | "contains";

/** The operators of arithmetic. */
export type LegacyArithmetic = "+" | "-" | "*" | "/" | "%";

/** A node of the tree of a legacy filter. */
export type LegacyNode =
  | LegacyLiteral
  | LegacyPath
  | LegacyList
  | LegacyCall
  | LegacyLogical
  | LegacyUnary
  | LegacyCompare
  | LegacyBinary
  | LegacyDefault;

/** A literal; `text` is as written, for a string without the quotes. */
export interface LegacyLiteral {
  readonly kind: "number" | "string" | "address" | "time" | "duration";
  readonly text: string;
  /** Why the value is not what was written, for the report about repaired literals. */
  readonly repaired?: string;
  readonly span: Span;
}

/** A dotted name. */
export interface LegacyPath {
  readonly kind: "path";
  /** Without positions and without the leading dot. */
  readonly name: string;
  /** Written with a position such as `[1]` or `[#]`. */
  readonly indexed: boolean;
  /** Written with a leading dot: the event's own key, never a name of the context. */
  readonly forced: boolean;
  readonly span: Span;
}

/** A list. */
export interface LegacyList {
  readonly kind: "list";
  readonly items: readonly LegacyNode[];
  readonly span: Span;
}

/** A call of a function. */
export interface LegacyCall {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly LegacyNode[];
  readonly span: Span;
}

/** Two operands at least; the operators are associative, so that chains are flat. */
export interface LegacyLogical {
  readonly kind: "or" | "xor" | "and";
  readonly operands: readonly LegacyNode[];
  readonly span: Span;
}

/** `not x`, `exists x` (pynspect), `-x` (ransack). */
export interface LegacyUnary {
  readonly kind: "not" | "exists" | "minus";
  readonly operand: LegacyNode;
  readonly span: Span;
}

/** A comparison of two operands. */
export interface LegacyCompare {
  readonly kind: "compare";
  readonly op: LegacyComparison;
  readonly left: LegacyNode;
  readonly right: LegacyNode;
  readonly span: Span;
}

/** Arithmetic, `a..b` and `a . b`. */
export interface LegacyBinary {
  readonly kind: "arithmetic" | "range" | "concat";
  readonly op: LegacyArithmetic | ".." | ".";
  readonly left: LegacyNode;
  readonly right: LegacyNode;
  readonly opSpan: Span;
  readonly span: Span;
}

/** `F??` (`otherwise` null) and `F??v` of ransack. */
export interface LegacyDefault {
  readonly kind: "default";
  readonly path: LegacyPath;
  readonly otherwise: LegacyNode | null;
  readonly span: Span;
}

/** The smallest span with both in it. */
export function spanning(first: { readonly span: Span }, last: { readonly span: Span }): Span {
  return { start: first.span.start, end: last.span.end };
}
