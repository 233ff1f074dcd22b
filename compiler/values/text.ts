/// <reference lib="es2024.string" />
/** Text as PostgreSQL stores, folds and matches it. */

/** Folds ASCII upper-case letters only: `lower(x collate "C")`, the one folding that is the same everywhere. */
export function asciiFold(text: string): string {
  return UPPER.test(text) ? text.replace(UPPER_RUNS, (letters) => letters.toLowerCase()) : text;
}

const UPPER = /[A-Z]/;
const UPPER_RUNS = /[A-Z]+/g;

/** Whether a text column can hold the text as it is; if not, no identifier and no key in the database is equal to it. */
export function isColumnText(text: string): boolean {
  return storable(text) === text;
}

/** The text as a text column can hold it: U+0000 and lone surrogates become U+FFFD. */
export function storable(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes("\0") ? wellFormed.replaceAll("\0", "\ufffd") : wellFormed;
}

/** The text as a LIKE pattern that matches just it: `%`, `_` and `\` escaped. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

/** The text operators that are LIKE patterns. */
export type PatternOp = "contains" | "starts with" | "ends with" | "like";

/** The LIKE pattern of a text operator and its argument: a glob for `like`, else text to be found as it is. */
export function likePattern(op: PatternOp, text: string): string {
  switch (op) {
    case "contains":
      return `%${escapeLike(text)}%`;
    case "starts with":
      return `${escapeLike(text)}%`;
    case "ends with":
      return `%${escapeLike(text)}`;
    case "like":
      return globToLike(text).pattern;
  }
}

/** A glob as a LIKE pattern, and how many wildcards it has. */
export interface GlobPattern {
  readonly pattern: string;
  readonly wildcards: number;
}

/**
 * Turns a glob into a LIKE pattern: `*` is any text, `?` one character, `\` takes the next sign as it is. A `\` at the
 * end stands for itself.
 */
export function globToLike(glob: string): GlobPattern {
  let wildcards = 0;
  const pattern = glob.replace(/\\([^])|[*?\\%_]/g, (sign: string, escaped: string | undefined) => {
    if (escaped !== undefined) return escapeLike(escaped);
    if (sign !== "*" && sign !== "?") return escapeLike(sign);
    wildcards++;
    return sign === "*" ? "%" : "_";
  });
  return { pattern, wildcards };
}

/** One sign of a LIKE pattern: a code point, or a wildcard. */
const ANY_TEXT = -1;
const ANY_ONE = -2;

/**
 * The predicate `text LIKE pattern`; with `fold` under {@link asciiFold} on both sides. `_` is one code point. A text is matched in
 * time proportional to its length times that of the pattern at worst: after a `%` only the last one is ever moved.
 */
export function likeMatcher(pattern: string, fold: boolean): (text: string) => boolean {
  const signs = likeSigns(fold ? asciiFold(pattern) : pattern);
  return (text) => matchesSigns(signs, fold ? asciiFold(text) : text);
}

function likeSigns(pattern: string): number[] {
  const signs: number[] = [];
  let escaped = false;
  for (const character of pattern) {
    if (!escaped && character === "\\") {
      escaped = true;
      continue;
    }
    if (escaped || (character !== "%" && character !== "_")) signs.push(character.codePointAt(0) ?? 0);
    else if (character === "_") signs.push(ANY_ONE);
    else if (signs.at(-1) !== ANY_TEXT) signs.push(ANY_TEXT);
    escaped = false;
  }
  // PostgreSQL refuses a pattern that ends in an escape; such a pattern can only come from elsewhere than globToLike.
  if (escaped) throw new RangeError(`the LIKE pattern "${pattern}" ends in an escape`);
  return signs;
}

function matchesSigns(signs: readonly number[], text: string): boolean {
  let sign = 0;
  let index = 0;
  let signAfterAny = -1;
  let indexAfterAny = 0;
  while (index < text.length) {
    const wanted = signs[sign];
    const codePoint = text.codePointAt(index) ?? 0;
    if (wanted === ANY_TEXT) {
      signAfterAny = ++sign;
      indexAfterAny = index;
    } else if (wanted === ANY_ONE || wanted === codePoint) {
      sign++;
      index += width(codePoint);
    } else if (signAfterAny >= 0) {
      sign = signAfterAny;
      indexAfterAny += width(text.codePointAt(indexAfterAny) ?? 0);
      index = indexAfterAny;
    } else {
      return false;
    }
  }
  while (signs[sign] === ANY_TEXT) sign++;
  return sign === signs.length;
}

const width = (codePoint: number): 1 | 2 => (codePoint > 0xffff ? 2 : 1);
