/** Sets of code points as sorted, disjoint, closed ranges. */
import type { CodePointRange } from "./regex-tree.js";

/** The largest code point. */
export const LAST_CODE_POINT = 0x10ffff;

/** `\d`, `\w` and `\s`: ASCII only, so that no locale plays a part. */
export const DIGITS: readonly CodePointRange[] = [[48, 57]];
/** The code points of `\w`. */
export const WORD: readonly CodePointRange[] = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
/** The code points of `\s`. */
export const SPACE: readonly CodePointRange[] = [
  [9, 13],
  [32, 32],
];

/** Sorted, with overlapping and adjacent ranges joined. */
export function normaliseRanges(ranges: readonly CodePointRange[]): CodePointRange[] {
  const joined: [number, number][] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const previous = joined.at(-1);
    if (previous === undefined || previous[1] + 1 < first) joined.push([first, last]);
    else previous[1] = Math.max(previous[1], last);
  }
  return joined;
}

/** Every code point that is not in the normalised ranges. */
export function complementRanges(ranges: readonly CodePointRange[]): CodePointRange[] {
  const result: CodePointRange[] = [];
  let next = 0;
  for (const [first, last] of ranges) {
    if (first > next) result.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= LAST_CODE_POINT) result.push([next, LAST_CODE_POINT]);
  return result;
}

/** The ranges with the other case of every ASCII letter in them, normalised. */
export function foldRanges(ranges: readonly CodePointRange[]): CodePointRange[] {
  const shifted = ranges.flatMap((range) => [
    ...shiftWithin(range, UPPER_CASE, LOWER_CASE[0] - UPPER_CASE[0]),
    ...shiftWithin(range, LOWER_CASE, UPPER_CASE[0] - LOWER_CASE[0]),
  ]);
  return normaliseRanges([...ranges, ...shifted]);
}

const UPPER_CASE: CodePointRange = [65, 90];
const LOWER_CASE: CodePointRange = [97, 122];

/** The part of a range that lies in the alphabet, shifted. */
function shiftWithin(range: CodePointRange, alphabet: CodePointRange, by: number): CodePointRange[] {
  const from = Math.max(range[0], alphabet[0]);
  const to = Math.min(range[1], alphabet[1]);
  return from <= to ? [[from + by, to + by]] : [];
}

/** Whether the normalised ranges hold the code point. */
export function rangesHold(ranges: readonly CodePointRange[], codePoint: number): boolean {
  return ranges.some(([first, last]) => first <= codePoint && codePoint <= last);
}
