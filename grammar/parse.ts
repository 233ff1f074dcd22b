/** The tolerant parser: from any text to a syntax tree with diagnostics. */
import { SYNTAX_VERSION, type Comment, type Expr, type FilterSyntax } from "./ast.js";
import { matchBrackets } from "./brackets.js";
import { NO_KNOWLEDGE, type FieldKnowledge } from "./refused.js";
import type { Diagnostic } from "./diagnostic.js";
import {
  checkDepth,
  checkLength,
  checkLists,
  checkNodes,
  defaultLimits,
  mayBeDeep,
  mayHaveLongList,
  type SyntaxLimits,
} from "./limits.js";
import { matchFilter } from "./parse-tree.js";
import { recover } from "./recover.js";
import { inTextOrder, reporter, type Finding } from "./report.js";
import { setAside } from "./set-aside.js";
import { highlightTokens, type Token } from "./tokens.js";

/** Settings of {@link parseSyntax}. */
export interface ParseOptions {
  /** Limits that differ from {@link defaultLimits}. */
  readonly limits?: Partial<SyntaxLimits> | undefined;
  /** What is known of fields, for better messages. */
  readonly fields?: Partial<FieldKnowledge> | undefined;
}

/** A parsed filter. Where there is no error among the diagnostics, the tree has no `error` nodes. */
export interface ParseResult {
  /** The tree, as far as it could be made out. */
  readonly syntax: FilterSyntax;
  /** What is wrong with the text; empty when it is right. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses `text`. Never throws: every syntax error becomes a diagnostic, and the part around it an `error` node, while
 * the conditions beside it are kept. Text beyond a limit is refused as a whole.
 */
export function parseSyntax(text: string, options: ParseOptions = {}): ParseResult {
  const limits = { ...defaultLimits, ...options.limits };
  const tooLong = checkLength(text, limits);
  if (tooLong !== null) return refused(text, [], tooLong);
  // Most filters that are right need no tokens at all.
  const lexed = lazyTokens(text);
  const comments = text.includes("#") ? lexed().comments : [];
  const tooDeep = mayBeDeep(text, limits) ? checkDepth(text, lexed().tokens, limits) : null;
  if (tooDeep !== null) return refused(text, comments, tooDeep);

  const whole = matchFilter(text);
  const parsed = whole.ok
    ? { root: whole.value, findings: [] }
    : takenApart(text, lexed().tokens, { ...NO_KNOWLEDGE, ...options.fields });
  const syntax: FilterSyntax = { version: SYNTAX_VERSION, root: parsed.root, comments };
  const tooMany = checkNodes(syntax, limits);
  const tooManyItems = mayHaveLongList(text, limits) ? findLongLists(text, lexed().tokens, limits) : [];
  return result(text, syntax, [...parsed.findings, ...tooManyItems, ...(tooMany === null ? [] : [tooMany])]);
}

/** What is left of a text that the grammar refuses, and what is wrong with it. */
function takenApart(
  text: string,
  tokens: readonly Token[],
  fields: FieldKnowledge,
): { readonly root: Expr | null; readonly findings: readonly Finding[] } {
  const aside = setAside(text, tokens);
  if (aside.findings.length === 0) return recover(text, tokens, fields);
  const whole = matchFilter(aside.text);
  const rest = whole.ok
    ? { root: whole.value, findings: [] }
    : recover(aside.text, readTokens(aside.text).tokens, fields);
  return { root: rest.root, findings: [...aside.findings, ...rest.findings] };
}

function findLongLists(text: string, tokens: readonly Token[], limits: SyntaxLimits): readonly Finding[] {
  return checkLists(text, tokens, matchBrackets(text, tokens).pairs, limits);
}

interface Lexed {
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
}

function lazyTokens(text: string): () => Lexed {
  let lexed: Lexed | null = null;
  return () => (lexed ??= readTokens(text));
}

/** The comments apart from the other tokens. */
function readTokens(text: string): Lexed {
  const all = highlightTokens(text);
  const comments = all
    .filter((token) => token.kind === "comment")
    .map(({ start, end }): Comment => {
      const trimmed = text.slice(start, end).trimEnd();
      return { text: trimmed, span: { start, end: start + trimmed.length } };
    });
  return { tokens: all.filter((token) => token.kind !== "comment"), comments };
}

/** A filter that is refused unread. */
function refused(text: string, comments: readonly Comment[], finding: Finding): ParseResult {
  const root: Expr = { kind: "error", span: { start: 0, end: text.length } };
  return result(text, { version: SYNTAX_VERSION, root, comments }, [finding]);
}

function result(text: string, syntax: FilterSyntax, findings: readonly Finding[]): ParseResult {
  const { report, diagnostics } = reporter(text);
  findings.forEach((finding) => report(finding, finding.span, finding));
  return { syntax, diagnostics: inTextOrder(diagnostics) };
}
