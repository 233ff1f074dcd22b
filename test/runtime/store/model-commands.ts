/** The commands of the model-based test: those of the kit for each client, and what only several clients and stores can do. */
import fc from "fast-check";
import pg from "pg";
import { expect } from "vitest";
import { openStorage } from "../../../runtime/store/index.js";
import { modelRoles } from "../../testing/model-roles.js";
import { store, storeSteps, type ModelledStore, type StoreModel } from "../../testing/store-model.js";
import {
  CATALOGUES,
  events,
  filters,
  matching,
  type Model,
  type Real,
  type StoreName,
} from "./model-world.js";

/** What a command is asked to do to a client of a store. */
interface Step {
  /** The line of a script that does it. */
  readonly script: string;
  readonly run: (model: StoreModel, storage: ModelledStore, real: Real) => Promise<void>;
}

type Command = fc.AsyncCommand<Model, Real>;

const NAMES = ["idea", "alerts"] as const satisfies readonly StoreName[];

/** A command for one of the two clients of a store; afterwards both stores hold as many events as the model. */
function command(name: StoreName, step: fc.Arbitrary<Step>): fc.Arbitrary<Command> {
  return fc.tuple(step, fc.constantFrom<0 | 1>(0, 1)).map(([{ script, run }, client]) => ({
    check: () => true,
    run: async (model, real) => {
      await run(model[name], real.clients[name][client], real);
      for (const other of NAMES)
        expect(await real.clients[other][client].countEvents(), `events of ${other}`).toBe(model[other].size);
    },
    toString: () => `await ${name}${client + 1}.${script};`,
  }));
}

const json = (value: unknown): string => JSON.stringify(value);

/** Both clients store at the same time; of an identifier that both have, either may win. */
const insertTogether = (name: StoreName): fc.Arbitrary<Step> =>
  fc.tuple(events, events).map(([one, other]) => ({
    script: `insertEvents([${json(one)}]), at the same time ${name}2.insertEvents([${json(other)}])`,
    run: async (model, _storage, { clients }) => {
      const results = await Promise.all([
        clients[name][0].insertEvents([one]),
        clients[name][1].insertEvents([other]),
      ]);
      const known = model.has(one.ID);
      const winner = one.ID === other.ID && !known && results[0].inserted === 0 ? other : one;
      const inserted = store(model, [winner, one, other], modelRoles(CATALOGUES[name]));
      expect(results[0].inserted + results[1].inserted).toBe(inserted);
    },
  }));

/** Tops by category say what the model says. */
const tops = (name: StoreName): fc.Arbitrary<Step> =>
  filters.map((filter) => ({
    script: `aggregateEvents by category with ${json({ filter })}`,
    run: async (model, storage) => {
      const rows = await storage.aggregateEvents({ by: "category", filter, limit: 10 });
      const counts = new Map<string, number>();
      for (const { Category } of matching(model, name, filter))
        for (const category of new Set(Category)) counts.set(category, (counts.get(category) ?? 0) + 1);
      const named = rows
        .filter(({ value }) => value !== null)
        .map(({ value, count }) => [value, count] as const);
      expect(new Map(named)).toEqual(counts);
    },
  }));

const reopen = (name: StoreName): fc.Arbitrary<Step> =>
  fc.constant({
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
  });

/** Partitions of other widths: what is in them stays. */
const repartition: fc.Arbitrary<Step> = fc
  .constantFrom<{ readonly script: string; readonly run: (storage: ModelledStore) => Promise<unknown> }>(
    { script: "mergePartitions()", run: (storage) => storage.mergePartitions() },
    {
      script: 'splitPartitions({ width: "day" })',
      run: (storage) => storage.splitPartitions({ width: "day" }),
    },
    {
      script: 'databaseCreate({ partitions: "day" })',
      run: (storage) => storage.databaseCreate({ partitions: "day" }),
    },
  )
  .map(({ script, run }) => ({
    script,
    run: async (_model, storage) => {
      await run(storage);
    },
  }));

/** All connections are idle: what comes next has to find new ones. */
const kill: fc.Arbitrary<Step> = fc.constant({
  script: "query: every other connection is killed",
  run: async (_model, _storage, { connectionString }) => {
    const killer = new pg.Client({ connectionString });
    await killer.connect();
    await killer.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await killer.end();
  },
});

/** Everything that may happen to the stores. */
export const commands: readonly fc.Arbitrary<Command>[] = NAMES.flatMap((name) =>
  [
    ...storeSteps({ catalogue: CATALOGUES[name], events, filters }),
    insertTogether(name),
    tops(name),
    reopen(name),
    repartition,
    kill,
  ].map((step) => command(name, step)),
);
