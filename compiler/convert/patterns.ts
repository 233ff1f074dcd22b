/** Patterns of Python's `re.search`, brought into the form of the new language's regular expressions. */

export interface Pattern {
  /** The text that the pattern stands for when nothing in it is live, null for a true expression. */
  readonly literal: string | null;
  /** The pattern without its flag, lazy quantifiers made greedy: whether a text has a match is the same. */
  readonly source: string;
  readonly ignoreCase: boolean;
  /** Has parts that the two languages see slightly differently: `\d \w \s \b $`. */
  readonly dialectal: boolean;
}

const IGNORE_CASE = /^\(\?i\)/;
/** One unit of a pattern: an escape, a class as a whole, a quantifier with its laziness, any other character. */
const UNIT = /\\[^]|\[\^?\]?(?:\\[^]|[^\]\\])*\]|(?:[*+?]|\{(?:\d+,?\d*|,\d*)\})\??|[^]/gu;
const LIVE = /^(?:\\[A-Za-z0-9]?|\[[^]*|\{.+|[.^$*+?()|]\??)$/u;

/** Reads a pattern. Whether the new language has it is for its own parser to say. */
export function readPattern(text: string): Pattern {
  const ignoreCase = IGNORE_CASE.test(text);
  const units = (text.replace(IGNORE_CASE, "").match(UNIT) ?? []).map(greedy);
  const plain = !units.some((unit) => LIVE.test(unit));
  return {
    literal: plain ? units.map((unit) => unit.replace(/^\\/, "")).join("") : null,
    // Python takes a brace that begins no quantifier for itself.
    source: units.map((unit) => (unit === "{" || unit === "}" ? `\\${unit}` : unit)).join(""),
    ignoreCase,
    dialectal: units.some((unit) => unit === "$" || /\\[dwsbDWSB]/.test(unit)),
  };
}

function greedy(unit: string): string {
  return /^(?:[*+?]|\{[\d,]+\})\?$/.test(unit) ? unit.slice(0, -1) : unit;
}
