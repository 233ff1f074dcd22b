/**
 * A store on Citus against its twin on one server: `npm run test:citus`, with CITUS_URL (a coordinator, as a superuser) and CITUS_TWIN_URL
 * (PostgreSQL), each an empty database. The same is done to both, and each read has to give the same; the workers keep another time zone meanwhile,
 * and their sessions are ended in one of the rounds, so the cluster should be there for tests alone. With CITUS_WORKER_LOGS (paths, with commas between
 * them) the statements that reach the workers are counted; with CITUS_FIGURES (sizes, such as 3x4,30x4 for three and thirty days over four shards) times
 * are taken instead, all servers being on one machine. Exit code 1 where something fails or differs; 0 where there is no cluster to test.
 */
import { openStorage, type EventStorage } from "../../../runtime/store/index.js";
import { figures, sizesOf } from "./figures.js";
import { fanOut, onWorkers } from "./fan-out.js";
import { dropRoles, faults } from "./faults.js";
import { createLedger, type Ledger } from "./ledger.js";
import { moves } from "./moves.js";
import type { Pair, Round } from "./pair.js";
import { play } from "./play.js";
import { randomFilters } from "./random-filters.js";
import { upkeep } from "./upkeep.js";

const {
  CITUS_URL: cluster,
  CITUS_TWIN_URL: plain,
  CITUS_WORKER_LOGS: logs = "",
  CITUS_FIGURES: sizes = "",
} = process.env;
if (cluster === undefined || cluster === "" || plain === undefined || plain === "")
  console.log(
    "test:citus: CITUS_URL (a coordinator) and CITUS_TWIN_URL (PostgreSQL) name no cluster and twin: nothing was tested",
  );
else if (sizes === "") process.exitCode = await compare(cluster, plain);
else await measure(cluster, plain);

async function openBoth(citusUrl: string, twinUrl: string): Promise<Pair> {
  const pair: Pair = [
    await openStorage({ connectionString: citusUrl }),
    await openStorage({ connectionString: twinUrl }),
  ];
  for (const storage of pair) await refuseStore(storage);
  return pair;
}

async function measure(citusUrl: string, twinUrl: string): Promise<void> {
  const pair = await openBoth(citusUrl, twinUrl);
  try {
    for (const size of sizesOf(sizes)) console.log((await figures(pair, size)).join("\n"));
  } finally {
    await Promise.all(pair.map((storage) => storage.close()));
  }
}

async function compare(citusUrl: string, twinUrl: string): Promise<number> {
  const pair = await openBoth(citusUrl, twinUrl);
  const [citus] = pair;
  const ledger = createLedger();
  await onWorkers(citus, "alter system set timezone = ''Asia/Tokyo''");
  const lines: string[] = [];
  try {
    const files = logs.split(",").filter((path) => path !== "");
    await inRound("events", { pair, ledger }, play);
    await inRound("upkeep", { pair, ledger }, upkeep);
    await inRound("filters", { pair, ledger }, randomFilters);
    await inRound("moves", { pair, ledger }, (round) => moves(round, [citusUrl, twinUrl]));
    for (const storage of pair) await dropRoles(storage);
    await inRound("faults", { pair, ledger }, (round) => faults(round, citusUrl));
    if (files.length > 0)
      await inRound("fan-out", { pair, ledger }, async (round) => {
        lines.push(...(await fanOut(round, files)));
      });
    else
      lines.push("CITUS_WORKER_LOGS names no logs: the statements that reach the workers were not counted");
  } finally {
    await dropRoles(citus).catch((error: unknown) => ledger.note("roles go", failed(error)));
    await onWorkers(citus, "alter system reset timezone");
    await Promise.all(pair.map((storage) => storage.close()));
  }
  console.log([...lines, ledger.report()].join("\n"));
  return ledger.isClean() ? 0 : 1;
}

async function refuseStore(storage: EventStorage): Promise<void> {
  const { rows } = await storage.query("select to_regclass('events') is not null as there");
  if (rows[0]?.["there"] === true)
    throw new Error(
      `${storage.description} has a store: give an empty database, its tables are dropped at the end`,
    );
}

/** A round with stores of its own, which are dropped at its end. An error that ends it is a failed check. */
async function inRound(
  name: string,
  { pair, ledger }: Round,
  work: (round: Round) => Promise<void>,
): Promise<void> {
  const [citus, twin] = pair;
  const own: Ledger = {
    ...ledger,
    note: (check, outcome) => ledger.note(`${name}: ${check}`, outcome),
    compare: (check, stores, step) => ledger.compare(`${name}: ${check}`, stores, step),
  };
  try {
    await citus.databaseCreate({ distributed: { citus: {} }, partitions: "day" });
    await twin.databaseCreate({ partitions: "day" });
    await work({ pair, ledger: own });
  } catch (error) {
    own.note("went through", failed(error));
  } finally {
    await Promise.all(pair.map((storage) => storage.databaseDrop().catch(() => undefined)));
    own.note("databaseDrop leaves nothing", { kind: (await leftovers(citus)) === 0 ? "same" : "different" });
  }
}

function failed(error: unknown): { readonly kind: "failed"; readonly reason: string } {
  return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
}

/** Tables and functions that are left of the store, on the coordinator and in its catalogs. */
async function leftovers(citus: EventStorage): Promise<number> {
  const { rows } = await citus.query(
    "select (select count(*) from pg_dist_partition)::int + (select count(*) from pg_proc where proname = 'events_elements')::int as n",
  );
  return Number(rows[0]?.["n"]);
}
