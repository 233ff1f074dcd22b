/** Storing and reading out: one producer, many producers, bulk, streams. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { elapsed, interleave, type Side } from "../measure.js";
import { compared, progressLine, type Measurement } from "../report.js";
import { eventsOf, type Sides } from "./databases.js";
import { goalOf } from "./goals.js";
import { generatedEvents, type LegacyQuery, type YardstickFiles } from "./yardstick.js";

/** Events of one round: enough that the start of a program or a plan does not count. */
const SINGLE = 400;
const GATHERED = 8_000;
const BULK = 10_000;
const PRODUCERS = 256;
/** Single events before the first round: as many calls as it takes until the code is compiled for good. */
const SINGLE_WARM_UP = 4_000;
/** Seeds of events that are in no store yet. */
const FIRST_SEED = 7001;

/** Measures durable ingest, in milliseconds an event, into the tables as they are. */
export async function measureIngest(
  { storage, yardstick }: Sides,
  files: YardstickFiles,
  cache: string,
  rounds: number,
  onProgress: (message: string) => void,
): Promise<readonly Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), "eventstore-bench-"));
  /** A file of new events for each round, and a last one for a round before them that is not measured: a service has long been running. */
  const chunks = async (first: number, size: number, warmUp = size): Promise<readonly string[]> => {
    const all = await generatedEvents(files, cache, size * rounds + warmUp, first);
    const lines = (await readFile(all, "utf8")).trimEnd().split("\n");
    return Promise.all(
      Array.from({ length: rounds + 1 }, async (_, round) => {
        const file = join(folder, `${first}-${round}.ndjson`);
        const end = round === rounds ? lines.length : (round + 1) * size;
        await writeFile(file, lines.slice(round * size, end).join("\n") + "\n");
        return file;
      }),
    );
  };
  const parsed = async (file: string): Promise<readonly unknown[]> =>
    (await readFile(file, "utf8"))
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));

  /** So many producers, each waiting for the acknowledgement of its event before it sends the next. */
  const produce =
    (chunk: readonly string[], producers: number): Side =>
    async (round) => {
      const events = await parsed(chunk[round] ?? "");
      let next = 0;
      const producer = async (): Promise<void> => {
        while (next < events.length) await storage.insertEvent(events[next++]);
      };
      const taken = await elapsed(() => Promise.all(Array.from({ length: producers }, producer)));
      return taken / events.length;
    };
  const bulk =
    (chunk: readonly string[]): Side =>
    async (round) => {
      let inserted = 0;
      const taken = await elapsed(async () => {
        ({ inserted } = await storage.insertEvents(eventsOf(chunk[round] ?? "")));
      });
      return taken / inserted;
    };
  const load =
    (chunk: readonly string[], mode: "each" | "bulk"): Side =>
    (round) =>
      yardstick.load(chunk[round] ?? "", mode);

  try {
    const [single, further, gathered, many] = await Promise.all([
      chunks(FIRST_SEED, SINGLE, SINGLE_WARM_UP),
      chunks(FIRST_SEED + 1, SINGLE),
      chunks(FIRST_SEED + 2, GATHERED),
      chunks(FIRST_SEED + 3, BULK),
    ]);
    const jobs: readonly (readonly [name: string, ours: Side, theirs: Side, note?: string])[] = [
      ["one producer, each event", produce(single, 1), load(single, "each")],
      [
        `${PRODUCERS} producers, each event`,
        produce(gathered, PRODUCERS),
        load(further, "each"),
        "theirs has one producer that commits each event",
      ],
      ["bulk load, each event", bulk(many), load(many, "bulk")],
    ];
    const measurements: Measurement[] = [];
    for (const [name, ourSide, theirSide, note] of jobs) {
      await ourSide(rounds);
      await theirSide(rounds);
      const { ours, theirs } = await interleave(ourSide, theirSide, rounds);
      const remarks = { goal: goalOf(name), ...(note === undefined ? {} : { note }) };
      const measurement = compared(name, ours, theirs, remarks);
      measurements.push(measurement);
      onProgress(progressLine(measurement));
    }
    return measurements;
  } finally {
    await rm(folder, { recursive: true });
  }
}

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
  const { ours, theirs } = await interleave(
    () => elapsed(stream),
    () => yardstick.time(query, 1),
    rounds,
  );
  const note = `${count} events, parsed; theirs holds them all in memory`;
  return [compared(name, ours, theirs, { goal: goalOf(name), note })];
}
