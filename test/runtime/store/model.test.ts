/**
 * Two stores of different catalogues in one database, with two clients each, against a plain model: whatever is done to them in whatever
 * order, every answer is the model's, and no store touches the other. A failure is shown as the shortest script. MODEL_RUNS sets the scripts.
 */
import fc from "fast-check";
import { afterAll, beforeAll, it } from "vitest";
import { describeEngines, withDatabase, type TestDatabase } from "../../support/database.js";
import { FIXED_SEED } from "../../support/seed.js";
import type { ColumnType } from "../../../compiler/catalogue/model.js";
import { openStorage } from "../../../runtime/store/index.js";
import { catalogues, storeModel } from "../../testing/index.js";
import { commands } from "./model-commands.js";
import { closeWorld, emptyModel, emptyWorld, openWorld, type Real } from "./model-world.js";

const RUNS = Number(process.env["MODEL_RUNS"] ?? (process.env["CI"] === "true" ? 16 : 8));
/** Random catalogues, each with as many scripts. */
const CATALOGUES = 3;
const SEED = Number(process.env["MODEL_SEED"] ?? FIXED_SEED ?? Date.now() % 2 ** 31);

describeEngines(`the store against a model (seed ${SEED})`, (engine) => {
  let database: TestDatabase;
  let real: Real;

  beforeAll(async () => {
    database = await withDatabase(engine);
    real = await openWorld(database.connectionString);
  });
  afterAll(async () => {
    await closeWorld(real);
    await database.dispose();
  });

  it("says what the model says", { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands([...commands], { maxCommands: 25, size: "max" }), async (script) => {
        await emptyWorld(real);
        await fc.asyncModelRun(() => ({ model: emptyModel(), real }), script);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it("says so of stores of any catalogue", { timeout: 600_000 }, async () => {
    const without: ColumnType[] = engine === "embedded" ? ["ip4", "ip6"] : [];
    for (const { catalogue } of fc.sample(catalogues({ layout: "store", without }), {
      seed: SEED,
      numRuns: CATALOGUES,
    })) {
      const storage = await openStorage({ connectionString: database.connectionString, catalogue });
      try {
        await storage.databaseCreate();
        await fc.assert(
          fc.asyncProperty(
            fc.commands([...storeModel({ catalogue })], { maxCommands: 12 }),
            async (script) => {
              await storage.deleteEvents({ all: true });
              await fc.asyncModelRun(() => ({ model: new Map(), real: storage }), script);
            },
          ),
          { seed: SEED, numRuns: RUNS },
        );
        await storage.databaseDrop();
      } finally {
        await storage.close();
      }
    }
  });
});
