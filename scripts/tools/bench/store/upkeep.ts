/** What the store costs besides searches: room, and getting rid of what is old. */
import { elapsed, interleave, timesOf } from "../measure.js";
import type { BenchOptions } from "../options.js";
import { compared, type Measurement } from "../report.js";
import type { Sides } from "./databases.js";
import { goalOf } from "./goals.js";

const DAY_MS = 86_400_000;

/** Bytes an event with all indexes, as kilobytes in the place of milliseconds. */
export async function measureBytes({ ours, theirs }: Sides, events: number): Promise<readonly Measurement[]> {
  const name = "bytes an event";
  const text = "select sum(pg_total_relation_size(relid)) as bytes from pg_stat_user_tables";
  const [our, their] = await Promise.all(
    [ours, theirs].map(async (client) => {
      const { rows } = await client.query<{ bytes: string }>(text);
      return timesOf([Number(rows[0]?.bytes) / events]);
    }),
  );
  const note =
    "bytes instead of milliseconds, after VACUUM; theirs has indexes that were built at the end, hence as compact as can be";
  return our === undefined || their === undefined
    ? []
    : [compared(name, our, their, { goal: goalOf(name), note })];
}

/** From this many days on, months are removed instead of days. */
const DAYS_OF_MONTHS = 120;

/** Removes the oldest days, or months, one a round. */
export async function measureRetention(
  { storage, theirs }: Sides,
  { rounds, days }: Pick<BenchOptions, "rounds" | "days">,
): Promise<readonly Measurement[]> {
  const byMonths = days >= DAYS_OF_MONTHS;
  const name = `retention of a ${byMonths ? "month" : "day"}`;
  const { rows } = await theirs.query<{ oldest: string }>(
    "select extract(epoch from min(detecttime)) as oldest from legacy_events",
  );
  // What is left of the first day or month is cut off before: generated events begin a few minutes before a midnight.
  const oldest = new Date(Number(rows[0]?.oldest) * 1000);
  const start = byMonths
    ? Date.UTC(oldest.getUTCFullYear(), oldest.getUTCMonth() + 1)
    : Math.ceil(oldest.getTime() / DAY_MS) * DAY_MS;
  const limit = (round: number): Date => {
    const first = new Date(start);
    return byMonths
      ? new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + round + 1))
      : new Date(start + (round + 1) * DAY_MS);
  };
  const clean = (before: Date) => storage.tableCleanup("events", "detect_time", before);
  const remove = async (before: Date): Promise<number> =>
    (
      await theirs.query("delete from legacy_events where detecttime < $1", [
        before.toISOString().slice(0, 19),
      ])
    ).rowCount ?? 0;
  const removed = { ours: await clean(new Date(start)), theirs: await remove(new Date(start)) };
  const times = await interleave(
    (round) => elapsed(async () => (removed.ours += await clean(limit(round)))),
    (round) => elapsed(async () => (removed.theirs += await remove(limit(round)))),
    rounds,
  );
  if (removed.ours !== removed.theirs)
    throw new Error(`${name}: we removed ${removed.ours} events, theirs ${removed.theirs}`);
  return [
    compared(name, times.ours, times.theirs, { goal: goalOf(name), note: `${removed.ours} events removed` }),
  ];
}
