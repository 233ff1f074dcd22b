import fc from "fast-check";
import { IPv4, IPv6 } from "ip-num";
import { describe, expect, test } from "vitest";
import { readIpLiteral, readIpRangeEnds } from "../../../compiler/literals/ip.js";
import { formatAddress, readAddress } from "../../../compiler/values/ip-address.js";
import { formatIpRange, tryParseIpRange } from "../../../compiler/values/ip-range.js";
import { ipRange } from "../values/ip-arbitraries.js";

/** Code, marked part, message, texts of the fixes. */
const REFUSED: readonly (readonly [string, string, string, string, ...string[]])[] = [
  [
    "10.0.0.300",
    "E201",
    "300",
    '"10.0.0.300" is not an IPv4 address: the last part is 300, the largest allowed is 255',
  ],
  [
    "256.0.0.1",
    "E201",
    "256",
    '"256.0.0.1" is not an IPv4 address: the first part is 256, the largest allowed is 255',
  ],
  [
    "::1.2.3.400",
    "E201",
    "400",
    '"1.2.3.400" is not an IPv4 address: the last part is 400, the largest allowed is 255',
  ],
  [
    "10.0.0.1/8",
    "E202",
    "10.0.0.1/8",
    "10.0.0.1/8 has address bits beyond the /8 prefix; write 10.0.0.0/8 for the network, or 10.0.0.1 for the host",
    "10.0.0.0/8",
    "10.0.0.1",
  ],
  [
    "10.0.0.0/33",
    "E203",
    "/33",
    '"10.0.0.0/33" is not a network: the prefix length is 33, an IPv4 network has 0 to 32',
  ],
  [
    "::/129",
    "E203",
    "/129",
    '"::/129" is not a network: the prefix length is 129, an IPv6 network has 0 to 128',
  ],
  [
    "10.0.0.0/",
    "E203",
    "/",
    '"10.0.0.0/" is not a network: nothing comes after the slash, an IPv4 network has 0 to 32',
  ],
  [
    "10.0.0.0/255.0.0.0",
    "E203",
    "/255.0.0.0",
    '"10.0.0.0/255.0.0.0" is not a network: write the netmask 255.0.0.0 as a prefix length: 10.0.0.0/8',
    "10.0.0.0/8",
  ],
  ["10.0.0.1-::1", "E204", "10.0.0.1-::1", '"10.0.0.1-::1" is not a range: one end is IPv4, the other IPv6'],
  [
    "fe80::1%eth0",
    "E205",
    "%eth0",
    '"fe80::1%eth0" names a zone (%eth0), which stored addresses do not have; write fe80::1',
    "fe80::1",
  ],
  [
    "10.0.0.9-10.0.0.1",
    "E206",
    "10.0.0.9-10.0.0.1",
    "10.0.0.9-10.0.0.1 runs backwards; write 10.0.0.1-10.0.0.9",
    "10.0.0.1-10.0.0.9",
  ],
  [
    "010.0.0.1",
    "E207",
    "010",
    '"010.0.0.1" is not an IPv4 address: the first part has a leading zero, which some programs read as octal; write 10.0.0.1',
    "10.0.0.1",
  ],
  [
    "10.0.0",
    "E208",
    "10.0.0",
    '"10.0.0" is not an IPv4 address: it has 3 parts, an address has four; for the network write 10.0.0.0/24',
    "10.0.0.0/24",
  ],
  [
    "10/8",
    "E208",
    "10/8",
    '"10/8" is not a network: an address has four parts; write 10.0.0.0/8',
    "10.0.0.0/8",
  ],
  ["10..0.1", "E208", "..", '"10..0.1" is not an IPv4 address: the second part is empty'],
  [
    "10.0.0.1-20",
    "E208",
    "10.0.0.1-20",
    "write both ends of a range in full: 10.0.0.1-10.0.0.20",
    "10.0.0.1-10.0.0.20",
  ],
  [
    "12345::",
    "E209",
    "12345",
    '"12345::" is not an IPv6 address: the group "12345" has 5 digits, at most four are allowed',
  ],
  [
    "1::2::3",
    "E209",
    "::",
    '"1::2::3" is not an IPv6 address: "::" occurs twice, which leaves the number of zeros open',
  ],
  [
    "2001:db8",
    "E209",
    "2001:db8",
    '"2001:db8" is not an IPv6 address: it has 2 groups, an address has eight; write 2001:db8::/32 for the network',
    "2001:db8::/32",
  ],
  [
    "1:2:3:",
    "E209",
    ":",
    '"1:2:3:" is not an IPv6 address: it ends with a single colon; for the network write "::" and a prefix length',
  ],
  ["10.0.*.*", "E211", "10.0.*.*", "addresses have no wildcards; write 10.0.0.0/16", "10.0.0.0/16"],
  [
    "192.0.2.1:80",
    "E211",
    "192.0.2.1:80",
    '"192.0.2.1:80" is written as in a URL; write the address alone: 192.0.2.1',
    "192.0.2.1",
  ],
  ["http", "E301", "http", 'source.ip is an address, network or range, "http" is text'],
];

