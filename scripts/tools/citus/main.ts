/**
 * A store on Citus against its twin on one server: `npm run test:citus`, with CITUS_URL (a coordinator) and CITUS_TWIN_URL (PostgreSQL), each an
 * empty database. The same events go into both, and each read has to give the same. Exit code 1 where one fails or differs; 0 where there is no
 * cluster to test.
 */
import { openStorage, type EventStorage } from "../../../runtime/store/index.js";
import { generateEvents } from "../demo/generate-events.js";
import { createLedger, type Ledger } from "./ledger.js";
import { readsOf } from "./reads.js";

const DAY_MS = 86_400_000;
const EVENTS = 2_000;
const FROM = new Date("2024-05-01T00:00:00Z");
const STORED = "2024-05-10T00:00:00Z";

const { CITUS_URL: cluster, CITUS_TWIN_URL: plain } = process.env;
if (cluster === undefined || cluster === "" || plain === undefined || plain === "")
  console.log(
    "test:citus: CITUS_URL (a coordinator) and CITUS_TWIN_URL (PostgreSQL) name no cluster and twin: nothing was tested",
  );
else process.exitCode = await compare(cluster, plain);

type Pair = readonly [citus: EventStorage, twin: EventStorage];

async function compare(citusUrl: string, twinUrl: string): Promise<number> {
  const pair: Pair = [
    await openStorage({ connectionString: citusUrl }),
    await openStorage({ connectionString: twinUrl }),
  ];
  const ledger = createLedger();
  try {
    const [citus, twin] = pair;
    for (const storage of pair)
      if (
        (await storage.query("select to_regclass('events') is not null as there")).rows[0]?.["there"] === true
      )
        throw new Error(
          `${storage.description} has a store: give an empty database, its tables are dropped at the end`,
        );
    await citus.databaseCreate({ distributed: { citus: {} }, partitions: "day" });
    await twin.databaseCreate({ partitions: "day" });
    await play(pair, ledger);
  } finally {
    await Promise.all(pair.map((storage) => storage.databaseDrop().catch(() => undefined)));
    const left = await leftovers(pair[0]);
    ledger.note("databaseDrop leaves nothing", left === 0 ? { kind: "same" } : { kind: "different" });
    await Promise.all(pair.map((storage) => storage.close()));
  }
  console.log(ledger.report());
  return ledger.isClean() ? 0 : 1;
}

/** What is done to both, and what is read after each step. */
async function play(pair: Pair, ledger: Ledger): Promise<void> {
  const to = new Date(FROM.getTime() + 3 * DAY_MS);
  const events = [...generateEvents({ count: EVENTS, seed: 7, from: FROM, to })].map((event) =>
    stored({ ...event }),
  );
  const ids = events.slice(0, 5).map((event) => String(event["ID"]));
  const both = (name: string, work: (storage: EventStorage) => Promise<unknown>) =>
    ledger.compare(name, pair, work);
  const readAll = async (when: string): Promise<void> => {
    for (const [name, read] of readsOf(ids)) await both(`${when}: ${name}`, read);
  };
  const bulk = events.slice(50);
  await both("insertEvents", (storage) => storage.insertEvents(bulk));
  await both("insertEvents, duplicates", (storage) => storage.insertEvents(bulk.slice(0, 100)));
  await both("insertEvent, one after the other", async (storage) => {
    for (const event of events.slice(0, 10)) await storage.insertEvent(event);
  });
  await both("insertEvent, gathered", (storage) =>
    Promise.all(events.slice(10, 50).map((event) => storage.insertEvent(event))),
  );
  const late = stored({ ...events[0], ID: "new-day", DetectTime: "2024-05-08T12:00:00Z" });
  await both("insertEvent, new day", (storage) => storage.insertEvent(late));
  await readAll("stored");
  await both("refresh", (storage) => storage.refresh());
  await readAll("refreshed");
  await both("deleteEvent", (storage) => storage.deleteEvent(ids[0] ?? ""));
  await both("deleteEvents", (storage) => storage.deleteEvents({ filter: "severity = low" }));
  await readAll("deleted");
  const ttl = new Date(FROM.getTime() + DAY_MS);
  await both("tableCleanup", (storage) => storage.tableCleanup("events", "detect_time", ttl));
  await both("an id of a dropped day again", (storage) => storage.insertEvents([bulk[0]]));
  await readAll("cleaned");
}

/** Both stores stamp the same time, so that events can be compared. */
function stored(event: Record<string, unknown>): Record<string, unknown> {
  return { ...event, _CESNET: { ...Object(event["_CESNET"]), StorageTime: STORED } };
}

/** Tables that are left of the store, on the coordinator and in its catalogs. */
async function leftovers(citus: EventStorage): Promise<number> {
  const { rows } = await citus.query("select count(*)::int as n from pg_dist_partition");
  return Number(rows[0]?.["n"]);
}
