/** Stores, events and statements for the tests of this folder. */
import { afterAll, beforeAll } from "vitest";
import { openStorage } from "../../../runtime/store/index.js";
import type { CatalogueNames, EventStorage, StorageOptions } from "../../../runtime/store/index.js";
import { describeEngines, withDatabase, type Engine, type TestDatabase } from "../../support/database.js";

export { seeded as seededRandom } from "../../support/range-texts.js";
export { eventAt, secondsAfterNoon, withSeverity } from "./support-events.js";

/** What a suite has: one store with its schema, and more of them on the same database where a test needs several clients. */
export interface Suite {
  readonly engine: Engine;
  /** The store of the suite. */
  /** Takes any names, as those of tests are often made up. */
  readonly storage: () => EventStorage<CatalogueNames>;
  /** Another store on the same database, closed after the suite. */
  readonly open: (options?: StorageOptions) => Promise<EventStorage>;
  readonly url: () => string;
}

/** A suite for each engine, on a database of its own in which the schema is there and no event. */
export function describeStores(name: string, body: (suite: Suite) => void): void {
  describeEngines(name, (engine) => {
    let database: TestDatabase | undefined;
    let shared: EventStorage | undefined;
    const opened: EventStorage[] = [];
    const url = (): string => database?.connectionString ?? "";
    const open = async (options: StorageOptions = {}): Promise<EventStorage> => {
      const storage = await openStorage({ connectionString: url(), ...options });
      opened.push(storage);
      return storage;
    };
    beforeAll(async () => {
      database = await withDatabase(engine);
      shared = await open();
      // The suites say how many partitions there are: a day each.
      await shared.databaseCreate({ partitions: "day" });
    });
    afterAll(async () => {
      await Promise.all(opened.map((storage) => storage.close()));
      await database?.dispose();
    });
    body({
      engine,
      storage: () => {
        if (shared === undefined) throw new Error("the suite has no store");
        return shared;
      },
      open,
      url,
    });
  });
}

/** Empties the tables of events, roll-ups and thresholds; the day partitions stay. */
export async function emptyStore(storage: EventStorage): Promise<void> {
  await storage.query(
    "truncate events, event_json, event_ids, event_hours, event_rollups, event_rollup_hours, event_top_days, thresholds, events_thresholded",
  );
}

/** Identifiers of events, in their order. */
export function idsOf(events: readonly { readonly ID: string }[]): readonly string[] {
  return events.map(({ ID }) => ID);
}

/** Everything that an async iterable gives. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/**
 * What has to hold between the tables after any history: every event is in the searched table, the table of texts and the table of
 * identifiers exactly once, and the counters of the hours tell how many there are. Returns the number of events.
 */
export async function checkConsistency(storage: EventStorage): Promise<number> {
  const { rows } = await storage.query(`
    select (select count(*)::int from events) as events,
      (select count(*)::int from event_json) as texts,
      (select count(*)::int from event_ids i join events e on e.seq = i.seq and e.detect_time = i.detect_time and e.id = i.id
        join event_json j on j.seq = i.seq and j.detect_time = i.detect_time) as joined,
      (select coalesce(sum(inserted - deleted), 0)::int from event_hours) as counted,
      (select count(*)::int from (
        select date_trunc('hour', detect_time, 'UTC') as hour, count(*) as n from events group by 1
        except select hour, sum(inserted - deleted) from event_hours group by 1) as differing) as wrong_hours`);
  const [found] = rows;
  const events = Number(found?.["events"]);
  const problems = Object.entries(found ?? {}).filter(
    ([name, value]) => value !== (name === "wrong_hours" ? 0 : events),
  );
  if (found === undefined || problems.length > 0)
    throw new Error(`the tables of the store disagree: ${JSON.stringify(found)}`);
  return events;
}
