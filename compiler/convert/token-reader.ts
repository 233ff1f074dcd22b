/** What the two hand-written legacy parsers share: tokens, the rules that cut them, and a reader that walks over them. */
import type { Span } from "../../grammar/ast.js";
import { refuse, Refusal, type Reason } from "./refusal.js";

/** A token: `kind` tells literals and names apart, for operators and punctuation it is the operator itself. */
export interface LegacyToken {
  readonly kind: string;
  readonly text: string;
  readonly span: Span;
}

/** How a token is recognised at the current position; the first rule that matches wins. `kind` null drops the token. */
export interface TokenRule {
  /** Sticky. */
  readonly pattern: RegExp;
  readonly kind: ((text: string) => string) | string | null;
}

/**
 * Cuts a text into tokens.
 *
 * @param describe what to say about a character that no rule takes
 * @throws Refusal with one reason for each such character
 */
export function cutTokens(
  text: string,
  rules: readonly TokenRule[],
  describe: (rest: string, span: Span) => Reason,
): readonly LegacyToken[] {
  const tokens: LegacyToken[] = [];
  const reasons: Reason[] = [];
  let position = 0;
  while (position < text.length) {
    const match = firstMatch(text, position, rules);
    const end = match ? position + match.text.length : position + characterLength(text, position);
    const span = { start: position, end };
    if (match === null) reasons.push(describe(text.slice(position), span));
    else if (match.kind !== null) tokens.push({ kind: match.kind, text: match.text, span });
    position = end;
  }
  if (reasons.length > 0) throw new Refusal(reasons);
  return tokens;
}

function firstMatch(text: string, position: number, rules: readonly TokenRule[]) {
  for (const { pattern, kind } of rules) {
    pattern.lastIndex = position;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined && found !== "")
      return { text: found, kind: typeof kind === "function" ? kind(found) : kind };
  }
  return null;
}

function characterLength(text: string, position: number): number {
  return String.fromCodePoint(text.codePointAt(position) ?? 0).length;
}

/** Deepest nesting that the legacy parsers follow; the new language allows no more either. */
const MAX_DEPTH = 64;

/** Walks over tokens. */
export interface TokenReader {
  /** The next token, undefined at the end. */
  readonly peek: () => LegacyToken | undefined;
  /** Takes the next token when it is one of the kinds. */
  readonly accept: (...kinds: readonly string[]) => LegacyToken | undefined;
  /** Takes the next token. @throws Refusal E601 when it is not of this kind */
  readonly expect: (kind: string, what: string) => LegacyToken;
  /** @throws Refusal E601 always: what is here is not what the old language expects */
  readonly fail: (what: string) => never;
  /** Runs `parse` one level deeper. @throws Refusal E601 when that is too deep */
  readonly nested: <T>(parse: () => T) => T;
}

/**
 * A reader of `tokens`; `text` is what they were cut from. `explain` may add to an error at token `index` why the old
 * language read it so.
 */
export function readTokens(
  text: string,
  tokens: readonly LegacyToken[],
  language: string,
  explain: (tokens: readonly LegacyToken[], index: number) => string | undefined,
): TokenReader {
  let next = 0;
  let depth = 0;
  const peek = (): LegacyToken | undefined => tokens[next];
  const accept = (...kinds: readonly string[]): LegacyToken | undefined => {
    const token = tokens[next];
    if (token === undefined || !kinds.includes(token.kind)) return undefined;
    next += 1;
    return token;
  };
  const fail = (what: string): never => {
    const token = peek();
    const found = token === undefined ? "but the filter ends here" : `found "${token.text}"`;
    const span = token?.span ?? { start: text.length, end: text.length };
    return refuse("E601", `${language}: expected ${what}, ${found}`, span, {
      proposal: explain(tokens, next),
    });
  };
  const nested = <T>(parse: () => T): T => {
    if (depth >= MAX_DEPTH)
      return refuse("E601", `nested deeper than ${MAX_DEPTH} levels`, peek()?.span ?? { start: 0, end: 0 });
    depth += 1;
    const result = parse();
    depth -= 1;
    return result;
  };
  return { peek, accept, expect: (kind, what) => accept(kind) ?? fail(what), fail, nested };
}
