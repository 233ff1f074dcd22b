import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cidrRange,
  compareRanges,
  formatIpRange,
  ipNetProblem,
  IpSyntaxError,
  isCidr,
  mergeRanges,
  parseIpNet,
  parseIpRange,
  prefixLength,
  rangeContains,
  rangesEqual,
  rangesOverlap,
  splitCidrs,
  tryParseIpRange,
  wholeFamily,
  type IpRange,
} from "../../../compiler/values/ip-range.js";
import { ipRange, smallRange } from "./ip-arbitraries.js";

/** Text → what ip4r 2.4.1 prints for it; null where it refuses the text. */
const IP4R: readonly (readonly [string, string | null])[] = [
  ["1.2.3.4", "1.2.3.4"],
  ["01.2.3.4", null],
  ["1.2.3", null],
  ["1.2.3.4 ", null],
  ["1.2.3.4/32", "1.2.3.4"],
  ["1.2.3.0/24", "1.2.3.0/24"],
  ["1.2.3.4/24", null],
  ["1.2.3.4/33", null],
  ["1.2.3.4/", null],
  ["1.2.3.9-1.2.3.4", "1.2.3.4-1.2.3.9"],
  ["1.2.3.4-1.2.3.4", "1.2.3.4"],
  ["1.2.3.0-1.2.3.255", "1.2.3.0/24"],
  ["0.0.0.0-255.255.255.255", "0.0.0.0/0"],
  ["1.2.3.4-::1", null],
  ["::/0", "::/0"],
  ["::", "::"],
  ["::1", "::1"],
  ["::b", "::b"],
  ["::a:b", "::0.10.0.11"],
  ["::1:0", "::0.1.0.0"],
  ["::1:0:0", "::1:0:0"],
  ["::1.2.3.4", "::1.2.3.4"],
  ["::ffff:0:0", "::ffff:0.0.0.0"],
  ["::ffff:0:0/96", "::ffff:0.0.0.0/96"],
  ["::ffff:0:1.2.3.4", "::ffff:0:1.2.3.4"],
  ["::fffe:1:2", "::fffe:1:2"],
  ["::5efe:1.2.3.4", "::5efe:102:304"],
  ["64:ff9b::1.2.3.4", "64:ff9b::102:304"],
  ["00001::", null],
  ["0001::", "1::"],
  ["1::2::3", null],
  ["1:::2", null],
  [":1::2", null],
  ["1::2:", null],
  ["1:2:3:4:5:6:7", null],
  ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
  ["::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"],
  ["1:0:0:4:5:0:0:8", "1::4:5:0:0:8"],
  ["1:2:3:4:5:6:7:1.2.3.4", null],
  ["1.2.3.4::", null],
  ["2001:DB8::A", "2001:db8::a"],
  ["fe80::1%eth0", null],
  ["::1/64", null],
  ["::/129", null],
  ["::-::ffff", "::/112"],
  ["", null],
];

