/** Lints of texts that look like patterns or like the beginning of an identifier, where neither is what they mean. */
import type { Item, Span, TextTest, Value } from "../../grammar/ast.js";
import { problem } from "../../grammar/codes.js";
import { quoteText } from "../../grammar/string-text.js";
import { isBareValue } from "../../grammar/words.js";
import { normalisationOf } from "../catalogue/column-types.js";
import { isCaseless, type WordNormalisation } from "../values/normalise.js";
import type { Comparison } from "./comparison.js";
import type { ResolveContext } from "./context.js";
import type { Target } from "./target.js";
import { replacing } from "./values.js";

/** A text and where it is written. */
export interface WrittenText {
  readonly text: string;
  readonly span: Span;
}

/** L08, L10: `=` or `in` with a text that looks like a pattern or like the beginning of an identifier. */
export function lintComparedText(
  { text, span }: WrittenText,
  target: Target,
  comparison: Comparison,
  context: Pick<ResolveContext, "report">,
): void {
  const { op, negated, opSpan, items } = comparison;
  // Functions take no patterns.
  if ((op !== "=" && op !== "in") || target.func !== null) return;
  const prefix = negated ? "not " : "";
  const rewritten = (operator: string, written: string) =>
    items.length > 1 ? [] : [replacing(spanned(opSpan, comparison.span), `${prefix}${operator} ${written}`)];
  // A star after it is meant as one of a pattern.
  const beginning = text.replace(/[*%]$/, "");
  if (target.type === "id" && isBeginningOfUuid(beginning)) {
    context.report(problem("L10", { text }), span, { fixes: rewritten("starts with", word(beginning)) });
    return;
  }
  if (target.type !== "text" || !looksLikePattern(text)) return;
  const glob = globOf(text);
  context.report(problem("L08", { text, operator: op, glob }), span, {
    fixes: rewritten("like", quoteText(glob)),
  });
}

/** L08, L09: a text operator with a star that it takes as it is, or `like` with the sign of SQL. */
export function lintPattern(
  text: string,
  span: Span,
  test: TextTest,
  context: Pick<ResolveContext, "report">,
): void {
  const { op, opSpan, args, negated } = test;
  if (op === "like") {
    if (text.includes("*") || !PERCENT_AT_END.test(text)) return;
    const glob = globOf(text);
    context.report(problem("L09", { glob }), span, { fixes: [replacing(span, quoteText(glob))] });
    return;
  }
  if (!looksLikePattern(text)) return;
  const glob = globOf(text);
  const only = args.length === 1;
  context.report(problem("L08", { text, operator: op, glob }), span, {
    fixes: only
      ? [replacing(spanned(opSpan, test.span), `${negated ? "not " : ""}like ${quoteText(glob)}`)]
      : [],
  });
}

/** L13: `"…"c`, `"…"i` or `/…/i` beside a field whose values have no case; said of the first, for all of a list have the same flag. */
export function lintFlags(items: readonly ReadItem[], { name, fields, func }: Target): void {
  const flagged = items.find(({ item }) => flagOf(item) !== null);
  const flag = flagged && flagOf(flagged.item);
  if (!flagged || !flag || func !== null) return;
  // The case of a mailbox counts, where it is not asked to be ignored.
  const isIdle = (one: WordNormalisation | undefined) => isCaseless(one) && (one !== "mail" || flag === "c");
  if (!fields.every((field) => isIdle(normalisationOf(field)))) return;
  const { span } = flagged.item;
  flagged.context.report(problem("L13", { field: name, flag }), span, {
    fixes:
      items.length === 1
        ? [{ title: `leave out the ${flag}`, edits: [{ start: span.end - 1, end: span.end, text: "" }] }]
        : [],
  });
}

/** A value with the context that it is reported in. */
interface ReadItem {
  readonly item: Item;
  readonly context: Pick<ResolveContext, "report">;
}

function flagOf(item: Item): "c" | "i" | null {
  if (item.kind === "string") return item.flag;
  return item.kind === "regex" && item.ignoreCase ? "i" : null;
}

/** L11: `"C:\temp\new"`, whose escapes mean a tab and a newline. */
export function lintEscapes({ kind, span }: Value, context: Pick<ResolveContext, "text" | "report">): void {
  if (kind !== "string") return;
  const written = context.text.slice(span.start, span.end);
  const escapes = [...written.matchAll(/\\(.)/gs)].filter(
    ({ 1: sign = "", index }) => /[tnr]/.test(sign) && /^[A-Za-z0-9]/.test(written.slice(index + 2)),
  );
  const [sign] = escapes[0] ?? [];
  if (sign === undefined || !PATH.test(written)) return;
  const doubled = written.replace(/\\(.)/gs, (pair: string, letter: string) =>
    /[tnr]/.test(letter) ? `\\${pair}` : pair,
  );
  const meaning = ESCAPES[sign] ?? "an escape";
  context.report(problem("L11", { sign, meaning }), span, {
    fixes: [replacing(span, doubled, "double the backslashes")],
  });
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\\t": "a tab",
  "\\n": "a new line",
  "\\r": "a carriage return",
};

/** A drive, a share, a variable or a folder at the beginning. */
const PATH = /^"(?:[A-Za-z]:\\|\\\\|%\w+%\\|\.{1,2}\\|[\w-]+\\[\w.-]+\\)/;

function spanned(from: Span, to: Span): Span {
  return { ...from, end: to.end };
}

/** A star, or a percent sign at an end that is none of a percentage. Both are ordinary signs of texts that are compared. */
export function looksLikePattern(text: string): boolean {
  return text.includes("*") || PERCENT_AT_END.test(text);
}

const PERCENT_AT_END = /^%[^\s%]|[^\s\d%]%$/;

function globOf(text: string): string {
  return text.includes("*") ? text : text.replace(/^%|%$/g, "*");
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** At least its first eight digits, which tables and logs show, but not all of it. */
function isBeginningOfUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f-]*)?$/i.test(text) && text.length < 36 && !UUID.test(text);
}

function word(text: string): string {
  return isBareValue(text) ? text : quoteText(text);
}
