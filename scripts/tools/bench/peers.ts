/** The store beside DuckDB, which runs within the process and is no server: pages, counts, tops and single events of the same events. */
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { tryParseIpRange, type IpRange } from "../../../compiler/values/ip-range.js";
import { eventToRow } from "../../../runtime/events/row.js";
import { openStorage, readEventItems, type EventStorage } from "../../../runtime/store/index.js";
import { interleave, warmMedian } from "./measure.js";
import type { BenchOptions } from "./options.js";
import { openDuckDb, type DuckDb } from "./peers/duckdb.js";
import { compared, progressLine, type Measurement } from "./report.js";
import { openServer } from "./server.js";
import { eventsOf } from "./store/databases.js";
import { findGenerator, generatedEvents } from "./store/yardstick.js";

const RUNS = 12;
const DATABASE = "eventstore_bench_peers";

/** One question to both sides. What they answer is compared as text before it is measured. */
interface Question {
  readonly name: string;
  readonly ours: (storage: EventStorage) => Promise<readonly unknown[]>;
  readonly sql: string;
}

const page = (name: string, filter: string, condition: string): Question => ({
  name,
  ours: async (storage) => {
    const { events } = await storage.searchEvents({ filter, limit: 100 });
    return events.map(({ DetectTime }) => DetectTime);
  },
  sql: `select json_extract_string(event, '$.DetectTime'), event from events where ${condition} order by time desc, id desc limit 100`,
});

/** As `in`: the whole of an address or network lies within. */
const source = (low: number, high: number): string =>
  `seq in (select seq from addresses where low >= ${low} and high <= ${high})`;

/** 68.121.69.103, 120.1.159.116 and 147.32.0.0/16 as numbers. */
const [HOT, RARE, NETWORK] = [1_148_798_311, 2_013_372_276, 2_468_347_904];

const questions = (id: string): readonly Question[] => [
  page("page of all events", "", "true"),
  page("page of a hot host", "source.ip in 68.121.69.103", source(HOT, HOT)),
  page("page of a rare host", "source.ip in 120.1.159.116", source(RARE, RARE)),
  page(
    "page by category and port",
    "category = Intrusion.Botnet and target.port = 6379",
    "list_contains(category, 'Intrusion.Botnet') and list_contains(port, 6379)",
  ),
  {
    name: "count of a /16",
    ours: async (storage) => [await storage.countEvents({ filter: "source.ip in 147.32.0.0/16" })],
    sql: `select count(distinct seq) from addresses where low >= ${NETWORK} and high <= ${NETWORK + 65_535}`,
  },
  {
    name: "top sources",
    ours: async (storage) => {
      const rows = await storage.aggregateEvents({ by: "source.ip", limit: 21 });
      return rows.flatMap(({ value, count }) => (value === null ? [] : [count])).slice(0, 20);
    },
    sql: "select count(*) as n from (select unnest(list_distinct(source)) as source from events) group by source order by n desc limit 20",
  },
  {
    name: "one event by its id",
    ours: async (storage) => [(await storage.fetchEvent(id))?.DetectTime],
    sql: `select json_extract_string(event, '$.DetectTime'), event from events where id = '${id}'`,
  },
];

/**
 * Both sides with the same events, in turn.
 *
 * @throws BenchSetupError when the generator of events or DuckDB is missing, DatabaseSourceError when there is no PostgreSQL with ip4r
 */
export async function benchPeers(
  options: BenchOptions,
  onProgress: (message: string) => void,
): Promise<readonly Measurement[]> {
  const { events, days, cache, rounds } = options;
  const baseline = await findGenerator(options);
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), "eventstore-bench-"));
  try {
    const duckDb = await openDuckDb(join(folder, "events.duckdb"));
    const file = await generatedEvents({ baseline }, cache, { count: events, days });
    const rows = join(folder, "rows.ndjson");
    await pipeline(Readable.from(rowsOf(file)), createWriteStream(rows));
    onProgress(`filling DuckDB with ${events} events`);
    await duckDb.fill(rows);
    return await withStore(options, file, onProgress, (storage) =>
      measureAll(storage, duckDb, rounds, onProgress),
    ).finally(() => duckDb.close());
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function withStore<T>(
  options: BenchOptions,
  file: string,
  onProgress: (message: string) => void,
  work: (storage: EventStorage) => Promise<T>,
): Promise<T> {
  const server = await openServer(options, onProgress);
  try {
    await server.drop(DATABASE);
    await server.create(DATABASE);
    onProgress(`filling our store`);
    const filled = await openStorage({ connectionString: server.url(DATABASE) });
    await filled.databaseCreate();
    await filled.insertEvents(eventsOf(file));
    await filled.refresh();
    await filled.query("vacuum (analyze)");
    await filled.close();
    // One that is opened afterwards knows how many events the planner takes the store for.
    const storage = await openStorage({ connectionString: server.url(DATABASE) });
    return await work(storage).finally(() => storage.close());
  } finally {
    await server.drop(DATABASE);
    await server.close();
  }
}

async function measureAll(
  storage: EventStorage,
  duckDb: DuckDb,
  rounds: number,
  onProgress: (message: string) => void,
): Promise<readonly Measurement[]> {
  const { events } = await storage.searchEvents({ limit: 1 });
  const measurements: Measurement[] = [];
  for (const { name, ours, sql } of questions(events[0]?.ID ?? "")) {
    const statement = await duckDb.prepare(sql);
    const [found, expected] = [await ours(storage), await statement()];
    if (found.map(String).join() !== expected.map(([first]) => String(first)).join())
      throw new Error(`${name}: DuckDB found something else`);
    const times = await interleave(
      () => warmMedian(RUNS, () => ours(storage)),
      () => warmMedian(RUNS, statement),
      rounds,
    );
    const measurement = compared(`${name}, DuckDB`, times.ours, times.theirs);
    measurements.push(measurement);
    onProgress(progressLine(measurement));
  }
  return measurements;
}

/** What DuckDB stores of each event, a line of JSON each; IPv4 addresses of sources also as numbers. */
async function* rowsOf(file: string): AsyncGenerator<string, void, undefined> {
  let seq = 0;
  for await (const item of readEventItems(file)) {
    if (item.kind !== "event") continue;
    const { id, detect_time, category, target_port, source_ip } = eventToRow(item.event);
    const addresses = (source_ip ?? []) as readonly string[];
    const ranges = addresses.map(tryParseIpRange).filter((range): range is IpRange => range?.family === 4);
    const bounds = ranges.map(({ first, last }) => ({ low: Number(first), high: Number(last) }));
    const row = { seq: seq++, id, time: detect_time, category, port: target_port, source: addresses };
    yield `${JSON.stringify({ ...row, bounds, event: item.raw })}\n`;
  }
}
