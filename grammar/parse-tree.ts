/**
 * From Ohm's match to the syntax tree. This is the only file that knows Ohm; the rest of the parser sees trees, positions
 * and lists of expected things.
 */
import type { Interval, Node, NonterminalNode } from "ohm-js";
import type * as Ast from "./ast.js";
import filter, { type FilterActionDict } from "./filter.ohm-bundle.js";
import { matchedText } from "./matched-text.js";
import { operatorWritten } from "./operators.js";
import { unescapeRegex, unescapeText } from "./string-text.js";
import { readDuration, readTime } from "./time-text.js";

/** The outcome of matching: what was read, or how far it went and what could have stood there (names of Ohm's rules). */
export type Match<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly at: number; readonly expected: readonly string[] };

/** A predicate up to the word `has`, as far as the recovering parser needs it. */
export interface PredicateHead {
  readonly quantifier: Ast.Quantifier | null;
  readonly operand: Ast.Operand;
}

/** Matches a whole filter; null stands for the empty one. */
export function matchFilter(text: string): Match<Ast.Expr | null> {
  return match(text, "Query");
}

/** Matches one condition. */
export function matchCondition(text: string): Match<Ast.Expr> {
  return match(text, "Primary");
}

/** A match of a text that starts at offset `start` of the filter: its places count from there. */
export function moved<T>(found: Match<T>, start: number): Match<T> {
  if (start === 0) return found;
  return found.ok
    ? { ok: true, value: shifted(found.value, start) }
    : { ok: false, at: found.at + start, expected: found.expected };
}

/** A field with its quantifier and function; null where the condition has a test, or is none of a field. */
export function predicateHead(condition: Ast.Expr): PredicateHead | null {
  if (condition.kind !== "predicate" || condition.test !== null) return null;
  return { quantifier: condition.quantifier, operand: condition.operand };
}

/** What a failed match offers: Ohm has the second method, and its manual describes it; its type declarations do not. */
interface Failures {
  getRightmostFailurePosition(): number;
  getRightmostFailures(): readonly { toString(): string }[];
}

function match<T>(text: string, rule: string): Match<T> {
  const result = filter.match(matchedText(text), rule);
  if (result.succeeded()) {
    // The tree takes names and values from the text as it was written.
    result.input = text;
    return { ok: true, value: (semantics(result) as Tree<T>).tree() };
  }
  const failed = result as unknown as Failures;
  const failures = failed.getRightmostFailures();
  return {
    ok: false,
    at: failed.getRightmostFailurePosition(),
    expected: [...new Set(failures.map((failure) => failure.toString()))],
  };
}

/** A copy of `tree` with every span moved by `by`. */
function shifted<T>(tree: T, by: number): T {
  if (Array.isArray(tree)) return tree.map((part: unknown) => shifted(part, by)) as T;
  if (typeof tree !== "object" || tree === null) return tree;
  const entries = Object.entries(tree).map(([key, part]: [string, unknown]): [string, unknown] => {
    const isOffset = (key === "start" || key === "end") && typeof part === "number";
    return [key, isOffset ? part + by : shifted(part, by)];
  });
  return Object.fromEntries(entries) as T;
}

interface Tree<T> {
  tree(): T;
}

/** What the action of the node yields. Ohm has no types for that, so the actions say what they expect. */
function read(node: Node): unknown {
  return (node as unknown as Tree<unknown>).tree();
}

/** The tree of an optional part. */
function readOptional(node: Node): unknown {
  const part = node.children[0];
  return part === undefined ? null : read(part);
}

function span(source: Interval): Ast.Span {
  return { start: source.startIdx, end: source.endIdx };
}

type Kind = Ast.Logical["kind"];

function logical(kind: Kind, node: Node, first: Node, rest: Node): Ast.Expr {
  if (rest.numChildren === 0) return read(first) as Ast.Expr;
  const operands = [first, ...rest.children].map((operand) => read(operand) as Ast.Expr);
  return { kind, operands, span: span(node.source) };
}

/** A test that may come after `not`. */
type Membership = Ast.SetTest | Ast.LastTest | Ast.TextTest;

function range(node: Node, low: Ast.Value | null, dots: Node, high: Ast.Value | null): Ast.RangeItem {
  return { kind: "range", low, high, exclusive: dots.sourceString === "..<", span: span(node.source) };
}

function constant(value: boolean) {
  return function (this: NonterminalNode, word: Node): Ast.BooleanLiteral {
    return { kind: "boolean", value, span: span(word.source) };
  };
}

function existence(kind: Ast.ExistsTest["kind"]) {
  return function (this: NonterminalNode, word: Node): Ast.ExistsTest {
    return { kind, span: span(word.source) };
  };
}

