/**
 * The differential test over random catalogues: for tables of any columns, PostgreSQL, the compiled predicate and the reference evaluator say
 * the same of every event. CATALOGUE_CHECKS sets how many filters are held against events, for each engine: in CI two thousand together.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { compileFilter } from "../../compiler/compile.js";
import { describeEngines, withDatabase } from "../support/database.js";
import { FIXED_SEED } from "../support/seed.js";
import {
  catalogueEvents,
  catalogues,
  expectAgreement,
  filterCalls,
  POOL_NOW,
  referenceMatcher,
  type FilterCall,
} from "../testing/index.js";
import { openTable } from "../testing/temporary-table.js";

const CHECKS = Number(process.env["CATALOGUE_CHECKS"] ?? (process.env["CI"] === "true" ? 1_000 : 300));
const SEED = Number(process.env["DIFFERENTIAL_SEED"] ?? FIXED_SEED ?? Date.now() % 2 ** 31);
const FILTERS = 10;

interface World {
  readonly catalogue: Catalogue;
  readonly events: readonly unknown[];
  readonly calls: readonly FilterCall[];
}

describeEngines(`random catalogues (seed ${SEED})`, (engine) => {
  const worlds = catalogues({ without: engine === "embedded" ? ["ip4", "ip6"] : [] }).chain(({ catalogue }) =>
    fc.record({
      catalogue: fc.constant(catalogue),
      events: fc.array(fc.oneof(catalogueEvents(catalogue), catalogueEvents(catalogue, { kind: "untidy" })), {
        minLength: 1,
        maxLength: 12,
        size: "max",
      }),
      calls: fc.array(filterCalls(catalogue), { minLength: 1, maxLength: FILTERS, size: "max" }),
    }),
  );

  it("PostgreSQL, matches and the reference agree", { timeout: 600_000 }, async () => {
    const database = await withDatabase(engine);
    const check = async ({ catalogue, events, calls }: World): Promise<void> => {
      const table = await openTable(database.connectionString, catalogue);
      try {
        for (const { filter, args } of calls) {
          const compiled = compileFilter(filter, { catalogue });
          const found = await table.find(compiled.sql(args, { now: POOL_NOW }), events);
          const matches = compiled.matcher(args, { now: POOL_NOW });
          const reference = referenceMatcher(filter, { catalogue, args, now: POOL_NOW });
          if (
            !events.every(
              (event, row) => found.has(row) === reference(event) && matches(event) === reference(event),
            )
          )
            await expectAgreement(filter, events, { catalogue, args, database });
        }
      } finally {
        await table.close();
      }
    };
    let checks = 0;
    try {
      for (let round = 0; checks < CHECKS; round++)
        await fc.assert(
          fc.asyncProperty(worlds, async (world) => {
            checks += world.calls.length;
            await check(world);
          }),
          { seed: SEED + round, numRuns: 20 },
        );
    } finally {
      await database.dispose();
    }
    console.info(`filters over random catalogues on ${engine}: ${checks}`);
    expect(checks).toBeGreaterThanOrEqual(CHECKS);
  });
});
