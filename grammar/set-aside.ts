/** What is reported once and set aside before a text is taken apart, so that nothing else is said of it: foreign comments, slashes in patterns. */
import type { Span } from "./ast.js";
import { problem } from "./codes.js";
import { replace } from "./diagnose-token.js";
import { mendsAll, type WholeText } from "./refused.js";
import { applyEdits, type Finding } from "./report.js";
import { unescapeRegex, quoteRegex } from "./string-text.js";
import type { Token } from "./tokens.js";

/** A text of the same length without what was reported. */
export interface SetAside {
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** Sets aside comments as other languages write them, and regular expressions with a slash in them; `most` of them at most. */
export function setAside(whole: WholeText, tokens: readonly Token[], most: number): SetAside {
  const { text } = whole;
  const parts: Aside[] = [];
  let done = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.start < done) continue;
    if (parts.length >= most) break;
    const aside =
      foreignComment(whole, token, tokens[index - 1]) ?? slashInRegex(whole, token, tokens[index + 1]);
    if (aside === null) continue;
    parts.push(aside);
    done = aside.span.end;
  }
  const edits = parts.map(({ span, left }) => ({ ...span, text: left }));
  return {
    text: parts.length === 0 ? text : applyEdits(text, edits),
    findings: parts.map(({ finding }) => finding),
  };
}

interface Aside {
  readonly span: Span;
  /** What is there instead, of the same length. */
  readonly left: string;
  readonly finding: Finding;
}

const BEFORE_CONDITION =
  /^(?:and|or|xor|not|any|all|none|exists|missing|true|false|has|&&|\|\||\^\^|!|[()\]])$/i;

/** `-- comment`, `// comment`, and what is between `/*` and its end, where no value can be. */
function foreignComment(whole: WholeText, token: Token, previous: Token | undefined): Aside | null {
  const { text } = whole;
  const sign = /^(?:--|\/\/|\/\*)/.exec(text.slice(token.start, token.start + 2))?.[0];
  if (sign === undefined || token.kind !== "atom") return null;
  const before = previous === undefined ? "" : text.slice(previous.start, previous.end);
  const isValuePlace = /^(?:keyword|operator|punctuation|error)$/.test(previous?.kind ?? "");
  if (isValuePlace && !BEFORE_CONDITION.test(before)) return null;
  const end = endOf(text, token.start, sign);
  const span = { start: token.start, end };
  const inner = text.slice(token.start + 2, end).replace(/\*\/$/, "");
  // A comment goes to the end of its line.
  const isLast = /^[ \t]*(?:[\n\r]|$)/.test(text.slice(end));
  const fix = replace(span, `#${inner.trimEnd().replace(/[\n\r]+/g, "\n#")}`, 'write "#"');
  return {
    span,
    left: " ".repeat(end - token.start),
    finding: {
      ...problem("E008.comment", { sign }),
      span: { start: token.start, end: token.start + 2 },
      fixes: isLast && mendsAll(whole, fix) ? [fix] : [],
    },
  };
}

function endOf(text: string, start: number, sign: string): number {
  const end = sign === "/*" ? text.indexOf("*/", start + 2) + 2 : text.slice(start).search(/[\n\r]/) + start;
  return end <= start + 1 ? text.length : end;
}

/** Closing slashes that are tried. */
const MAX_SLASHES = 8;

/** `/[/]/`: the slash inside closes the expression, and the rest means nothing. */
function slashInRegex(whole: WholeText, token: Token, next: Token | undefined): Aside | null {
  if (token.kind !== "regex" || next?.start !== token.end) return null;
  const { text } = whole;
  const read = text.slice(token.start, token.end);
  const isOpen = read.lastIndexOf("[") > read.lastIndexOf("]");
  if (!isOpen && /^[)\],]/.test(text.slice(next.start))) return null;
  const line = /^[^\n\r]*/.exec(text.slice(token.start))?.[0] ?? "";
  const closers = [...line.matchAll(/\/i?(?=[\s)\],]|$)/g)]
    .map((match) => match.index + match[0].length)
    .filter((end) => end > read.length)
    .slice(0, MAX_SLASHES);
  const found = closers.map((length) => {
    const span = { start: token.start, end: token.start + length };
    const [, inner = "", flag = ""] = /^\/(.*)\/(i?)$/.exec(text.slice(span.start, span.end)) ?? [];
    const written = quoteRegex(unescapeRegex(inner)) + flag;
    return { span, fix: replace(span, written, `write ${written}`) };
  });
  const best = found.find(({ fix }) => mendsAll(whole, fix)) ?? found[0];
  if (best === undefined) return null;
  const { span, fix } = best;
  return {
    span,
    left: `/${"x".repeat(span.end - span.start - 2)}/`,
    finding: { ...problem("E007.slash"), span, fixes: mendsAll(whole, fix) ? [fix] : [] },
  };
}
