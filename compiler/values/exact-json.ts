/**
 * JSON whose whole numbers keep all of their digits.
 *
 * `JSON.parse` makes a double of every number, so 18446744073709551615, the largest of 64 bits, becomes 18446744073709552000. The tree stays as
 * it is for whoever reads it; the digits of such numbers are remembered beside it, by the object or list that holds them. They are forgotten
 * with it, and do not hold once the value there is another one.
 */

/** A whole number: a `number` where that is exact, else a `bigint`. */
export type WholeNumber = number | bigint;

/** The digits of inexact numbers by their holder and key. */
const exactValues = new WeakMap<object, Map<string, bigint>>();

/** Whether there have been any: most processes never meet one, and need not look for them in what they print. */
let anyExact = false;

/** A whole number in the one form that it has; undefined for a number with a fraction or none at all. */
export function exactWholeNumber(value: number | bigint | string): WholeNumber | undefined {
  if (typeof value === "number") {
    if (Number.isSafeInteger(value)) return value;
    // The digits that JSON prints, which are not all of those of the double.
    return Number.isInteger(value) ? BigInt(Math.abs(value) < 1e21 ? String(value) : value) : undefined;
  }
  const exact = BigInt(value);
  const number = Number(exact);
  return Number.isSafeInteger(number) ? number : exact;
}

/** The value that a key or index of a parsed object or list holds, with all digits of a whole number. */
export function exactValue(holder: object, key: string | number): unknown {
  const value = (holder as Readonly<Record<string | number, unknown>>)[key];
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  const exact = exactValues.get(holder)?.get(String(key));
  return exact !== undefined && Number(exact) === value ? exact : value;
}

/** Remembers the exact values of `from` for a shallow copy of it. */
export function keepExactValues<T extends object>(from: object, copy: T): T {
  const exact = exactValues.get(from);
  if (exact !== undefined) exactValues.set(copy, exact);
  return copy;
}

/** A run of digits that a double may not hold, where a number can begin: hashes in texts have such runs too. */
const MANY_DIGITS = /(?:^|[\s:,[-])\d{16}/;

/** Parses a JSON text like `JSON.parse`. @throws SyntaxError when it is none */
export function parseJson(text: string): unknown {
  const tree: unknown = JSON.parse(text);
  if (MANY_DIGITS.test(text) && typeof tree === "object" && tree !== null) {
    const marked = markLongNumbers(text);
    if (marked !== null) rememberExact(tree, JSON.parse(marked) as object);
  }
  return tree;
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LONG_INTEGER = /^-?\d{16,}$/;

/** The text with every inexact whole number as a string of its digits; null where there is none. The text is known to be JSON. */
function markLongNumbers(text: string): string | null {
  let marked = "";
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) {
      NUMBER.lastIndex = at;
      const [digits = ""] = NUMBER.exec(text) ?? [];
      if (LONG_INTEGER.test(digits) && !Number.isSafeInteger(Number(digits))) {
        marked += `${text.slice(copied, at)}"${digits}"`;
        copied = at + digits.length;
      }
      at += Math.max(digits.length - 1, 0);
    }
  }
  return copied === 0 ? null : marked + text.slice(copied);
}

/** Offset of the quote that ends the string which starts at `start`. */
export function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== 0x22) at += text.charCodeAt(at) === 0x5c ? 2 : 1;
  return at;
}

/** Walks both trees at once, without recursion: where one has a number and the other a string, that is its digits. */
function rememberExact(tree: object, marked: object): void {
  const waiting: [object, object][] = [[tree, marked]];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const [plain, digits] = pair as [Record<string, unknown>, Record<string, unknown>];
    for (const key of Object.keys(plain)) {
      const value = plain[key];
      const text = digits[key];
      if (typeof value === "number" && typeof text === "string") {
        const known = exactValues.get(plain) ?? new Map<string, bigint>();
        exactValues.set(plain, known.set(key, BigInt(text)));
        anyExact = true;
      } else if (typeof value === "object" && value !== null) waiting.push([value, text as object]);
    }
  }
}

/** What a number beyond 2^53 is printed as: many digits, or an exponent. */
const LARGE_NUMBER = /\d{16}|\de\+\d/;

/** Written before digits that are printed as a string at first; nobody else's text has it. */
const MARK = `exact-${Math.random().toString(36).slice(2)}${Math.random().toString(36).slice(2)}:`;
const MARKED = new RegExp(`"${MARK}(-?\\d+)"`, "g");

/**
 * Prints a value like `JSON.stringify`, remembered numbers and bigints with all of their digits.
 *
 * @throws TypeError for a circular value, RangeError for one that is nested too deeply
 */
export function printJson(value: unknown): string {
  try {
    const text = JSON.stringify(value);
    if (!anyExact || !LARGE_NUMBER.test(text)) return text;
  } catch (error) {
    // A bigint among the values, or what the other printing refuses as well.
    if (!(error instanceof TypeError)) throw error;
  }
  const marked = JSON.stringify(value, function (this: object, key: string, inner: unknown): unknown {
    const exact = typeof inner === "number" ? exactValue(this, key) : inner;
    return typeof exact === "bigint" ? `${MARK}${exact}` : inner;
  });
  return marked.replace(MARKED, "$1");
}
