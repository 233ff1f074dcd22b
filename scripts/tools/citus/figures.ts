/** Times of a cluster as multiples of its twin's, for some numbers of shards and days. */
import type { EventStorage } from "../../../runtime/store/index.js";
import { generateEvents } from "../demo/generate-events.js";
import { elapsed, median, medianCall } from "../bench/measure.js";
import { DAY_MS, FROM, stored, type Pair } from "./pair.js";

/** A store to measure: days with a partition each, and shards. */
export interface Size {
  readonly days: number;
  readonly shards: number;
}

/** Events that are there when calls are measured, whatever the number of days. */
const EVENTS = 12_000;

/** Events with the rare address, spread over the days. */
const RARE = 12;

/** Rounds of each call, and calls of a round. */
const ROUNDS = 9;
const CALLS = 5;

/** Bulks, and events of each. */
const BULKS = 7;
const BULK_EVENTS = 4_000;

type Call = readonly [name: string, call: (storage: EventStorage) => Promise<unknown>];

/** `3x4,30x4` as sizes: days, and shards. @throws RangeError for another text */
export function sizesOf(text: string): readonly Size[] {
  return text
    .split(",")
    .filter((part) => part !== "")
    .map((part) => {
      const [, days, shards] = /^(\d+)x(\d+)$/u.exec(part.trim()) ?? [];
      if (days === undefined)
        throw new RangeError(`CITUS_FIGURES: "${part}" is no DAYSxSHARDS, such as 30x4`);
      return { days: Number(days), shards: Number(shards) };
    });
}

/** A line for each call: the cluster's time, the twin's, and their ratio, of time and of the processors' time. */
export async function figures(pair: Pair, { days, shards }: Size): Promise<readonly string[]> {
  const [citus, twin] = pair;
  const to = new Date(FROM.getTime() + days * DAY_MS);
  const lines = [
    `${days} days, ${shards} shards: milliseconds of cluster / twin; ratio; ratio of processor time`,
  ];
  await citus.databaseCreate({ distributed: { citus: { shards } }, partitions: "day" });
  await twin.databaseCreate({ partitions: "day" });
  try {
    const events = someEventsUntil(to, EVENTS, 21).map((event, index) =>
      index % (EVENTS / RARE) === 7 ? { ...event, Source: [{ IP4: ["198.51.100.77"] }] } : event,
    );
    for (const storage of pair) await storage.insertEvents(events);
    const refreshed = await each(pair, (storage) => elapsed(() => storage.refresh()));
    lines.push(line(`refresh that makes ${days} days`, refreshed, null));
    for (const storage of pair) await storage.query("analyze");
    for (const [name, call] of calls(String(events[9]?.["ID"]), days))
      lines.push(await compared(pair, name, call));
    lines.push(await bulks(pair, to));
  } finally {
    for (const storage of pair) await storage.databaseDrop();
  }
  return lines;
}

function someEventsUntil(to: Date, count: number, seed: number): readonly Record<string, unknown>[] {
  return [...generateEvents({ count, seed, from: FROM, to })].map((event) => stored({ ...event }));
}

function calls(id: string, days: number): readonly Call[] {
  const step = days > 31 ? "1d" : "1h";
  const filter = "severity >= medium";
  return [
    ["dense page", (storage) => storage.searchEvents({ filter: "severity >= low", limit: 100 })],
    ["rare address", (storage) => storage.searchEvents({ filter: "source.ip = 198.51.100.77", limit: 100 })],
    ["absent address", (storage) => storage.searchEvents({ filter: "source.ip = 203.0.113.77", limit: 100 })],
    ["count", (storage) => storage.countEvents({ filter: "source.ip in 10.0.0.0/8" })],
    ["top of a filter", (storage) => storage.aggregateEvents({ by: "source.ip", filter })],
    ["top of all", (storage) => storage.aggregateEvents({ by: "source.ip" })],
    ["timeline", (storage) => storage.timelineEvents({ filter, step })],
    ["timeline by field", (storage) => storage.timelineEvents({ filter, step, by: "category" })],
    ["timeline of all by field", (storage) => storage.timelineEvents({ step, by: "category" })],
    ["pivot", (storage) => storage.pivotEvents({ row: "category", column: "severity", filter })],
    ["one event", (storage) => storage.fetchEvent(id)],
    ["stream's first", (storage) => firstOf(storage)],
  ];
}

async function firstOf(storage: EventStorage): Promise<unknown> {
  for await (const event of storage.streamEvents({ filter: "severity >= low" })) return event;
  return null;
}

type Both = readonly [citus: number, twin: number];

