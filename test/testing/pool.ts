/**
 * The few values that generated events and generated filters share, so that filters match often, and the values on which
 * implementations disagree: ends of ranges, signs that mean something to LIKE or to a regular expression, letters whose other case
 * depends on the locale, the microseconds around midnight.
 */
import type { WordNormalisation } from "../../compiler/values/normalise.js";
import { parseIpRange, type IpRange } from "../../compiler/values/ip-range.js";

/** The reading of the clock that relative times of generated filters are drawn for; pass it as `now`. */
export const POOL_NOW = new Date("2024-05-02T12:00:00.123Z");

/** Nested, adjacent, overlapping and extreme ranges of both families. */
export const POOL_RANGES: readonly IpRange[] = [
  "10.0.0.1",
  "10.0.0.0/8",
  "10.0.0.0/30",
  "10.0.0.4/30",
  "10.0.0.2-10.0.0.5",
  "10.0.0.0/31",
  "192.0.2.0/24",
  "192.0.2.10-192.0.2.20",
  "192.0.2.255",
  "192.0.3.0",
  "127.0.0.1",
  "0.0.0.0",
  "255.255.255.255",
  "0.0.0.0/0",
  "2001:db8::1",
  "2001:db8::/32",
  "2001:db8::/126",
  "2001:db8::4/126",
  "2001:db8::2-2001:db8::5",
  "::1",
  "::",
  "::ffff:10.0.0.1",
  "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  "::/0",
].map(parseIpRange);

/** Words of texts; some differ in case only, some hold wildcards, quotes, blanks, signs of several code units. */
export const POOL_WORDS: readonly string[] = [
  "ssh",
  "SSH",
  "a",
  "ab",
  "login",
  "SSH login from 10",
  "cz.cesnet.hugo",
  "cz.cesnet.nemea",
  "100%",
  "a_b",
  "a\\b",
  'it\'s "quoted"',
  "*",
  "{a,b}",
  "NULL",
  "",
  " ",
  "Ärger",
  "ärger",
  "straße",
  "\u212a",
  "k",
  "\u0130",
  "ſ",
  "😀",
  "two\nlines",
  "\ufffd",
];

/** Names in several spellings that mean the same, and such as are nearly names; by how the field's words are normalised. */
export const POOL_NAMES: Readonly<Partial<Record<WordNormalisation, readonly string[]>>> = {
  host: [
    ...["cz.cesnet.hugo", "CZ.Cesnet.Hugo", "cz.cesnet.hugo.", "CZ.CESNET.HUGO.", "cz.cesnet.nemea", "hugo"],
    ...[".", "..", "a..", "A.", "K\u212a.CZ"],
  ],
  mail: [
    ...[
      "user@example.org",
      "user@Example.ORG",
      "User@example.org",
      "user@example.org.",
      "a@b@C.d",
      "@X",
      "X",
    ],
    "user@",
  ],
  mac: [
    ...["00:1b:44:11:3a:b7", "00-1B-44-11-3A-B7", "001b.4411.3ab7", "001B44113AB7", "0:1b:44:11:3a:b7"],
    ...["001b44-113ab7", "00 1b 44 11 3a b7", " 00:1B:44:11:3A:B7", "00.1b.44.11.3a.b7", "00:1b:44:11:3a"],
    ...["02:00:5e:10:00:00:00:01", "0200.5E10.0000.0001", "00:1b-44:11-3a:b7", "00:1B:44:xx:3a:b7", "001b44"],
  ],
  lower: ["sha1:DEADbeef", "sha1:deadbeef", "SHA1:DEADBEEF", "Malware", "MALWARE"],
};

/** Identifiers of 128 bits; one is written in upper case. */
export const POOL_UUIDS: readonly string[] = [
  "59c85a23-11b6-4faf-9eff-55bfb5f7fda5",
  "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",
  "00000000-0000-0000-0000-000000000000",
];

/** Small numbers, ports, and the numbers beside them. */
export const POOL_INTEGERS: readonly number[] = [
  0, 1, 2, 3, 4, 6, 22, 23, 53, 80, 443, 1023, 1024, 49152, 65535,
];

/** Whole numbers beyond 2^53: of 64 bits, with a sign and without. */
export const POOL_LARGE_INTEGERS: readonly number[] = [2 ** 53, 2 ** 60, 2 ** 63, 2 ** 64];

/** Fractions that are exact in binary and such as are not. */
export const POOL_FLOATS: readonly number[] = [0, 0.5, 0.1, 0.30000000000000004, 1, 0.25, 1.5, 100];

/** Instants around the ends of seconds, days, months and years, in few days, as microseconds since 1970-01-01T00:00:00Z. */
export const POOL_INSTANTS: readonly bigint[] = [
  "2024-05-01T08:00:00.000Z",
  "2024-05-01T00:00:00.000Z",
  "2024-04-30T23:59:59.999Z",
  "2024-05-01T23:59:59.500Z",
  "2024-05-02T00:00:00.000Z",
  "2024-05-02T11:59:59.999Z",
  "2024-05-01T12:00:00.123Z",
  "2024-02-29T12:30:00.000Z",
  "2024-03-31T01:00:00.000Z",
  "2024-10-27T00:30:00.000Z",
  "2023-12-31T23:59:59.999Z",
  "2024-01-01T00:00:00.000Z",
  POOL_NOW.toISOString(),
].map((text) => BigInt(Date.parse(text)) * 1000n);

/** Lengths of time in microseconds. */
export const POOL_DURATIONS: readonly bigint[] = [
  0n,
  1_000n,
  1_000_000n,
  60_000_000n,
  90_000_000n,
  3_600_000_000n,
  86_400_000_000n,
];

/** Numbers of addresses that ranges of the pool cover, alone and together. */
export const POOL_SIZES: readonly bigint[] = [
  1n,
  2n,
  4n,
  6n,
  8n,
  256n,
  257n,
  2n ** 24n,
  2n ** 24n + 256n,
  2n ** 32n,
  2n ** 96n,
  2n ** 96n + 1n,
  2n ** 128n,
];

/** Words that an enumeration which keeps what it does not know may have. */
export const UNKNOWN_WORDS = ["REDDISH", "RED-ISH", "amber!"] as const;