describe("parseIpRange and formatIpRange", () => {
  test.each(IP4R)("%s is %s to ip4r", (text, printed) => {
    const range = tryParseIpRange(text);
    expect(range && formatIpRange(range)).toBe(printed);
  });

  test("every range is read back from its text", () => {
    fc.assert(fc.property(ipRange(), (range) => rangesEqual(parseIpRange(formatIpRange(range)), range)));
  });

  test("two spellings of ip4r are left out", () => {
    expect(tryParseIpRange("-")).toBeNull();
    expect(tryParseIpRange("1.2.3.0/024")).toBeNull();
  });

  test("a refused text throws with code, message and repair", () => {
    expect(() => parseIpRange("10.0.0.1/8")).toThrow(IpSyntaxError);
    const thrown = (() => {
      try {
        return parseIpRange("10.0.0.300");
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toMatchObject({
      code: "E201",
      message: '"10.0.0.300" is not an IPv4 address: the last part is 300, the largest allowed is 255',
    });
  });
});

describe("parseIpNet", () => {
  test.each([
    ["10.0.0.1/8", "10.0.0.0/8"],
    [" 10.0.0.9 - 10.0.0.1\n", "10.0.0.1-10.0.0.9"],
    ["10.0.0.1..10.0.0.9", "10.0.0.1-10.0.0.9"],
    ["10.0.0.0/08", "10.0.0.0/8"],
    ["0.0.0.0", "0.0.0.0"],
    ["2001:db8::1/32", "2001:db8::/32"],
  ])("takes %j as %s", (text, printed) => {
    const range = parseIpNet(text);
    expect(range && formatIpRange(range)).toBe(printed);
  });

  test.each([
    [
      "10.0.0",
      '"10.0.0" is not an IPv4 address: it has 3 parts, an address has four; for the network write 10.0.0.0/24',
    ],
    ["host", '"host" is not an address, network or range'],
    ["10.0.0.0/40", '"10.0.0.0/40" is not a network: the prefix length is 40, an IPv4 network has 0 to 32'],
    [
      "fe80::1%eth0",
      '"fe80::1%eth0" names a zone (%eth0), which stored addresses do not have; write fe80::1',
    ],
  ])("refuses %j with a reason", (text, reason) => {
    expect(parseIpNet(text)).toBeNull();
    expect(ipNetProblem(text)).toBe(reason);
  });

  test("takes whatever parseIpRange takes, and never throws", () => {
    fc.assert(fc.property(ipRange(), (range) => parseIpNet(formatIpRange(range)) !== null));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from("0123456789abf:./-% x")) }), (text) => {
        if (parseIpNet(text) === null) expect(ipNetProblem(text)).not.toBe("");
      }),
    );
  });
});

describe("the algebra of ranges", () => {
  const addresses = (range: IpRange): bigint[] => {
    const all: bigint[] = [];
    for (let address = range.first; address <= range.last; address++) all.push(address);
    return all;
  };
  const union = (ranges: readonly IpRange[]): Set<string> =>
    new Set(ranges.flatMap((range) => addresses(range).map((address) => `${range.family} ${address}`)));

  test("mergeRanges keeps the addresses and leaves gaps between its ranges", () => {
    fc.assert(
      fc.property(fc.array(smallRange(), { maxLength: 12 }), (ranges) => {
        const merged = mergeRanges(ranges);
        expect(union(merged)).toEqual(union(ranges));
        for (const [index, range] of merged.entries()) {
          const next = merged[index + 1];
          if (next?.family === range.family) expect(next.first).toBeGreaterThan(range.last + 1n);
        }
      }),
    );
  });

  test("contains, overlaps and compare say what sets of addresses say", () => {
    fc.assert(
      fc.property(smallRange(), smallRange(), (a, b) => {
        const [left, right] = [union([a]), union([b])];
        const shared = [...left].filter((address) => right.has(address)).length;
        expect(rangesOverlap(a, b)).toBe(shared > 0);
        expect(rangeContains(a, b)).toBe(shared === right.size);
        expect(rangesEqual(a, b)).toBe(compareRanges(a, b) === 0);
        expect(Math.sign(compareRanges(a, b))).toBe(-Math.sign(compareRanges(b, a)) + 0);
      }),
    );
  });

  test("splitCidrs without a cap is exact and minimal", () => {
    fc.assert(
      fc.property(ipRange(), (range) => {
        const parts = splitCidrs(range).map(cidrRange);
        expect(parts.every(isCidr)).toBe(true);
        expect(mergeRanges(parts)).toEqual([range]);
        expect(parts.length === 1).toBe(isCidr(range));
      }),
    );
  });

  test("splitCidrs with a cap covers the range with no more networks", () => {
    fc.assert(
      fc.property(ipRange(), fc.integer({ min: 1, max: 12 }), (range, cap) => {
        const parts = splitCidrs(range, cap);
        expect(parts.length).toBeLessThanOrEqual(cap);
        expect(mergeRanges(parts.map(cidrRange)).some((part) => rangeContains(part, range))).toBe(true);
      }),
    );
  });

  test("prefixLength", () => {
    expect(prefixLength(parseIpRange("10.0.0.0/8"))).toBe(8);
    expect(prefixLength(parseIpRange("10.0.0.1"))).toBe(32);
    expect(prefixLength(parseIpRange("10.0.0.1-10.0.0.2"))).toBeNull();
    expect(prefixLength(wholeFamily(6))).toBe(0);
  });
});
