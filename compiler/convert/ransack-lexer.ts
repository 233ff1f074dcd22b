/** Tokens of ransack 0.1. Its words are case-insensitive and have word boundaries; `-` is part of a name. */
import type { Reason } from "./refusal.js";
import { cutTokens, type LegacyToken, type TokenRule } from "./token-reader.js";

const WORDS = new Set(["or", "and", "not", "in", "contains"]);
const SYMBOLS: Readonly<Record<string, string>> = { "||": "or", "&&": "and", "!": "not" };

const nameKind = (text: string): string => (WORDS.has(text.toLowerCase()) ? text.toLowerCase() : "name");
const symbolKind = (text: string): string => SYMBOLS[text] ?? text;

const CLOCK = String.raw`\d{2}:\d{2}:\d{2}`;
const IPV4 = String.raw`\d+(?:\.\d+){3}`;
const IPV6 = String.raw`(?=[0-9a-fA-F]*:[0-9a-fA-F]*:)[0-9a-fA-F:]+(?:\.\d+){0,3}`;
const NAME = String.raw`[A-Za-z_][\w-]*`;

const sticky = (source: string): RegExp => new RegExp(source, "y");

const RULES: readonly TokenRule[] = [
  { pattern: sticky(String.raw`\s+`), kind: null },
  {
    pattern: sticky(`\\d{4}-\\d{2}-\\d{2}(?:[Tt ]?${CLOCK}(?:\\.\\d+)?(?:[Zz]|[+-]\\d{2}:\\d{2})?)?`),
    kind: "time",
  },
  { pattern: sticky(`(?:\\d+[Dd])?${CLOCK}(?![0-9a-fA-F:])`), kind: "duration" },
  { pattern: sticky(`${IPV4}(?:/\\d+|-${IPV4})?`), kind: "address" },
  { pattern: sticky(`${IPV6}(?:/\\d+|-${IPV6})?`), kind: "address" },
  { pattern: sticky(String.raw`\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`), kind: "number" },
  { pattern: sticky(String.raw`\?\?|\.\.`), kind: symbolKind },
  {
    pattern: sticky(`\\.?${NAME}(?:\\.${NAME})*(?=\\()`),
    kind: (text) => (nameKind(text) === "name" ? "function" : nameKind(text)),
  },
  { pattern: sticky(`\\.?${NAME}(?:\\.${NAME})*`), kind: nameKind },
  { pattern: sticky(String.raw`"[^"]*"|'[^']*'`), kind: "string" },
  { pattern: sticky(String.raw`["'][^]*`), kind: "unclosed text" },
  { pattern: sticky(String.raw`\|\||&&|!=|<>|==|>=|<=|[=<>!+*/%.()[\],-]`), kind: symbolKind },
];

/** Cuts a ransack filter into tokens. @throws Refusal E601 for every character that the language does not have */
export function ransackTokens(text: string): readonly LegacyToken[] {
  return cutTokens(text, RULES, unknownCharacter);
}

function unknownCharacter(rest: string, span: Reason["span"]): Reason {
  const character = rest.slice(0, span.end - span.start);
  const proposal = character === "#" ? "ransack has no comments; take it out" : undefined;
  return { code: "E601", message: `"${character}" has no meaning in ransack`, span, proposal };
}
