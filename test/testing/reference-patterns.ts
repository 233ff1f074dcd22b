/** Globs and regular expressions of the filter language, read for the reference evaluator. */
import { expressionTest, type Expression } from "./reference-machine.js";

type Signs = (codePoint: number) => boolean;

const anything: Signs = () => true;

const just = (sign: string): Signs => {
  const wanted = sign.codePointAt(0);
  return (codePoint) => codePoint === wanted;
};

const repeated = (item: Expression, min: number, max: number): Expression => ({
  kind: "repeat",
  item,
  min,
  max,
});

/** Whether the whole text fits a glob: `*` is any text, `?` one character, `\` takes the next sign as it is. */
export function globTest(glob: string): (text: string) => boolean {
  const items = [...glob.matchAll(/\\(.)|(\*+)|(.)/gsu)].map(([, escaped, stars, sign = ""]): Expression => {
    if (escaped !== undefined) return { kind: "one", of: just(escaped) };
    const any: Expression = { kind: "one", of: anything };
    if (stars !== undefined) return repeated(any, 0, Infinity);
    return sign === "?" ? any : { kind: "one", of: just(sign) };
  });
  return expressionTest({ kind: "all", items }, "whole");
}

/**
 * Whether some part of the text fits a regular expression of the subset. Like PostgreSQL's, `.` takes every character, `^` and `$` are the ends
 * of the whole text, and `\d \w \s \b` and the ignoring of case know ASCII only.
 */
export function regexTest(source: string, ignoreCase: boolean): (text: string) => boolean {
  return expressionTest(readBranches({ source, ignoreCase, position: 0 }), "part");
}

/** A regular expression that is being read; `position` moves on. It compiles, so nothing in it is wrong. */
interface Reading {
  readonly source: string;
  readonly ignoreCase: boolean;
  position: number;
}

/** Takes what the pattern, which is sticky, finds next. */
function take(reading: Reading, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reading.position;
  const found = pattern.exec(reading.source);
  if (found !== null) reading.position += found[0].length;
  return found;
}

function readBranches(reading: Reading): Expression {
  const branches = [readItems(reading)];
  while (take(reading, /\|/y)) branches.push(readItems(reading));
  return { kind: "either", branches };
}

function readItems(reading: Reading): Expression {
  const items: Expression[] = [];
  while (reading.position < reading.source.length && !"|)".includes(reading.source[reading.position]!))
    items.push(readQuantified(reading));
  return { kind: "all", items };
}

function readQuantified(reading: Reading): Expression {
  const item = readItem(reading);
  const found = take(reading, /[*+?]|\{(\d+)(,?)(\d*)\}/y);
  if (found === null) return item;
  const [sign, low, comma, high] = found;
  if (low === undefined) return repeated(item, sign === "+" ? 1 : 0, sign === "?" ? 1 : Infinity);
  const max = comma === "" ? Number(low) : high === "" ? Infinity : Number(high);
  return repeated(item, Number(low), max);
}

function readItem(reading: Reading): Expression {
  if (take(reading, /\((\?:)?/y)) {
    const inner = readBranches(reading);
    take(reading, /\)/y);
    return inner;
  }
  if (take(reading, /\./y)) return { kind: "one", of: anything };
  if (take(reading, /\^/y)) return { kind: "place", holds: (before) => before === null };
  if (take(reading, /\$/y)) return { kind: "place", holds: (_, after) => after === null };
  const boundary = take(reading, /\\([bB])/y);
  if (boundary) return wordBoundary(boundary[1] === "b");
  if (take(reading, /\[/y)) return { kind: "one", of: readClass(reading) };
  return { kind: "one", of: readShorthand(reading) ?? cased(just(readSign(reading)), reading) };
}

function wordBoundary(wanted: boolean): Expression {
  const isWord = (codePoint: number | null): boolean => codePoint !== null && SHORTHANDS["w"]!(codePoint);
  return { kind: "place", holds: (before, after) => (isWord(before) !== isWord(after)) === wanted };
}

function readClass(reading: Reading): Signs {
  const negated = take(reading, /\^/y) !== null;
  const members: Signs[] = [];
  while (!take(reading, /\]/y)) members.push(readShorthand(reading) ?? readMember(reading));
  const any: Signs = (codePoint) => members.some((member) => member(codePoint));
  return negated ? (codePoint) => !any(codePoint) : any;
}

function readMember(reading: Reading): Signs {
  const low = readSign(reading).codePointAt(0)!;
  const high = take(reading, /-(?!\])/y) ? readSign(reading).codePointAt(0)! : low;
  return cased((codePoint) => low <= codePoint && codePoint <= high, reading);
}

/** Where case is ignored, an ASCII letter is a member when it is in the other case. */
function cased(signs: Signs, { ignoreCase }: Reading): Signs {
  if (!ignoreCase) return signs;
  const isLetter = (codePoint: number): boolean =>
    (codePoint >= 65 && codePoint <= 90) || (codePoint >= 97 && codePoint <= 122);
  return (codePoint) => signs(codePoint) || (isLetter(codePoint) && signs(codePoint ^ 32));
}

const SHORTHANDS: Readonly<Record<string, Signs>> = {
  d: (codePoint) => codePoint >= 48 && codePoint <= 57,
  w: (codePoint) => /^[A-Za-z0-9_]$/u.test(String.fromCodePoint(codePoint)),
  s: (codePoint) => (codePoint >= 9 && codePoint <= 13) || codePoint === 32,
};

function readShorthand(reading: Reading): Signs | null {
  const found = take(reading, /\\([dwsDWS])/y);
  if (found === null) return null;
  const letter = found[1]!;
  const signs = SHORTHANDS[letter.toLowerCase()]!;
  return letter === letter.toLowerCase() ? signs : (codePoint) => !signs(codePoint);
}

const CONTROLS: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", f: "\f", v: "\v" };

/** One sign, as it is or by an escape: `\n`, `\.`, `\x41`, `\u0041`, `\u{1F600}`. */
function readSign(reading: Reading): string {
  const numeric = take(reading, /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\})/iy);
  if (numeric) return String.fromCodePoint(parseInt(numeric[1] ?? numeric[2] ?? numeric[3]!, 16));
  const escaped = take(reading, /\\(.)/suy);
  if (escaped) return CONTROLS[escaped[1]!] ?? escaped[1]!;
  return take(reading, /./suy)![0];
}