async function each(pair: Pair, work: (storage: EventStorage) => Promise<number>): Promise<Both> {
  return [await work(pair[0]), await work(pair[1])];
}

/** Takes the time of some work, and that of the processors of its servers. */
interface Clock {
  readonly times: number[];
  readonly used: () => number;
  readonly take: (work: () => Promise<number>) => Promise<void>;
}

/** What looking at the processors costs itself is left out. */
async function clockOf(storage: EventStorage): Promise<Clock> {
  const looks = 6;
  const first = await processorSeconds(storage);
  let last = first;
  for (let look = 0; look < looks; look++) last = await processorSeconds(storage);
  const ofLook = (last - first) / looks;
  const times: number[] = [];
  let used = 0;
  return {
    times,
    used: () => used,
    take: async (work) => {
      const before = await processorSeconds(storage);
      times.push(await work());
      used += (await processorSeconds(storage)) - before - ofLook;
    },
  };
}

/** Both in turn; each time is that of the median call of the median round. */
async function compared(pair: Pair, name: string, call: Call[1]): Promise<string> {
  for (const storage of pair) await call(storage);
  const clocks: Clocks = [await clockOf(pair[0]), await clockOf(pair[1])];
  for (let round = 0; round < ROUNDS; round++)
    for (const side of round % 2 === 0 ? SIDES : SIDES.toReversed())
      await clocks[side].take(() => medianCall(CALLS, () => call(pair[side])));
  return line(name, medians(clocks), clocks);
}

type Clocks = readonly [citus: Clock, twin: Clock];

const SIDES = [0, 1] as const;

function medians([citus, twin]: Clocks): Both {
  return [median(citus.times), median(twin.times)];
}

async function bulks(pair: Pair, to: Date): Promise<string> {
  const clocks: Clocks = [await clockOf(pair[0]), await clockOf(pair[1])];
  for (let round = 0; round < BULKS; round++) {
    const events = someEventsUntil(to, BULK_EVENTS, 100 + round);
    for (const side of round % 2 === 0 ? SIDES : SIDES.toReversed())
      await clocks[side].take(() => elapsed(() => pair[side].insertEvents(events)));
  }
  const [citus, twin] = clocks;
  const ratios = citus.times.map((time, round) => time / (twin.times[round] ?? NaN)).sort((a, b) => a - b);
  return `${line(`bulk of ${BULK_EVENTS}`, medians(clocks), clocks)}; single ratios ${ratios.map((ratio) => ratio.toFixed(2)).join(" ")}`;
}

function line(name: string, [citus, twin]: Both, clocks: Clocks | null): string {
  const [ours, theirs] = clocks?.map(({ used }) => used()) ?? [];
  const processor = ours === undefined || theirs === undefined ? "" : `; ${(ours / theirs).toFixed(2)}`;
  return `  ${name.padEnd(26)} ${citus.toFixed(1)} / ${twin.toFixed(1)}; ${(citus / twin).toFixed(2)}${processor}`;
}

/** Seconds that the processes of a server, ended ones included, have run; of Linux. */
const PROCESSOR =
  "with main as (select split_part(pg_read_file(current_setting('data_directory') || '/postmaster.pid'), E'\\n', 1) as pid), " +
  "files as (select name, pg_read_file('/proc/' || name || '/stat', 0, 4096, true) as text from pg_ls_dir('/proc') as name where name ~ '^[0-9]+$'), " +
  "fields as (select name, string_to_array(regexp_replace(text, '^.*\\) ', ''), ' ') as f from files where text is not null) " +
  "select coalesce(sum(f[12]::bigint + f[13]::bigint + case when name = pid then f[14]::bigint + f[15]::bigint else 0 end), 0) / 100.0 as seconds " +
  "from fields, main where name = pid or f[2] = pid";

/** Looks at the processors; a process that ends while its file is read ends the look. */
const LOOKS = 20;

/** Of all servers of a store. */
async function processorSeconds(storage: EventStorage): Promise<number> {
  const isCluster = "select to_regclass('pg_catalog.pg_dist_node') is not null as there";
  const ofAll =
    "select sum(result::float8) filter (where success) as seconds, bool_and(success) as whole from run_command_on_all_nodes($1)";
  const cluster = (await storage.query(isCluster)).rows[0]?.["there"] === true;
  for (let look = 1; look <= LOOKS; look++) {
    const asked = cluster ? storage.query(ofAll, [PROCESSOR]) : storage.query(PROCESSOR);
    const [row] = (await asked.catch(() => ({ rows: [] }))).rows;
    if (row !== undefined && row["whole"] !== false) return Number(row["seconds"]);
  }
  return NaN;
}
