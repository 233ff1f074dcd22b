/** Vitest: PostgreSQL, `matches` and the reference agree about filters over a table of one's own. With node:test: own-table-node.test.ts. */
import fc from "fast-check";
import {
  catalogueEvents,
  expectAgreement,
  filterCalls,
  testDatabase,
  type TestDatabase,
} from "idea-eventstore/testing";
import { afterAll, beforeAll, test } from "vitest";
import { FIREWALL } from "./firewall.js";

const events = fc.sample(catalogueEvents(FIREWALL), { numRuns: 40, seed: 17 });

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.dispose());

test("about a filter of one's own", { timeout: 60_000 }, () =>
  expectAgreement("action = drop and src in 10.0.0.0/8 or count(ports) > 1", events, {
    catalogue: FIREWALL,
    database,
  }),
);

test("about any filter that fits the table", { timeout: 60_000 }, () =>
  fc.assert(
    fc.asyncProperty(filterCalls(FIREWALL), ({ filter, args }) =>
      expectAgreement(filter, events, { catalogue: FIREWALL, database, args }),
    ),
    { numRuns: 10 },
  ),
);
