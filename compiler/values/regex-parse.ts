/**
 * Parser of the restricted regular expressions: literals, classes, groups, alternation, `* + ? {m,n}`, anchors, `\d \w \s \b`.
 *
 * What is left out (lazy quantifiers, backreferences, lookaround, named groups, Unicode properties) is refused by name,
 * with what to write instead, because PostgreSQL and JavaScript disagree about it or cannot match it in linear time.
 */
import { literalProblem, literalValue, wholeProblem, type Literal, type RefusedLiteral } from "./literal.js";
import { readClass, readCodePoint, takeShorthand } from "./regex-class.js";
import { REGEX_CODES, RegexCursor, RegexMistake, type RegexCode } from "./regex-cursor.js";
import { foldRanges, LAST_CODE_POINT, normaliseRanges } from "./regex-sets.js";
import type { CodePointRange, Regex, RegexAssertion, RegexNode, RegexSet } from "./regex-tree.js";

/**
 * Limits of a regular expression: characters of source, levels of groups, times of one repeat; and, when all repeats are
 * written out, steps and places (`^ $ \b \B`). Repeated places are what PostgreSQL's automaton explodes over: `((?:^)?(?:$)?){20}` takes it
 * minutes, and no statement timeout bounds the memory.
 */
export const REGEX_LIMITS = { length: 256, nesting: 8, repeats: 100, steps: 1000, places: 10 } as const;

const { syntax, unsupported, limit } = REGEX_CODES;

/**
 * Reads the text between the slashes. Problems: E303 it is not a regular expression, E304 it uses what the subset leaves out,
 * E305 it is over a limit; places are relative to `source`, and so are the texts of fixes.
 */
export function parseRegex(
  source: string,
  options: { readonly ignoreCase: boolean },
): Literal<Regex, RegexCode> {
  const { ignoreCase } = options;
  if (source.length > REGEX_LIMITS.length) {
    const message = `the expression has ${source.length} characters, the limit is ${REGEX_LIMITS.length}`;
    return literalProblem(limit, message, { start: REGEX_LIMITS.length, end: source.length });
  }
  try {
    const tree = new Parser(source, ignoreCase).parse();
    return checkExpansion(source, tree) ?? literalValue({ kind: "regex", source, ignoreCase, tree });
  } catch (error) {
    if (error instanceof RegexMistake) return error.result;
    throw error;
  }
}

/** Refuses what would make the automaton of either side too large. */
function checkExpansion(source: string, tree: RegexNode): RefusedLiteral<RegexCode> | null {
  const refuse = (count: number, what: string, allowed: number): RefusedLiteral<RegexCode> =>
    wholeProblem(
      source,
      limit,
      `the expression has ${count} ${what} when its repeats are written out, the limit is ${allowed}`,
    );
  const steps = expandedCost(tree, () => 1, 1);
  if (steps > REGEX_LIMITS.steps) return refuse(steps, "steps", REGEX_LIMITS.steps);
  const places = expandedCost(tree, ({ kind }) => (kind === "assertion" ? 1 : 0), 0);
  return places > REGEX_LIMITS.places
    ? refuse(places, "anchors and word boundaries", REGEX_LIMITS.places)
    : null;
}

/** Sum of the costs of all leaves when every bounded repeat is written out; `fork` is the cost of each choice between ways. */
function expandedCost(
  node: RegexNode,
  cost: (leaf: RegexSet | RegexAssertion) => number,
  fork: number,
): number {
  switch (node.kind) {
    case "set":
    case "assertion":
      return cost(node);
    case "sequence":
      return node.items.reduce((sum, item) => sum + expandedCost(item, cost, fork), 0);
    case "alternation":
      return node.branches.reduce((sum, branch) => sum + fork + expandedCost(branch, cost, fork), 0);
    case "repeat": {
      const item = expandedCost(node.item, cost, fork);
      return node.max === null
        ? item * (node.min + 1) + fork
        : item * node.max + fork * (node.max - node.min);
    }
  }
}

type Bounds = { readonly min: number; readonly max: number | null };

class Parser {
  private readonly cursor: RegexCursor;
  private nesting = 0;

  constructor(
    source: string,
    private readonly ignoreCase: boolean,
  ) {
    this.cursor = new RegexCursor(source);
  }

  parse(): RegexNode {
    const tree = this.alternation();
    if (!this.cursor.atEnd) this.cursor.failSign(`this ")" has no "("`, this.cursor.position);
    return tree;
  }

  private alternation(): RegexNode {
    const branches = [this.sequence()];
    while (this.cursor.take("|")) branches.push(this.sequence());
    const [only] = branches;
    return branches.length === 1 && only !== undefined ? only : { kind: "alternation", branches };
  }

  private sequence(): RegexNode {
    const items: RegexNode[] = [];
    while (!this.cursor.atEnd && !"|)".includes(this.cursor.peek())) items.push(this.quantified());
    const [only] = items;
    return items.length === 1 && only !== undefined ? only : { kind: "sequence", items };
  }

