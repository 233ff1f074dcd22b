/**
 * How searches grow with the number of days: stores with few rows a day, `tsx scripts/tools/bench/scale.ts [--database URL]`.
 *
 * What grows with partitions is planning and the text of statements, not the rows: so few rows a day tell what a search over years of
 * days costs before it reads anything.
 */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { ensureDays } from "../../../runtime/store/schema/index.js";
import { openExecutor } from "../../../runtime/postgres/executor.js";
import { openStorage, type EventStorage } from "../../../runtime/store/index.js";
import { generateEvents } from "../demo/generate-events.js";
import { elapsed, median } from "./measure.js";
import { openServer } from "./server.js";

const DAYS = [30, 365, 1000] as const;
const ROWS_A_DAY = 4;
const RUNS = 15;
const DAY_MS = 86_400_000;
const END = Date.UTC(2026, 9, 1);

const SEARCHES = {
  "all events": "",
  "rare host": "source.ip in 203.0.113.77",
  "rare host, one day": "source.ip in 203.0.113.77 and detect_time in 2026-09-20..2026-09-21",
} as const;

/** Median milliseconds of each search, and the first, which plans everything. */
async function measure(
  storage: EventStorage,
): Promise<readonly { readonly first: number; readonly usual: number }[]> {
  const results = [];
  for (const filter of Object.values(SEARCHES)) {
    const search = () => elapsed(() => storage.searchEvents({ filter, limit: 100 }));
    const first = await search();
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) times.push(await search());
    results.push({ first, usual: median(times) });
  }
  return results;
}

/** A store with this many days, each with a few rows. */
async function fill(url: string, days: number): Promise<void> {
  const executor = openExecutor({ connectionString: url, max: 1 });
  const storage = await openStorage({ connectionString: url });
  try {
    await storage.databaseCreate({ partitions: "day" });
    const last = END / DAY_MS;
    await ensureDays(
      executor,
      IDEA_CATALOGUE,
      Array.from({ length: days }, (_, day) => last - 1 - day),
      { now: new Date(END) },
    );
    const from = new Date(END - days * DAY_MS);
    await storage.insertEvents(generateEvents({ count: days * ROWS_A_DAY, from, to: new Date(END) }));
    await storage.query("analyze");
  } finally {
    await storage.close();
    await executor.close();
  }
}

const { values } = parseArgs({ options: { database: { type: "string" } } });
const server = await openServer(
  { database: values.database, cache: join(tmpdir(), "eventstore-bench") },
  () => undefined,
);
try {
  const cell = (text: string): string => text.padStart(22);
  process.stdout.write(
    `${["days", ...Object.keys(SEARCHES)].map(cell).join("")}   (first, then median; ms)\n`,
  );
  for (const days of DAYS) {
    const database = `eventstore_bench_scale_${days}`;
    await server.drop(database);
    await server.create(database);
    try {
      await fill(server.url(database), days);
      // Sequences of searches of one connection: its prepared statements are what saves planning.
      const storage = await openStorage({ connectionString: server.url(database), pool: { max: 1 } });
      const results = await measure(storage);
      await storage.close();
      const cells = results.map(({ first, usual }) => cell(`${first.toFixed(1)} → ${usual.toFixed(1)}`));
      process.stdout.write(`${cell(String(days))}${cells.join("")}\n`);
    } finally {
      await server.drop(database);
    }
  }
} finally {
  await server.close();
}
