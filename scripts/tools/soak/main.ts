/**
 * A store under everything at once: `npm run soak -- --minutes N [--days D] [--seed S] [--pause P]`.
 *
 * On a new private server with the default settings of PostgreSQL: producers, bulk loads, searches, dashboards, refresh, retention and random mishaps
 * over a year of day partitions. At the end each acknowledged event that retention had to leave must be there, once. Exit code 1 when one is lost
 * or doubled, when `verify` finds something, or when an error was none of ours.
 */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { IdeaEvent } from "../../../runtime/events/idea-event.js";
import { openDatabase } from "../../../runtime/server/index.js";
import { openStorage, type EventStorage } from "../../../runtime/store/index.js";
import { generateEvents } from "../demo/generate-events.js";
import { createRandom } from "../demo/random.js";
import { strikeOf } from "./strikes.js";
import { createTally } from "./tally.js";

const DAY_MS = 86_400_000;
const PRODUCERS = 4;
const SEARCHERS = 3;
const BULK = 200;
/** Milliseconds between the calls of one: producers, loads and readers that keep the machine busy, but leave it time for each other. */
const PAUSES = { produce: 20, load: 1_000, read: 20, keepUp: 5_000 } as const;
/** Milliseconds between two strikes, of which the second is random. */
const STRIKE_PAUSES = [2_000, 4_000] as const;
const FILTERS = [
  "source.ip in 198.51.100.0/24",
  "category under Recon and target.port = 22",
  "severity >= medium",
  'description contains "scan"',
  "detect_time in last 300d and not category = Test",
];

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    days: { type: "string", default: "365" },
    seed: { type: "string", default: "1" },
    // Where other work runs beside it: the pauses between calls are this many times as long.
    pause: { type: "string", default: "1" },
  },
});
const [minutes, days, seed, pause] = [values.minutes, values.days, values.seed, values.pause].map(Number) as [
  number,
  number,
  number,
  number,
];
if (!(minutes > 0) || !(days >= 1) || !(pause > 0) || !Number.isSafeInteger(seed))
  throw new Error("--minutes, --days and --pause are numbers above 0, --seed is a whole number");

const tally = createTally();
const folder = await mkdtemp(join(tmpdir(), "eventstore-soak-"));
// As root the server is another user, which has to enter it.
await chmod(folder, 0o711);
const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
/** Times of acknowledged events. */
const acknowledged = new Map<string, number>();
let oldest = today - days * DAY_MS;
let end = Infinity;
const goesOn = (): boolean => Date.now() < end;

/** Events of the whole year, in random order of days. */
function* feed(own: number): Generator<IdeaEvent, never> {
  for (let round = 0; ; round++) {
    // Retention goes on, and no day of the future is asked for.
    const kept = Math.max(1, (today - oldest) / DAY_MS);
    const from = new Date(oldest + ((round * 37 + own * 11) % kept) * DAY_MS);
    const to = new Date(from.getTime() + DAY_MS);
    yield* generateEvents({ count: 20, seed: seed + own * 1_000_003 + round, from, to });
  }
}

function note(events: readonly IdeaEvent[], ids: Iterable<string>): void {
  const times = new Map(events.map((event) => [event.ID, Date.parse(event["DetectTime"])]));
  for (const id of ids) acknowledged.set(id, times.get(id) ?? 0);
}

/** One event after the other, each sent again until it is acknowledged. */
async function produce(storage: EventStorage, own: number): Promise<void> {
  for (const event of feed(own)) {
    while (goesOn()) {
      const id = await tally.run("insertEvent", () => storage.insertEvent(event, { onConflict: "ignore" }));
      if (id === undefined) continue;
      note([event], [id]);
      await delay(pause * PAUSES.produce);
      break;
    }
    if (!goesOn()) return;
  }
}

async function load(storage: EventStorage): Promise<void> {
  const source = feed(PRODUCERS + 1);
  while (goesOn()) {
    const events = Array.from({ length: BULK }, () => source.next().value);
    await tally.run("insertEvents", () =>
      storage.insertEvents(events, {
        onProgress: ({ inserted, duplicates }) => note(events, [...inserted, ...duplicates]),
      }),
    );
    await delay(pause * PAUSES.load);
  }
}

