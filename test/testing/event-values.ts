/** Arbitrary JSON values of event fields: as they should be, as careless senders write them, and as nobody should. */
import fc from "fast-check";
import { addressForm, columnTypeOf, integerRange } from "../../compiler/catalogue/column-types.js";
import { enumerationOf, indexCatalogue } from "../../compiler/catalogue/lookup.js";
import type { Catalogue, StoredField } from "../../compiler/catalogue/model.js";
import {
  formatIpRange,
  isCidr,
  parseIpRange,
  type IpFamily,
  type IpRange,
} from "../../compiler/values/ip-range.js";
import { formatMicros } from "../../compiler/values/time.js";
import { ipRanges } from "./ip-ranges.js";
import {
  POOL_DURATIONS,
  POOL_FLOATS,
  POOL_INSTANTS,
  POOL_INTEGERS,
  POOL_LARGE_INTEGERS,
  POOL_NAMES,
  POOL_UUIDS,
  POOL_WORDS,
  UNKNOWN_WORDS,
} from "./pool.js";
import { anyTexts, readableTexts } from "./characters.js";

/** A JSON value of the field that can be stored as it is. `path` is one of the field's paths. */
export function tidyValue(field: StoredField, path: string, catalogue: Catalogue): fc.Arbitrary<unknown> {
  switch (field.type) {
    case "ip":
      return rangesOf(field, path).map(formatIpRange);
    case "integer":
      return integers(field);
    case "float":
      return fc.oneof(fc.constantFrom(...POOL_FLOATS), fc.double({ noNaN: true, noDefaultInfinity: true }));
    case "boolean":
      return fc.boolean();
    case "time":
      return instants.map(formatMicros);
    case "duration":
      return fc.constantFrom(...POOL_DURATIONS).map((micros) => Number(micros) / 1e6);
    case "id":
      if (field.columnType === "uuid") return uuids;
      return fc.oneof(
        fc.uuid(),
        fc.nat({ max: 9999 }).map((number) => `event-${number}`),
      );
    case "text":
      return field.columnType === "uuid" ? uuids : textsOf(field);
    case "enum":
    case "ordered":
    case "hierarchy":
      return words(field, catalogue);
  }
}

const uuids: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...POOL_UUIDS) },
  fc.uuid(),
);

/** Ranges that the field's column holds. */
function rangesOf(field: StoredField, path: string): fc.Arbitrary<IpRange> {
  const { kind, family } = addressForm(columnTypeOf(field));
  const drawn = ipRanges({
    family: familyOf(field, path) ?? family ?? undefined,
    single: kind === "single",
  });
  const ranges = family === 6 ? drawn.filter(isIpv6) : drawn;
  if (kind !== "network") return ranges;
  return ranges.map((range) => (isCidr(range) ? range : { ...range, last: range.first }));
}

/** A column of IPv6 holds no IPv4-mapped address, which is one of IPv4. */
const isIpv6 = (range: IpRange): boolean => parseIpRange(formatIpRange(range)).family === 6;

/** Where a field has a path for each family, as IDEA's IP4 and IP6, the last digit shows which. */
function familyOf(field: StoredField, path: string): IpFamily | undefined {
  if (field.paths.length < 2) return undefined;
  return path.endsWith("6") ? 6 : path.endsWith("4") ? 4 : undefined;
}

/** Where the range goes beyond 2^53 also doubles of that size, as `JSON.parse` makes them. */
function integers(field: StoredField): fc.Arbitrary<number> {
  const [low, greatest] = integerRange(field) ?? [0, Number.MAX_SAFE_INTEGER];
  const high = typeof greatest === "number" ? greatest : Number.MAX_SAFE_INTEGER;
  const pool = [...POOL_INTEGERS, ...POOL_LARGE_INTEGERS, low, high].filter(
    (number) => number >= low && number <= greatest,
  );
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...pool) },
    fc.maxSafeInteger().map((number) => low + (Math.abs(number) % (high - low + 1))),
  );
}

/** Instants of the pool and the microseconds beside them. */
export const instants: fc.Arbitrary<bigint> = fc
  .tuple(fc.constantFrom(...POOL_INSTANTS), fc.constantFrom(0n, 0n, 1n, -1n, 500_000n, 60_000_000n))
  .map(([instant, step]) => instant + step);

/** Texts of the pool, two of them together, or anything that PostgreSQL stores unchanged. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...POOL_WORDS) },
  fc.tuple(fc.constantFrom(...POOL_WORDS), fc.constantFrom(...POOL_WORDS)).map((pair) => pair.join("")),
  readableTexts({ maxLength: 8 }),
);

/** Names that the field is normalised for, among other texts. */
function textsOf({ normalise }: StoredField): fc.Arbitrary<string> {
  const names = normalise === undefined ? undefined : POOL_NAMES[normalise];
  return names === undefined ? texts : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...names) }, texts);
}

