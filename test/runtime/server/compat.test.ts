import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeEngines, testEngines, withDatabase, type TestDatabase } from "../../support/database.js";
import { randomRangeTexts } from "../../support/range-texts.js";

describeEngines("address ranges", (engine) => {
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await withDatabase(engine);
    client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.dispose();
  });

  const one = async (sql: string, values: readonly unknown[] = []): Promise<unknown> =>
    Object.values((await client.query<Record<string, unknown>>(sql, [...values])).rows[0] ?? {})[0];

  it.each([
    ["10.0.0.0/8", "&&", "10.255.255.255-11.0.0.0", true],
    ["10.0.0.0/8", ">>=", "10.1.2.3", true],
    ["10.1.2.3", "<<=", "10.0.0.0/8", true],
    ["10.0.0.0/8", ">>", "10.0.0.0/8", false],
    ["10.0.0.0/9", "<<", "10.0.0.0/8", true],
    ["2001:db8::/32", ">>=", "10.0.0.1", false],
    ["2001:db8::-2001:db8::ff", "=", "2001:db8::/120", true],
    ["-", ">>=", "::1", true],
  ])("%s %s %s is %s", async (left, operator, right, expected) => {
    expect(await one(`SELECT $1::iprange ${operator} $2::iprange`, [left, right])).toBe(expected);
  });

  it("takes arrays of ranges as one parameter", async () => {
    const nets = ["192.0.2.0/24", "2001:db8::/32", "198.51.100.1-198.51.100.9"];
    expect(await one("SELECT '198.51.100.5'::iprange <<= ANY ($1::iprange[])", [nets])).toBe(true);
    expect(await one("SELECT $1::iprange[]::text", [nets])).toBe(
      "{192.0.2.0/24,2001:db8::/32,198.51.100.1-198.51.100.9}",
    );
  });

  it("prints ranges the same way in rows, arrays and JSON", async () => {
    expect(await one("SELECT $1::iprange", ["10.0.0.0-10.255.255.255"])).toBe("10.0.0.0/8");
    expect(await one("SELECT to_jsonb($1::iprange)", ["10.9.0.0-10.0.0.0"])).toBe("10.0.0.0-10.9.0.0");
    expect(await one("SELECT lower($1::iprange)::text", ["10.0.0.0/8"])).toMatch(/^10\.0\.0\.0(\/32)?$/);
  });

  it("refuses what is no range", async () => {
    for (const text of ["10.0.0.300", "10.0.0.1/8", "", "10.0.0.1-::1", "[10.0.0.1,10.0.0.2]"]) {
      await expect(one("SELECT $1::iprange", [text])).rejects.toMatchObject({ code: "22023" });
    }
  });

  it("copies ranges in, and finds them through a GiST index", async () => {
    await client.query("CREATE TABLE copied (net iprange NOT NULL, CHECK (net IS NOT NULL))");
    const lines = randomRangeTexts(5_000, 7).map((text) => `${text}\n`);
    await pipeline(Readable.from(lines), client.query(copyFrom("COPY copied (net) FROM STDIN")));
    await client.query("CREATE INDEX copied_net ON copied USING gist (net)");
    await client.query("ANALYZE copied");
    const query = "SELECT count(*)::int FROM copied WHERE net && $1::iprange";
    const scanned = await one(query.replace("net &&", "(CASE WHEN true THEN net END) &&"), ["10.0.0.0/8"]);
    await client.query("SET enable_seqscan = off");
    const plan = await client.query<Record<string, string>>(`EXPLAIN ${query.replace("$1", "'10.0.0.0/8'")}`);
    expect(JSON.stringify(plan.rows)).toContain("copied_net");
    expect(await one(query, ["10.0.0.0/8"])).toBe(scanned);
    await client.query("RESET enable_seqscan");
  });

  it("builds indexes whose expressions use the types, under the narrow search path of index builds", async () => {
    await client.query("CREATE TABLE indexed (net iprange)");
    await client.query("INSERT INTO indexed VALUES ('10.0.0.0/8'), ('::1')");
    await client.query("CREATE INDEX ON indexed (family(net), text(net))");
    await client.query("CREATE INDEX ON indexed USING gist (iprange_union(net, '10.0.0.0/8'))");
    await client.query("ANALYZE indexed");
    expect(await one("SELECT count(*)::int FROM indexed WHERE family(net) = 6")).toBe(1);
  });

  it("has trigram and composite indexes", async () => {
    await client.query("CREATE TABLE texts (kind text, words text[], body text)");
    await client.query("CREATE INDEX ON texts USING gin (body gin_trgm_ops)");
    await client.query("CREATE INDEX ON texts USING gin (kind, words)");
    expect(await one("SELECT lower('ŽLUŤ')")).toBe("žluť");
  });
});

describe.skipIf(testEngines().length < 2)("ip4r_compat against ip4r", () => {
  /** Every comparison of every pair, and what each range prints as, as one text per row. */
  const facts = `
    SELECT concat_ws(' ', a && b, a <<= b, a >>= b, a << b, a >> b, a = b, a <> b, a, lower(a), upper(a),
                     is_cidr(a), coalesce(family(a), 0), iprange_union(a, b), to_jsonb(b), ARRAY[a, b],
                     a <<= ANY (ARRAY[b, a]), a && ALL (ARRAY[a, b]),
                     CASE WHEN a::text <> '-' AND b::text <> '-' THEN concat(a < b, a <= b, a > b, a >= b) END) AS fact
    FROM unnest($1::iprange[], $2::iprange[]) WITH ORDINALITY AS pair (a, b, position) ORDER BY position`;

  it.each([1, 4242, 99_991])("agrees on random pairs (seed %i)", async (seed) => {
    const lefts = randomRangeTexts(3_000, seed);
    const rights = randomRangeTexts(3_000, seed + 1, lefts);
    const [reference, compat] = await Promise.all([ask("ip4r"), ask("embedded")]);
    expect(compat).toEqual(reference);

    async function ask(engine: "ip4r" | "embedded"): Promise<readonly string[]> {
      const database = await withDatabase(engine);
      const client = new pg.Client({ connectionString: database.connectionString });
      await client.connect();
      try {
        return (await client.query<{ fact: string }>(facts, [lefts, rights])).rows.map((row) => row.fact);
      } finally {
        await client.end();
        await database.dispose();
      }
    }
  });
});
