/** The commands of the model-based test: each does one thing to a store and to the model, and compares what both say. */
import fc from "fast-check";
import pg from "pg";
import { expect } from "vitest";
import { openStorage, type EventStorage } from "../../../runtime/store/index.js";
import {
  CATALOGUES,
  CUTS,
  events,
  filters,
  ids,
  matching,
  type Model,
  type ModelEvent,
  type Real,
  type StoreName,
} from "./model-world.js";

/** What a command is asked to do to a client of a store. */
interface Step {
  /** The line of a script that does it. */
  readonly script: string;
  readonly run: (model: Model, storage: EventStorage, real: Real) => Promise<void>;
}

type Command = fc.AsyncCommand<Model, Real>;

/** A command for one of the two clients of one of the two stores; afterwards both stores hold as many events as the model. */
function command(step: fc.Arbitrary<(store: StoreName) => Step>): fc.Arbitrary<Command> {
  return fc
    .tuple(step, fc.constantFrom<StoreName>("idea", "alerts"), fc.constantFrom<0 | 1>(0, 1))
    .map(([make, store, client]) => {
      const { script, run } = make(store);
      return {
        check: () => true,
        run: async (model, real) => {
          await run(model, real.clients[store][client], real);
          for (const name of ["idea", "alerts"] as const)
            expect(await real.clients[name][client].countEvents(), `events of ${name}`).toBe(
              model[name].size,
            );
        },
        toString: () => `await ${store}${client + 1}.${script};`,
      };
    });
}

const json = (value: unknown): string => JSON.stringify(value);

/** What the model keeps of events that are stored one after the other: the first of each identifier. */
function store(model: Map<string, ModelEvent>, given: readonly ModelEvent[]): number {
  const before = model.size;
  for (const event of given) if (!model.has(event.ID)) model.set(event.ID, event);
  return model.size - before;
}

const insertOne = events.map((event) => (name: StoreName): Step => ({
  script: `insertEvent(${json(event)})`,
  run: async (model, storage) => {
    const stored = await storage.insertEvent(event).catch((error: unknown) => {
      expect(error).toMatchObject({ code: "integrity_violation" });
      return null;
    });
    expect(stored !== null).toBe(store(model[name], [event]) === 1);
  },
}));

const insertMany = fc.array(events, { maxLength: 8 }).map((given) => (name: StoreName): Step => ({
  script: `insertEvents(${json(given)})`,
  run: async (model, storage) => {
    const inserted = store(model[name], given);
    expect(await storage.insertEvents(given)).toMatchObject({ inserted, rejected: [] });
  },
}));

/** Both clients store at the same time; of an identifier that both have, either may win. */
const insertTogether = fc.tuple(events, events).map(([one, other]) => (name: StoreName): Step => ({
  script: `insertEvents([${json(one)}]), at the same time ${name}2.insertEvents([${json(other)}])`,
  run: async (model, _storage, { clients }) => {
    const results = await Promise.all([
      clients[name][0].insertEvents([one]),
      clients[name][1].insertEvents([other]),
    ]);
    const known = model[name].has(one.ID);
    const winner = one.ID === other.ID && !known && results[0].inserted === 0 ? other : one;
    const inserted = store(model[name], [winner, one, other]);
    expect(results[0].inserted + results[1].inserted).toBe(inserted);
  },
}));

const fetchOne = ids.map((id) => (name: StoreName): Step => ({
  script: `fetchEvent(${json(id)})`,
  run: async (model, storage) => {
    expect(await storage.fetchEvent(id)).toEqual(model[name].get(id) ?? null);
  },
}));

const deleteOne = ids.map((id) => (name: StoreName): Step => ({
  script: `deleteEvent(${json(id)})`,
  run: async (model, storage) => {
    expect(await storage.deleteEvent(id)).toBe(model[name].delete(id));
  },
}));

const deleteMany = filters.map((filter) => (name: StoreName): Step => ({
  script: `deleteEvents({ filter: ${json(filter)}, all: true })`,
  run: async (model, storage) => {
    const gone = matching(model, name, filter);
    for (const { ID } of gone) model[name].delete(ID);
    expect(await storage.deleteEvents(filter === "true" ? { all: true } : { filter })).toBe(gone.length);
  },
}));

