/**
 * The differential test: PostgreSQL over the stored rows, the compiled predicate and the reference evaluator say the same of every
 * event, for filters and events of every kind. DIFFERENTIAL_CHECKS sets how many filters are held against a set of events. Both engines are asked
 * about the same filters and events, so that what takes longest, the evaluators, is done once.
 */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SortKey } from "../../runtime/store/types.js";
import { FIXED_SEED } from "../support/seed.js";
import { testEngines, withDatabase, type TestDatabase } from "../support/database.js";
import { filterCalls, ideaEvents, referenceMatcher, type FilterCall } from "../testing/index.js";
import {
  differences,
  openDifferentialStore,
  searchAllPages,
  showDifference,
  type DifferentialStore,
  type StoredEvent,
} from "./differential-store.js";

/** Filters held against events, on each engine: in CI some minutes' worth, elsewhere a sample of it. */
const CHECKS = Number(process.env["DIFFERENTIAL_CHECKS"] ?? (process.env["CI"] === "true" ? 20_000 : 3_000));
const SEED = Number(process.env["DIFFERENTIAL_SEED"] ?? FIXED_SEED ?? Date.now() % 2 ** 31);
const EVENT_SETS = 8;
const BATCH = 40;

/** Events of all kinds. */
const eventSet = fc
  .tuple(
    ...(["valid", "untidy", "hostile"] as const).map((kind) =>
      fc.array(ideaEvents({ kind }), { minLength: 15, maxLength: 15 }),
    ),
  )
  .map((sets) => sets.flat());

describe.skipIf(testEngines().length === 0)(`differential (${testEngines().join(", ")})`, () => {
  let databases: readonly TestDatabase[];
  let stores: readonly DifferentialStore[];

  beforeAll(async () => {
    databases = await Promise.all(testEngines().map(withDatabase));
    stores = await Promise.all(databases.map(openDifferentialStore));
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await Promise.all(databases.map((database) => database.dispose()));
  });

  for (let set = 0; set < EVENT_SETS; set++) {
    it(
      `PostgreSQL, matches and the reference agree (events ${set + 1} of ${EVENT_SETS}, seed ${SEED + set})`,
      { timeout: 600_000 },
      async () => {
        const [events = []] = fc.sample(eventSet, { numRuns: 1, seed: SEED + set });
        await Promise.all(stores.map((store) => store.load(events)));
        for (const store of stores) {
          expect(store.stored().length).toBeGreaterThan(30);
          expect(store.stored()).toEqual(stores[0]?.stored());
        }
        const batches = fc.array(filterCalls(), { minLength: 1, maxLength: BATCH, size: "max" });
        let checks = 0;
        for (let round = 0; checks < CHECKS / EVENT_SETS; round++)
          await fc.assert(
            fc.asyncProperty(batches, async (calls) => {
              checks += calls.length;
              const [first] = await differences(stores, calls);
              if (first !== undefined) throw new Error(showDifference(first));
            }),
            { seed: SEED + 1000 * set + round, numRuns: 25 },
          );
      },
    );
  }

  it(
    `all pages of a search are the events that match, in order (seed ${SEED})`,
    { timeout: 600_000 },
    async () => {
      const sorts: readonly SortKey[] = [
        "detect_time.desc",
        "detect_time.asc",
        "storage_time.desc",
        "storage_time.asc",
      ];
      await fc.assert(
        fc.asyncProperty(
          filterCalls(),
          fc.constantFrom(...sorts),
          fc.integer({ min: 1, max: 30 }),
          async (call, sort, limit) => {
            const isMatch = matching(call, stores[0]?.stored() ?? []);
            await Promise.all(
              stores.map(async (store) => {
                const found = await searchAllPages(store.storage, call, { sort, limit });
                const { rows } = await store.client.query<{ id: string }>(orderedIds(sort));
                expect(found, store.engine).toEqual(rows.map(({ id }) => id).filter(isMatch));
              }),
            );
          },
        ),
        { seed: SEED, numRuns: Math.ceil(CHECKS / 50) },
      );
    },
  );
});

/** Identifiers of all events in an order of searches; ties go by the bytes of the identifier in the same direction. */
function orderedIds(sort: SortKey): string {
  const [column = "", direction = ""] = sort.split(".");
  return `select id from events order by ${column} ${direction}, id collate "C" ${direction}`;
}

function matching({ filter, args }: FilterCall, stored: readonly StoredEvent[]): (id: string) => boolean {
  const reference = referenceMatcher(filter, { args });
  const ids = new Set(stored.filter(({ event }) => reference(event)).map(({ id }) => id));
  return (id) => ids.has(id);
}
