/** Numbers of events in spellings of careless senders, where their meaning is sure. */

/** Longer texts are no list of numbers. */
const MAX_LENGTH = 1_024;

const NAMED = /^(?:(?:tcp|udp|sctp|dccp)[/:]|AS\s?)?(\d{1,20})(?:\/(?:tcp|udp|sctp|dccp)|\.0{1,6})?$/i;
const RANGE = /^(\d{1,10})(?:-|\.\.)(\d{1,10})$/;
const EXPONENT = /^\d{1,4}(?:\.\d{1,8})?e\+?\d{1,2}$/i;
/** Digits in groups of three with blanks between them, also those that break no line. */
const GROUPED = /^\d{1,3}(?:[ _\u00a0\u202f]\d{3}){1,6}$/;

/** Numbers that one range may stand for: it is listed one by one. */
const MAX_RANGE = 1_000;

/** What of a field decides how its texts are read. */
export interface IntegerField {
  readonly list: boolean;
  /** Words for numbers: `http` for 80. */
  readonly words?: Readonly<Record<string, number>>;
}

/**
 * The whole numbers of a text, as digits: `8080/tcp`, `AS2852`, `80.0`, `1e3`, a word of the field, and where it is a list `80, 443` and the numbers of
 * `80-90`; where it is none `12 000`. Null for any other text, such as `1,234`, and for ranges of more than a thousand.
 */
export function carelessIntegers(text: string, { list, words }: IntegerField): readonly string[] | null {
  if (text.length > MAX_LENGTH) return null;
  const whole = text.trim();
  const tidied = whole.replace(/\s?-\s?/g, "-").replace(/\bAS\s/gi, "AS");
  const parts = list ? tidied.split(/\s{0,4}[,;]\s{0,4}|\s{1,4}/) : [whole];
  const numbers = parts.map((part) => (list ? rangeNumbers(part) : null) ?? numberOf(part, words));
  return numbers.every((found) => found !== null) ? numbers.flat() : null;
}

function numberOf(part: string, words: IntegerField["words"]): readonly string[] | null {
  const digits = NAMED.exec(part)?.[1];
  if (digits !== undefined) return [digits];
  if (GROUPED.test(part)) return [part.replace(/\D/g, "")];
  if (EXPONENT.test(part)) return Number.isSafeInteger(Number(part)) ? [String(Number(part))] : null;
  const word = part.toLowerCase();
  return words !== undefined && Object.hasOwn(words, word) ? [String(words[word])] : null;
}

/** The numbers from the lower end to the higher one. */
function rangeNumbers(part: string): readonly string[] | null {
  const [, low, high] = RANGE.exec(part) ?? [];
  const count = Number(high) - Number(low) + 1;
  if (!(count >= 1 && count <= MAX_RANGE)) return null;
  return Array.from({ length: count }, (_, index) => String(Number(low) + index));
}

const DECIMAL = /^(\d{1,15})(?:[.,](\d{1,15}))?\s?(%)?$/;

/** The number of a text with a decimal comma or a percent sign; null for any other. */
export function carelessFloat(text: string): number | null {
  const match = text.length > MAX_LENGTH ? null : DECIMAL.exec(text.trim());
  if (match === null) return null;
  const number = Number(`${match[1]}.${match[2] ?? "0"}`);
  return match[3] === undefined ? number : number / 100;
}
