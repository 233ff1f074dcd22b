/** Text to range: what ip4r's `iprange` input reads. Runs for every address that is ingested. */
import { ADDRESS_BITS, readAddress, readIpv4, type IpAddress, type IpFamily } from "./ip-address.js";

/** All addresses from `first` to `last`, both included, of one family; `first <= last`. */
export interface IpRange {
  /** 4 or 6. */
  readonly family: IpFamily;
  /** First address as a number. */
  readonly first: bigint;
  /** Last address as a number, inclusive. */
  readonly last: bigint;
}

/** The range of one address. */
function singleAddress(family: IpFamily, address: bigint): IpRange {
  return { family, first: address, last: address };
}

/** The range between two addresses, whichever is lower; null when they are of different families. */
export function rangeBetween(one: IpAddress, other: IpAddress): IpRange | null {
  if (one.family !== other.family) return null;
  const [first, last] = one.value <= other.value ? [one.value, other.value] : [other.value, one.value];
  return { family: one.family, first, last };
}

/** The IPv6 addresses that stand for IPv4 ones, `::ffff:0.0.0.0/96`: their bits above the lower 32 (RFC 4291, 2.5.5.2). */
const MAPPED = 0xffffn;

/** The range, or where all of it is IPv4-mapped (`::ffff:10.1.2.3`), the IPv4 range that it stands for. */
export function unmapped(range: IpRange): IpRange {
  const { family, first, last } = range;
  if (family === 4 || first >> 32n !== MAPPED || last >> 32n !== MAPPED) return range;
  return { family: 4, first: first & 0xffffffffn, last: last & 0xffffffffn };
}

/** The IPv4-mapped form of an IPv4 range: what {@link unmapped} takes back. */
export function mapped({ first, last }: IpRange): IpRange {
  const block = MAPPED << 32n;
  return { family: 6, first: block | first, last: block | last };
}

/** What is left of an IPv6 range without the addresses that stand for IPv4 ones: up to two ranges. */
export function withoutMapped(range: IpRange): readonly IpRange[] {
  const start = MAPPED << 32n;
  const end = start + (1n << 32n);
  if (range.family === 4 || range.last < start || range.first >= end) return [range];
  const below = range.first < start ? [{ ...range, last: start - 1n }] : [];
  return range.last >= end ? [...below, { ...range, first: end }] : below;
}

/**
 * Reads `address`, `address/length` without bits beyond the prefix, or `low-high`, swapped when reversed; null for any
 * other text.
 */
export function tryParseIpRange(text: string): IpRange | null {
  const quad = readIpv4(text, 0, text.length);
  if (quad >= 0) return singleAddress(4, BigInt(quad));
  const slash = text.indexOf("/");
  if (slash >= 0) {
    const network = readNetwork(text, slash);
    return network !== null && network.exact ? network.range : null;
  }
  const dash = text.indexOf("-");
  if (dash >= 0) return readEnds(text, dash);
  const address = readAddress(text, 0, text.length);
  return address && singleAddress(address.family, address.value);
}

/** Reads `low-high` whose dash is at `dash`. */
function readEnds(text: string, dash: number): IpRange | null {
  const low = readAddress(text, 0, dash);
  const high = low && readAddress(text, dash + 1, text.length);
  return low === null || high === null ? null : rangeBetween(low, high);
}

/** Reads `address/length`; `exact` shows that the address has no bits beyond the prefix. */
export function readNetwork(
  text: string,
  slash: number,
): { readonly range: IpRange; readonly exact: boolean } | null {
  const address = readAddress(text, 0, slash);
  if (address === null) return null;
  const bits = ADDRESS_BITS[address.family];
  const length = readPrefixLength(text, slash + 1);
  if (length < 0 || length > bits) return null;
  const hostMask = (1n << BigInt(bits - length)) - 1n;
  const last = address.value | hostMask;
  const first = last ^ hostMask;
  return { range: { family: address.family, first, last }, exact: first === address.value };
}

/** One to three digits without leading zeros up to the end of the text, else -1. */
function readPrefixLength(text: string, start: number): number {
  const digits = text.length - start;
  if (digits < 1 || digits > 3 || (digits > 1 && text.charCodeAt(start) === 48)) return -1;
  let length = 0;
  for (let index = start; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return -1;
    length = length * 10 + digit;
  }
  return length;
}