const search = fc
  .record({
    filter: filters,
    sort: fc.constantFrom("detect_time.desc", "detect_time.asc"),
    limit: fc.integer({ min: 1, max: 4 }),
  })
  .map((options) => (name: StoreName): Step => ({
    script: `searchEvents(${json(options)}), to the last page`,
    run: async (model, storage) => {
      const found: string[] = [];
      let after: string | undefined;
      do {
        const page = await storage.searchEvents({ ...options, after });
        found.push(...page.events.map(({ ID }) => ID));
        after = page.next ?? undefined;
      } while (after !== undefined);
      const sign = options.sort === "detect_time.asc" ? 1 : -1;
      const key = ({ DetectTime, ID }: ModelEvent): string =>
        `${DetectTime.replace("Z", "").padEnd(26, ".0")} ${ID}`;
      const expected = [...matching(model, name, options.filter)].sort((one, other) =>
        key(one) < key(other) ? -sign : sign,
      );
      expect(found).toEqual(expected.map(({ ID }) => ID));
    },
  }));

const stream = filters.map((filter) => (name: StoreName): Step => ({
  script: `streamEventIds({ filter: ${json(filter)} })`,
  run: async (model, storage) => {
    const found: string[] = [];
    for await (const id of storage.streamEventIds({ filter })) found.push(id);
    expect(found.sort()).toEqual(
      matching(model, name, filter)
        .map(({ ID }) => ID)
        .sort(),
    );
  },
}));

/** Count, top and timeline of one filter say what the model says. */
const dashboards = filters.map((filter) => (name: StoreName): Step => ({
  script: `countEvents, aggregateEvents by category, timelineEvents with ${json({ filter })}`,
  run: async (model, storage) => {
    const expected = matching(model, name, filter);
    expect(await storage.countEvents({ filter })).toBe(expected.length);
    const timeline = await storage.timelineEvents({ filter, step: "1d" });
    expect(timeline.total).toBe(expected.length);
    expect(timeline.buckets.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
    const rows = await storage.aggregateEvents({ by: "category", filter, limit: 10 });
    const counts = new Map<string, number>();
    for (const { Category } of expected)
      for (const category of new Set(Category)) counts.set(category, (counts.get(category) ?? 0) + 1);
    const named = rows
      .filter(({ value }) => value !== null)
      .map(({ value, count }) => [value, count] as const);
    expect(new Map(named)).toEqual(counts);
  },
}));

const refresh = fc.constant((): Step => ({
  script: "refresh()",
  run: async (_model, storage) => {
    await storage.refresh();
  },
}));

const retention = fc.constantFrom(...CUTS).map((cut) => (name: StoreName): Step => ({
  script: `tableCleanup("${CATALOGUES[name].table.name}", "detect_time", new Date("${cut}"))`,
  run: async (model, storage) => {
    const limit = new Date(cut);
    const gone = [...model[name].values()].filter(({ DetectTime }) => new Date(DetectTime) < limit);
    for (const { ID } of gone) model[name].delete(ID);
    const removed = await storage.tableCleanup(CATALOGUES[name].table.name, "detect_time", limit);
    expect(removed).toBe(gone.length);
  },
}));

const reopen = fc.constant((name: StoreName): Step => ({
  script: "close(), and opened again",
  run: async (_model, storage, { clients, connectionString }) => {
    const place = clients[name].indexOf(storage);
    await storage.close();
    clients[name][place] = await openStorage({
      connectionString,
      catalogue: CATALOGUES[name],
      pool: { max: 3 },
    });
  },
}));

/** All connections are idle: what comes next has to find new ones. */
const kill = fc.constant((): Step => ({
  script: "query: every other connection is killed",
  run: async (_model, _storage, { connectionString }) => {
    const killer = new pg.Client({ connectionString });
    await killer.connect();
    await killer.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await killer.end();
  },
}));

/** Everything that may happen to the stores. */
export const commands: readonly fc.Arbitrary<Command>[] = [
  insertOne,
  insertMany,
  insertMany,
  insertTogether,
  fetchOne,
  deleteOne,
  deleteMany,
  search,
  stream,
  dashboards,
  refresh,
  retention,
  reopen,
  kill,
].map(command);
