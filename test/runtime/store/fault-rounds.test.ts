/** Ingest by each of its ways while connections are terminated and the server is stopped and started again, at random moments. */
import { rm } from "node:fs/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStorage, type EventStorage } from "../../../runtime/store/index.js";
import { watchFolder, type WatchEvent } from "../../../scripts/cli/ingest/watch.js";
import { testEngines } from "../../support/database.js";
import { FAULT_ROUNDS, FAULT_SEED } from "./fault-options.js";
import { expectStored, load, pause, produce } from "./producers.js";
import { startRestartable, type RestartableServer, type StopMode } from "./restartable-server.js";
import { deliver, expectWorkedOff, FILE_EVENTS, isWorkedOff, spoolFolder, type Delivery } from "./spool.js";
import { checkConsistency, emptyStore, seededRandom } from "./support.js";

/** In turn, so that few rounds have all of them. `terminate`: every connection of the store. */
const FAULTS: readonly ("terminate" | StopMode)[] = ["terminate", "immediate", "fast"];

const CONNECTIONS = 4;

describe.skipIf(process.platform !== "linux" || !testEngines().includes("ip4r"))(
  `through ${FAULT_ROUNDS} rounds of faults`,
  { timeout: 60_000 + FAULT_ROUNDS * 60_000 },
  () => {
    const seed = `(seed ${FAULT_SEED})`;
    let server: RestartableServer;
    let storage: EventStorage;

    beforeAll(async () => {
      server = await startRestartable();
      storage = await openStorage({ connectionString: server.connectionString, pool: { max: CONNECTIONS } });
      await storage.databaseCreate();
    });
    afterAll(async () => {
      await storage.close();
      await server.dispose();
    });

    const asAdministrator = async (sql: string): Promise<readonly Record<string, unknown>[]> => {
      const client = new pg.Client({ connectionString: server.connectionString });
      await client.connect();
      const { rows } = await client.query<Record<string, unknown>>(sql);
      await client.end();
      return rows;
    };
    const ours = "from pg_stat_activity where application_name = 'eventstore'";
    const connectionCount = async (): Promise<number> =>
      Number((await asAdministrator(`select count(*) ${ours}`))[0]?.["count"]);

    async function strike(fault: (typeof FAULTS)[number]): Promise<void> {
      if (fault === "terminate") await asAdministrator(`select pg_terminate_backend(pid) ${ours}`);
      else await server.restart(fault);
    }

    /** Runs `look` on a store of its own: a connection of the other may have been terminated without its noticing yet. */
    async function observed<T>(look: (observer: EventStorage) => Promise<T>): Promise<T> {
      const observer = await openStorage({ connectionString: server.connectionString, pool: { max: 1 } });
      return look(observer).finally(() => observer.close());
    }

    /**
     * Does the work in rounds, each with a fault at a random moment, and checks what it left when the fault is over. A round whose work was done
     * before its moment does not count.
     */
    async function throughRounds<T>(
      work: (round: number) => Promise<T>,
      check: (left: T, observer: EventStorage) => Promise<void>,
    ): Promise<void> {
      const random = seededRandom(FAULT_SEED);
      await observed(emptyStore);
      // How long the work takes when nothing happens.
      const start = Date.now();
      await work(0);
      const usualMs = Date.now() - start;
      for (let round = 1, struck = 0; struck < FAULT_ROUNDS; round++) {
        await observed(emptyStore);
        const working = work(round);
        const isUnderWay = pause(random() * usualMs).then(() => true);
        if (await Promise.race([isUnderWay, working.then(() => false)]))
          await strike(FAULTS[struck++ % FAULTS.length]!);
        const left = await working;
        await observed((observer) => check(left, observer));
      }
      while ((await connectionCount()) > CONNECTIONS) await pause(20);
    }

    it(`group commit stores what it acknowledged, once, and reports every other event ${seed}`, async () => {
      await throughRounds(
        (round) => produce(storage, `g${round}`, 60),
        async (outcomes, observer) => {
          await expectStored(observer, outcomes);
          // The batches are sent again for longer than the server is away.
          expect([...outcomes.values()]).not.toContain("failed");
        },
      );
    });

    it(`bulk stores every event once, and counts right ${seed}`, async () => {
      const count = 8_000;
      await throughRounds(
        (round) => load(storage, `b${round}`, count),
        async (loaded, observer) => {
          expect(loaded).toEqual({
            inserted: count,
            duplicates: 0,
            different: 0,
            rejected: [],
            acknowledged: count,
          });
          expect(await checkConsistency(observer)).toBe(count);
        },
      );
    });

    it(`workers on a folder store every event once, and put every file where it belongs ${seed}`, async () => {
      await throughRounds(
        (round) => watched(storage, `w${round}`),
        async ({ folder, deliveries }, observer) => {
          await expectWorkedOff(observer, folder, deliveries);
          await rm(folder, { recursive: true });
        },
      );
    });
  },
);

const FILES = 60;

/** Two workers on a new folder until all files that come meanwhile are acknowledged. */
async function watched(
  storage: EventStorage,
  prefix: string,
): Promise<{ readonly folder: string; readonly deliveries: readonly Delivery[] }> {
  const folder = await spoolFolder();
  const stop = new AbortController();
  const events: WatchEvent[] = [];
  const workers = [1, 2].map(() =>
    watchFolder(storage, folder, {
      interrupt: new AbortController().signal,
      terminate: stop.signal,
      intervalMs: 5,
      retryMs: 50,
      onEvent: async (event) => void events.push(event),
    }),
  );
  const deliveries: Delivery[] = [];
  for (let number = 0; number < FILES; number++) {
    deliveries.push(await deliver(folder, prefix, number));
    await pause(3);
  }
  while (!(await isWorkedOff(folder))) await pause(10);
  stop.abort();
  await Promise.all(workers);
  const results = events.flatMap((event) => (event.kind === "batch" ? [event.result] : []));
  const accounted = results.reduce((sum, { stored, duplicates }) => sum + stored + duplicates, 0);
  expect(accounted).toBe(FILES * FILE_EVENTS);
  return { folder, deliveries };
}
