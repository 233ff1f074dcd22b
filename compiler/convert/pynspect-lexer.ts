/**
 * Tokens of pynspect 0.17. The order of the rules is that of the original, with its consequences: operators come first and
 * know no word boundary (`inside` is `in` and `side`), and `20:01:10:…` begins with a duration.
 *
 * Where the original drops a character that it does not know and parses on, this lexer refuses.
 */
import type { Reason } from "./refusal.js";
import { cutTokens, type LegacyToken, type TokenRule } from "./token-reader.js";

/** Spelling of an operator → its one name in the tree. */
const OPERATORS: Readonly<Record<string, string>> = {
  "=~": "like",
  "~~": "in",
  eq: "==",
  ne: "!=",
  "<>": "!=",
  gt: ">",
  ge: ">=",
  lt: "<",
  le: "<=",
  "!": "not",
  "?": "exists",
};

const operatorKind = (text: string): string => OPERATORS[text.toLowerCase()] ?? text.toLowerCase();

/** The words are all lower or all upper case: `And` is a name. */
const WORDS = ["like", "in", "is", "eq", "ne", "ge", "gt", "le", "lt", "or", "xor", "and", "not", "exists"];
const WORD_PATTERN = WORDS.flatMap((word) => [word, word.toUpperCase()]).join("|");

const DATE = String.raw`\d{4}-\d{2}-\d{2}`;
const CLOCK = String.raw`\d{2}:\d{2}:\d{2}`;
const ZONE = String.raw`(?:[Zz]|[+-]\d{2}:\d{2})`;
const IPV4 = String.raw`\d+(?:\.\d+){3}`;
const IPV6 = String.raw`[:a-fA-F0-9]+:[:a-fA-F0-9]*`;

const sticky = (source: string): RegExp => new RegExp(source, "y");

const RULES: readonly TokenRule[] = [
  { pattern: sticky(String.raw`\s+`), kind: null },
  {
    pattern: sticky(`${WORD_PATTERN}|=~|~~|==|!=|<>|>=|<=|>|<|\\|\\||\\^\\^|&&|[-+*/%!?]`),
    kind: operatorKind,
  },
  { pattern: sticky(`${DATE}[Tt]${CLOCK}(?:\\.\\d+)?${ZONE}`), kind: "time" },
  // No literal of the language, but what people write for one: kept together, to be refused as one.
  { pattern: sticky(`${DATE}(?:[Tt ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?${ZONE}?)?`), kind: "date" },
  { pattern: sticky(`(?:\\d+[Dd])?${CLOCK}`), kind: "duration" },
  { pattern: sticky(`${IPV4}(?:/\\d+|(?:-|\\.\\.)${IPV4})?`), kind: "address" },
  { pattern: sticky(`${IPV6}(?:/\\d+|(?:-|\\.\\.)${IPV6})?`), kind: "address" },
  { pattern: sticky(String.raw`\d+(?:\.\d+)?`), kind: "number" },
  { pattern: sticky(String.raw`[_a-zA-Z][_a-zA-Z0-9]{2,}(?=\()`), kind: "function" },
  {
    pattern: sticky(
      String.raw`[_a-zA-Z][-_a-zA-Z0-9]*(?:\[(?:-?\d+|#)\])?(?:\.?[a-zA-Z][-_a-zA-Z0-9]*(?:\[(?:-?\d+|#)\])?)*`,
    ),
    kind: "name",
  },
  { pattern: sticky(String.raw`"[^"]+"|'[^']+'`), kind: "string" },
  { pattern: sticky(String.raw`""|''`), kind: "empty text" },
  { pattern: sticky(String.raw`["'][^]*`), kind: "unclosed text" },
  { pattern: sticky(String.raw`[()[\],;]`), kind: (text) => (text === ";" ? "," : text) },
];

/** Cuts a pynspect filter into tokens. @throws Refusal E601 for every character that the language does not have */
export function pynspectTokens(text: string): readonly LegacyToken[] {
  return cutTokens(text, RULES, unknownCharacter);
}

const ADVICE: Readonly<Record<string, readonly [proposal: string, replacement?: string]>> = {
  "=": ["write == to compare", "=="],
  "#": ["pynspect has no comments; take it out"],
  "&": ["write && or and", "&&"],
  ".": ["a path is names joined by single dots, each with [n] or [#] after it at most"],
  "|": ["write || or or", "||"],
};

function unknownCharacter(rest: string, span: Reason["span"]): Reason {
  const character = rest.slice(0, span.end - span.start);
  const [proposal, replacement] = ADVICE[character] ?? [];
  const message = `"${character}" has no meaning in pynspect, which dropped it and read on`;
  return { code: "E601", message, span, proposal, replacement };
}
