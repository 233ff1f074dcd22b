/**
 * Says where and why a text is not JSON. The messages of JSON.parse differ between versions of Node and often name no place,
 * so a text that it refuses is read again here.
 */

/** What is wrong, at an offset in UTF-16 code units. `ends`: the text stops in the middle of a value. */
export interface JsonProblem {
  readonly offset: number;
  readonly reason: string;
  readonly ends: boolean;
}

/** A sign or literal. Strings are read by hand: a regular expression runs out of stack on one of many megabytes. */
const TOKEN = /([[\]{},:])|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const BLANKS = /[ \t\r\n]*/y;

/** What may come next. */
type Expected =
  | "a value"
  | 'a value or "]"'
  | 'a key or "}"'
  | "a key"
  | '":"'
  | '"," or "]"'
  | '"," or "}"'
  | "nothing more";

/** The first problem of a text, or null when it is one JSON value. Uses no recursion. */
export function jsonProblem(text: string): JsonProblem | null {
  const open: ("[" | "{")[] = [];
  let expected: Expected = "a value";
  let offset = blankUntil(text, 0);
  while (offset < text.length) {
    const token = readToken(text, offset);
    if ("reason" in token) return token;
    const next = advance(expected, token.kind, open);
    if (next === null) return unexpected(text, offset, expected);
    expected = next;
    offset = blankUntil(text, token.end);
  }
  return expected === "nothing more" ? null : ending(text);
}

/** A token's kind (a sign stands for itself) and the offset after it. */
interface Token {
  readonly kind: string;
  readonly end: number;
}

function readToken(text: string, offset: number): Token | JsonProblem {
  if (text[offset] === '"') return readString(text, offset);
  TOKEN.lastIndex = offset;
  const match = TOKEN.exec(text);
  // What is no token is expected nowhere.
  return match === null
    ? { kind: "unknown", end: offset }
    : { kind: match[1] ?? "literal", end: TOKEN.lastIndex };
}

/** The state after a token; null when the token may not be there. */
function advance(expected: Expected, token: string, open: ("[" | "{")[]): Expected | null {
  const after = (): Expected => {
    const container = open.at(-1);
    return container === undefined ? "nothing more" : container === "[" ? '"," or "]"' : '"," or "}"';
  };
  const close = (): Expected => {
    open.pop();
    return after();
  };
  switch (expected) {
    case "a value":
    case 'a value or "]"':
      if (token === "[" || token === "{") {
        open.push(token);
        return token === "[" ? 'a value or "]"' : 'a key or "}"';
      }
      if (token === "string" || token === "literal") return after();
      return token === "]" && expected !== "a value" ? close() : null;
    case "a key":
    case 'a key or "}"':
      if (token === "string") return '":"';
      return token === "}" && expected !== "a key" ? close() : null;
    case '":"':
      return token === ":" ? "a value" : null;
    case '"," or "]"':
      return token === "," ? "a value" : token === "]" ? close() : null;
    case '"," or "}"':
      return token === "," ? "a key" : token === "}" ? close() : null;
    case "nothing more":
      return null;
  }
}

function ending(text: string): JsonProblem {
  return { offset: text.trimEnd().length, reason: "it ends in the middle of an event", ends: true };
}

function unexpected(text: string, offset: number, expected: Expected): JsonProblem {
  const found = JSON.stringify(String.fromCodePoint(text.codePointAt(offset) ?? 0));
  return { offset, reason: `expected ${expected}, found ${found}`, ends: false };
}

function readString(text: string, start: number): Token | JsonProblem {
  let offset = start + 1;
  while (offset < text.length) {
    const code = text.charCodeAt(offset);
    if (code === 0x22) return { kind: "string", end: offset + 1 };
    if (code < 0x20)
      return { offset, reason: "a control character or line break inside a text", ends: false };
    ESCAPE.lastIndex = offset;
    if (code !== 0x5c) offset++;
    else if (ESCAPE.test(text)) offset = ESCAPE.lastIndex;
    else if (text.length - offset < 6) break;
    else return { offset, reason: "an unknown escape inside a text", ends: false };
  }
  return ending(text);
}

function blankUntil(text: string, offset: number): number {
  BLANKS.lastIndex = offset;
  return offset + (BLANKS.exec(text)?.[0].length ?? 0);
}
