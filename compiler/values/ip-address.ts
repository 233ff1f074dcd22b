/**
 * One IPv4 or IPv6 address: text to number and back, with the grammar and the spelling of ip4r.
 *
 * Written by hand because it runs for every address that is ingested: no regular expression, no intermediate strings.
 */

export type IpFamily = 4 | 6;

/** Number of bits of an address. */
export const ADDRESS_BITS = { 4: 32, 6: 128 } as const;

/** One address as an unsigned number. */
export interface IpAddress {
  readonly family: IpFamily;
  readonly value: bigint;
}

const DOT = 46;
const COLON = 58;
const ZERO = 48;

/** Value of a hexadecimal digit by character code, -1 for every other ASCII character. */
const HEX_DIGITS = Int8Array.from({ length: 128 }, (_, code) => {
  const digit = "0123456789abcdef".indexOf(String.fromCharCode(code).toLowerCase());
  return digit;
});

/**
 * Reads the dotted quad in `text[start, end)`: four decimal parts from 0 to 255 without leading zeros.
 * Returns the address as an unsigned 32-bit number, or -1 when it is none.
 */
export function readIpv4(text: string, start: number, end: number): number {
  let value = 0;
  let part = -1;
  let parts = 1;
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    const digit = code - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (part === 0) return -1;
      part = part < 0 ? digit : part * 10 + digit;
      if (part > 255) return -1;
    } else if (code === DOT && part >= 0 && parts < 4) {
      value = value * 256 + part;
      part = -1;
      parts++;
    } else {
      return -1;
    }
  }
  return parts === 4 && part >= 0 ? value * 256 + part : -1;
}

/**
 * Reads the IPv6 address in `text[start, end)`: groups of one to four hexadecimal digits, at most one `::`, and
 * optionally a dotted quad instead of the last two groups. Returns null when it is none.
 */
function readIpv6(text: string, start: number, end: number): bigint | null {
  const groups: number[] = [];
  let gap = -1;
  let index = start;
  if (text.charCodeAt(index) === COLON && text.charCodeAt(index + 1) === COLON) {
    gap = 0;
    index += 2;
  }
  while (index < end) {
    const groupStart = index;
    let group = 0;
    for (; index < end; index++) {
      const digit = HEX_DIGITS[text.charCodeAt(index)] ?? -1;
      if (digit < 0) break;
      group = group * 16 + digit;
    }
    if (index < end && text.charCodeAt(index) === DOT) {
      const quad = readIpv4(text, groupStart, end);
      if (quad < 0) return null;
      groups.push(quad >>> 16, quad & 0xffff);
      break;
    }
    if (index === groupStart || index - groupStart > 4) return null;
    groups.push(group);
    if (index >= end) break;
    if (text.charCodeAt(index) !== COLON || ++index >= end) return null;
    if (text.charCodeAt(index) === COLON) {
      if (gap >= 0) return null;
      gap = groups.length;
      index++;
    }
  }
  if (gap < 0 ? groups.length !== 8 : groups.length > 7) return null;
  if (gap >= 0) groups.splice(gap, 0, ...ZERO_GROUPS.slice(groups.length));
  return joinGroups(groups);
}

const ZERO_GROUPS: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0];

function joinGroups(groups: readonly number[]): bigint {
  let value = 0n;
  for (let index = 0; index < 8; index += 2) {
    const word = (groups[index] ?? 0) * 65536 + (groups[index + 1] ?? 0);
    value = (value << 32n) | BigInt(word);
  }
  return value;
}

/** Reads the address in `text[start, end)`; null when it is none. */
export function readAddress(text: string, start: number, end: number): IpAddress | null {
  const quad = readIpv4(text, start, end);
  if (quad >= 0) return { family: 4, value: BigInt(quad) };
  const value = readIpv6(text, start, end);
  return value === null ? null : { family: 6, value };
}

/** Prints an address as ip4r does. */
export function formatAddress(family: IpFamily, value: bigint): string {
  return family === 4 ? formatIpv4(Number(value)) : formatIpv6(value);
}

/** Prints an unsigned 32-bit number as a dotted quad. */
function formatIpv4(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/**
 * Prints an IPv6 address as ip4r does: RFC 5952 (lower case, the first longest run of two or more zero groups as `::`), and the last two
 * groups as a dotted quad where the address is IPv4-compatible (`::a.b.c.d`), mapped (`::ffff:a.b.c.d`) or translated
 * (`::ffff:0:a.b.c.d`).
 */
function formatIpv6(address: bigint): string {
  const groups: number[] = [];
  for (let shift = 96n; shift >= 0n; shift -= 32n) {
    const word = Number((address >> shift) & 0xffffffffn);
    groups.push(word >>> 16, word & 0xffff);
  }
  const [gap, length] = longestZeroRun(groups);
  if (gap === 0 && embedsIpv4(groups, length)) {
    const head = groups.slice(length, 6).map(hexadecimal);
    const quad = formatIpv4((groups[6] ?? 0) * 65536 + (groups[7] ?? 0));
    return `::${[...head, quad].join(":")}`;
  }
  const texts = groups.map(hexadecimal);
  if (length < 2) return texts.join(":");
  return `${texts.slice(0, gap).join(":")}::${texts.slice(gap + length).join(":")}`;
}

/** Whether leading zeros of `length` groups are followed by nothing or a mark of an embedded IPv4 address, then that address. */
function embedsIpv4(groups: readonly number[], length: number): boolean {
  return (
    length === 6 ||
    (length === 5 && groups[5] === 0xffff) ||
    (length === 4 && groups[4] === 0xffff && groups[5] === 0)
  );
}

/** Start and length of the first longest run of zero groups. */
function longestZeroRun(groups: readonly number[]): [start: number, length: number] {
  let best: [number, number] = [0, 0];
  let start = 0;
  groups.forEach((group, index) => {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > best[1]) best = [start, index + 1 - start];
  });
  return best;
}

const hexadecimal = (group: number): string => group.toString(16);
