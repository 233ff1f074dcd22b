/**
 * Parser of the restricted regular expressions: literals, classes, groups, alternation, `* + ? {m,n}`, anchors, `\d \w \s \b`.
 *
 * What is left out (lazy quantifiers, backreferences, lookaround, named groups, Unicode properties) is refused by name,
 * with what to write instead, because PostgreSQL and JavaScript disagree about it or cannot match it in linear time.
 */
import { literalProblem, literalValue, writeInstead, type Literal, type LiteralFix } from "./literal.js";
import {
  complementRanges,
  DIGITS,
  foldRanges,
  LAST_CODE_POINT,
  normaliseRanges,
  SPACE,
  WORD,
} from "./regex-sets.js";
import type { CodePointRange, Regex, RegexAssertion, RegexNode } from "./regex-tree.js";

/** Limits of a regular expression: characters of source, levels of groups, times of one repeat, and steps when all repeats are written out. */
export const REGEX_LIMITS = { length: 256, nesting: 8, repeats: 100, steps: 2000 } as const;

const SYNTAX = "E303";
const UNSUPPORTED = "E304";
const LIMIT = "E305";

/** Carries a mistake out of the recursive descent; never leaves this file. */
class RegexMistake {
  constructor(readonly result: ReturnType<typeof literalProblem>) {}
}

/**
 * Reads the text between the slashes. Problems: E303 it is not a regular expression, E304 it uses what the subset leaves out,
 * E305 it is over a limit; `start` and `end` are relative to `source`.
 */
export function parseRegex(source: string, options: { readonly ignoreCase: boolean }): Literal<Regex> {
  const { ignoreCase } = options;
  if (source.length > REGEX_LIMITS.length) {
    const message = `the expression has ${source.length} characters, the limit is ${REGEX_LIMITS.length}`;
    return literalProblem(LIMIT, message, { start: REGEX_LIMITS.length, end: source.length });
  }
  try {
    const tree = new Parser(source, ignoreCase).parse();
    const steps = expandedSteps(tree);
    if (steps > REGEX_LIMITS.steps) {
      const message = `the expression has ${steps} steps when its repeats are written out, the limit is ${REGEX_LIMITS.steps}`;
      return literalProblem(LIMIT, message, { start: 0, end: source.length });
    }
    return literalValue({ kind: "regex", source, ignoreCase, tree });
  } catch (error) {
    if (error instanceof RegexMistake) return error.result;
    throw error;
  }
}

/** Number of single steps when every bounded repeat is written out: what the automaton of either side grows with. */
function expandedSteps(node: RegexNode): number {
  switch (node.kind) {
    case "set":
    case "assertion":
      return 1;
    case "sequence":
      return node.items.reduce((sum, item) => sum + expandedSteps(item), 0);
    case "alternation":
      return node.branches.reduce((sum, branch) => sum + 1 + expandedSteps(branch), 0);
    case "repeat":
      return expandedSteps(node.item) * (node.max ?? node.min + 1) + 1;
  }
}

const ASSERTIONS: Readonly<Record<string, RegexAssertion["assertion"]>> = {
  b: "word-boundary",
  B: "no-word-boundary",
};

const SHORTHANDS: Readonly<Record<string, readonly CodePointRange[]>> = {
  d: DIGITS,
  w: WORD,
  s: SPACE,
  D: complementRanges(DIGITS),
  W: complementRanges(WORD),
  S: complementRanges(SPACE),
};

const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

class Parser {
  private position = 0;
  private nesting = 0;

  constructor(
    private readonly source: string,
    private readonly ignoreCase: boolean,
  ) {}

  parse(): RegexNode {
    const tree = this.alternation();
    if (this.position < this.source.length) {
      this.fail(SYNTAX, `")" has no "("; for the sign itself write "\\)"`, this.position, this.position + 1, [
        this.insertInstead("escape it", this.position, "\\"),
      ]);
    }
    return tree;
  }

  private alternation(): RegexNode {
    const branches = [this.sequence()];
    while (this.take("|")) branches.push(this.sequence());
    const [only] = branches;
    return branches.length === 1 && only !== undefined ? only : { kind: "alternation", branches };
  }

