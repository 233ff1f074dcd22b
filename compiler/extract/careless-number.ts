/** Numbers of events in spellings of careless senders, where their meaning is sure. */

/** Longer texts are no list of numbers. */
const MAX_LENGTH = 1_024;

const NAMED = /^(?:(?:tcp|udp|sctp|dccp)[/:]|AS)?(\d{1,20})(?:\/(?:tcp|udp|sctp|dccp)|\.0{1,6})?$/i;

/**
 * The whole numbers of a text, as digits: `8080/tcp`, `AS2852`, `80.0`, and `80, 443` where the field is a `list`. Null for any other text, such as
 * `80-90` and `1,234`.
 */
export function carelessIntegers(text: string, field: { readonly list: boolean }): readonly string[] | null {
  if (text.length > MAX_LENGTH) return null;
  const parts = field.list ? text.trim().split(/\s{0,4}[,;]\s{0,4}|\s{1,4}/) : [text.trim()];
  const numbers = parts.map((part) => NAMED.exec(part)?.[1]).filter((digits) => digits !== undefined);
  return numbers.length === parts.length ? numbers : null;
}

const DECIMAL = /^(\d{1,15})(?:[.,](\d{1,15}))?\s?(%)?$/;

/** The number of a text with a decimal comma or a percent sign; null for any other. */
export function carelessFloat(text: string): number | null {
  const match = text.length > MAX_LENGTH ? null : DECIMAL.exec(text.trim());
  if (match === null) return null;
  const number = Number(`${match[1]}.${match[2] ?? "0"}`);
  return match[3] === undefined ? number : number / 100;
}
