/** Prints a restricted regular expression for PostgreSQL's `~`. */
import { complementRanges, LAST_CODE_POINT, WORD } from "./regex-sets.js";
import type { CodePointRange, Regex, RegexAssertion, RegexNode } from "./regex-tree.js";

/**
 * The expression as text for `column ~ $n`: an advanced regular expression in which classes are explicit and case is
 * resolved, so that neither the locale nor a flag plays a part.
 */
export function regexToPostgres(regex: Regex): string {
  return print(regex.tree, "alternation");
}

/** The position of a node decides whether it needs a group around it. */
type Place = "alternation" | "sequence" | "repeat";

function print(node: RegexNode, place: Place): string {
  switch (node.kind) {
    case "set":
      return printSet(node.ranges);
    case "assertion":
      return ASSERTIONS[node.assertion];
    case "sequence":
      return grouped(node.items.map((item) => print(item, "sequence")).join(""), place === "repeat");
    case "alternation": {
      const branches = node.branches.map((branch) => print(branch, "sequence"));
      return grouped(branches.join("|"), place !== "alternation");
    }
    case "repeat":
      return grouped(print(node.item, "repeat") + printQuantifier(node.min, node.max), place === "repeat");
  }
}

const grouped = (text: string, needed: boolean): string => (needed ? `(?:${text})` : text);

function printQuantifier(min: number, max: number | null): string {
  if (max === null) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  if (min === 0 && max === 1) return "?";
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

const WORD_CLASS = printSet(WORD);

// PostgreSQL's own \y and \Y ask the locale what a word is.
const ASSERTIONS: Readonly<Record<RegexAssertion["assertion"], string>> = {
  start: "^",
  end: "$",
  "word-boundary": `(?:(?<=${WORD_CLASS})(?!${WORD_CLASS})|(?<!${WORD_CLASS})(?=${WORD_CLASS}))`,
  "no-word-boundary": `(?:(?<=${WORD_CLASS})(?=${WORD_CLASS})|(?<!${WORD_CLASS})(?!${WORD_CLASS}))`,
};

function printSet(ranges: readonly CodePointRange[]): string {
  const [only] = ranges;
  if (ranges.length === 1 && only !== undefined) {
    if (only[0] === 0 && only[1] === LAST_CODE_POINT) return ".";
    if (only[0] === only[1]) return printCodePoint(only[0]);
  }
  // A set that starts at 0 was negated: PostgreSQL has no character 0 to start a range with.
  if (ranges[0]?.[0] === 0) return `[^${printRanges(complementRanges(ranges))}]`;
  return `[${printRanges(ranges)}]`;
}

function printRanges(ranges: readonly CodePointRange[]): string {
  return ranges
    .map(([first, last]) => {
      if (first === last) return printCodePoint(first);
      return `${printCodePoint(first)}${last > first + 1 ? "-" : ""}${printCodePoint(last)}`;
    })
    .join("");
}

function printCodePoint(code: number): string {
  const character = String.fromCodePoint(code);
  if (/[0-9A-Za-z]/.test(character)) return character;
  if (code > 0x20 && code < 0x7f) return `\\${character}`;
  if (code === 0x20) return character;
  return code > 0xffff ? `\\U${hexadecimal(code, 8)}` : `\\u${hexadecimal(code, 4)}`;
}

const hexadecimal = (code: number, digits: number): string => code.toString(16).padStart(digits, "0");
