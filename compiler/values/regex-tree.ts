/** The tree of a restricted regular expression: plain data over Unicode code points, without anything that depends on a locale. */

/** A checked regular expression of `matches /source/i`. JSON-able; equal texts give equal trees. */
export interface Regex {
  readonly kind: "regex";
  /** The text between the slashes. */
  readonly source: string;
  /** ASCII letters match either case. */
  readonly ignoreCase: boolean;
  readonly tree: RegexNode;
}

/** A node of the tree of a regular expression. */
export type RegexNode =
  | RegexSet
  | RegexAssertion
  | { readonly kind: "sequence"; readonly items: readonly RegexNode[] }
  | { readonly kind: "alternation"; readonly branches: readonly RegexNode[] }
  | RegexRepeat;

/**
 * One code point out of a set: sorted, disjoint, closed ranges. Literals, classes, `.` and shorthands all end here, case and
 * negation resolved.
 */
export interface RegexSet {
  readonly kind: "set";
  readonly ranges: readonly CodePointRange[];
}

/** A range of code points, both ends included. */
export type CodePointRange = readonly [first: number, last: number];

/** `^` and `$` hold at the ends of the whole text, `\b` where exactly one neighbour is one of `[A-Za-z0-9_]`, `\B` elsewhere. */
export interface RegexAssertion {
  readonly kind: "assertion";
  readonly assertion: "start" | "end" | "word-boundary" | "no-word-boundary";
}

/** `item` from `min` to `max` times; null is without end. */
interface RegexRepeat {
  readonly kind: "repeat";
  readonly item: RegexNode;
  readonly min: number;
  readonly max: number | null;
}
