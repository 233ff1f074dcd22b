/** Addresses of events in spellings of careless senders, where their meaning is sure. */
import { parseIpNet, type IpRange } from "../values/ip-range.js";

/** Longer texts are no list of addresses. */
const MAX_LENGTH = 4_096;

/**
 * Reads what `parseIpNet` does not: several addresses in one text, netmasks, wildcards, networks without their last zeros, ports and zones, which
 * are left out, brackets, and dots in brackets. Null where a part of it is no address.
 */
export function parseCarelessNets(given: string): readonly IpRange[] | null {
  if (given.length > MAX_LENGTH) return null;
  const text = given
    .trim()
    .replace(/[[(]([.:])[\])]/g, "$1")
    .replace(/\s(?:to|through)\s/i, "-")
    .replace(/\s?[\u2010-\u2015\u2212]\s?/g, "-");
  const parts = text.split(/\s?[,;|]\s{0,4}|\s+/).filter((part) => part !== "");
  const one = parseOne(text);
  if (one !== null) return [one];
  const ranges = parts.map(parseOne).filter((range) => range !== null);
  return parts.length > 1 && ranges.length === parts.length ? ranges : null;
}

const parseOne = (text: string): IpRange | null => parseIpNet(text) ?? parseIpNet(mended(text));

const OCTETS = "\\d{1,3}(?:\\.\\d{1,3}){3}";

/** Each form as what it is, which need not be an address after it either. */
const FORMS: readonly (readonly [RegExp, (match: readonly string[]) => string])[] = [
  [/^\[([\da-f:.]+)(?:%\w+)?\](?::\d{1,5})?$/i, ([, address = ""]) => address],
  [/^([\da-f:.]+)%\w+$/i, ([, address = ""]) => address],
  [new RegExp(`^(${OCTETS}):\\d{1,5}$`), ([, address = ""]) => address],
  [
    new RegExp(`^(${OCTETS})/(${OCTETS})$`),
    ([, address = "", mask = ""]) => `${address}/${prefixLength(mask) ?? mask}`,
  ],
  [/^(\d{1,3}(?:\.\d{1,3}){0,2})((?:\.\*){1,3})$/, ([, start = ""]) => network(start, null)],
  [/^(\d{1,3}(?:\.\d{1,3}){0,2})\/(\d{1,2})$/, ([, start = "", length = ""]) => network(start, length)],
  [
    /^((?:\d{1,3}\.){3})(\d{1,3})\s?-\s?(\d{1,3})$/,
    ([, start = "", low = "", high = ""]) =>
      Number(low) <= Number(high) ? `${start}${low}-${start}${high}` : "",
  ],
];

function mended(text: string): string {
  for (const [pattern, mend] of FORMS) {
    const match = pattern.exec(text);
    if (match !== null) return mend(match);
  }
  return text;
}

/** The network of the first parts of an address; its length is that of these parts where none is given. */
function network(start: string, length: string | null): string {
  const parts = start.split(".");
  return `${[...parts, "0", "0", "0"].slice(0, 4).join(".")}/${length ?? parts.length * 8}`;
}

/** The length of a netmask; null for one with holes. */
function prefixLength(mask: string): number | null {
  const bits = mask
    .split(".")
    .map((part) => Number(part).toString(2).padStart(8, "0"))
    .join("");
  return /^1*0*$/.test(bits) && bits.length === 32 ? bits.replaceAll("0", "").length : null;
}
