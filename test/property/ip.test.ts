/** The algebra of address ranges, with ip-num as oracle. */
import fc from "fast-check";
import { IPv4, IPv6, RangedSet } from "ip-num";
import { describe, expect, it } from "vitest";
import {
  cidrRange,
  formatIpRange,
  mergeRanges,
  parseIpRange,
  rangeContains,
  rangesOverlap,
  splitCidrs,
  type IpRange,
} from "../../compiler/values/ip-range.js";
import { eventTokens, queryTokens } from "../../compiler/values/ip-tokens.js";
import { ipRanges } from "../testing/index.js";
import { times } from "./support.js";

/** The same range of ip-num. */
function oracle({ family, first, last }: IpRange): RangedSet<IPv4 | IPv6> {
  const address = (value: bigint): IPv4 | IPv6 =>
    family === 4 ? IPv4.fromNumber(value) : IPv6.fromBigInt(value);
  return RangedSet.fromRangeString(`${address(first).toString()}-${address(last).toString()}`);
}

const sameFamily = fc
  .constantFrom(4 as const, 6 as const)
  .chain((family) => fc.tuple(ipRanges({ family }), ipRanges({ family })));

describe("address ranges", () => {
  it("contain, overlap and adjoin as ip-num says", () => {
    fc.assert(
      fc.property(sameFamily, ([a, b]) => {
        const [left, right] = [oracle(a), oracle(b)];
        expect(rangeContains(a, b)).toBe(left.isEquals(right) || left.contains(right));
        // Ranges meet where one holds the first address of the other. ip-num's own isOverlapping leaves out some of these cases.
        const [leftStart, rightStart] = [oracle({ ...a, last: a.first }), oracle({ ...b, last: b.first })];
        const meets =
          left.isEquals(rightStart) ||
          left.contains(rightStart) ||
          right.isEquals(leftStart) ||
          right.contains(leftStart);
        expect(rangesOverlap(a, b)).toBe(meets);
      }),
      { numRuns: times(500) },
    );
  });

  it("print and read back", () => {
    fc.assert(
      fc.property(ipRanges(), (range) => {
        expect(parseIpRange(formatIpRange(range))).toEqual(range);
      }),
      { numRuns: times(500) },
    );
  });

  it("merge into disjoint, separate ranges in order, with the same addresses", () => {
    fc.assert(
      fc.property(fc.array(ipRanges(), { maxLength: 8 }), ipRanges({ single: true }), (ranges, probe) => {
        const merged = mergeRanges(ranges);
        const holds = (list: readonly IpRange[]): boolean =>
          list.some((range) => rangeContains(range, probe));
        expect(holds(merged)).toBe(holds(ranges));
        for (const [position, range] of merged.entries()) {
          const next = merged[position + 1];
          if (next?.family === range.family) expect(next.first).toBeGreaterThan(range.last + 1n);
          expect(ranges.some(({ family, first }) => family === range.family && first === range.first)).toBe(
            true,
          );
          expect(ranges.some(({ family, last }) => family === range.family && last === range.last)).toBe(
            true,
          );
        }
        expect(mergeRanges(merged)).toEqual(merged);
      }),
      { numRuns: times(500) },
    );
  });

  it("split into networks that make them up again", () => {
    fc.assert(
      fc.property(ipRanges(), fc.integer({ min: 1, max: 12 }), (range, cap) => {
        expect(mergeRanges(splitCidrs(range).map(cidrRange))).toEqual([range]);
        const covering = splitCidrs(range, cap);
        expect(covering.length).toBeLessThanOrEqual(cap);
        expect(mergeRanges(covering.map(cidrRange)).some((cover) => rangeContains(cover, range))).toBe(true);
      }),
      { numRuns: times(500) },
    );
  });

  it("share a token wherever they share an address", () => {
    fc.assert(
      fc.property(ipRanges(), ipRanges(), fc.integer({ min: 1, max: 8 }), (stored, asked, cap) => {
        fc.pre(rangesOverlap(stored, asked));
        const tokens = new Set<number>(eventTokens(1, [stored], cap));
        expect(queryTokens(1, [asked]).some((token) => tokens.has(token))).toBe(true);
      }),
      { numRuns: times(1000) },
    );
  });
});
