/** The tolerant parser: from any text to a syntax tree with diagnostics. */
import { SYNTAX_VERSION, type Comment, type Expr, type FilterSyntax } from "./ast.js";
import { matchBrackets } from "./brackets.js";
import { createMatching, type Matching, type WholeTree } from "./matching.js";
import { NO_KNOWLEDGE, type FieldKnowledge } from "./refused.js";
import type { Diagnostic } from "./diagnostic.js";
import {
  checkDepth,
  checkJoiners,
  checkLength,
  checkLists,
  checkNodes,
  defaultLimits,
  mayBeDeep,
  mayHaveLongList,
  type SyntaxLimits,
} from "./limits.js";
import { matchFilter } from "./parse-tree.js";
import { recover, type Recovered } from "./recover.js";
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

  const tooManyItems = mayHaveLongList(text, limits) ? findLongLists(text, lexed().tokens, limits) : [];
  if (tooManyItems.length > 0) return refused(text, comments, ...tooManyItems);
  const certainlyTooMany = checkJoiners(text, lexed, limits);
  if (certainlyTooMany !== null) return refused(text, comments, certainlyTooMany);

  const parsed = parsedTree(text, () => lexed().tokens, { ...NO_KNOWLEDGE, ...options.fields });
  const syntax: FilterSyntax = { version: SYNTAX_VERSION, root: parsed.root, comments };
  const tooMany = checkNodes(syntax, limits);
  return result(text, syntax, [...parsed.findings, ...(tooMany === null ? [] : [tooMany])]);
}

/** Texts up to this length are matched as a whole: those that are right need no tokens. */
const WHOLE_LENGTH = 1024;

/** At this number of errors the parser stops. */
const MAX_FINDINGS = 25;

interface Parsed {
  readonly root: Expr | null;
  readonly findings: readonly Finding[];
}

function parsedTree(text: string, tokens: () => readonly Token[], fields: FieldKnowledge): Parsed {
  if (text.length <= WHOLE_LENGTH) {
    const whole = matchFilter(text);
    if (whole.ok) return { root: whole.value, findings: [] };
  }
  const matching = createMatching(text.length, tree);
  const aside = setAside({ text, matching }, tokens(), MAX_FINDINGS);
  const left = aside.findings.length === 0 ? tokens() : readTokens(aside.text).tokens;
  const most = MAX_FINDINGS - aside.findings.length;
  const rest = recover({ text: aside.text, tokens: left, fields, matching, most });
  return { root: rest.root, findings: [...aside.findings, ...rest.findings] };
}

/** The tree of a text; a long one is matched piece by piece. */
function tree(text: string, matching: Matching): WholeTree | null {
  if (text.length > WHOLE_LENGTH) {
    const { root, isRight } = inPieces(text, matching);
    return isRight ? { root } : null;
  }
  const whole = matchFilter(text);
  return whole.ok ? { root: whole.value } : null;
}

function inPieces(text: string, matching: Matching): Recovered {
  const { tokens } = readTokens(text);
  return recover({ text, tokens, fields: NO_KNOWLEDGE, matching, most: 0 });
}

/** A text of any length matched piece by piece: the tree of the grammar, and whether it is right. Nothing that is wrong is explained. */
export function parseInPieces(text: string): Recovered {
  return inPieces(text, createMatching(text.length, tree));
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
function refused(text: string, comments: readonly Comment[], ...findings: readonly Finding[]): ParseResult {
  const root: Expr = { kind: "error", span: { start: 0, end: text.length } };
  return result(text, { version: SYNTAX_VERSION, root, comments }, findings);
}

function result(text: string, syntax: FilterSyntax, findings: readonly Finding[]): ParseResult {
  const { report, diagnostics } = reporter(text);
  findings.forEach((finding) => report(finding, finding.span, finding));
  return { syntax, diagnostics: inTextOrder(diagnostics) };
}
