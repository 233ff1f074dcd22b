/**
 * The lexer: total over any string and linear in its length. It serves the highlighter, the count of the nesting depth
 * before parsing, the recovery after errors, and the comments; the grammar itself does without it.
 *
 * What a word is depends on its place: `22` after `=` is a value, `and` after a value is an operator, and `/` opens
 * a regular expression only beside a text operator. So the lexer carries the place along.
 */
import { AFTER_WORD, COMPARISON_SIGNS } from "./operators.js";
import { ATOM_CHAR, isContinuation, isOperatorWord, isReserved } from "./words.js";

/** What a token is, for highlighting. */
export type TokenKind =
  | "keyword"
  | "operator"
  | "field"
  | "function"
  | "string"
  | "regex"
  | "number"
  | "atom"
  | "parameter"
  | "set"
  | "punctuation"
  | "comment"
  /** Nothing that the language knows: an unclosed text, a wrong operator, a reserved character. */
  | "error";

/** A piece of the filter text, `[start, end)` in UTF-16 code units. */
export interface Token {
  /** What it is, for its colour. */
  readonly kind: TokenKind;
  /** Its start in the text, in UTF-16 units. */
  readonly start: number;
  /** Its end, exclusive. */
  readonly end: number;
}

/** What may come next: a condition, what follows a field or value, a value, a value or regular expression. */
type Place = "condition" | "operator" | "value" | "text";

interface Lexer {
  readonly text: string;
  place: Place;
  /** The place inside the innermost `[ ]`, null outside. */
  list: Place | null;
}

interface Rule {
  readonly pattern: RegExp;
  readonly places?: readonly Place[];
  /** The kind of the token found; also moves the lexer to the next place. */
  readonly enter: (lexer: Lexer, found: string, end: number) => TokenKind;
}

const values: readonly Place[] = ["value", "text"];
const names: readonly Place[] = ["condition", "operator"];

/** A rule for a token after which a value is complete. */
function value(pattern: RegExp, kind: TokenKind, places?: readonly Place[]): Rule {
  const enter = (lexer: Lexer): TokenKind => {
    lexer.place = lexer.list ?? "operator";
    return kind;
  };
  return places === undefined ? { pattern, enter } : { pattern, enter, places };
}

/** A rule for a token after which `next` comes; without `next` the place stays. */
function sign(pattern: RegExp, kind: TokenKind, next?: Place): Rule {
  const enter = (lexer: Lexer): TokenKind => {
    if (next !== undefined) lexer.place = next;
    return kind;
  };
  return { pattern, enter };
}

const wrongOperator =
  /[≤≥≠]|===|!==|=>|=<|=!|<=>|<>|=~|!~|~=|~|<<=?|>>=?|&(?!&)|\|(?!\|)|\^(?!\^)|\.{3,}|\.\.<?=/iuy;
const escapes = String.raw`\\(?:["\\ntr]|u\{0*(?:10[0-9A-Fa-f]{4}|[0-9A-Fa-f]{1,5})\}|u[0-9A-Fa-f]{4})`;
const stringPattern = new RegExp(
  String.raw`"(?:[^"\\\n\r]|${escapes})*"(?:[ic](?![\p{L}0-9_-]|\.(?!\.)))?`,
  "uy",
);
const regexPattern = /\/(?:[^/\\\n\r]|\\[^\n\r])+\/(?:i(?![\p{L}0-9_-]|\.(?!\.)))?/uy;
const OFFSETS = String.raw`(?:[ \t]*[+-][ \t]*(?:[0-9]+\p{L}+)+)*`;
const timePattern = new RegExp(
  String.raw`(?:[nN][oO][wW]|[tT][oO][dD][aA][yY]|[yY][eE][sS][tT][eE][rR][dD][aA][yY]|[tT][oO][mM][oO][rR][rR][oO][wW])` +
    String.raw`${OFFSETS}(?:[ \t]*/[ \t]*(?:ms|mo|s|m|h|d|w|y)${OFFSETS})?(?!${ATOM_CHAR})`,
  "uy",
);

