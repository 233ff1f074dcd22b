/**
 * Pivot: an event that is stored, a filter that is true for it by construction, and every way to find it: whatever the state of the store
 * and whatever the planner is allowed, the event is found. PIVOTS sets how many filters are tried in each state, each by three of the ways.
 */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import { dateToMicros, parseEventTime } from "../../compiler/values/time.js";
import { openStorage, type EventStorage } from "../../runtime/store/index.js";
import type { CatalogueNames } from "../../runtime/client.js";
import { describeEngines, withDatabase, type TestDatabase } from "../support/database.js";
import { FIXED_SEED } from "../support/seed.js";
import { fieldValues, trueFilters } from "../support/true-filters.js";
import { ideaEvents, POOL_NOW, referenceMatch, type JsonEvent } from "../testing/index.js";
import { idOf, searchAllPages } from "./differential-store.js";

type Store = EventStorage<CatalogueNames>;

const PIVOTS = Number(process.env["PIVOTS"] ?? 5);
const SEED = Number(process.env["PIVOT_SEED"] ?? FIXED_SEED ?? Date.now() % 2 ** 31);

/** Server settings of the sessions that search. */
const SESSIONS = {
  "as usual": "",
  "custom plans": "-c plan_cache_mode=force_custom_plan",
  "generic plans": "-c plan_cache_mode=force_generic_plan",
  "no indexes": "-c enable_indexscan=off -c enable_indexonlyscan=off -c enable_bitmapscan=off",
  "indexes alone": "-c enable_seqscan=off -c plan_cache_mode=force_generic_plan",
} as const;

/** More days than a recent scan reads of a store that was never analysed, all after the days of the other events. */
const LATER_DAYS = 15;
const later: readonly JsonEvent[] = Array.from({ length: LATER_DAYS }, (_, day) => ({
  Format: "IDEA0",
  ID: `later-${day}`,
  DetectTime: new Date(Date.parse("2024-11-01T00:00:00Z") + day * 86_400_000).toISOString(),
  Category: ["Test"],
}));

const drawn = fc.sample(fc.oneof(ideaEvents(), ideaEvents({ kind: "untidy" })), { numRuns: 40, seed: SEED });
const events = [...new Map(drawn.map((event) => [idOf(event), event])).values()];

/** A search for an event that a filter is true for. */
interface Hunt {
  readonly storage: Store;
  readonly filter: string;
  readonly event: JsonEvent;
}

/** The ways by which an event may be found; each gives what has to be true. */
const WAYS: Readonly<Record<string, (hunt: Hunt) => Promise<boolean>>> = {
  "newest first, page by page": ({ storage, filter, event }) =>
    includes(storage, filter, event, "detect_time.desc"),
  "oldest first, page by page": ({ storage, filter, event }) =>
    includes(storage, filter, event, "detect_time.asc"),
  "last stored first": ({ storage, filter, event }) => includes(storage, filter, event, "storage_time.desc"),
  "the same again, with what the store has learnt": ({ storage, filter, event }) =>
    includes(storage, filter, event, "detect_time.desc"),
  "stream of identifiers": async ({ storage, filter, event }) => {
    for await (const id of storage.streamEventIds({ filter })) if (id === idOf(event)) return true;
    return false;
  },
  "count with its identifier": async ({ storage, filter, event }) =>
    (await storage.countEvents({ filter: `(${filter}) and id = $id`, args: { id: idOf(event) } })) === 1,
  "count without it": async ({ storage, filter, event }) => {
    const args = { id: idOf(event) };
    const all = await storage.countEvents({ filter });
    return all === 1 + (await storage.countEvents({ filter: `(${filter}) and id != $id`, args }));
  },
  "bucket of a timeline": async ({ storage, filter, event }) => {
    const time = parseEventTime(event["DetectTime"]) ?? 0n;
    const { buckets } = await storage.timelineEvents({ filter, step: "1d" });
    return buckets.some(
      ({ from, to, count }) => dateToMicros(from) <= time && time < dateToMicros(to) && count > 0,
    );
  },
  "most frequent values": async ({ storage, filter, event }) => {
    for (const { field, values } of counted(event)) {
      const rows = await storage.aggregateEvents({ by: field, filter, limit: 10_000 });
      if (!values.every((value) => rows.some((row) => row.value === value && row.count > 0))) return false;
    }
    return true;
  },
  "values that occur": async ({ storage, filter, event }) => {
    for (const { field, values } of counted(event)) {
      const found = new Set<unknown>(await storage.distinctValues(field, { filter }));
      if (!values.every((value) => found.has(value))) return false;
    }
    return true;
  },
};

