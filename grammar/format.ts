/**
 * The formatter: canonical text that keeps the comments. A filter that fits into one line gets one; otherwise, and where
 * a comment forces it, lines break before and/or, inside parentheses and between list items.
 */
import type { Comment, Expr, FilterSyntax, HasTest, Logical, Predicate, Span } from "./ast.js";
import type { Diagnostic } from "./diagnostic.js";
import { parseSyntax, type ParseOptions } from "./parse.js";
import {
  itemList,
  needsParentheses,
  printItem,
  printListOperator,
  printSubject,
  printSyntax,
  type ListTest,
} from "./print.js";

/** The widest line, in UTF-16 code units, that is not broken. */
const MAX_WIDTH = 100;
const INDENT = "  ";

/** The outcome of {@link formatText}. */
export interface FormatResult {
  /** The canonical text, or the text as it was given if it has syntax errors. */
  readonly text: string;
  /** What is wrong with the text; empty if it was formatted. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Brings `text` into its canonical form. The result has the same syntax tree, every comment in the same order, and is its
 * own canonical form. Never throws.
 */
export function formatText(text: string, options?: ParseOptions): FormatResult {
  const { syntax, diagnostics } = parseSyntax(text, options);
  if (diagnostics.length > 0) return { text, diagnostics };
  const result = laidOut(text, syntax);
  // A comment that was moved out of a condition may let the lines around it close up on the next round. It never moves
  // back in, so the rounds come to rest.
  return result === text || syntax.comments.length === 0
    ? { text: result, diagnostics }
    : formatText(result, { ...options, limits: { ...options?.limits, maxLength: Infinity } });
}

function laidOut(text: string, { root, comments }: FilterSyntax): string {
  const layout: Layout = { text, comments: [...comments] };
  const lines = root === null ? [] : placed(layout, root, 0, /^[^\S\n\r]*(?:\)[^\S\n\r]*)*$/);
  return [...lines, ...commentsBefore(layout, Infinity)].join("\n");
}

interface Layout {
  readonly text: string;
  /** The comments that are not placed yet, in source order; placing one removes it. */
  readonly comments: Comment[];
}

/** What may come between an operand and a comment after it, for the comment to stay on its line. */
const BLANKS = /^[^\S\n\r]*$/;
const CLOSED = /^\s*\)[^\S\n\r]*$/;
const COMMA = /^[^\S\n\r]*,?[^\S\n\r]*$/;

/** Takes the comments that begin before `offset`. */
function commentsBefore(layout: Layout, offset: number): string[] {
  const count = layout.comments.findIndex((comment) => comment.span.start >= offset);
  return layout.comments.splice(0, count === -1 ? layout.comments.length : count).map(({ text }) => text);
}

/** Takes the comment that follows `end` on the same line with only `between` before it. */
function commentBehind(layout: Layout, end: number, between: RegExp): string {
  const [next] = layout.comments;
  if (next === undefined || next.span.start < end || !between.test(layout.text.slice(end, next.span.start)))
    return "";
  layout.comments.shift();
  return ` ${next.text}`;
}

function hasCommentIn(layout: Layout, span: Span): boolean {
  return layout.comments.some(({ span: { start } }) => start >= span.start && start < span.end);
}

/** The lines of `expr` with the comments before it, inside it, and after it on the same line. */
function placed(layout: Layout, expr: Expr, used: number, between: RegExp): string[] {
  const leading = commentsBefore(layout, expr.span.start);
  const lines = exprLines(layout, expr, used);
  return [...leading, ...withComment(lines, commentBehind(layout, expr.span.end, between))];
}

function withComment(lines: readonly string[], comment: string): string[] {
  return lines.map((line, index) => (index === lines.length - 1 ? line + comment : line));
}

/** `lines` with `prefix` before the first line that is no comment. */
function withPrefix(lines: readonly string[], prefix: string): string[] {
  const first = lines.findIndex((line) => !line.startsWith("#"));
  return lines.map((line, index) => (index === first ? prefix + line : line));
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => INDENT + line);
}