const actions: FilterActionDict<unknown> = {
  Query(expr) {
    return readOptional(expr);
  },
  Or(first, _words, rest) {
    return logical("or", this, first, rest);
  },
  Xor(first, _words, rest) {
    return logical("xor", this, first, rest);
  },
  And(first, _words, rest) {
    return logical("and", this, first, rest);
  },
  Not_not(_word, operand): Ast.Not {
    return { kind: "not", operand: read(operand) as Ast.Expr, span: span(this.source) };
  },
  Primary_group(_open, expr, _close) {
    return read(expr);
  },
  Primary_true: constant(true),
  Primary_false: constant(false),
  Primary_filter(name): Ast.NamedFilter {
    return { kind: "filter", name: name.sourceString.slice(1), span: span(name.source) };
  },
  Primary_quantified(quantifier, predicate): Ast.Predicate {
    const word = quantifier.sourceString.toLowerCase() as Ast.Quantifier;
    return { ...(read(predicate) as Ast.Predicate), quantifier: word, span: span(this.source) };
  },
  Predicate(operand, test): Ast.Predicate {
    return {
      kind: "predicate",
      quantifier: null,
      operand: read(operand) as Ast.Operand,
      test: readOptional(test) as Ast.Test | null,
      span: span(this.source),
    };
  },
  Call(func, _open, field, test, _close): Ast.Operand {
    const inner = readOptional(test) as Ast.Test | null;
    return {
      func: func.sourceString,
      field: field.sourceString,
      fieldSpan: span(field.source),
      ...(inner === null ? {} : { test: inner }),
      span: span(this.source),
    };
  },
  field(_name): Ast.Operand {
    const place = span(this.source);
    return { func: null, field: this.sourceString, fieldSpan: place, span: place };
  },
  Test_exists: existence("exists"),
  Test_missing: existence("missing"),
  Test_has(_word, _open, expr, _close): Ast.HasTest {
    return { kind: "has", expr: read(expr) as Ast.Expr, span: span(this.source) };
  },
  Test_compare(operator, value): Ast.CompareTest {
    return {
      kind: "compare",
      op: operatorWritten(operator.sourceString) as Ast.CompareOp,
      opSpan: span(operator.source),
      value: read(value) as Ast.Value,
      span: span(this.source),
    };
  },
  Test_not(not, test): Membership {
    const positive = read(test) as Membership;
    const opSpan = { start: not.source.startIdx, end: positive.opSpan.end };
    return { ...positive, negated: true, opSpan, span: span(this.source) };
  },
  Membership_last(inWord, _last, duration): Ast.LastTest {
    return {
      kind: "last",
      negated: false,
      opSpan: span(inWord.source),
      duration: read(duration) as Ast.LastTest["duration"],
      span: span(this.source),
    };
  },
  Membership_set(operator, set): Ast.SetTest {
    return {
      kind: "set",
      op: operatorWritten(operator.sourceString) as Ast.SetOp,
      negated: false,
      opSpan: span(operator.source),
      set: read(set) as Ast.ValueSet,
      span: span(this.source),
    };
  },
  Membership_text(operator, args): Ast.TextTest {
    return {
      kind: "text",
      op: read(operator) as Ast.TextOp,
      negated: false,
      opSpan: span(operator.source),
      ...(read(args) as Pick<Ast.TextTest, "args" | "bracketed">),
      span: span(this.source),
    };
  },
  Set_list(_open, first, _commas, rest, _trailing, _close): Ast.ValueSet {
    const items = [first, ...rest.children].flatMap((part) =>
      part.children.map((item) => read(item) as Ast.Item),
    );
    return { items, bracketed: true, span: span(this.source) };
  },
  Set_single(item): Ast.ValueSet {
    return { items: [read(item) as Ast.Item], bracketed: false, span: span(item.source) };
  },
  Item_from(value, dots, high): Ast.Item {
    const low = read(value) as Ast.Value;
    const sign = dots.children[0];
    const end = high.children[0];
    if (sign === undefined || end === undefined) return low;
    return range(this, low, sign, readOptional(end) as Ast.Value | null);
  },
  Item_to(dots, high) {
    return range(this, null, dots, read(high) as Ast.Value);
  },
  textWord(word): Ast.TextOp {
    return operatorWritten(word.sourceString) as Ast.TextOp;
  },
  TextOp_starts(_starts, _with): Ast.TextOp {
    return "starts with";
  },
  TextOp_ends(_ends, _with): Ast.TextOp {
    return "ends with";
  },
  TextArgs_list(_open, first, _commas, rest, _trailing, _close) {
    return { args: [first, ...rest.children].map((arg) => read(arg) as Ast.Value), bracketed: true };
  },
  TextArgs_single(arg) {
    return { args: [read(arg) as Ast.Value], bracketed: false };
  },
  parameter(_sign, name): Ast.ParameterValue {
    return { kind: "parameter", name: name.sourceString, span: span(this.source) };
  },
  duration(_digits, _letters): Ast.DurationText {
    return readDuration(this.sourceString, this.source.startIdx);
  },
  setName(_sign, _first, _dots, _rest): Ast.NamedSet {
    return { kind: "named-set", name: this.sourceString.slice(1), span: span(this.source) };
  },
  atom(_characters): Ast.AtomValue {
    return { kind: "atom", text: this.sourceString, span: span(this.source) };
  },
  string(_open, inner, _close, flag): Ast.StringValue {
    return {
      kind: "string",
      value: unescapeText(inner.sourceString),
      flag: flag.sourceString === "" ? null : (flag.sourceString as "i" | "c"),
      span: span(this.source),
    };
  },
  regex(_open, inner, _close, flag): Ast.RegexValue {
    return {
      kind: "regex",
      source: unescapeRegex(inner.sourceString),
      ignoreCase: flag.sourceString !== "",
      span: span(this.source),
    };
  },
  time(_base, _offsets, _before, _slash, _after, _unit, _more) {
    return readTime(this.sourceString, this.source.startIdx);
  },
};

const semantics = filter.createSemantics().addOperation<unknown>("tree()", actions);