/** Values of two fields whose values are listed and counted ahead. */
function counted(
  event: JsonEvent,
): readonly { readonly field: string; readonly values: readonly unknown[] }[] {
  return fieldValues(event, IDEA_CATALOGUE)
    .filter(({ field }) => field.name === "category" || field.name === "node.name")
    .map(({ field, values }) => ({ field: field.name, values: [...new Set(values)] }));
}

async function includes(
  storage: Store,
  filter: string,
  event: JsonEvent,
  sort: "detect_time.desc" | "detect_time.asc" | "storage_time.desc",
): Promise<boolean> {
  return (await searchAllPages(storage, { filter, args: {} }, { sort, limit: 25 })).includes(idOf(event));
}

/** What is done to the store, one after the other; the events stay. */
const STATES: Readonly<Record<string, (storage: Store) => Promise<unknown>>> = {
  "as stored": () => Promise.resolve(),
  refreshed: (storage) => storage.refresh(),
  "with other events that came and went": async (storage) => {
    await storage.insertEvents(later.map((event) => ({ ...event, ID: `gone-${idOf(event)}` })));
    await storage.deleteEvents({ filter: 'id starts with "gone-"' });
  },
  "partitions merged": (storage) => storage.mergePartitions({ width: "month" }),
  "partitions split and refreshed": async (storage) => {
    await storage.splitPartitions({ width: "day" });
    await storage.refresh();
  },
  "partitions rewritten, and planned by their rows": async (storage) => {
    await storage.query("vacuum full analyze events");
  },
};

describeEngines(`an event is found by a filter that is true for it (seed ${SEED})`, (engine) => {
  let database: TestDatabase;
  const stores = new Map<string, Store>();

  beforeAll(async () => {
    database = await withDatabase(engine);
    for (const [name, settings] of Object.entries(SESSIONS)) {
      const url = new URL(database.connectionString);
      url.searchParams.set("options", settings);
      stores.set(name, await openStorage({ connectionString: url.href, pool: { max: 1 } }));
    }
    const storage = stores.get("as usual")!;
    await storage.databaseCreate({ partitions: "day" });
    expect(await storage.insertEvents([...events, ...later])).toMatchObject({ rejected: [] });
  });
  afterAll(async () => {
    await Promise.all([...stores.values()].map((storage) => storage.close()));
    await database.dispose();
  });

  it.each(Object.entries(STATES))(
    "by every way, of a store %s",
    { timeout: 600_000 },
    async (_state, change) => {
      await change(stores.get("as usual")!);
      const hunts = fc
        .constantFrom(...events)
        .chain((event) => fc.tuple(fc.constant(event), trueFilters(event, IDEA_CATALOGUE)));
      const ways = fc.shuffledSubarray(Object.entries(WAYS), { minLength: 3, maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(
          hunts,
          fc.constantFrom(...stores),
          ways,
          async ([event, filter], [session, storage], tried) => {
            expect(referenceMatch(filter, event, { now: POOL_NOW }), filter).toBe(true);
            for (const [way, isFound] of tried)
              expect(await isFound({ storage, filter, event }), `${way}, ${session}: ${filter}`).toBe(true);
          },
        ),
        { seed: SEED, numRuns: PIVOTS },
      );
    },
  );
});