  private sequence(): RegexNode {
    const items: RegexNode[] = [];
    while (this.position < this.source.length && !"|)".includes(this.peek())) items.push(this.quantified());
    const [only] = items;
    return items.length === 1 && only !== undefined ? only : { kind: "sequence", items };
  }

  private quantified(): RegexNode {
    const start = this.position;
    const item = this.item();
    const quantifierStart = this.position;
    const bounds = this.quantifier();
    if (bounds === null) return item;
    if (item.kind === "assertion") {
      const written = this.source.slice(start, quantifierStart);
      this.fail(SYNTAX, `"${written}" stands for a place and can't be repeated`, start, this.position);
    }
    const next = this.peek();
    if (next === "?") {
      const message = `"${this.source.slice(quantifierStart, this.position + 1)}" is a lazy quantifier; leave out the "?": whether a text matches is the same`;
      this.fail(UNSUPPORTED, message, quantifierStart, this.position + 1, [this.removing("?")]);
    }
    if (next !== "" && "*+{".includes(next)) {
      const message = `two quantifiers in a row; for a repeat of a repeat write a group: "(?:${this.source.slice(start, this.position)})${next}"`;
      this.fail(SYNTAX, message, quantifierStart, this.position + 1);
    }
    return { kind: "repeat", item, ...bounds };
  }

  /** Reads `*`, `+`, `?` or `{m,n}` if one is next. */
  private quantifier(): { min: number; max: number | null } | null {
    if (this.take("*")) return { min: 0, max: null };
    if (this.take("+")) return { min: 1, max: null };
    if (this.take("?")) return { min: 0, max: 1 };
    if (this.peek() !== "{") return null;
    const start = this.position;
    const match = /^\{(\d+)(,(\d*))?\}/.exec(this.source.slice(start));
    if (match === null) this.failBrace(start);
    const [written, low = "", comma, high = ""] = match;
    this.position += written.length;
    const min = Number(low);
    const max = comma === undefined ? min : high === "" ? null : Number(high);
    if (Math.max(min, max ?? 0) > REGEX_LIMITS.repeats) {
      this.fail(
        LIMIT,
        `"${written}" repeats too often, the limit is ${REGEX_LIMITS.repeats}`,
        start,
        this.position,
      );
    }
    if (max !== null && min > max) {
      const swapped = `{${max},${min}}`;
      this.fail(SYNTAX, `"${written}" runs backwards; write "${swapped}"`, start, this.position, [
        this.replacing(swapped, start, this.position),
      ]);
    }
    return { min, max };
  }

  private failBrace(start: number): never {
    const upTo = /^\{,(\d+)\}/.exec(this.source.slice(start));
    if (upTo !== null) {
      const better = `{0,${upTo[1]}}`;
      const end = start + upTo[0].length;
      this.fail(SYNTAX, `"${upTo[0]}" has no lower bound; write "${better}"`, start, end, [
        this.replacing(better, start, end),
      ]);
    }
    const message = `"{" starts a repeat such as "{2,5}"; for the sign itself write "\\{"`;
    this.fail(SYNTAX, message, start, start + 1, [this.insertInstead("escape it", start, "\\")]);
  }

  private item(): RegexNode {
    const start = this.position;
    const sign = this.peek();
    switch (sign) {
      case "(":
        return this.group();
      case "[":
        return this.set(this.bracket());
      case ".":
        this.position++;
        return this.set([[0, LAST_CODE_POINT]]);
      case "^":
      case "$":
        this.position++;
        return { kind: "assertion", assertion: sign === "^" ? "start" : "end" };
      case "\\":
        return this.escape();
      case "*":
      case "+":
      case "?":
        return this.fail(
          SYNTAX,
          `there is nothing before "${sign}" to repeat; for the sign itself write "\\${sign}"`,
          start,
          start + 1,
          [this.insertInstead("escape it", start, "\\")],
        );
      case "{":
        return this.fail(
          SYNTAX,
          `there is nothing before "{" to repeat; for the sign itself write "\\{"`,
          start,
          start + 1,
          [this.insertInstead("escape it", start, "\\")],
        );
      default:
        return this.literal(this.codePoint());
    }
  }

