/**
 * How the texts of one parse are matched. What was matched is remembered, so that looking at a repaired text costs what is new in it;
 * and what may be tried for the sake of fixes is limited, so that a text full of mistakes costs little more than a sound one.
 */
import type { Expr } from "./ast.js";
import { matchCondition, moved, type Match } from "./parse-tree.js";

/** The matches of one parse. */
export interface Matching {
  /** Matches one condition that starts at offset `start` of the filter; spans in the result count from there. */
  readonly condition: (text: string, start: number) => Match<Expr>;
  /** The tree of a whole filter; null where it does not parse, or is too costly to try. */
  readonly filter: (text: string) => WholeTree | null;
}

/** What a filter that parses says; the empty one has no expression. */
export interface WholeTree {
  readonly root: Expr | null;
}

/** Characters that may be tried for fixes, besides as many as the filter has. */
const TRIED_CHARACTERS = 4096;
/** The tokens of this many characters cost what the match of one does. */
const CHARACTERS_PER_MATCH = 4;

/** The matches of a filter of `length` characters; `parse` reads a whole filter with their help. */
export function createMatching(
  length: number,
  parse: (text: string, matching: Matching) => WholeTree | null,
): Matching {
  const known = new Map<string, Match<Expr>>();
  let left = TRIED_CHARACTERS + length;
  let isTried = false;
  const matching: Matching = {
    condition: (text, start) => {
      const before = known.get(text);
      if (before !== undefined) return moved(before, start);
      if (isTried) left -= text.length;
      const match = matchCondition(text);
      known.set(text, match);
      return moved(match, start);
    },
    filter: (text) => {
      if (left <= 0) return null;
      left -= Math.ceil(text.length / CHARACTERS_PER_MATCH);
      isTried = true;
      const tree = parse(text, matching);
      isTried = false;
      return tree;
    },
  };
  return matching;
}
