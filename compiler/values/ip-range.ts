/**
 * Address ranges as ip4r's `iprange` knows them: text to range and back, and the algebra of ranges and sets of ranges.
 *
 * `parseIpRange` takes what ip4r takes, so that a text means the same on both sides of the connection. `parseIpNet` is
 * the lenient reader for event data.
 */
import { ADDRESS_BITS, formatAddress, type IpFamily } from "./ip-address.js";
import { readNetwork, tryParseIpRange, unmapped, type IpRange } from "./ip-read.js";
import { checkArgument, text as isText, type Check } from "./checks.js";
import { describeIpProblem, type IpProblem } from "./ip-problem.js";
import { exactWholeNumber, type WholeNumber } from "./exact-json.js";

export { ADDRESS_BITS, formatAddress, type IpFamily } from "./ip-address.js";
export { mapped, rangeBetween, tryParseIpRange, unmapped, withoutMapped, type IpRange } from "./ip-read.js";

/** A network: the addresses that share the first `length` bits of `first`, whose other bits are zero. */
export interface Cidr {
  readonly family: IpFamily;
  readonly first: bigint;
  readonly length: number;
}

/** A text that is no address, network or range; the message says what is wrong, where, and what to write instead. */
export class IpSyntaxError extends Error {
  override readonly name = "IpSyntaxError";
  /** Stable code of the kind of mistake, as in the diagnostics of filters: `E201`. */
  readonly code: string;
  /** The mistake with its place in the text and the repairs. */
  readonly problem: IpProblem;

  constructor(problem: IpProblem) {
    super(problem.message);
    this.code = problem.code;
    this.problem = problem;
  }
}

/** Every address of a family. */
export function wholeFamily(family: IpFamily): IpRange {
  return { family, first: 0n, last: (1n << BigInt(ADDRESS_BITS[family])) - 1n };
}

/**
 * Reads `address`, `address/length` without bits beyond the prefix, or `low-high` (swapped when reversed), exactly as
 * ip4r's `iprange` input does, except for two spellings: `-` (every address of both families, which no {@link IpRange} can
 * hold) and a prefix length with leading zeros (`/024`).
 *
 * @throws IpSyntaxError for another text, DataError for what is no text
 */
export function parseIpRange(text: string): IpRange {
  checkArgument("parseIpRange", "the address", text, isText);
  const range = tryParseIpRange(text);
  if (range === null) throw new IpSyntaxError(describeIpProblem(text));
  return range;
}

/**
 * Reads a network as events carry them: what {@link parseIpRange} reads, and also networks with bits beyond the prefix (the
 * whole block is meant), blanks around the text and its parts, prefix lengths with leading zeros, and `low..high`.
 * IPv4-mapped addresses (`::ffff:10.1.2.3`) are the IPv4 addresses that they stand for. Returns null when the text is none of these; {@link ipNetProblem} says why.
 */
export function parseIpNet(text: string): IpRange | null {
  const range = tryParseIpRange(text) ?? parseTidied(tidy(text));
  return range && unmapped(range);
}

function parseTidied(text: string): IpRange | null {
  const slash = text.indexOf("/");
  if (slash >= 0) return readNetwork(text, slash)?.range ?? null;
  return tryParseIpRange(text);
}

/** Why {@link parseIpNet} returned null for the text, as a sentence for the event's sender. */
export function ipNetProblem(text: string): string {
  return describeIpProblem(tidy(text)).message;
}

/** Brings the spellings that only event data may use to those of ip4r. */
function tidy(text: string): string {
  return text
    .trim()
    .replace(/\s*(\.\.|[-/])\s*/, (_, separator: string) => (separator === ".." ? "-" : separator))
    .replace(/\/0+(?=\d)/, "/");
}

/**
 * Prints a range as ip4r prints an `iprange`: the address, the network when it is one, else `low-high`.
 *
 * @throws DataError for what is no range
 */
export function formatIpRange(range: IpRange): string {
  checkArgument("formatIpRange", "the range", range, ipRange);
  const first = formatAddress(range.family, range.first);
  if (range.first === range.last) return first;
  const length = prefixLength(range);
  return length === null ? `${first}-${formatAddress(range.family, range.last)}` : `${first}/${length}`;
}

/** A range of addresses as an object. */
const ipRange: Check = (value) =>
  isIpRange(value) ? null : "an object { family, first, last } such as parseIpRange returns";

