/** Both sides with the same events, each in a database of its own on one server. */
import pg from "pg";
import { readEventItems, openStorage, withRaw, type EventStorage } from "../../../../runtime/store/index.js";
import type { BenchServer } from "../server.js";
import { goalOf } from "./goals.js";
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
  /** Opens our store once more, with at most this many connections of its own. */
  readonly open: (connections: number) => Promise<EventStorage>;
  /** What a measurement has to reach, by its name. */
  readonly goalOf: (name: string) => string;
  readonly close: (keep: boolean) => Promise<void>;
}

/** The events that both sides hold: the file they are in, and how many there are of how many days. */
export interface HeldEvents {
  readonly files: YardstickFiles;
  readonly file: string;
  readonly events: number;
  readonly days: number;
}

/** Theirs, filled and analysed. */
export interface Theirs extends Pick<Sides, "theirs" | "yardstick"> {
  /** Name of the database. */
  readonly name: string;
}

/** Makes or finds the yardstick's database with the events. */
export async function openTheirs(
  server: BenchServer,
  { files, file, events, days }: HeldEvents,
  onProgress: (message: string) => void,
): Promise<Theirs> {
  const name = `eventstore_bench_theirs_${events}_${days}`;
  const theirs = await filledDatabase(
    server,
    { name, count: "select count(*) from legacy_events", events },
    async (url) => {
      onProgress(`filling the yardstick with ${events} events`);
      const yardstick = openYardstick(files, url);
      await yardstick.create();
      await yardstick.fill(file);
    },
  );
  return { name, theirs, yardstick: openYardstick(files, server.url(name)) };
}

/** Makes or finds the databases with the events. */
export async function openSides(
  server: BenchServer,
  { partitions, ...given }: HeldEvents & { readonly partitions: BenchPartitions },
  onProgress: (message: string) => void,
): Promise<Sides> {
  const { file, events, days } = given;
  const { theirs, yardstick, name: theirName } = await openTheirs(server, given, onProgress);
  const name = `eventstore_bench_ours_${events}_${days}_${partitions}`;
  const ours = await filledDatabase(
    server,
    { name, count: "select sum(inserted) - sum(deleted) from event_hours", events },
    async (url) => {
      onProgress(`filling our store with ${events} events, partitions ${partitions}`);
      const storage = await openStorage({ connectionString: url });
      await storage.databaseCreate({ partitions });
      await storage.insertEvents(eventsOf(file));
      await storage.refresh();
      await storage.close();
    },
  );
  const storage = await openStorage({ connectionString: server.url(name) });
  return {
    storage,
    yardstick,
    goalOf,
    ours,
    theirs,
    open: (connections) => openStorage({ connectionString: server.url(name), pool: { max: connections } }),
    close: async (keep) => {
      await Promise.all([storage.close(), ours.end(), theirs.end()]);
      if (!keep) for (const database of [name, theirName]) await server.drop(database);
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
