/** `sql(args, { alias })`: every column of the searched table is qualified, also within subqueries. */
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compileFilter } from "../../../compiler/compile.js";
import { openStorage } from "../../../runtime/store/open.js";
import { describeEngines, withDatabase, type TestDatabase } from "../../support/database.js";
import { filterCalls, POOL_NOW } from "../../testing/index.js";

it("comes before columns, their lists, tokens, counts and elements", () => {
  const { text } = compileFilter(
    'source.ip in [10.0.0.0/8, 2001:db8::/32] and all node.name like "cz.*" and source has (port = 22 and ip exists) and description contains "login"',
  ).sql({}, { alias: "e", firstParameter: 3 });
  const columns = text.match(/(?:\w+\.)?\b(?:source|node|ip|description)_?\w*\b(?=[^"]*)/g) ?? [];
  expect(columns.filter((column) => /^(source|node|ip|description)_/.test(column))).toEqual([]);
  expect(text).toContain("$3::");
  expect(text).not.toContain("$1");
});

it("is quoted where it is no plain name, and can't be empty", () => {
  const filter = compileFilter("severity exists");
  expect(filter.sql({}, { alias: "Order" }).text).toBe('"Order".severity is not null');
  expect(() => filter.sql({}, { alias: "" })).toThrow("the alias is empty");
});

describeEngines("filters in a join of the table with itself", (engine) => {
  let database: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await withDatabase(engine);
    const storage = await openStorage({ connectionString: database.connectionString });
    await storage.databaseCreate();
    await storage.close();
    client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.dispose();
  });

  it("leave no column ambiguous, whatever the alias", async () => {
    await fc.assert(
      fc.asyncProperty(
        filterCalls(),
        fc.constantFrom("e", "x", "w", "v", "first", "Left"),
        async ({ filter, args }, alias) => {
          const sql = compileFilter(filter).sql(args, { alias, firstParameter: 1, now: POOL_NOW });
          const name = `"${alias}"`;
          await client.query(
            `select 1 from events as ${name} join events as other on other.id = ${name}.id where ${sql.text}`,
            sql.values,
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
