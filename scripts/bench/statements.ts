/** Fixed operations against plain `pg` with the same named statement: what the runtime costs. */
import { mkdir } from "node:fs/promises";
import pg from "pg";
import * as statements from "../../generated/statements.js";
import { openStorage, type EventStorage } from "../../runtime/storage/index.js";
import { generateEvents } from "../demo/generate-events.js";
import { elapsed, interleave } from "./measure.js";
import type { BenchOptions } from "./options.js";
import { compared, type Measurement } from "./report.js";
import { openServer } from "./server.js";

const DATABASE = "eventstore_bench_statements";
/** Calls of one round, one after the other. */
const CALLS = 1000;
const GOAL = "≥ 0.87 ×";

/** Measures the calls that a daemon makes for every event. */
export async function benchStatements(
  options: BenchOptions,
  onProgress: (message: string) => void,
): Promise<readonly Measurement[]> {
  await mkdir(options.cache, { recursive: true });
  const server = await openServer(options, onProgress);
  try {
    await server.drop(DATABASE);
    await server.create(DATABASE);
    const url = server.url(DATABASE);
    const storage = await openStorage({ connectionString: url });
    const pool = new pg.Pool({ connectionString: url });
    try {
      return await measure(storage, pool, Math.max(5, options.rounds));
    } finally {
      await Promise.all([storage.close(), pool.end()]);
    }
  } finally {
    await server.drop(DATABASE);
    await server.close();
  }
}

/** One operation in both ways; `index` makes the arguments differ. */
interface Operation {
  readonly name: string;
  readonly ours: (index: number) => Promise<unknown>;
  readonly theirs: (index: number) => Promise<unknown>;
}

async function measure(
  storage: EventStorage,
  pool: pg.Pool,
  rounds: number,
): Promise<readonly Measurement[]> {
  await storage.databaseCreate();
  const ids = await fill(storage);
  const idAt = (index: number): string => ids[index % ids.length] ?? "";
  const [threshold, relapse, ttl] = [1, 2, 3].map((hour) => new Date(Date.UTC(2026, 0, 1, hour))) as [
    Date,
    Date,
    Date,
  ];
  const plain = (statement: { readonly name: string; readonly text: string }, values: readonly unknown[]) =>
    pool.query({ name: statement.name, text: statement.text, values: [...values], rowMode: "array" });
  const operations: readonly Operation[] = [
    {
      name: "fetchEvent",
      ours: (index) => storage.fetchEvent(idAt(index), { raw: true }),
      theirs: (index) => plain(statements.fetchEvent, [idAt(index)]),
    },
    {
      name: "thresholdSet",
      ours: (index) => storage.thresholdSet(`key-${index % 100}`, threshold, relapse, ttl),
      theirs: (index) =>
        plain(
          statements.thresholdSet,
          statements.thresholdSet.encode({
            key: `key-${index % 100}`,
            thresholdTime: threshold,
            relapseTime: relapse,
            ttlTime: ttl,
          }),
        ),
    },
    {
      name: "thresholdCheck",
      ours: (index) => storage.thresholdCheck(`key-${index % 100}`, threshold),
      theirs: (index) =>
        plain(
          statements.thresholdCheck,
          statements.thresholdCheck.encode({ key: `key-${index % 100}`, time: threshold }),
        ),
    },
  ];
  const measurements: Measurement[] = [];
  for (const { name, ours, theirs } of operations) {
    const calls = (call: Operation["ours"]) => async (): Promise<number> => {
      const taken = await elapsed(async () => {
        for (let index = 0; index < CALLS; index++) await call(index);
      });
      return taken / CALLS;
    };
    await interleave(calls(ours), calls(theirs), 1);
    const times = await interleave(calls(ours), calls(theirs), rounds);
    const note = "theirs is pg's Pool with the same named statement; the goal is at most 1.15 of its time";
    measurements.push(compared(name, times.ours, times.theirs, { goal: GOAL, note }));
  }
  return measurements;
}

async function fill(storage: EventStorage): Promise<readonly string[]> {
  const events = generateEvents({ count: 2000, seed: 1 });
  const ids: string[] = [];
  for (const event of events) ids.push(event.ID);
  await storage.insertEvents(events);
  return ids;
}
