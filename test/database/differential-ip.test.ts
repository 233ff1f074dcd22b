/** Texts and relations of address ranges: our codec against PostgreSQL's type, ip4r's own and the compatibility schema's. */
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  formatIpRange,
  isCidr,
  rangeContains,
  rangesEqual,
  rangesOverlap,
  tryParseIpRange,
} from "../../compiler/values/ip-range.js";
import { FIXED_SEED } from "../support/seed.js";
import { describeEngines, withDatabase, type TestDatabase } from "../support/database.js";
import { ipRanges } from "../testing/index.js";

const SEED = Number(process.env["DIFFERENTIAL_SEED"] ?? FIXED_SEED ?? Date.now() % 2 ** 31);

/** Texts near the border of what is an address: edited ranges, parts of addresses in any order. */
const texts: fc.Arbitrary<string> = fc.oneof(
  ipRanges().map(formatIpRange),
  fc
    .tuple(
      ipRanges().map(formatIpRange),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(2),
      fc.constantFrom("", "0", "1", ".", ":", "-", "/", "::", " ", "g", "256", "F"),
    )
    .map(([text, at, dropped, put]) => {
      const start = Math.floor(at * text.length);
      return text.slice(0, start) + put + text.slice(start + dropped);
    }),
  fc
    .array(
      fc.constantFrom(
        "0",
        "10",
        "255",
        "256",
        "00",
        "01",
        ".",
        ":",
        "::",
        "/",
        "/8",
        "/128",
        "-",
        "ffff",
        "A",
        "12345",
        "1.2.3.4",
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
  fc
    .tuple(ipRanges({ single: true }), ipRanges({ single: true }))
    .map((ends) => ends.map(formatIpRange).join("-")),
);

/** What ip4r takes and we do not: every address of both families, and prefix lengths with leading zeros. */
const isDocumented = (text: string): boolean => text === "-" || /\/0\d/.test(text);

describeEngines(`address ranges (seed ${SEED})`, (engine) => {
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await withDatabase(engine);
    client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    await client.query(
      `create function pg_temp.read(t text) returns text language plpgsql as
       $$ begin return text(t::iprange); exception when invalid_parameter_value or invalid_text_representation then return null; end $$`,
    );
  });
  afterAll(async () => {
    await client.end();
    await database.dispose();
  });

  it("a text is a range for both or for neither, and prints the same", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 200, size: "max" }), async (batch) => {
        const { rows } = await client.query<{ text: string; printed: string | null }>(
          `select t as text, pg_temp.read(t) as printed from unnest($1::text[]) as t`,
          [batch],
        );
        for (const { text, printed } of rows) {
          if (isDocumented(text)) continue;
          const range = tryParseIpRange(text);
          expect(range && formatIpRange(range), JSON.stringify(text)).toBe(printed);
        }
      }),
      // A colon before the prefix, which inet takes, once got past the compatibility schema.
      { seed: SEED, numRuns: 40, examples: [[["::0:/8", "::1:/128"]]] },
    );
  });

  it("ranges are related for both alike", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(ipRanges(), ipRanges()), { minLength: 1, maxLength: 200, size: "max" }),
        async (pairs) => {
          const { rows } = await client.query<
            Record<"inside" | "overlaps" | "covers" | "equal" | "cidr", boolean>
          >(
            `select a <<= b as inside, a && b as overlaps, a >>= b as covers, a = b as equal, is_cidr(a) as cidr
           from unnest($1::iprange[], $2::iprange[]) with ordinality as p(a, b, n) order by n`,
            [pairs.map(([a]) => formatIpRange(a)), pairs.map(([, b]) => formatIpRange(b))],
          );
          expect(rows).toEqual(
            pairs.map(([a, b]) => ({
              inside: rangeContains(b, a),
              overlaps: rangesOverlap(a, b),
              covers: rangeContains(a, b),
              equal: rangesEqual(a, b),
              cidr: isCidr(a),
            })),
          );
        },
      ),
      { seed: SEED, numRuns: 40 },
    );
  });
});