/** Whether a value is a range: its ends are of its family and in their order. */
export function isIpRange(value: unknown): value is IpRange {
  if (typeof value !== "object" || value === null) return false;
  const { family, first, last } = value as Partial<IpRange>;
  if (family !== 4 && family !== 6) return false;
  if (typeof first !== "bigint" || typeof last !== "bigint") return false;
  return first >= 0n && first <= last && last < FAMILY_SIZE[family];
}

const FAMILY_SIZE = { 4: 1n << 32n, 6: 1n << 128n } as const;

/** Prefix length of a range that is a network (32 or 128 for one address), null for any other range. */
export function prefixLength(range: IpRange): number | null {
  if (range.first === range.last) return ADDRESS_BITS[range.family];
  const differing = range.first ^ range.last;
  const isNetwork = (differing & (differing + 1n)) === 0n && (range.first & differing) === 0n;
  return isNetwork ? ADDRESS_BITS[range.family] - bitLength(differing) : null;
}

/** Whether the range is a network, as ip4r's `is_cidr`. */
export function isCidr(range: IpRange): boolean {
  return prefixLength(range) !== null;
}

/** The range of a network. */
export function cidrRange(cidr: Cidr): IpRange {
  const hostBits = BigInt(ADDRESS_BITS[cidr.family] - cidr.length);
  return { family: cidr.family, first: cidr.first, last: cidr.first | ((1n << hostBits) - 1n) };
}

/** Whether every address of `inner` is in `outer` (ip4r's `outer >>= inner`). */
export function rangeContains(outer: IpRange, inner: IpRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether the ranges share an address (ip4r's `&&`). */
export function rangesOverlap(a: IpRange, b: IpRange): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** Whether the ranges are the same (ip4r's `=`). */
export function rangesEqual(a: IpRange, b: IpRange): boolean {
  return a.family === b.family && a.first === b.first && a.last === b.last;
}

/** Order of ip4r: IPv4 before IPv6, then by first address, then by last. Negative, zero or positive. */
export function compareRanges(a: IpRange, b: IpRange): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  if (a.last !== b.last) return a.last < b.last ? -1 : 1;
  return 0;
}

/** The fewest ranges with the same addresses: overlapping and contiguous ones joined, in the order of {@link compareRanges}. */
export function mergeRanges(ranges: readonly IpRange[]): IpRange[] {
  const merged: IpRange[] = [];
  for (const range of [...ranges].sort(compareRanges)) {
    const previous = merged.at(-1);
    if (previous === undefined || previous.family !== range.family || previous.last + 1n < range.first) {
      merged.push(range);
    } else if (previous.last < range.last) {
      merged[merged.length - 1] = { ...previous, last: range.last };
    }
  }
  return merged;
}

/** The number of addresses that ranges cover together: each counts once. */
export function addressCount(ranges: readonly IpRange[]): WholeNumber {
  const total = mergeRanges(ranges).reduce((sum, { first, last }) => sum + (last - first + 1n), 0n);
  return exactWholeNumber(total) ?? total;
}

/**
 * The fewest networks that make up the range, in ascending order. With `cap` (1 at least) never more than that many: the
 * ends are then moved outwards to a coarser boundary, so that the networks cover the range and somewhat more.
 */
export function splitCidrs(range: IpRange, cap = Infinity): Cidr[] {
  const { family } = range;
  const length = prefixLength(range);
  if (length !== null) return [{ family, first: range.first, length }];
  for (let coarse = 0n; ; coarse++) {
    const low = (1n << coarse) - 1n;
    const cidrs = exactCidrs(family, (range.first | low) ^ low, range.last | low);
    if (cidrs.length <= cap || coarse === BigInt(ADDRESS_BITS[family])) return cidrs;
  }
}

function exactCidrs(family: IpFamily, first: bigint, last: bigint): Cidr[] {
  const cidrs: Cidr[] = [];
  let next = first;
  while (next <= last) {
    // The largest block that starts here is bounded by the alignment of its start and by what is left.
    const aligned = next === 0n ? ADDRESS_BITS[family] : bitLength(next & -next) - 1;
    const fitting = bitLength(last - next + 1n) - 1;
    const hostBits = Math.min(aligned, fitting);
    cidrs.push({ family, first: next, length: ADDRESS_BITS[family] - hostBits });
    next += 1n << BigInt(hostBits);
  }
  return cidrs;
}

/** Number of bits up to the highest one bit; 0 for zero. */
function bitLength(value: bigint): number {
  if (value <= 0xffffffffn) return 32 - Math.clz32(Number(value));
  return value.toString(2).length;
}
