/** node:test: a package with a table of its own holds it against the filter language with nothing but `idea-eventstore` and its testing entry. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { compileFilter, eventToRow, openStorage, searchedColumns } from "idea-eventstore";
import {
  catalogueEvents,
  expectAgreement,
  filterCalls,
  filters,
  POOL_NOW,
  referenceMatch,
  storeModel,
  testDatabase,
  type TestDatabase,
} from "idea-eventstore/testing";
import pg from "pg";
import { FIREWALL } from "./firewall.js";

const options = { catalogue: FIREWALL };
const now = POOL_NOW;
const sample = fc.sample(fc.oneof(catalogueEvents(FIREWALL), catalogueEvents(FIREWALL, { kind: "untidy" })), {
  numRuns: 80,
  seed: 17,
});
const records = [...new Map(sample.map((record) => [record["line"], record])).values()];

let database: TestDatabase;
let client: pg.Client;

before(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
  const columns = searchedColumns(FIREWALL);
  await client.query(
    `create table firewall_log (${columns.map(({ name, pgType }) => `${name} ${pgType}`).join(", ")})`,
  );
  const places = columns.map(({ pgType }, position) => `$${position + 1}::${pgType}`);
  for (const record of records) {
    const row = eventToRow(record, FIREWALL);
    await client.query(
      `insert into firewall_log values (${places.join(", ")})`,
      columns.map(({ name }) => row[name]),
    );
  }
});

after(async () => {
  await client.end();
  await database.dispose();
});

test("filters over the table match in memory as the reference says", () => {
  fc.assert(
    fc.property(filters(FIREWALL), fc.constantFrom(...records), (filter, record) => {
      const matches = compileFilter(filter, options).matches(record, {}, { now });
      assert.equal(matches, referenceMatch(filter, record, { ...options, now }), filter);
    }),
    { numRuns: 300 },
  );
});

test("filters over the table find what the reference says", async () => {
  await fc.assert(
    fc.asyncProperty(filterCalls(FIREWALL), async ({ filter, args }) => {
      const { text, values } = compileFilter(filter, options).sql(args, { now });
      const { rows } = await client.query<{ line: string }>(
        `select line from firewall_log where ${text} order by line collate "C"`,
        values,
      );
      const expected = records.filter((record) => referenceMatch(filter, record, { ...options, args, now }));
      assert.deepEqual(
        rows.map(({ line }) => line),
        expected.map((record) => String(record["line"])).sort(),
      );
    }),
    { numRuns: 200 },
  );
});

test("PostgreSQL, matches and the reference agree about a filter of one's own", () =>
  expectAgreement("action = drop and src in 10.0.0.0/8 or count(ports) > 1", records, {
    ...options,
    database,
  }));

test("a store of events does what its model says", async () => {
  const storage = await openStorage({ connectionString: database.connectionString });
  try {
    await storage.databaseCreate();
    await fc.assert(
      fc.asyncProperty(fc.commands([...storeModel()], { maxCommands: 8 }), async (script) => {
        await storage.deleteEvents({ all: true });
        await fc.asyncModelRun(() => ({ model: new Map(), real: storage }), script);
      }),
      { numRuns: 3 },
    );
  } finally {
    await storage.close();
  }
});