describe("readIpLiteral", () => {
  test.each(REFUSED)("refuses %s with %s at %j", (text, code, marked, message, ...fixes) => {
    const read = readIpLiteral(text, "source.ip");
    expect(read).toMatchObject({ kind: "problem", problem: { code, message } });
    if (read.kind !== "problem") return;
    expect(text.slice(read.problem.start, read.problem.end)).toBe(marked);
    expect(read.problem.fixes.map((fix) => fix.text)).toEqual(fixes);
  });

  test("reads with ip-num what the codec reads by hand", () => {
    fc.assert(
      fc.property(ipRange(), (range) => {
        expect(readIpLiteral(formatIpRange(range), "source.ip")).toEqual({ kind: "value", value: range });
      }),
    );
  });

  test("the codec reads an address as ip-num does, however it is written", () => {
    const group = fc.integer({ min: 0, max: 0xffff }).chain((value) => {
      const text = value.toString(16);
      return fc.constantFrom(text, text.toUpperCase(), text.padStart(4, "0"));
    });
    const groups = fc.tuple(fc.array(group, { minLength: 8, maxLength: 8 }), fc.nat(7), fc.nat(7));
    fc.assert(
      fc.property(groups, ([all, from, length]) => {
        const to = Math.min(8, from + length);
        const text =
          length === 0 ? all.join(":") : `${all.slice(0, from).join(":")}::${all.slice(to).join(":")}`;
        expect(readAddress(text, 0, text.length)?.value).toBe(IPv6.fromString(text).getValue());
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => {
        const text = formatAddress(4, BigInt(value));
        expect(IPv4.fromString(text).getValue()).toBe(BigInt(value));
        expect(readAddress(text, 0, text.length)?.value).toBe(BigInt(value));
      }),
    );
  });

  test("whatever is written, the problem lies inside the text and its fixes can be read", () => {
    const unit = fc.constantFrom(...Array.from("0123456789abf:./-% *x[]"), "::", "255", "10.0.0.0");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 24 }), (text) => {
        const read = readIpLiteral(text, "source.ip");
        if (read.kind === "value") return;
        const { start, end, fixes } = read.problem;
        expect(0 <= start && start <= end && end <= text.length).toBe(true);
        for (const fix of fixes) expect(tryParseIpRange(fix.text), fix.text).not.toBeNull();
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("readIpRangeEnds", () => {
  test.each([
    ["10.0.0.1", "10.0.0.9", false, "10.0.0.1-10.0.0.9"],
    ["10.0.0.0", "10.0.1.0", true, "10.0.0.0/24"],
    ["10.0.0.0/24", "10.0.1.0/24", false, "10.0.0.0/23"],
    ["10.0.0.0/24", "10.0.1.0/24", true, "10.0.0.0/24"],
    ["224.0.0.0", null, false, "224.0.0.0/3"],
    [null, "::ffff", false, "::/112"],
  ])("%s..%s (exclusive: %s a… %s)", (low, high, exclusive, printed) => {
    const read = readIpRangeEnds(low, high, exclusive);
    expect(read.kind === "value" && formatIpRange(read.value)).toBe(printed);
  });

  test.each([
    ["10.0.0.9", "10.0.0.1", false, "E206", "10.0.0.9..10.0.0.1 runs backwards; write 10.0.0.1..10.0.0.9"],
    ["10.0.0.9", "::1", false, "E204", '"10.0.0.9..::1" is not a range: one end is IPv4, the other IPv6'],
    ["10.0.0.1", "10.0.0.1", true, "E206", "10.0.0.1..<10.0.0.1 is empty: no address lies before 10.0.0.1"],
    [null, "0.0.0.0", true, "E206", "..<0.0.0.0 is empty: no address lies before 0.0.0.0"],
  ])("refuses %s..%s", (low, high, exclusive, code, message) => {
    expect(readIpRangeEnds(low, high, exclusive)).toMatchObject({
      kind: "problem",
      problem: { code, message },
    });
  });
});
