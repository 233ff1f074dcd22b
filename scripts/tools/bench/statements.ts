/** Fixed operations against plain `pg` with the same named statement: what the runtime costs. */
import { mkdir } from "node:fs/promises";
import pg from "pg";
import * as statements from "../../../generated/statements.js";
import { openStorage, type EventStorage } from "../../../runtime/store/index.js";
import { generateEvents } from "../demo/generate-events.js";
import { interleave, medianCall } from "./measure.js";
import type { BenchOptions } from "./options.js";
import { compared, type Measurement } from "./report.js";
import { openServer } from "./server.js";

const DATABASE = "eventstore_bench_statements";
/** Calls of one round, one after the other. Rounds are short and many: the sides change places before the machine does. */
const CALLS = 200;
const MIN_ROUNDS = 41;
/** Rounds before any counts: the server plans anew for the first calls of a statement, and Node compiles what runs often. */
const WARMING_ROUNDS = 10;
const GOAL = "≥ 0.87 ×";
const NOTE =
  "each side has one connection to the same server and one call at a time; a round's time is that of its median call; " +
  "commits don't wait for the disk; theirs is pg's Pool with the same named statement; the goal is at most 1.15 of its time";

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
    const url = impatient(server.url(DATABASE));
    const storage = await openStorage({ connectionString: url, pool: { max: 1 } });
    const pool = new pg.Pool({ connectionString: url, max: 1 });
    try {
      return await measure(storage, pool, Math.max(MIN_ROUNDS, options.rounds));
    } finally {
      await Promise.all([storage.close(), pool.end()]);
    }
  } finally {
    await server.drop(DATABASE);
    await server.close();
  }
}

/** Sessions whose commits don't wait for the disk: it takes many times as long as what is compared. */
function impatient(address: string): string {
  const url = new URL(address);
  url.searchParams.set("options", "-c synchronous_commit=off");
  return url.href;
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
            keys: [`key-${index % 100}`],
            thresholdTime: threshold,
            relapseTime: relapse,
            ttlTime: ttl,
            label: null,
          }),
        ),
    },
    {
      name: "thresholdCheck",
      ours: (index) => storage.thresholdCheck(`key-${index % 100}`, threshold),
      theirs: (index) =>
        plain(
          statements.thresholdCheck,
          statements.thresholdCheck.encode({ keys: [`key-${index % 100}`], time: threshold }),
        ),
    },
  ];
  const measurements: Measurement[] = [];
  for (const { name, ours, theirs } of operations) {
    const round = (call: Operation["ours"]) => () => medianCall(CALLS, call);
    await interleave(round(ours), round(theirs), WARMING_ROUNDS);
    const times = await interleave(round(ours), round(theirs), rounds);
    const note = measurements.length === 0 ? { note: NOTE } : {};
    measurements.push(compared(name, times.ours, times.theirs, { goal: GOAL, ...note }));
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
