/** A model of a store for fast-check's model-based tests: commands that do one thing to both and compare what they say. */
import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import type { CatalogueNames } from "../../runtime/client.js";
import type { EventStorage, SearchResult } from "../../runtime/store/types.js";
import { events as anyEvents, type JsonEvent } from "./events.js";
import { filters as anyFilters } from "./filters.js";
import { modelRoles, type ModelRoles } from "./model-roles.js";
import { referenceMatcher } from "./reference-match.js";

/** The events that a store has to have, by identifier. */
export type StoreModel = Map<string, JsonEvent>;

/** A store of any catalogue. */
export type ModelledStore = EventStorage<CatalogueNames>;

/** What {@link storeModel} draws from. */
export interface StoreModelOptions {
  /** IDEA's when absent; its table has `roles`. */
  readonly catalogue?: Catalogue | undefined;
  /** Events that the catalogue takes; {@link anyEvents} when absent. Few identifiers and times meet each other more often. */
  readonly events?: fc.Arbitrary<JsonEvent> | undefined;
  /** Filters; those of the kit when absent. */
  readonly filters?: fc.Arbitrary<string> | undefined;
}

/** One thing that is done to a store and its model. */
export interface StoreStep {
  /** The call, as a script would write it. */
  readonly script: string;
  /** @throws AssertionError where the store says something else than the model */
  readonly run: (model: StoreModel, storage: ModelledStore) => Promise<void>;
}

/**
 * Commands for `fc.commands` and `fc.asyncModelRun`: storing, fetching, deleting, searching page by page, streams, counts, timelines, refresh and
 * retention of one store. The model begins empty, as the store does. A failure shrinks to a short script that a person can run.
 *
 * @example
 * const storage = await openStorage({ connectionString, catalogue });
 * await storage.databaseCreate();
 * await fc.assert(fc.asyncProperty(fc.commands([...storeModel({ catalogue })]), async (script) => {
 *   await storage.deleteEvents({ all: true });
 *   await fc.asyncModelRun(() => ({ model: new Map(), real: storage }), script);
 * }), { numRuns: 20 });
 */
export function storeModel(
  options: StoreModelOptions = {},
): readonly fc.Arbitrary<fc.AsyncCommand<StoreModel, ModelledStore>>[] {
  return storeSteps(options).map((steps) =>
    steps.map(({ script, run }) => ({
      check: () => true,
      run: async (model, storage) => {
        await run(model, storage);
        deepStrictEqual(await storage.countEvents(), model.size, "number of all events");
      },
      toString: () => `await storage.${script};`,
    })),
  );
}

/** The steps of the commands, for tests that keep more than one store. */
export function storeSteps({
  catalogue = IDEA_CATALOGUE,
  events = anyEvents({ catalogue }),
  filters = anyFilters({ catalogue }),
}: StoreModelOptions = {}): readonly fc.Arbitrary<StoreStep>[] {
  const roles = modelRoles(catalogue);
  const many = fc.array(events, { maxLength: 8 });
  return [
    events.map((event) => insertOne(event, roles)),
    many.map((given) => insertMany(given, roles)),
    many.map((given) => insertMany([...given, ...given.slice(0, 1)], roles)),
    fc.nat().map(fetchOne),
    fc.nat().map(deleteOne),
    filters.map((filter) => deleteMany(filter, roles)),
    fc
      .record({
        filter: filters,
        direction: fc.constantFrom("desc", "asc"),
        limit: fc.integer({ min: 1, max: 4 }),
      })
      .map((given) => search(given, roles)),
    filters.map((filter) => stream(filter, roles)),
    filters.map((filter) => counts(filter, roles)),
    fc.constant(refresh),
    events.map((event) => retention(event, roles)),
  ];
}

/** The events of a model that meet a filter. */
function matching(model: StoreModel, filter: string, { catalogue }: ModelRoles): readonly JsonEvent[] {
  return [...model.values()].filter(referenceMatcher(filter, { catalogue }));
}

/** What the model keeps of events that are stored one after the other: the first of each identifier. How many are new. */
export function store(model: StoreModel, given: readonly JsonEvent[], { idOf }: ModelRoles): number {
  const before = model.size;
  for (const event of given) if (!model.has(idOf(event))) model.set(idOf(event), event);
  return model.size - before;
}

const json = (value: unknown): string => JSON.stringify(value);

/** One of the identifiers of the model, or one that it has not. */
const idAt = (model: StoreModel, position: number): string =>
  [...model.keys(), "none"][position % (model.size + 1)] ?? "none";