async function read(storage: EventStorage, own: number): Promise<void> {
  const random = createRandom(seed + own);
  while (goesOn()) {
    const filter = FILTERS[random.below(FILTERS.length)];
    await tally.run("searchEvents", () => storage.searchEvents({ filter, limit: 100 }));
    await tally.run("countEvents", () => storage.countEvents({ filter }));
    await tally.run("summarizeEvents", () =>
      storage.summarizeEvents({ by: ["category", "source.ip", "target.port"], filter }),
    );
    await tally.run("timelineEvents", () => storage.timelineEvents({ filter, by: "category", step: "1w" }));
    await delay(pause * PAUSES.read);
  }
}

/** Refresh, and retention of one more day each time. */
async function keepUp(storage: EventStorage): Promise<void> {
  while (goesOn()) {
    await tally.run("refresh", () => storage.refresh());
    oldest += DAY_MS;
    await tally.run("tableCleanup", () => storage.tableCleanup("events", "detect_time", new Date(oldest)));
    await delay(PAUSES.keepUp);
  }
}

async function strike(storage: EventStorage): Promise<void> {
  const random = createRandom(seed + 77);
  const [shortest, more] = STRIKE_PAUSES;
  for (let number = 0; goesOn(); number++) {
    await delay(shortest + random.below(more));
    const one = strikeOf(number, random);
    await tally.run(`strike: ${one.name}`, () => one.happen(storage, random));
  }
}

/** What was acknowledged and is not there, and what is there more than once. */
async function compare(storage: EventStorage): Promise<{ readonly lost: number; readonly doubled: number }> {
  await storage.tableCleanup("events", "detect_time", new Date(oldest), { timeoutMs: 0 });
  await storage.refresh({ timeoutMs: 0 });
  const there = new Map<string, number>();
  for await (const id of storage.streamEventIds()) there.set(id, (there.get(id) ?? 0) + 1);
  const expected = [...acknowledged].filter(([, time]) => time >= oldest);
  return {
    lost: expected.filter(([id]) => !there.has(id)).length,
    doubled: [...there.values()].filter((times) => times > 1).length,
  };
}

async function soak(storage: EventStorage, troubled: EventStorage): Promise<number> {
  await storage.databaseCreate({ partitions: "day" });
  const first = [...generateEvents({ count: days * 10, seed, from: new Date(oldest), to: new Date(today) })];
  await storage.insertEvents(first, { onProgress: ({ inserted }) => note(first, inserted) });
  console.log(`${first.length} events in ${days} days; ${minutes} minutes begin`);
  end = Date.now() + minutes * 60_000;
  const work = [strike(troubled), keepUp(storage), load(storage)];
  for (let own = 0; own < PRODUCERS; own++) work.push(produce(storage, own));
  for (let own = 0; own < SEARCHERS; own++) work.push(read(storage, own));
  await Promise.all(work);
  const { lost, doubled } = await compare(storage);
  const { problems } = await storage.verify({ repair: false, timeoutMs: 0 });
  console.log(tally.lines().join("\n"));
  console.log(
    `\n${acknowledged.size} events acknowledged; lost ${lost}, doubled ${doubled}; verify found ${problems.length} problems`,
  );
  for (const [code, message] of tally.messages) console.log(`${code}: ${message}`);
  for (const problem of problems) console.log(JSON.stringify(problem));
  for (const error of tally.foreign) console.log(`not an error of ours: ${error}`);
  return lost + doubled + problems.length + tally.foreign.length === 0 ? 0 : 1;
}

// Nothing here tears a disk: it is not waited for. All else is as PostgreSQL has it.
const server = await openDatabase({ dataDir: folder, settings: { fsync: "off" } });
const { connectionString } = server;
const storage = await openStorage({ connectionString });
const troubled = await openStorage({ connectionString, pool: { max: 2 } });
try {
  process.exitCode = await soak(storage, troubled);
} catch (error) {
  console.log(tally.lines().join("\n"));
  console.error(error);
  process.exitCode = 1;
} finally {
  await troubled.close();
  await storage.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