  private quantified(): RegexNode {
    const { cursor } = this;
    const start = cursor.position;
    const item = this.item();
    const quantifierStart = cursor.position;
    const bounds = this.quantifier();
    if (bounds === null) return item;
    if (item.kind === "assertion") {
      const written = cursor.source.slice(start, quantifierStart);
      cursor.fail(syntax, `"${written}" stands for a place and can't be repeated`, start);
    }
    const next = cursor.peek();
    if (next === "?") {
      const lazy = `${cursor.since(quantifierStart)}?`;
      const message = `"${lazy}" is a lazy quantifier; leave out the "?": whether a text matches is the same`;
      const end = cursor.position + 1;
      cursor.fail(unsupported, message, { start: quantifierStart, end }, [
        cursor.replacing("", cursor.position, end),
      ]);
    }
    if (next !== "" && "*+{".includes(next)) {
      const message = `two quantifiers in a row; to repeat a repeat write a group: "(?:${cursor.since(start)})${next}"`;
      cursor.fail(syntax, message, { start: quantifierStart, end: cursor.position + 1 });
    }
    return { kind: "repeat", item, ...bounds };
  }

  /** Reads `*`, `+`, `?` or `{m,n}` if one is next. */
  private quantifier(): Bounds | null {
    if (this.cursor.take("*")) return { min: 0, max: null };
    if (this.cursor.take("+")) return { min: 1, max: null };
    if (this.cursor.take("?")) return { min: 0, max: 1 };
    return this.cursor.peek() === "{" ? this.bounds() : null;
  }

  private bounds(): Bounds {
    const { cursor } = this;
    const start = cursor.position;
    const match = /^\{(\d*)(?:(,)(\d*))?\}/.exec(cursor.rest);
    const [written = "", low = "", comma, high = ""] = match ?? [];
    if (match === null || (low === "" && high === ""))
      cursor.failSign(`"{" starts a repeat such as "{2,5}"`, start);
    cursor.position += written.length;
    if (low === "") {
      const better = `{0,${high}}`;
      const fix = cursor.replacing(better, start);
      cursor.fail(syntax, `"${written}" has no lower bound; write "${better}"`, start, [fix]);
    }
    const min = Number(low);
    const max = comma === undefined ? min : high === "" ? null : Number(high);
    if (Math.max(min, max ?? 0) > REGEX_LIMITS.repeats) {
      cursor.fail(limit, `"${written}" repeats too often, the limit is ${REGEX_LIMITS.repeats}`, start);
    }
    if (max !== null && min > max) {
      const better = `{${max},${min}}`;
      const fix = cursor.replacing(better, start);
      cursor.fail(syntax, `"${written}" runs backwards; write "${better}"`, start, [fix]);
    }
    return { min, max };
  }

  private item(): RegexNode {
    const { cursor } = this;
    const sign = cursor.peek();
    switch (sign) {
      case "(":
        return this.group();
      case "[":
        return { kind: "set", ranges: readClass(cursor, this.cased) };
      case ".":
        cursor.position++;
        return { kind: "set", ranges: [[0, LAST_CODE_POINT]] };
      case "^":
      case "$":
        cursor.position++;
        return { kind: "assertion", assertion: sign === "^" ? "start" : "end" };
      case "*":
      case "+":
      case "?":
      case "{":
        return cursor.failSign(`there is nothing before "${sign}" to repeat`, cursor.position);
      default:
        return this.boundary() ?? { kind: "set", ranges: takeShorthand(cursor) ?? this.literal() };
    }
  }

  /** Reads `\b` or `\B` if one is next. */
  private boundary(): RegexAssertion | null {
    const { cursor } = this;
    const letter = cursor.peek() === "\\" ? cursor.peek(1).toLowerCase() : "";
    if (letter !== "b") return null;
    const assertion = cursor.peek(1) === "b" ? "word-boundary" : "no-word-boundary";
    cursor.position += 2;
    return { kind: "assertion", assertion };
  }

  private literal(): CodePointRange[] {
    const codePoint = readCodePoint(this.cursor);
    return this.cased([[codePoint, codePoint]]);
  }

  private readonly cased = (ranges: readonly CodePointRange[]): CodePointRange[] =>
    this.ignoreCase ? foldRanges(ranges) : normaliseRanges(ranges);

  private group(): RegexNode {
    const { cursor } = this;
    const start = cursor.position++;
    if (cursor.peek() === "?") this.groupPrefix(start);
    this.nesting++;
    if (this.nesting > REGEX_LIMITS.nesting) {
      const message = `groups are nested ${this.nesting} deep, the limit is ${REGEX_LIMITS.nesting}`;
      cursor.fail(limit, message, { start, end: start + 1 });
    }
    const inner = this.alternation();
    if (!cursor.take(")")) cursor.fail(syntax, `this "(" is never closed`, { start, end: start + 1 });
    this.nesting--;
    // What a group holds is a unit even when it is a single item: an anchor in a group may be repeated.
    return inner.kind === "assertion" ? { kind: "sequence", items: [inner] } : inner;
  }

  /** After `(`: takes `?:`, refuses every other `?…`. */
  private groupPrefix(start: number): void {
    const { cursor } = this;
    const { rest } = cursor;
    if (rest.startsWith("?:")) {
      cursor.position += 2;
      return;
    }
    const end = Math.min(start + 3, cursor.source.length);
    if (/^\?<?[=!]/.test(rest)) {
      cursor.fail(unsupported, "lookaround is not supported; combine two conditions with and / and not", {
        start,
        end,
      });
    }
    if (/^\?P?<|^\?'/.test(rest))
      cursor.fail(unsupported, `groups have no names here; write "(…)"`, { start, end });
    if (/^\?[a-z-]+[):]/.test(rest))
      cursor.fail(unsupported, "write flags after the expression: /…/i", { start, end });
    cursor.fail(syntax, `"${cursor.source.slice(start, end)}" opens no group; write "(…)" or "(?:…)"`, {
      start,
      end,
    });
  }
}