function insertOne(event: JsonEvent, roles: ModelRoles): StoreStep {
  return {
    script: `insertEvent(${json(event)})`,
    run: async (model, storage) => {
      const code = await storage.insertEvent(event).then(
        () => null,
        (error: unknown) => (error as { readonly code?: unknown }).code,
      );
      deepStrictEqual(code, store(model, [event], roles) === 1 ? null : "integrity_violation");
    },
  };
}

function insertMany(given: readonly JsonEvent[], roles: ModelRoles): StoreStep {
  return {
    script: `insertEvents(${json(given)})`,
    run: async (model, storage) => {
      const { inserted, rejected } = await storage.insertEvents(given);
      deepStrictEqual({ inserted, rejected }, { inserted: store(model, given, roles), rejected: [] });
    },
  };
}

function fetchOne(position: number): StoreStep {
  return {
    script: `fetchEvent(/* identifier ${position} of those there are, then "none" */)`,
    run: async (model, storage) => {
      const id = idAt(model, position);
      deepStrictEqual(await storage.fetchEvent(id), model.get(id) ?? null);
    },
  };
}

function deleteOne(position: number): StoreStep {
  return {
    script: `deleteEvent(/* identifier ${position} of those there are, then "none" */)`,
    run: async (model, storage) => {
      const id = idAt(model, position);
      deepStrictEqual(await storage.deleteEvent(id), model.delete(id));
    },
  };
}

function deleteMany(filter: string, roles: ModelRoles): StoreStep {
  return {
    script: `deleteEvents({ filter: ${json(filter)} })`,
    run: async (model, storage) => {
      const gone = matching(model, filter, roles);
      const count = await storage.deleteEvents({ filter }).catch((error: unknown) => {
        // A filter that every event meets is refused; then the model has none that does not meet it.
        deepStrictEqual((error as { readonly code?: unknown }).code, "argument_invalid");
        deepStrictEqual(gone.length, model.size);
        return null;
      });
      if (count === null) return;
      for (const event of gone) model.delete(roles.idOf(event));
      deepStrictEqual(count, gone.length);
    },
  };
}

interface SearchStep {
  readonly filter: string;
  readonly direction: "asc" | "desc";
  readonly limit: number;
}

function search({ filter, direction, limit }: SearchStep, roles: ModelRoles): StoreStep {
  const options = { filter, sort: `${roles.time}.${direction}`, limit };
  return {
    script: `searchEvents(${json(options)}), to the last page`,
    run: async (model, storage) => {
      const found: unknown[] = [];
      let after: string | null = null;
      do {
        const page: SearchResult<unknown> = await storage.searchEvents({ ...options, after });
        found.push(...page.events);
        after = page.next;
      } while (after !== null);
      const expected = [...matching(model, filter, roles)].sort(roles.compare);
      const ids = (list: readonly unknown[]) => list.map((event) => roles.idOf(event));
      deepStrictEqual(ids(found), ids(direction === "asc" ? expected : expected.reverse()));
    },
  };
}

function stream(filter: string, roles: ModelRoles): StoreStep {
  return {
    script: `streamEventIds({ filter: ${json(filter)} })`,
    run: async (model, storage) => {
      const found: string[] = [];
      for await (const id of storage.streamEventIds({ filter })) found.push(id);
      deepStrictEqual(found.sort(), matching(model, filter, roles).map(roles.idOf).sort());
    },
  };
}

function counts(filter: string, roles: ModelRoles): StoreStep {
  return {
    script: `countEvents and timelineEvents with ${json({ filter })}`,
    run: async (model, storage) => {
      const expected = matching(model, filter, roles).length;
      deepStrictEqual(await storage.countEvents({ filter }), expected);
      const { total, buckets } = await storage.timelineEvents({ filter, step: "1y" });
      const sum = buckets.reduce((all, { count }) => all + count, 0);
      deepStrictEqual({ total, sum }, { total: expected, sum: expected });
    },
  };
}

const refresh: StoreStep = {
  script: "refresh()",
  run: async (_model, storage) => {
    await storage.refresh();
  },
};

/** Deletes what was before an event, to the millisecond. */
function retention(event: JsonEvent, roles: ModelRoles): StoreStep {
  const limit = roles.dateOf(event);
  return {
    script: `tableCleanup("${roles.catalogue.table.name}", "${roles.timeColumn}", new Date("${limit.toISOString()}"))`,
    run: async (model, storage) => {
      const gone = [...model.values()].filter((other) => roles.isBefore(other, limit));
      for (const other of gone) model.delete(roles.idOf(other));
      deepStrictEqual(
        await storage.tableCleanup(roles.catalogue.table.name, roles.timeColumn, limit),
        gone.length,
      );
    },
  };
}
