/** Both sides with the same events, each in a database of its own on one server. */
import pg from "pg";
import { readEventItems, openStorage, withRaw, type EventStorage } from "../../../../runtime/store/index.js";
import type { BenchServer } from "../server.js";
import { openYardstick, type Yardstick, type YardstickFiles } from "./yardstick.js";

/** Settings that the partitions of our store may have. */
export type BenchPartitions = "auto" | "month" | "week" | "day";

/** Ours and theirs, filled and analysed. */
export interface Sides {
  readonly storage: EventStorage;
  readonly yardstick: Yardstick;
  /** Plain connections to the databases: for bytes and for statements that the Python store would send. */
  readonly ours: pg.Client;
  readonly theirs: pg.Client;
  /** URL of our database, for stores with connections of their own. */
  readonly url: string;
  readonly close: (keep: boolean) => Promise<void>;
}

/** The events that both sides hold: the file they are in, and how many there are of how many days. */
interface BenchEvents {
  readonly files: YardstickFiles;
  readonly file: string;
  readonly events: number;
  readonly days: number;
  readonly partitions: BenchPartitions;
}

/** Makes or finds the databases with the events. */
export async function openSides(
  server: BenchServer,
  { files, file, events, days, partitions }: BenchEvents,
  onProgress: (message: string) => void,
): Promise<Sides> {
  const suffix = `${events}_${days}`;
  const names = {
    ours: `eventstore_bench_ours_${suffix}_${partitions}`,
    theirs: `eventstore_bench_theirs_${suffix}`,
  };
  const theirs = await filledDatabase(
    server,
    { name: names.theirs, count: "select count(*) from legacy_events", events },
    async (url) => {
      onProgress(`filling the yardstick with ${events} events`);
      const yardstick = openYardstick(files, url);
      await yardstick.create();
      await yardstick.fill(file);
    },
  );
  const ours = await filledDatabase(
    server,
    { name: names.ours, count: "select sum(inserted) - sum(deleted) from event_hours", events },
    async (url) => {
      onProgress(`filling our store with ${events} events, partitions ${partitions}`);
      const storage = await openStorage({ connectionString: url });
      await storage.databaseCreate({ partitions });
      await storage.insertEvents(eventsOf(file));
      await storage.refresh();
      await storage.close();
    },
  );
  const storage = await openStorage({ connectionString: server.url(names.ours) });
  return {
    storage,
    yardstick: openYardstick(files, server.url(names.theirs)),
    ours,
    theirs,
    url: server.url(names.ours),
    close: async (keep) => {
      await Promise.all([storage.close(), ours.end(), theirs.end()]);
      if (!keep) for (const name of Object.values(names)) await server.drop(name);
    },
  };
}

/** The events of a file with their texts, as a bulk load takes them. */
export async function* eventsOf(file: string): AsyncGenerator<unknown, void, undefined> {
  for await (const item of readEventItems(file))
    if (item.kind === "event") yield withRaw(item.event, item.raw);
}

/** A database, the query that counts its events, and how many there should be. */
interface CountedDatabase {
  readonly name: string;
  readonly count: string;
  readonly events: number;
}

/** A connection to the database, which is filled anew unless it holds the events already. */
async function filledDatabase(
  server: BenchServer,
  { name, count, events }: CountedDatabase,
  fill: (url: string) => Promise<void>,
): Promise<pg.Client> {
  const url = server.url(name);
  if (!(await server.create(name)) && !(await holds(url, count, events))) {
    await server.drop(name);
    await server.create(name);
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  if (!(await holds(url, count, events))) {
    await fill(url);
    await client.query("vacuum (analyze)");
    // Else the server writes gigabytes to the disk while the searches are measured.
    await client.query("checkpoint");
  }
  return client;
}

/** Whether the table is there with this many events. */
async function holds(url: string, count: string, events: number): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ n: string }>(`select (${count}) as n`);
    return Number(rows[0]?.n) === events;
  } catch (error) {
    // undefined_table: nothing was filled yet.
    if (error instanceof pg.DatabaseError && error.code === "42P01") return false;
    throw error;
  } finally {
    await client.end();
  }
}