  private group(): RegexNode {
    const start = this.position++;
    if (this.peek() === "?") this.groupPrefix(start);
    this.nesting++;
    if (this.nesting > REGEX_LIMITS.nesting) {
      const message = `groups are nested ${this.nesting} deep, the limit is ${REGEX_LIMITS.nesting}`;
      this.fail(LIMIT, message, start, start + 1);
    }
    const inner = this.alternation();
    if (!this.take(")")) this.fail(SYNTAX, `this "(" is never closed`, start, start + 1);
    this.nesting--;
    return inner;
  }

  /** After `(`: takes `?:`, refuses every other `?…`. */
  private groupPrefix(start: number): void {
    const rest = this.source.slice(this.position);
    if (rest.startsWith("?:")) {
      this.position += 2;
      return;
    }
    const end = Math.min(start + 3, this.source.length);
    if (/^\?<?[=!]/.test(rest)) {
      this.fail(
        UNSUPPORTED,
        "lookaround is not supported; combine two conditions with and / and not",
        start,
        end,
      );
    }
    if (/^\?P?<|^\?'/.test(rest))
      this.fail(UNSUPPORTED, `groups have no names here; write "(…)"`, start, end);
    if (/^\?[a-z]+[):]/.test(rest)) {
      this.fail(UNSUPPORTED, `flags stand behind the expression: /…/i`, start, end);
    }
    this.fail(
      SYNTAX,
      `"${this.source.slice(start, end)}" is not a group; write "(…)" or "(?:…)"`,
      start,
      end,
    );
  }

  private escape(): RegexNode {
    const letter = this.source.charAt(this.position + 1);
    const assertion = ASSERTIONS[letter];
    if (assertion !== undefined) {
      this.position += 2;
      return { kind: "assertion", assertion };
    }
    const shorthand = SHORTHANDS[letter];
    if (shorthand !== undefined) {
      this.position += 2;
      return { kind: "set", ranges: shorthand };
    }
    return this.literal(this.escapedCodePoint());
  }

