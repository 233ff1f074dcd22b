/** Which bracket closes which, over the tokens of a filter. */
import type { Token } from "./tokens.js";

/** From the index of an opening token to the index of the one that closes it. */
export type BracketPairs = ReadonlyMap<number, number>;

/** The brackets of a filter; all numbers are indexes of tokens. */
export interface Brackets {
  readonly pairs: BracketPairs;
  /** Openers that nothing closes, in order. */
  readonly unclosed: ReadonlySet<number>;
  /** Closers that nothing opened, in order. */
  readonly stray: ReadonlySet<number>;
}

const opens: Readonly<Record<string, string>> = { "(": ")", "[": "]" };

/**
 * Pairs the brackets. A `)` closes the innermost open `(`, and leaves unclosed what was opened inside; a `]` closes
 * the innermost `[` unless a `(` was opened since.
 */
export function matchBrackets(text: string, tokens: readonly Token[]): Brackets {
  const pairs = new Map<number, number>();
  const stray = new Set<number>();
  const unclosed = new Set<number>();
  let open: { readonly index: number; readonly closer: string }[] = [];
  tokens.forEach((token, index) => {
    if (token.kind !== "punctuation") return;
    const sign = text.charAt(token.start);
    const closer = opens[sign];
    if (closer !== undefined) {
      open.push({ index, closer });
    } else if (sign !== ",") {
      const depth = open.findLastIndex((opener) => opener.closer === sign);
      const between = open.slice(depth + 1);
      const opener = open[depth];
      if (opener === undefined || (sign === "]" && between.length > 0)) {
        stray.add(index);
        return;
      }
      between.forEach((lost) => unclosed.add(lost.index));
      pairs.set(opener.index, index);
      open = open.slice(0, depth);
    }
  });
  open.forEach((lost) => unclosed.add(lost.index));
  return { pairs, unclosed, stray };
}
