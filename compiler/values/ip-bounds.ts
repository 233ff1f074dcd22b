/** Ranges of addresses as networks, and as the two ends of an index that sorts addresses. */
import {
  ADDRESS_BITS,
  cidrRange,
  compareRanges,
  formatAddress,
  formatIpRange,
  prefixLength,
  splitCidrs,
  wholeFamily,
  type IpFamily,
  type IpRange,
} from "./ip-range.js";

/** How a range that need not be a network is put as networks. */
export type NetworkForm = "parts" | "around" | "exact";

/**
 * The range as texts of networks: `parts` that make it up, the smallest `around` it, or itself where it is one.
 *
 * A network lies within a range exactly if it lies within one of its parts, and shares an address with it exactly if it does with one of
 * them; it covers a range exactly if it covers the smallest network around it.
 */
export function networks(range: IpRange, form: NetworkForm): readonly string[] {
  switch (form) {
    case "parts":
      return splitCidrs(range).map((part) => formatIpRange(cidrRange(part)));
    case "around":
      return [formatIpRange(networkAround(range))];
    case "exact":
      return prefixLength(range) === null ? [] : [formatIpRange(range)];
  }
}

/** The smallest network that holds the range. */
function networkAround(range: IpRange): IpRange {
  let { first, last } = range;
  let hostBits = 0n;
  while (first !== last) {
    first >>= 1n;
    last >>= 1n;
    hostBits += 1n;
  }
  const start = first << hostBits;
  return { family: range.family, first: start, last: start + (1n << hostBits) - 1n };
}

/** Which end is wanted, and whether the index is one of `inet`. */
export interface BoundForm {
  readonly end: "first" | "last";
  readonly network: boolean;
  /** The only family of the index; both when absent. */
  readonly family?: IpFamily;
}

/**
 * The text of the least (`first`) or greatest (`last`) value that lies within one of the ranges, in the order of a btree index: IPv4 before IPv6.
 * `inet` sorts a network before all within it, so that the least value is the network around all ranges of the lower family.
 */
export function addressBound(ranges: readonly IpRange[], form: BoundForm): string {
  const { end, network } = form;
  const sorted = [...ranges].sort(compareRanges);
  const lowest = sorted[0];
  const highest = sorted.at(-1);
  if (lowest === undefined || highest === undefined) return boundOfNone(form);
  const { family } = end === "first" ? lowest : highest;
  const own = sorted.filter((range) => range.family === family);
  const hull = { family, first: own[0]!.first, last: own.reduce(highestLast, 0n) };
  if (end === "last") return formatAddress(family, (network ? networkAround(hull) : hull).last);
  return network ? networkText(networkAround(hull)) : formatAddress(family, hull.first);
}

/** Turned round, the ends of everything have nothing between them. */
function boundOfNone({ end, family }: BoundForm): string {
  if (end === "last") return formatAddress(family ?? 4, 0n);
  return formatAddress(family ?? 6, wholeFamily(family ?? 6).last);
}

const highestLast = (highest: bigint, { last }: IpRange): bigint => (last > highest ? last : highest);

function networkText(range: IpRange): string {
  return `${formatAddress(range.family, range.first)}/${prefixLength(range) ?? ADDRESS_BITS[range.family]}`;
}
