import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isCidr, parseIpRange, rangesOverlap, wholeFamily } from "../../../compiler/values/ip-range.js";
import { eventTokens, queryTokens } from "../../../compiler/values/ip-tokens.js";
import { ipRange } from "./ip-arbitraries.js";

const shareToken = (stored: readonly number[], queried: readonly number[]): boolean => {
  const tokens = new Set(stored);
  return queried.some((token) => tokens.has(token));
};

describe("prefix tokens", () => {
  test("ranges that share an address share a token, whatever the caps", () => {
    const ranges = fc.array(ipRange(), { minLength: 1, maxLength: 3 });
    const cap = fc.constantFrom(1, 2, 8, undefined);
    fc.assert(
      fc.property(
        ranges,
        ranges,
        cap,
        fc.constantFrom(1, 40, 500, undefined),
        (stored, queried, eventCap, queryCap) => {
          fc.pre(stored.some((a) => queried.some((b) => rangesOverlap(a, b))));
          expect(shareToken(eventTokens(1, stored, eventCap), queryTokens(1, queried, queryCap))).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("sides, families and distant addresses are told apart", () => {
    const stored = eventTokens(1, [parseIpRange("192.0.2.7")]);
    expect(shareToken(stored, queryTokens(1, [parseIpRange("192.0.2.0/24")]))).toBe(true);
    expect(shareToken(stored, queryTokens(2, [parseIpRange("192.0.2.0/24")]))).toBe(false);
    expect(shareToken(stored, queryTokens(1, [parseIpRange("198.51.100.0/24")]))).toBe(false);
    expect(shareToken(stored, queryTokens(1, [parseIpRange("192.0.2.8")]))).toBe(false);
    expect(shareToken(stored, queryTokens(1, [wholeFamily(6)]))).toBe(false);
    expect(shareToken(stored, queryTokens(1, [wholeFamily(4)]))).toBe(true);
  });

  test("a host has its own token and one for each level", () => {
    expect(eventTokens(1, [parseIpRange("192.0.2.7")])).toHaveLength(4);
    expect(eventTokens(1, [parseIpRange("2001:db8::1")])).toHaveLength(5);
    expect(eventTokens(1, [parseIpRange("192.0.2.7"), parseIpRange("192.0.2.8")])).toHaveLength(5);
  });

  test.each([
    // Hosts of one /24 have the inner token of the /24 in common; a query for a part of it tells them apart all the same.
    ["192.0.2.0/28", "192.0.2.16", false],
    ["192.0.2.0/28", "192.0.2.15", true],
    // Between two levels the subnetworks of the finer one are asked for.
    ["192.0.0.0/22", "192.0.4.1", false],
    ["192.0.0.0/22", "192.0.3.0/25", true],
    ["192.0.0.0/22", "192.0.2.0/23", true],
    ["192.0.0.0/22", "192.0.0.0/14", true],
    // Too many of them: the network of the level above it stands for them.
    ["192.0.0.0/17", "192.0.200.1", true],
    ["2001:db8::/46", "2001:db8:4::1", false],
    ["2001:db8::/46", "2001:db8:3::1", true],
    ["0.0.0.0/1", "127.0.0.1", true],
    ["0.0.0.0/1", "128.0.0.1", false],
  ])("a query for %s asks for events of %s: %s", (queried, stored, shared) => {
    expect(shareToken(eventTokens(1, [parseIpRange(stored)]), queryTokens(1, [parseIpRange(queried)]))).toBe(
      shared,
    );
  });

  test("a query has few tokens, whatever its length", () => {
    fc.assert(
      fc.property(ipRange(), (range) => {
        fc.pre(isCidr(range));
        expect(queryTokens(1, [range]).length).toBeLessThan(600);
      }),
    );
  });

  test("tokens are signed 32-bit integers without repeats", () => {
    fc.assert(
      fc.property(fc.array(ipRange(), { maxLength: 4 }), (ranges) => {
        for (const tokens of [eventTokens(3, ranges), queryTokens(3, ranges)]) {
          expect(tokens.every((token) => token === (token | 0))).toBe(true);
          expect(new Set(tokens).size).toBe(tokens.length);
        }
      }),
    );
  });

  test("many addresses have the tokens of each of them, once", () => {
    fc.assert(
      fc.property(fc.array(ipRange(), { maxLength: 40 }), (ranges) => {
        const each = ranges.flatMap((range) => eventTokens(1, [range]));
        expect(eventTokens(1, ranges)).toEqual([...new Set(each)]);
      }),
    );
  });

  // Stored events keep their tokens: another hash would lose them.
  test.each([
    ["192.0.2.7", [792011442, -48596359, -863381435, 243334922]],
    ["10.0.0.0/8", [-995010294]],
    ["2001:db8::ff00:42:8329", [703867808, 330826396, 735658525, 1099917103, -1312332199]],
  ])("the tokens of %s stay what they are", (text, tokens) => {
    expect(eventTokens(1, [parseIpRange(text)])).toEqual(tokens);
  });

  test("a long list is asked for with coarser networks", () => {
    const hosts = Array.from({ length: 4_000 }, (_, index) =>
      parseIpRange(`10.${index >> 8}.${index & 255}.1`),
    );
    expect(queryTokens(1, hosts, 1_000).length).toBeLessThanOrEqual(1_000);
  });
});
