import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openStorage, StorageConnectionError, type EventStorage } from "../../../runtime/store/index.js";
import { testEngines, withDatabase, type TestDatabase } from "../../support/database.js";
import { expectStored, load, pause, produce, type Outcomes } from "./producers.js";
import { startRestartable, type RestartableServer } from "./restartable-server.js";
import { checkConsistency, emptyStore, eventAt, secondsAfterNoon, seededRandom } from "./support.js";

const random = seededRandom(20240501);

const describeIp4r = describe.skipIf(!testEngines().includes("ip4r"));

describeIp4r("with connections terminated at random", { timeout: 600_000 }, () => {
  let database: TestDatabase;
  let watcher: EventStorage;
  /** Milliseconds that a new connection takes for its first insertion: work that is struck more often never gets on. */
  let firstInsertion: number;

  beforeAll(async () => {
    database = await withDatabase("ip4r");
    watcher = await openStorage({ connectionString: database.connectionString });
    await watcher.databaseCreate();
    await watcher.insertEvent(eventAt("day", secondsAfterNoon(0)));
    const newcomer = await openStorage({ connectionString: database.connectionString });
    const start = performance.now();
    await newcomer.insertEvent(eventAt("newcomer", secondsAfterNoon(0)));
    firstInsertion = performance.now() - start;
    await newcomer.close();
  });
  beforeEach(() => emptyStore(watcher));
  afterAll(async () => {
    await watcher.close();
    await database.dispose();
  });

  /**
   * Runs the work while connections other than the watcher's are terminated, at most 8 times: as often as a batch is sent again at any rate, on a
   * machine of any speed. Returns how many were.
   */
  async function struck<T>(
    work: Promise<T>,
    longestPause = 40,
  ): Promise<{ readonly value: T; readonly strikes: number }> {
    const state = { done: false, strikes: 0 };
    const strike = async (): Promise<void> => {
      for (let times = 0; times < 8 && !state.done;) {
        await pause(random() * Math.max(longestPause, 4 * firstInsertion));
        const { rowCount } = await watcher.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() " +
            "and backend_type = 'client backend' and application_name = 'eventstore' and state <> 'idle' and random() < 0.7",
        );
        state.strikes += rowCount;
        if (rowCount > 0) times += 1;
      }
    };
    const striking = strike();
    const value = await work.finally(() => {
      state.done = true;
      return striking;
    });
    return { value, strikes: state.strikes };
  }

  it("group commit keeps what it acknowledged, once, through 18 rounds and 18 strikes", async () => {
    let strikes = 0;
    const outcomes: Outcomes = new Map();
    for (let round = 0; round < 18 || strikes < 18; round++) {
      const storage = await openStorage({ connectionString: database.connectionString, pool: { max: 3 } });
      const { value, strikes: hits } = await struck(produce(storage, `g${round}`, 20));
      strikes += hits;
      for (const [id, outcome] of value) outcomes.set(id, outcome);
      await storage.close();
    }
    const acknowledged = [...outcomes.values()].filter((outcome) => outcome === "stored");
    expect(acknowledged.length).toBeGreaterThan(outcomes.size / 2);
    await expectStored(watcher, outcomes);
  });

  it("bulk stores every event once and counts right, through 18 rounds and 12 strikes", async () => {
    let [rounds, strikes] = [0, 0];
    for (; rounds < 18 || strikes < 12; rounds++) {
      const storage = await openStorage({ connectionString: database.connectionString, pool: { max: 3 } });
      const { value, strikes: hits } = await struck(load(storage, `b${rounds}`, 4000), 300);
      strikes += hits;
      expect(value).toEqual({
        inserted: 4000,
        duplicates: 0,
        different: 0,
        rejected: [],
        acknowledged: 4000,
      });
      await storage.close();
    }
    expect(await checkConsistency(watcher)).toBe(rounds * 4000);
  });

  it("deletes are never doubled, and reads are tried again or say what happened", async () => {
    const storage = await openStorage({ connectionString: database.connectionString, pool: { max: 3 } });
    await watcher.insertEvents(
      Array.from({ length: 300 }, (_, index) => eventAt(`d${index}`, secondsAfterNoon(index))),
    );
    const work = async (): Promise<void> => {
      for (let index = 0; index < 300; index++) {
        const outcomes = await Promise.allSettled([
          storage.deleteEvent(`d${index}`),
          storage.searchEvents({ limit: 5 }),
          storage.countEvents({ filter: "category = Test" }),
        ]);
        for (const outcome of outcomes)
          if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(StorageConnectionError);
      }
    };
    await struck(work());
    await checkConsistency(watcher);
    await storage.close();
  });

  it.each(["bulk", "single"])(
    "a client killed in the middle of %s ingest and run again comes to the same end",
    async (mode) => {
      const count = 6000;
      const acknowledged = new Set<string>();
      for (let kill = 1; ; kill++) {
        const child = runChild(database.connectionString, count, mode);
        const progress = createInterface({ input: child.stdout! });
        let lines = 0;
        let bulk = 0;
        let done = false;
        for await (const line of progress) {
          lines++;
          if (line === "done") done = true;
          if (line.startsWith("stored ")) acknowledged.add(line.slice("stored ".length));
          if (line.startsWith("acknowledged ")) bulk = Number(line.slice("acknowledged ".length));
          // Later each time, so that the last run gets through.
          const enough = mode === "bulk" ? kill + 1 : kill * 900;
          if (kill < 4 && lines > enough) child.kill("SIGKILL");
        }
        const { rows } = await watcher.query("select id from events");
        const stored = new Set(rows.map(({ id }) => id));
        for (const id of acknowledged) expect(stored.has(id), id).toBe(true);
        expect(stored.size).toBeGreaterThanOrEqual(bulk);
        if (done) break;
      }
      expect(await checkConsistency(watcher)).toBe(count);
    },
  );
});

function runChild(connectionString: string, count: number, mode: string): ChildProcess {
  const script = fileURLToPath(new URL("./ingest-child.ts", import.meta.url));
  return spawn(process.execPath, ["--import", "tsx", script, connectionString, String(count), mode], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

describe.skipIf(process.platform !== "linux" || !testEngines().includes("ip4r"))(
  "with a server that restarts",
  () => {
    let server: RestartableServer;
    let storage: EventStorage;

    beforeAll(async () => {
      server = await startRestartable();
      storage = await openStorage({ connectionString: server.connectionString, pool: { max: 4 } });
      await storage.databaseCreate();
    });
    afterAll(async () => {
      await storage.close();
      await server.dispose();
    });

    it("nothing hangs while it is away, and all works when it is back", async () => {
      const working = Array.from({ length: 20 }, () => storage.query("select pg_sleep(5)"));
      const settled = Promise.allSettled(working);
      await pause(100);
      await server.restart("immediate");
      for (const outcome of await settled) {
        expect(outcome.status).toBe("rejected");
        if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(StorageConnectionError);
      }
      expect(await storage.countEvents()).toBeGreaterThanOrEqual(0);
      expect((await storage.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    });
  },
);