  /** Reads an escape that stands for one code point. */
  private escapedCodePoint(): number {
    const start = this.position;
    const rest = this.source.slice(start + 1);
    const letter = rest.charAt(0);
    if (letter === "")
      this.fail(
        SYNTAX,
        `a "\\" at the end escapes nothing; for the sign itself write "\\\\"`,
        start,
        start + 1,
      );
    const numeric = /^(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\})/i.exec(rest);
    if (numeric !== null) {
      this.position += 1 + numeric[0].length;
      const code = parseInt(numeric[1] ?? numeric[2] ?? numeric[3] ?? "", 16);
      if (code === 0 || code > LAST_CODE_POINT || (code >= 0xd800 && code <= 0xdfff)) {
        this.fail(SYNTAX, `"\\${numeric[0]}" is not a character that a text can hold`, start, this.position);
      }
      return code;
    }
    const control = CONTROLS[letter];
    if (control !== undefined) {
      this.position += 2;
      return control;
    }
    if (/[0-9A-Za-z]/.test(letter)) this.failEscape(letter, start);
    this.position++;
    return this.codePoint();
  }

  private failEscape(letter: string, start: number): never {
    const written = `"\\${letter}"`;
    if (/[1-9k]/.test(letter)) {
      this.fail(UNSUPPORTED, `${written}: backreferences are not supported`, start, start + 2);
    }
    if (/[pP]/.test(letter)) {
      this.fail(
        UNSUPPORTED,
        `${written}: Unicode properties are not supported; write a class such as [a-zà-ž]`,
        start,
        start + 2,
      );
    }
    const anchor: string | undefined = { A: "^", Z: "$", z: "$", y: "\\b", Y: "\\B" }[letter];
    if (anchor !== undefined) {
      this.fail(UNSUPPORTED, `${written} is not supported; write "${anchor}"`, start, start + 2, [
        this.replacing(anchor, start, start + 2),
      ]);
    }
    this.fail(
      SYNTAX,
      `${written} is not an escape; for the letter itself write "${letter}"`,
      start,
      start + 2,
      [this.replacing(letter, start, start + 2)],
    );
  }

  /** Reads `[...]` and returns its ranges, negation resolved after case is. */
  private bracket(): CodePointRange[] {
    const start = this.position++;
    const negated = this.take("^");
    const ranges: CodePointRange[] = [];
    while (!this.take("]")) {
      if (this.position >= this.source.length)
        this.fail(SYNTAX, `this "[" is never closed`, start, start + 1);
      ranges.push(...this.bracketItem());
    }
    if (ranges.length === 0) {
      const message = `"${this.source.slice(start, this.position)}" is an empty class; for the sign "]" write "\\]"`;
      this.fail(SYNTAX, message, start, this.position);
    }
    const cased = this.cased(ranges);
    if (!negated) return cased;
    const complement = complementRanges(cased);
    if (complement.length === 0) {
      const message = `"${this.source.slice(start, this.position)}" leaves no character to match`;
      this.fail(SYNTAX, message, start, this.position);
    }
    return complement;
  }

  private bracketItem(): readonly CodePointRange[] {
    const start = this.position;
    if (/^\[[:.=]/.test(this.source.slice(start))) {
      const message = `POSIX classes are not supported; write the characters, such as [a-z], or "\\[" for the sign itself`;
      this.fail(UNSUPPORTED, message, start, start + 2);
    }
    const first = this.bracketAtom();
    const isRange = this.peek() === "-" && !["]", ""].includes(this.source.charAt(this.position + 1));
    if (!isRange) return typeof first === "number" ? [[first, first]] : first;
    this.position++;
    const last = this.bracketAtom();
    const written = this.source.slice(start, this.position);
    if (typeof first !== "number" || typeof last !== "number") {
      return this.fail(
        SYNTAX,
        `"${written}" is not a range; for the sign "-" write "\\-"`,
        start,
        this.position,
      );
    }
    if (first > last) this.fail(SYNTAX, `the range "${written}" runs backwards`, start, this.position);
    return [[first, last]];
  }

  /** A code point, or the set of a shorthand. */
  private bracketAtom(): number | readonly CodePointRange[] {
    if (this.peek() !== "\\") return this.codePoint();
    const shorthand = SHORTHANDS[this.source.charAt(this.position + 1)];
    if (shorthand === undefined) return this.escapedCodePoint();
    this.position += 2;
    return shorthand;
  }

  private literal(codePoint: number): RegexNode {
    return this.set(this.cased([[codePoint, codePoint]]));
  }

  private set(ranges: readonly CodePointRange[]): RegexNode {
    return { kind: "set", ranges };
  }

  private cased(ranges: readonly CodePointRange[]): CodePointRange[] {
    return this.ignoreCase ? foldRanges(ranges) : normaliseRanges(ranges);
  }

  private codePoint(): number {
    const code = this.source.codePointAt(this.position) ?? 0;
    this.position += code > 0xffff ? 2 : 1;
    return code;
  }

  private peek(): string {
    return this.source.charAt(this.position);
  }

  private take(sign: string): boolean {
    if (this.peek() !== sign) return false;
    this.position++;
    return true;
  }

  private replacing(text: string, start: number, end: number): LiteralFix {
    return writeInstead(this.source.slice(0, start) + text + this.source.slice(end));
  }

  private removing(sign: string): LiteralFix {
    return {
      title: `leave out the "${sign}"`,
      text: this.source.slice(0, this.position) + this.source.slice(this.position + sign.length),
    };
  }

  private insertInstead(title: string, at: number, text: string): LiteralFix {
    return { title, text: this.source.slice(0, at) + text + this.source.slice(at) };
  }

  private fail(
    code: string,
    message: string,
    start: number,
    end: number,
    fixes: readonly LiteralFix[] = [],
  ): never {
    throw new RegexMistake(literalProblem(code, message, { start, end }, fixes));
  }
}
