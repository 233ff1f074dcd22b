import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStorage, type EventStorage } from "../../../runtime/store/index.js";
import { testEngines, withDatabase, type TestDatabase } from "../../support/database.js";
import { FAULT_ROUNDS, FAULT_SEED } from "./fault-options.js";
import { pause } from "./producers.js";
import { deliver, expectWorkedOff, isWorkedOff, spoolFolder, type Delivery } from "./spool.js";
import { seededRandom } from "./support.js";

const MAIN = fileURLToPath(new URL("../../../scripts/cli/main.ts", import.meta.url));
const FILES = 30;

describe.skipIf(!testEngines().includes("ip4r"))("workers on one folder", () => {
  let database: TestDatabase;
  let storage: EventStorage;
  let folder: string;

  beforeAll(async () => {
    database = await withDatabase("ip4r");
    storage = await openStorage({ connectionString: database.connectionString });
    folder = await spoolFolder();
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await storage.close();
    await database.dispose();
  });

  /** `eventstore ingest FOLDER --watch`, once it watches. */
  async function startWorker(): Promise<ChildProcess> {
    const watch = ["ingest", folder, "--watch", "--interval", "5ms", "--database", database.connectionString];
    const worker = spawn(process.execPath, ["--import", "tsx", MAIN, ...watch], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    for await (const part of worker.stderr) {
      said += String(part);
      if (said.includes("Watching")) break;
    }
    expect(said).toContain("Watching");
    return worker;
  }

  it(
    `that are killed ${FAULT_ROUNDS} times and started again leave what they would have left (seed ${FAULT_SEED})`,
    { timeout: 60_000 + FAULT_ROUNDS * 60_000 },
    async () => {
      const random = seededRandom(FAULT_SEED);
      const deliveries: Delivery[] = [];
      for (let round = 0, killed = 0; killed < FAULT_ROUNDS; round++) {
        const workers = await Promise.all([startWorker(), startWorker()]);
        const exits = workers.map((worker) => once(worker, "exit"));
        const delivering = (async () => {
          for (let number = 0; number < FILES; number++)
            deliveries.push(await deliver(folder, `k${String(round).padStart(3, "0")}`, number));
        })();
        await pause(random() * 150);
        for (const worker of workers) worker.kill("SIGKILL");
        await Promise.all([...exits, delivering]);
        if (!(await isWorkedOff(folder))) killed++;
      }
      const last = await startWorker();
      while (!(await isWorkedOff(folder))) await pause(20);
      last.kill("SIGTERM");
      expect(await once(last, "exit")).toEqual([0, null]);
      await expectWorkedOff(storage, folder, deliveries);
    },
  );
});
