/**
 * Makes syntax trees that were never text: the converters build their result with these and print it. All spans are
 * empty, for there is no text that they could point into.
 */
import type {
  AtomValue,
  CompareOp,
  Expr,
  FilterSyntax,
  Item,
  Logical,
  Predicate,
  RangeItem,
  SetOp,
  Span,
  StringValue,
  Test,
  TextOp,
  TimeValue,
  Value,
} from "../../grammar/ast.js";
import { SYNTAX_VERSION } from "../../grammar/ast.js";
import { isBareValue } from "../../grammar/words.js";

const NOWHERE: Span = { start: 0, end: 0 };

/** A whole filter; null is the empty one, which every event meets. */
export function filterReference(root: Expr | null): FilterSyntax {
  return { version: SYNTAX_VERSION, root, comments: [] };
}

/** `true` or `false`. */
export function constant(value: boolean): Expr {
  return { kind: "boolean", value, span: NOWHERE };
}

/** `a or b …`; one operand stands for itself. */
export function joined(kind: Logical["kind"], operands: readonly Expr[]): Expr {
  const [only] = operands;
  return operands.length === 1 && only !== undefined ? only : { kind, operands, span: NOWHERE };
}

/** Nested `and`, `or` and `xor` of one kind joined to one node, as the parser makes them of a chain without parentheses. */
export function flattenedOperands(expr: Expr): Expr {
  if (expr.kind === "not") return { ...expr, operand: flattenedOperands(expr.operand) };
  if (expr.kind !== "and" && expr.kind !== "or" && expr.kind !== "xor") return expr;
  const operands = expr.operands.map(flattenedOperands);
  return {
    ...expr,
    operands: operands.flatMap((operand) => (operand.kind === expr.kind ? operand.operands : [operand])),
  };
}

/** The tree with one node, told by identity, exchanged for another. */
export function exchanged(expr: Expr, node: Expr, replacement: Expr): Expr {
  if (expr === node) return replacement;
  if (expr.kind === "not") return { ...expr, operand: exchanged(expr.operand, node, replacement) };
  if (expr.kind !== "and" && expr.kind !== "or" && expr.kind !== "xor") return expr;
  return { ...expr, operands: expr.operands.map((operand) => exchanged(operand, node, replacement)) };
}

/** A field, or a function of one: `source.ip`, `count(source.ip)`. */
export interface NewSubject {
  readonly field: string;
  readonly func?: "count" | "family";
}

function predicate(
  subject: NewSubject,
  test: Test | null,
  quantifier: Predicate["quantifier"] = null,
): Predicate {
  const operand = { func: subject.func ?? null, field: subject.field, fieldSpan: NOWHERE, span: NOWHERE };
  return { kind: "predicate", quantifier, operand, test, span: NOWHERE };
}

/** A boolean field that is true. */
export function isTrue(subject: NewSubject): Expr {
  return predicate(subject, null);
}

/** `F exists` or `F missing`. */
export function presence(subject: NewSubject, kind: "exists" | "missing"): Expr {
  return predicate(subject, { kind, span: NOWHERE });
}

/** `F op value`; with `all`, `all F op value`. */
export function compare(
  subject: NewSubject,
  op: CompareOp,
  value: Value,
  quantifier: "all" | null = null,
): Expr {
  return predicate(subject, { kind: "compare", op, opSpan: NOWHERE, value, span: NOWHERE }, quantifier);
}

/** `F op item` for one item, `F op [items]` for several. */
export function inSet(
  subject: NewSubject,
  op: SetOp,
  items: readonly Item[],
  quantifier: "all" | null = null,
): Expr {
  const set = { items, bracketed: items.length !== 1, span: NOWHERE };
  return predicate(
    subject,
    { kind: "set", op, negated: false, opSpan: NOWHERE, set, span: NOWHERE },
    quantifier,
  );
}

/** `F op text` for one text, `F op [texts]` for several. */
export function textTest(subject: NewSubject, op: TextOp, args: readonly Value[]): Expr {
  const bracketed = args.length !== 1;
  return predicate(subject, {
    kind: "text",
    op,
    negated: false,
    opSpan: NOWHERE,
    args,
    bracketed,
    span: NOWHERE,
  });
}

/** The exact complement: inside the test where it has one, else `not …`. */
export function negate(expr: Expr): Expr {
  if (expr.kind === "boolean") return constant(!expr.value);
  if (expr.kind === "not") return expr.operand;
  const test = expr.kind === "predicate" && expr.quantifier === null ? negateTest(expr.test) : null;
  if (expr.kind === "predicate" && test !== null) return { ...expr, test };
  return { kind: "not", operand: expr, span: NOWHERE };
}

function negateTest(test: Test | null): Test | null {
  switch (test?.kind) {
    case "exists":
      return { ...test, kind: "missing" };
    case "missing":
      return { ...test, kind: "exists" };
    case "compare":
      if (test.op === "=") return { ...test, op: "!=" };
      return test.op === "!=" ? { ...test, op: "=" } : null;
    case "set":
    case "text":
    case "last":
      return { ...test, negated: !test.negated };
    default:
      return null;
  }
}

/** A bare word: number, address, time, known word. The caller sees to it that the text can be written bare. */
export function atom(text: string): AtomValue {
  return { kind: "atom", text, span: NOWHERE };
}

/** A quoted text. */
export function quoted(value: string, flag: StringValue["flag"] = null): StringValue {
  return { kind: "string", value, flag, span: NOWHERE };
}

/** `/source/` or `/source/i`. */
export function regex(source: string, ignoreCase: boolean): Value {
  return { kind: "regex", source, ignoreCase, span: NOWHERE };
}

/** `$name`. */
export function parameterValue(name: string): Value {
  return { kind: "parameter", name, span: NOWHERE };
}

/** `@name` as a set of values. */
export function namedSet(name: string): Value {
  return { kind: "named-set", name, span: NOWHERE };
}

/** `low..high`; null is an open end. */
export function range(low: Value | null, high: Value | null): RangeItem {
  return { kind: "range", low, high, exclusive: false, span: NOWHERE };
}

/** `now`, or `now` with one offset such as `-90m`; `amount` is a whole number of `unit`, negative for the past. */
export function now(amount: bigint, unit: "ms" | "s" | "m" | "h" | "d"): TimeValue {
  const digits = String(amount < 0n ? -amount : amount);
  const offset = { sign: amount < 0n ? -1 : 1, duration: { amount: digits, unit, span: NOWHERE } } as const;
  const text = amount === 0n ? "now" : `now${amount < 0n ? "-" : "+"}${digits}${unit}`;
  return {
    kind: "time",
    base: "now",
    offsets: amount === 0n ? [] : [offset],
    truncate: null,
    text,
    span: NOWHERE,
  };
}

/** Bare words that some type reads as something else than a word. */
const TELLING = /^(?:now|today|yesterday|true|false|any|all|none)(?![a-z])/i;

/** A word as bare as the grammar allows: an atom where it is one, else a quoted text. */
export function word(text: string): Value {
  return isBareValue(text) && /^[A-Za-z]/.test(text) && !TELLING.test(text) ? atom(text) : quoted(text);
}