/** Words of the field's enumeration; where it is open also others, above and below the known ones, and where it keeps them some unknown. */
function words(field: StoredField, catalogue: Catalogue): fc.Arbitrary<string> {
  const enumeration = enumerationOf(indexCatalogue(catalogue), field);
  const values = enumeration?.values ?? [];
  if (enumeration?.open === false)
    return fc.constantFrom(...values, ...(enumeration.keepsUnknown === true ? UNKNOWN_WORDS : []));
  const known = fc.constantFrom(...values.slice(0, 12), ...POOL_WORDS.filter((word) => word.trim() !== ""));
  return fc.oneof(
    known,
    known.map((word) => `${word}.x`),
    known.map((word) => `${word}x`),
  );
}

/** A value that the mapping has to mend, to take apart or to leave out. */
export function untidyValue(field: StoredField, path: string, catalogue: Catalogue): fc.Arbitrary<unknown> {
  const tidy = tidyValue(field, path, catalogue);
  return fc.oneof(
    { weight: 4, arbitrary: tidy },
    { weight: 2, arbitrary: fc.constantFrom(...CARELESS[field.type]) },
    {
      weight: 2,
      arbitrary: tidy.map((value) => (typeof value === "string" ? swapCase(value) : String(value))),
    },
    tidy.map((value) => ` ${String(value)} `),
    tidy.map((value) => [value, [value]]),
    fc.constantFrom<unknown>(null, {}, [], [[]], true, 1.5, -1, "", { a: 1 }, "none"),
  );
}

const CARELESS: Readonly<Record<StoredField["type"], readonly unknown[]>> = {
  ip: [
    "10.0.0.5/8",
    "10.0.0.9..10.0.0.12",
    "10.0.0.9 - 10.0.0.1",
    "10.0.0.300",
    "010.0.0.1",
    "2001:DB8::1",
    "2001:db8::1/64",
    "10.0.0.0/08",
    "::ffff:10.0.0.1/120",
    "fe80::1%eth0",
    "-",
  ],
  integer: ["22", " 80 ", 22.5, -1, 65536, "0x16", 1e300, "", "22-80"],
  float: ["0.5", "1e3", " 0.25 ", "NaN", "0,5"],
  boolean: ["true", "false", "TRUE", 0, 1],
  time: [
    "2024-05-01 08:00:00",
    "2024-05-01T08:00:00+02:00",
    "2024-05-01T08:00:00.1234567Z",
    "2024-05-01T24:00:00Z",
    "2024-05-01T08:00:60Z",
    1714550400,
    "1714550400.5",
    "2024-13-01T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z",
  ],
  duration: ["00:01:30", "1D09:00:00", "1:00:00.5", -1, "x"],
  id: [7, "x y"],
  text: [0, 1e21, "\u00e9", "e\u0301"],
  enum: ["tlp:red", "TLP: AMBER", "TCP", "Honeypot "],
  ordered: ["HIGH", "unknown", "High"],
  hierarchy: ["recon.scanning", "Recon.", ".Recon", "Recon.Scanning.Slow", "Reconnaissance"],
};

function swapCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

/** A value that is meant to break something: signs that PostgreSQL cannot store, SQL, numbers beyond all types, deep lists. */
export function hostileValue(field: StoredField, path: string, catalogue: Catalogue): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 4, arbitrary: untidyValue(field, path, catalogue) },
    fc.constantFrom<unknown>(...HOSTILE),
    anyTexts({ maxLength: 12 }),
    fc
      .tuple(
        fc.constantFrom(...POOL_WORDS),
        fc.constantFrom("\u0000", "\ud800", "\udc00", "\\", "%", "'", '"', "}", ","),
      )
      .map((parts) => parts.join("")),
    fc.jsonValue({ maxDepth: 3 }),
  );
}

const HOSTILE: readonly unknown[] = [
  "'); drop table events; --",
  "$1",
  "{NULL}",
  "\\N",
  "%_\\",
  "\u0000",
  "\ud83d",
  "x".repeat(3000),
  "ß".repeat(1000),
  -0,
  5e-324,
  1.7976931348623157e308,
  9007199254740993,
  2 ** 31,
  2 ** 32,
  -(2 ** 63),
  [[[[[[[[[["deep"]]]]]]]]]],
  { toString: 1, constructor: 2, ["__proto__"]: 3 },
];
