/** Storing and reading out: one producer, many producers, bulk, streams. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EventStorage } from "../../../../runtime/store/index.js";
import { elapsed, interleave, type Side } from "../measure.js";
import { compared, progressLine, type Measurement } from "../report.js";
import { eventsOf, type Sides } from "./databases.js";
import { goalOf } from "./goals.js";
import { generatedEvents, type LegacyQuery, type Yardstick, type YardstickFiles } from "./yardstick.js";

/** Events of one round: enough that the start of a program or a plan does not count. */
const SINGLE = 400;
const GATHERED = 8_000;
const BULK = 10_000;
const PRODUCERS = 256;
/** Single events before the first round: as many calls as it takes until the code is compiled for good. */
const SINGLE_WARM_UP = 4_000;
/** Seeds of events that are in no store yet. */
const FIRST_SEED = 7001;

/** What the events of a measurement are made of. */
interface IngestSetting {
  readonly files: YardstickFiles;
  readonly cache: string;
  readonly rounds: number;
}

/** Files of events that are in no store yet: one for each round, and a last one for the round that warms up. */
type Chunks = readonly string[];

/** Measures durable ingest, in milliseconds an event, into the tables as they are. */
export async function measureIngest(
  sides: Sides,
  setting: IngestSetting,
  onProgress: (message: string) => void,
): Promise<readonly Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), "eventstore-bench-"));
  try {
    const measurements: Measurement[] = [];
    for (const job of await ingestJobs(sides, setting, folder)) {
      const measurement = await measureJob(job, setting.rounds);
      measurements.push(measurement);
      onProgress(progressLine(measurement));
    }
    return measurements;
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Job {
  readonly name: string;
  readonly ours: Side;
  readonly theirs: Side;
  readonly note?: string;
}

async function ingestJobs(sides: Sides, setting: IngestSetting, folder: string): Promise<readonly Job[]> {
  const chunks = (first: number, size: number, warmUp = size): Promise<Chunks> =>
    writeChunks(setting, folder, { first, size, warmUp });
  const [single, further, gathered, many] = await Promise.all([
    chunks(FIRST_SEED, SINGLE, SINGLE_WARM_UP),
    chunks(FIRST_SEED + 1, SINGLE),
    chunks(FIRST_SEED + 2, GATHERED),
    chunks(FIRST_SEED + 3, BULK),
  ]);
  const { storage, yardstick } = sides;
  return [
    {
      name: "one producer, each event",
      ours: produce(storage, single, 1),
      theirs: load(yardstick, single, "each"),
    },
    {
      name: `${PRODUCERS} producers, each event`,
      ours: produce(storage, gathered, PRODUCERS),
      theirs: load(yardstick, further, "each"),
      note: "theirs has one producer that commits each event",
    },
    {
      name: "bulk load, each event",
      ours: bulk(storage, many),
      theirs: load(yardstick, many, "bulk"),
    },
  ];
}

/** The round that warms up is not measured: a service has long been running. */
async function measureJob({ name, ours, theirs, note }: Job, rounds: number): Promise<Measurement> {
  await ours(rounds);
  await theirs(rounds);
  const times = await interleave(ours, theirs, rounds);
  return compared(name, times.ours, times.theirs, {
    goal: goalOf(name),
    ...(note === undefined ? {} : { note }),
  });
}

async function writeChunks(
  { files, cache, rounds }: IngestSetting,
  folder: string,
  { first, size, warmUp }: { readonly first: number; readonly size: number; readonly warmUp: number },
): Promise<Chunks> {
  const all = await generatedEvents(files, cache, { count: size * rounds + warmUp, seed: first });
  const lines = (await readFile(all, "utf8")).trimEnd().split("\n");
  return Promise.all(
    Array.from({ length: rounds + 1 }, async (_, round) => {
      const file = join(folder, `${first}-${round}.ndjson`);
      const end = round === rounds ? lines.length : (round + 1) * size;
      await writeFile(file, lines.slice(round * size, end).join("\n") + "\n");
      return file;
    }),
  );
}

async function parsed(file: string): Promise<readonly unknown[]> {
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
  return lines.map((line): unknown => JSON.parse(line));
}

/** Several producers, each waiting for the acknowledgement of its event before it sends the next. */
function produce(storage: EventStorage, chunks: Chunks, producers: number): Side {
  return async (round) => {
    const events = await parsed(chunks[round] ?? "");
    let next = 0;
    const producer = async (): Promise<void> => {
      while (next < events.length) await storage.insertEvent(events[next++]);
    };
    const taken = await elapsed(() => Promise.all(Array.from({ length: producers }, producer)));
    return taken / events.length;
  };
}

function bulk(storage: EventStorage, chunks: Chunks): Side {
  return async (round) => {
    let inserted = 0;
    const taken = await elapsed(async () => {
      ({ inserted } = await storage.insertEvents(eventsOf(chunks[round] ?? "")));
    });
    return taken / inserted;
  };
}

function load(yardstick: Yardstick, chunks: Chunks, mode: "each" | "bulk"): Side {
  return (round) => yardstick.load(chunks[round] ?? "", mode);
}

/** Streams before any counts. */
const WARMING_ROUNDS = 8;

/** Measures reading all events of a day out, in milliseconds for all. */
export async function measureStream(
  { storage, yardstick }: Sides,
  rounds: number,
): Promise<readonly Measurement[]> {
  const name = "stream of a day";
  const [from, to] = ["2026-10-20T00:00:00Z", "2026-10-21T00:00:00Z"];
  const query: LegacyQuery = {
    name,
    parameters: { dt_from: "2026-10-20", dt_to: "2026-10-21", limit: 1_000_000_000 },
  };
  let count = 0;
  const stream = async (): Promise<void> => {
    count = 0;
    for await (const event of storage.streamEvents({ filter: `detect_time in ${from}..${to}` }))
      if (event.ID !== "") count += 1;
  };
  const sides = [() => elapsed(stream), () => yardstick.time(query, 1)] as const;
  // Node compiles what runs often: the first streams of a process take three times as long.
  await interleave(...sides, WARMING_ROUNDS);
  const { ours, theirs } = await interleave(...sides, rounds);
  const note = `${count} events, parsed; theirs holds them all in memory`;
  return [compared(name, ours, theirs, { goal: goalOf(name), note })];
}
