/** Escapes and bracketed classes of regular expressions. */
import { REGEX_CODES, type RegexCursor } from "./regex-cursor.js";
import { complementRanges, DIGITS, SPACE, WORD } from "./regex-sets.js";
import type { CodePointRange } from "./regex-tree.js";

const { syntax, unsupported } = REGEX_CODES;

const SHORTHANDS: Readonly<Record<string, readonly CodePointRange[]>> = {
  d: DIGITS,
  w: WORD,
  s: SPACE,
  D: complementRanges(DIGITS),
  W: complementRanges(WORD),
  S: complementRanges(SPACE),
};

const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

/** Spellings of other dialects for anchors of this one. */
const OTHER_ANCHORS: Readonly<Record<string, string>> = { A: "^", Z: "$", z: "$", y: "\\b", Y: "\\B" };

/** Reads `\d` and its like, if one is next. */
export function takeShorthand(cursor: RegexCursor): readonly CodePointRange[] | null {
  const shorthand = cursor.peek() === "\\" ? SHORTHANDS[cursor.peek(1)] : undefined;
  if (shorthand === undefined) return null;
  cursor.position += 2;
  return shorthand;
}

/** Reads one code point, as it is or by an escape. */
export function readCodePoint(cursor: RegexCursor): number {
  return cursor.peek() === "\\" ? readEscape(cursor) : cursor.codePoint();
}

function readEscape(cursor: RegexCursor): number {
  const start = cursor.position++;
  const letter = cursor.peek();
  if (letter === "") cursor.failSign(`a "\\" at the end escapes nothing`, start);
  const numeric = /^(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\})/i.exec(cursor.rest);
  if (numeric !== null) {
    cursor.position += numeric[0].length;
    const code = parseInt(numeric[1] ?? numeric[2] ?? numeric[3] ?? "", 16);
    cursor.checkCodePoint(code, start);
    return code;
  }
  const control = CONTROLS[letter];
  if (control === undefined) {
    if (/[0-9A-Za-z]/.test(letter)) failEscape(cursor, letter, start);
    return cursor.codePoint();
  }
  cursor.position++;
  return control;
}

function failEscape(cursor: RegexCursor, letter: string, start: number): never {
  const end = start + 2;
  const written = `"\\${letter}"`;
  if (/[1-9k]/.test(letter))
    cursor.fail(unsupported, `${written}: backreferences are not supported`, { start, end });
  if (/[pP]/.test(letter)) {
    const message = `${written}: Unicode properties are not supported; write a class such as [a-zà-ž]`;
    cursor.fail(unsupported, message, { start, end });
  }
  const anchor = OTHER_ANCHORS[letter];
  if (anchor !== undefined) {
    const fix = cursor.replacing(anchor, start, end);
    cursor.fail(unsupported, `${written} is not supported; write "${anchor}"`, { start, end }, [fix]);
  }
  const fix = cursor.replacing(letter, start, end);
  cursor.fail(
    syntax,
    `${written} is not an escape; for the letter itself write "${letter}"`,
    { start, end },
    [fix],
  );
}

/**
 * Reads `[...]`.
 *
 * @param cased normalises ranges, with both cases of letters where the expression ignores case; negation comes after it
 */
export function readClass(
  cursor: RegexCursor,
  cased: (ranges: readonly CodePointRange[]) => CodePointRange[],
): CodePointRange[] {
  const start = cursor.position++;
  const negated = cursor.take("^");
  const ranges: CodePointRange[] = [];
  while (!cursor.take("]")) {
    if (cursor.atEnd) cursor.fail(syntax, `this "[" is never closed`, { start, end: start + 1 });
    ranges.push(...readClassItem(cursor));
  }
  const written = cursor.since(start);
  if (ranges.length === 0)
    cursor.fail(syntax, `"${written}" is an empty class; for the sign "]" write "\\]"`, start);
  const complete = cased(ranges);
  const result = negated ? complementRanges(complete) : complete;
  if (result.length === 0) cursor.fail(syntax, `"${written}" leaves no character to match`, start);
  return result;
}

function readClassItem(cursor: RegexCursor): readonly CodePointRange[] {
  const start = cursor.position;
  if (/^\[[:.=]/.test(cursor.rest)) {
    const message = `POSIX classes are not supported; write the characters, such as [a-z], or "\\[" for the sign itself`;
    cursor.fail(unsupported, message, { start, end: start + 2 });
  }
  const first = readClassAtom(cursor);
  const isRange = cursor.peek() === "-" && !["]", ""].includes(cursor.peek(1));
  if (!isRange) return typeof first === "number" ? [[first, first]] : first;
  cursor.position++;
  const last = readClassAtom(cursor);
  const written = cursor.since(start);
  if (typeof first !== "number" || typeof last !== "number") {
    return cursor.fail(syntax, `"${written}" is not a range; for the sign "-" write "\\-"`, start);
  }
  if (first > last) cursor.fail(syntax, `the range "${written}" runs backwards`, start);
  return [[first, last]];
}

/** A code point, or the set of a shorthand. */
function readClassAtom(cursor: RegexCursor): number | readonly CodePointRange[] {
  return takeShorthand(cursor) ?? readCodePoint(cursor);
}