/** Tried in order at every position that is not blank. */
const rules: readonly Rule[] = [
  sign(/#[^\n\r]*/uy, "comment"),
  value(stringPattern, "string"),
  // To the closing quote if there is one on the line (then an escape is wrong), else to the end of the line.
  value(/"(?:[^"\\\n\r]|\\[^\n\r])*(?:"|\\?(?=[\n\r]|$))/uy, "error"),
  value(regexPattern, "regex", ["text"]),
  value(/\/\/(?=[\s)\],]|$)/uy, "error", ["text"]),
  value(/\/[^\n\r]*/uy, "error", ["text"]),
  value(/\$[A-Za-z_]\w*/uy, "parameter"),
  value(/@[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*/uy, "set"),
  value(/'[^'\n\r]*'|`[^`\n\r]*`|[“”„«][^“”„«»"\n\r]*[“”»]/uy, "error"),
  { pattern: /[()[\],]/uy, enter: enterPunctuation },
  sign(wrongOperator, "error", "value"),
  sign(/\.\.<?/uy, "operator", "value"),
  sign(/&&|\|\||\^\^/uy, "operator", "condition"),
  sign(new RegExp(COMPARISON_SIGNS.join("|"), "uy"), "operator", "value"),
  sign(/!/uy, "operator", "condition"),
  value(timePattern, "atom", ["value"]),
  { pattern: new RegExp(`${ATOM_CHAR}+`, "uy"), places: values, enter: enterValue },
  { pattern: /[\p{L}_][\p{L}0-9_-]*(?:\.[\p{L}0-9_-]+)*(?:\.(?!\.))?/uy, places: names, enter: enterName },
  { ...sign(/:=|::?/uy, "error", "value"), places: ["operator"] },
  value(new RegExp(`${ATOM_CHAR}+`, "uy"), "atom", names),
  sign(/[^]/uy, "error"),
];

/** The place after a keyword. */
function placeAfter(word: string): Place {
  if (/^(?:and|or|xor|any|all|none)$/.test(word)) return "condition";
  switch (AFTER_WORD.get(word)) {
    case "value":
    case "duration":
      return "value";
    case "text":
      return "text";
    default:
      return "operator";
  }
}

function enterPunctuation(lexer: Lexer, found: string): TokenKind {
  switch (found) {
    case "(":
      lexer.place = "condition";
      break;
    case "[":
      lexer.place = lexer.place === "text" ? "text" : "value";
      lexer.list = lexer.place;
      break;
    case ",":
      lexer.place = lexer.list ?? "value";
      break;
    default:
      lexer.place = "operator";
      lexer.list = null;
  }
  return "punctuation";
}

function enterKeyword(lexer: Lexer, word: string): TokenKind {
  // `not` keeps the place of a condition, but between field and operator it is part of the operator.
  lexer.place = word === "not" && lexer.place !== "operator" ? "condition" : placeAfter(word);
  lexer.list = null;
  return "keyword";
}

function enterName(lexer: Lexer, found: string, end: number): TokenKind {
  const word = found.toLowerCase();
  if (isReserved(word)) return enterKeyword(lexer, word);
  const rest = lexer.text.slice(end, end + 64);
  if (isContinuation(word) && lexer.place === "operator") {
    lexer.place = placeAfter(word);
    return "keyword";
  }
  if (found.endsWith(".")) return "error";
  if (lexer.place === "condition" && /^\s*\(/u.test(rest) && !found.includes(".")) return "function";
  lexer.place = "operator";
  return "field";
}

function enterValue(lexer: Lexer, found: string): TokenKind {
  if (isOperatorWord(found)) return enterKeyword(lexer, found.toLowerCase());
  lexer.place = lexer.list ?? "operator";
  return /^[+-]?[0-9]+(?:\.[0-9]+)?$/.test(found) ? "number" : "atom";
}

/**
 * The tokens of `text` in order; together they cover everything that is not blank. Never throws. Between field and
 * operator a word that is no keyword is a `field`, as is the first word of a second condition.
 */
export function highlightTokens(text: string): Token[] {
  const lexer: Lexer = { text, place: "condition", list: null };
  const tokens: Token[] = [];
  let start = skipBlanks(text, 0);
  while (start < text.length) {
    const token = nextToken(lexer, start);
    tokens.push(token);
    start = skipBlanks(text, token.end);
  }
  return tokens;
}

function nextToken(lexer: Lexer, start: number): Token {
  for (const { pattern, places, enter } of rules) {
    if (places !== undefined && !places.includes(lexer.place)) continue;
    pattern.lastIndex = start;
    const found = pattern.exec(lexer.text)?.[0];
    if (found !== undefined) {
      const end = start + found.length;
      return { kind: enter(lexer, found, end), start, end };
    }
  }
  return { kind: "error", start, end: start + 1 };
}

const blanks = /\s*/uy;

function skipBlanks(text: string, start: number): number {
  blanks.lastIndex = start;
  return start + (blanks.exec(text)?.[0].length ?? 0);
}
