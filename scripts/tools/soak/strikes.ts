/** What happens to a server in a bad year, one at a time. */
import { setTimeout as delay } from "node:timers/promises";
import type { EventStorage } from "../../../runtime/store/index.js";
import type { Random } from "../demo/random.js";

/** A mishap by its name. */
export interface Strike {
  readonly name: string;
  readonly happen: (storage: EventStorage, random: Random) => Promise<void>;
}

/** The process of a session of the store, other than the asking one. */
async function someSession(storage: EventStorage, random: Random): Promise<number | null> {
  const { rows } = await storage.query(
    "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'",
  );
  return rows.length === 0 ? null : Number(rows[random.below(rows.length)]?.["pid"]);
}

const onSession =
  (text: string): Strike["happen"] =>
  async (storage, random) => {
    const pid = await someSession(storage, random);
    if (pid !== null) await storage.query(text, [pid]);
  };

/** Somebody keeps the newest partition, or the default one, for a while. */
const hold =
  (mode: string): Strike["happen"] =>
  (storage, random) =>
    storage.transaction(async (inner) => {
      const { rows } = await inner.query(
        "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'events'::regclass order by 1 desc limit 3",
      );
      const table = String(rows[random.below(rows.length)]?.["name"]);
      await inner.query(`lock table ${table} in ${mode} mode`);
      await delay(500 + random.below(1_500));
    });

/** Those that the server outlives; one is drawn each time. */
const STRIKES: readonly Strike[] = [
  { name: "a session is ended", happen: onSession("select pg_terminate_backend($1::int)") },
  { name: "a query is cancelled", happen: onSession("select pg_cancel_backend($1::int)") },
  { name: "somebody reads a partition for long", happen: hold("access share") },
  { name: "somebody keeps a partition from all", happen: hold("access exclusive") },
];

/** One that ends all sessions, until the server has recovered. */
const CRASH: Strike = {
  name: "a process is killed, and the server recovers",
  happen: async (storage, random) => {
    const pid = await someSession(storage, random);
    if (pid !== null) process.kill(pid, "SIGKILL");
  },
};

/** Strikes from one crash to the next: the server has to be up for most of the time, or nothing is learnt but that it was away. */
const CRASH_EVERY = 40;
const FIRST_CRASH = 6;

/** The strike of a number, counted from 0. */
export function strikeOf(number: number, random: Random): Strike {
  return number % CRASH_EVERY === FIRST_CRASH ? CRASH : STRIKES[random.below(STRIKES.length)]!;
}
