/** What an index of trigrams can look for: three successive letters or digits. */
import { asciiFold, escapeLike } from "../values/text.js";
import type { CodePointRange, Regex, RegexNode } from "../values/regex-tree.js";

/** Whether a text, or a LIKE pattern, has three successive letters or digits; without them the index reads everything. */
export function hasTrigram(text: string): boolean {
  return /[^\W_]{3}/u.test(text);
}

/**
 * A LIKE pattern, in lower case, that the lower-case form of every text with a match fits: the pieces of text that each match
 * contains, in their order. Null where no piece has a trigram. The opposite need not hold.
 */
export function requiredPattern({ tree }: Regex): string | null {
  const pieces = [""];
  collect(tree, pieces);
  const useful = pieces.filter(hasTrigram);
  return useful.length === 0 ? null : `%${useful.map(escapeLike).join("%")}%`;
}

/** Copies of a repeated character that are looked for; more would say no more to the index. */
const MAX_COPIES = 3;

/** Adds what every match of `node` contains: letters to the last piece, a new piece where anything may be between. */
function collect(node: RegexNode, pieces: string[]): void {
  switch (node.kind) {
    case "set": {
      const letter = onlyLetter(node.ranges);
      if (letter === null) pieces.push("");
      else pieces.push((pieces.pop() ?? "") + letter);
      return;
    }
    case "assertion":
      return;
    case "sequence":
      for (const item of node.items) collect(item, pieces);
      return;
    case "alternation":
      pieces.push("");
      return;
    case "repeat": {
      // A group is counted once: what is in it need not have one length.
      const copies = node.item.kind === "set" ? Math.min(node.min, MAX_COPIES) : Math.min(node.min, 1);
      for (let copy = 0; copy < copies; copy++) collect(node.item, pieces);
      if (node.max !== copies) pieces.push("");
      return;
    }
  }
}

/** The one character of a set in lower case, where the set holds nothing but its two cases. */
function onlyLetter(ranges: readonly CodePointRange[]): string | null {
  if (ranges.some(([first, last]) => first !== last)) return null;
  const letters = new Set(ranges.map(([code]) => asciiFold(String.fromCodePoint(code))));
  const [letter] = letters;
  // A text cannot hold U+0000 and lone surrogates; what is in their place is no letter of the expression.
  return letter === undefined || letters.size > 1 || /[\0\p{Cs}]/u.test(letter) ? null : letter;
}
