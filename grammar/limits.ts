/** Limits on what a filter may cost, checked before or right after parsing. */
import type { Expr, FilterSyntax } from "./ast.js";
import type { BracketPairs } from "./brackets.js";
import { problem } from "./codes.js";
import { NEGATABLE_WORDS } from "./operators.js";
import type { Finding } from "./report.js";
import type { Token } from "./tokens.js";

/** How large a filter may be. */
export interface SyntaxLimits {
  /** Length of the text in UTF-16 code units. */
  readonly maxLength: number;
  /** Levels of nesting: each open bracket and each prefix `not` is one. At most 64; a larger number counts as 64. */
  readonly maxDepth: number;
  /** Nodes of the syntax tree: conditions and the logic between them. */
  readonly maxNodes: number;
  /** Items in one list in `[ ]`. */
  readonly maxListItems: number;
}

/** 64 KiB of text, 64 levels, 2,000 nodes, 1,000 list items. */
export const defaultLimits: SyntaxLimits = {
  maxLength: 64 * 1024,
  maxDepth: 64,
  maxNodes: 2000,
  maxListItems: 1000,
};

/** Ohm's recursion overflows the stack at some 150 levels; 64 leaves room for a caller deep in a stack of its own. */
const DEEPEST = 64;

/** E502 if `text` is longer than allowed; looks at nothing but the length. */
export function checkLength(text: string, limits: SyntaxLimits): Finding | null {
  if (text.length <= limits.maxLength) return null;
  return {
    ...problem("E502", { length: text.length, limit: limits.maxLength }),
    span: { start: 0, end: 0 },
  };
}

/** Whether {@link checkDepth} could find something: there are as many signs and words that open a level. Needs no tokens. */
export function mayBeDeep(text: string, limits: SyntaxLimits): boolean {
  return countOf(OPENERS, text) > Math.min(limits.maxDepth, DEEPEST);
}

/** Whether {@link checkLists} could find something. Needs no tokens. */
export function mayHaveLongList(text: string, { maxListItems }: SyntaxLimits): boolean {
  return countOf(COMMAS, text) >= maxListItems;
}

const OPENERS = /[([!]|not/giu;
const COMMAS = /,/gu;

function countOf(pattern: RegExp, text: string): number {
  return text.match(pattern)?.length ?? 0;
}

/** E501 at the first opener (bracket or `not`) that is too deep; linear in the number of tokens. */
export function checkDepth(text: string, tokens: readonly Token[], limits: SyntaxLimits): Finding | null {
  const limit = Math.min(limits.maxDepth, DEEPEST);
  // Depth before each open bracket; the `not`s in front of it are closed together with it.
  const open: number[] = [];
  let depth = 0;
  let outside = 0;
  for (const [index, token] of tokens.entries()) {
    const sign = text.slice(token.start, token.end).toLowerCase();
    if (sign === ")" || sign === "]") {
      depth = open.pop() ?? 0;
      outside = depth;
      continue;
    }
    const bracket = sign === "(" || sign === "[";
    if (bracket || isPrefixNot(sign, token, tokens[index + 1], text)) {
      depth += 1;
      if (depth > limit) return tooDeep(depth, limit, token);
      if (bracket) {
        open.push(outside);
        outside = depth;
      }
    } else {
      depth = outside;
    }
  }
  return null;
}

function tooDeep(depth: number, limit: number, span: Token): Finding {
  return { ...problem("E501", { depth, limit }), span: { start: span.start, end: span.end } };
}

/** A `not` before a condition; the one in `not in` is part of an operator. */
function isPrefixNot(sign: string, token: Token, next: Token | undefined, text: string): boolean {
  const isNot = sign === "not" ? token.kind === "keyword" : sign === "!" && token.kind === "operator";
  if (!isNot) return false;
  const following = next === undefined ? "" : text.slice(next.start, next.end).toLowerCase();
  return !NEGATABLE_WORDS.has(following);
}

/** E503 for each list with too many items, counted by their commas. */
export function checkLists(
  text: string,
  tokens: readonly Token[],
  pairs: BracketPairs,
  limits: SyntaxLimits,
): Finding[] {
  const findings: Finding[] = [];
  for (const [open, close] of pairs) {
    const token = tokens[open];
    const last = tokens[close - 1];
    if (token === undefined || last === undefined || text[token.start] !== "[") continue;
    const inside = tokens.slice(open + 1, close);
    const commas = inside.filter((part) => text[part.start] === "," && part.kind === "punctuation").length;
    const items = commas + (text[last.start] === "," || inside.length === 0 ? 0 : 1);
    if (items > limits.maxListItems) {
      const tooMany = problem("E503", { items, limit: limits.maxListItems });
      findings.push({ ...tooMany, span: { start: token.start, end: token.end } });
    }
  }
  return findings;
}

/** E504 if the words between conditions tell already that there are too many; linear in the number of tokens. */
export function checkJoiners(
  text: string,
  lexed: () => { readonly tokens: readonly Token[] },
  { maxNodes }: SyntaxLimits,
): Finding | null {
  // No condition with the word after it is shorter than `a&&`.
  if (text.length < 3 * maxNodes) return null;
  const joiners = lexed().tokens.filter(
    ({ kind, start, end }) =>
      (kind === "keyword" || kind === "operator") &&
      /^(?:and|or|xor|&&|\|\||\^\^)$/i.test(text.slice(start, end)),
  );
  const first = joiners[maxNodes - 1];
  if (first === undefined) return null;
  // The conditions, and what joins them.
  const nodes = joiners.length + 2;
  return { ...problem("E504", { nodes, limit: maxNodes }), span: { start: first.start, end: first.end } };
}

/** E504 if the tree has more nodes than allowed, at the first node too many. */
export function checkNodes(syntax: FilterSyntax, limits: SyntaxLimits): Finding | null {
  const nodes = syntax.root === null ? [] : [...allNodes(syntax.root)];
  const first = nodes[limits.maxNodes];
  if (first === undefined) return null;
  return { ...problem("E504", { nodes: nodes.length, limit: limits.maxNodes }), span: first.span };
}

/** Every expression in the tree, each before its operands. */
function* allNodes(expr: Expr): Generator<Expr> {
  yield expr;
  for (const child of children(expr)) yield* allNodes(child);
}

function children(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "or":
    case "xor":
    case "and":
      return expr.operands;
    case "not":
      return [expr.operand];
    case "predicate":
      return [expr.test, expr.operand.test].flatMap((test) => (test?.kind === "has" ? [test.expr] : []));
    default:
      return [];
  }
}