/** The lines of `expr`, the first of which has `used` columns taken. */
function exprLines(layout: Layout, expr: Expr, used: number): string[] {
  const flat = printSyntax(expr);
  if (fitsFlat(layout, expr, flat, used)) return [flat];
  switch (expr.kind) {
    case "or":
    case "xor":
    case "and":
      return expr.operands.flatMap((operand, index) => {
        const word = index === 0 ? "" : `${expr.kind} `;
        return operandLines(layout, operand, { parent: expr.kind, word, used });
      });
    case "not":
      return operandLines(layout, expr.operand, { parent: "not", word: "not ", used });
    case "predicate":
      return predicateLines(layout, expr, flat, used);
    default:
      return [flat];
  }
}

/** Whether `expr` stays on one line: it is short enough, and no comment inside forces a break. */
function fitsFlat(layout: Layout, expr: Expr, flat: string, used: number): boolean {
  return !hasCommentIn(layout, expr.span) && used + flat.length <= MAX_WIDTH;
}

/** What is before an operand: the operator it belongs to, the word on its line, and the columns used before the word. */
interface OperandPlace {
  readonly parent: Logical["kind"] | "not";
  readonly word: string;
  readonly used: number;
}

/** An operand with the word before it, in parentheses where it needs them. */
function operandLines(layout: Layout, operand: Expr, { parent, word, used }: OperandPlace): string[] {
  const column = used + word.length;
  if (!needsParentheses(operand, parent)) {
    return withPrefix(placed(layout, operand, column, BLANKS), word);
  }
  const leading = commentsBefore(layout, operand.span.start);
  const flat = `(${printSyntax(operand)})`;
  const fits = column + flat.length <= MAX_WIDTH && !hasCommentIn(layout, groupSpan(layout, operand));
  const lines = fits ? [flat] : ["(", ...groupLines(layout, operand), ")"];
  const behind = commentBehind(layout, operand.span.end, CLOSED);
  return [...leading, ...withPrefix(withComment(lines, behind), word)];
}

/** The span of an operand with the comments between it and its closing parenthesis. */
function groupSpan(layout: Layout, operand: Expr): Span {
  return { start: operand.span.start, end: gapEnd(layout, operand.span.end) };
}

/** The end of the blanks and comments that begin at `offset`. */
function gapEnd(layout: Layout, offset: number): number {
  return offset + (/^(?:\s|#[^\n\r]*)*/.exec(layout.text.slice(offset))?.[0].length ?? 0);
}

/** What is inside broken parentheses, up to the closing one. */
function groupLines(layout: Layout, inner: Expr): string[] {
  const lines = placed(layout, inner, INDENT.length, BLANKS);
  return indented([...lines, ...commentsBefore(layout, groupSpan(layout, inner).end)]);
}

/** A predicate breaks inside `has ( … )` and between the items of a list; a comment elsewhere goes before it. */
function predicateLines(layout: Layout, predicate: Predicate, flat: string, used: number): string[] {
  const block = blockOf(predicate);
  if (block === null) return [...commentsBefore(layout, predicate.span.end), flat];
  const leading = commentsBefore(layout, gapEnd(layout, block.head.end));
  if (fitsFlat(layout, predicate, flat, used)) return [...leading, flat];
  const { test } = block;
  if (test.kind === "has") {
    return [...leading, `${printSubject(predicate)} has (`, ...groupLines(layout, test.expr), ")"];
  }
  const lines = itemList(test).items.flatMap((item) => {
    const before = commentsBefore(layout, item.span.end);
    return [...before, `${printItem(item)},${commentBehind(layout, item.span.end, COMMA)}`];
  });
  const trailing = commentsBefore(layout, predicate.span.end);
  const open = `${printSubject(predicate)} ${printListOperator(test)} [`;
  return [...leading, open, ...indented([...lines, ...trailing]), "]"];
}

/** The test of a predicate if it has brackets to break at, and what comes before the opening one. */
function blockOf(predicate: Predicate): { readonly test: HasTest | ListTest; readonly head: Span } | null {
  const { test } = predicate;
  if (test?.kind === "has") {
    return { test, head: { start: test.span.start, end: test.span.start + "has".length } };
  }
  if ((test?.kind !== "set" && test?.kind !== "text") || !itemList(test).bracketed) return null;
  return { test, head: test.opSpan };
}
