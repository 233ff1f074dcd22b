/** The reading position in a regular expression, and the way out of the recursive descent when there is a mistake. */
import { literalProblem, writeInstead, type LiteralFix, type RefusedLiteral } from "./literal.js";

/** Codes of the mistakes in a regular expression. */
export const REGEX_CODES = {
  /** It is not a regular expression. */
  syntax: "E303",
  /** It uses what the subset leaves out. */
  unsupported: "E304",
  /** It is over a limit. */
  limit: "E305",
} as const;

/** One of them. */
export type RegexCode = (typeof REGEX_CODES)[keyof typeof REGEX_CODES];

/** Thrown by {@link RegexCursor.fail}; `parseRegex` turns it into its result. */
export class RegexMistake extends Error {
  override readonly name = "RegexMistake";

  constructor(readonly result: RefusedLiteral<RegexCode>) {
    super(result.problem.message);
  }
}

/** Walks over the source of a regular expression; positions are UTF-16 code units. */
export class RegexCursor {
  position = 0;

  constructor(readonly source: string) {}

  get atEnd(): boolean {
    return this.position >= this.source.length;
  }

  /** What is still to be read. */
  get rest(): string {
    return this.source.slice(this.position);
  }

  /** The code unit `ahead` of the position, or nothing at the end. */
  peek(ahead = 0): string {
    return this.source.charAt(this.position + ahead);
  }

  /** Moves after the sign if it is next. */
  take(sign: string): boolean {
    if (this.peek() !== sign) return false;
    this.position++;
    return true;
  }

  /** What was written since `start`. */
  since(start: number): string {
    return this.source.slice(start, this.position);
  }

  /** Reads one code point of those that a text can hold. */
  codePoint(): number {
    const start = this.position;
    const code = this.source.codePointAt(start) ?? 0;
    this.position += code > 0xffff ? 2 : 1;
    this.checkCodePoint(code, start);
    return code;
  }

  /** Refuses what PostgreSQL's text cannot hold: U+0000 and surrogates. */
  checkCodePoint(code: number, start: number): void {
    if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
      this.fail(
        REGEX_CODES.syntax,
        `U+${code.toString(16).toUpperCase().padStart(4, "0")} is not a character that a text can hold`,
        start,
      );
    }
  }

  /** Ends the parse with a mistake: at a span, or from a start up to the position. */
  fail(
    code: RegexCode,
    message: string,
    at: number | { readonly start: number; readonly end: number },
    fixes: readonly LiteralFix[] = [],
  ): never {
    const span = typeof at === "number" ? { start: at, end: this.position } : at;
    throw new RegexMistake(literalProblem(code, message, span, fixes));
  }

  /** Ends the parse because the sign at `start` has no meaning there, and offers to escape it. */
  failSign(reason: string, start: number): never {
    const sign = this.source.charAt(start);
    const escaped = this.replacing(`\\${sign}`, start, start + 1);
    this.fail(
      REGEX_CODES.syntax,
      `${reason}; for the sign itself write "\\${sign}"`,
      { start, end: start + 1 },
      [{ ...escaped, title: `write \\${sign}` }],
    );
  }

  /** The fix that replaces `[start, end)` with `text`. */
  replacing(text: string, start: number, end = this.position): LiteralFix {
    return writeInstead(this.source.slice(0, start) + text + this.source.slice(end));
  }
}
