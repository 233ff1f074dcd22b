/** How many statements go to the shards, counted from the logs of the workers. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { EventStorage } from "../../../runtime/store/index.js";
import { someEvents, type Round } from "./pair.js";

const EVENTS = 3_000;

/** Statements that a page may send to each shard. */
const A_PAGE = 3;

/** Counts those of pages and of a fetch, and gives a line for each. @param logs files of the workers' logs */
export async function fanOut(
  { pair: [citus], ledger }: Round,
  logs: readonly string[],
): Promise<readonly string[]> {
  const events = someEvents(EVENTS, 5);
  await citus.insertEvents(events);
  await onWorkers(citus, "alter system set log_statement = ''all''");
  try {
    const shards = Number(
      (
        await citus.query(
          "select count(*)::int as n from pg_dist_shard where logicalrelid = to_regclass('events')",
        )
      ).rows[0]?.["n"],
    );
    const lines: string[] = [];
    const count = async (name: string, most: number, work: () => Promise<unknown>): Promise<void> => {
      await work();
      const ends = await Promise.all(logs.map(async (log) => (await stat(log)).size));
      await work();
      const sent = await statements(logs, ends);
      lines.push(`${name}: ${sent} statements to ${shards} shards`);
      ledger.note(`statements of ${name}`, { kind: sent > 0 && sent <= most ? "same" : "different" });
    };
    const page = (filter: string) => () => citus.searchEvents({ filter, limit: 100 });
    await count("a page of a dense filter", A_PAGE * shards, page("severity >= low"));
    await count("a page of a rare address", A_PAGE * shards, page("source.ip = 203.0.113.77"));
    await count("a count", shards, () => citus.countEvents({ filter: "source.ip in 10.0.0.0/8" }));
    await count("one event", 1, () => citus.fetchEvent(String(events[9]?.["ID"])));
    return lines;
  } finally {
    await onWorkers(citus, "alter system reset log_statement");
  }
}

/** A setting of all workers, which sessions that are there take up too. */
export async function onWorkers(citus: EventStorage, command: string): Promise<void> {
  await citus.query(`select run_command_on_workers('${command}')`);
  await citus.query("select run_command_on_workers('select pg_reload_conf()')");
  await new Promise((resolve) => setTimeout(resolve, 500));
}

/** Statements over shards of the events and of their JSON that the logs have beyond these ends, in bytes: a log may be longer than a text. */
async function statements(logs: readonly string[], ends: readonly number[]): Promise<number> {
  const texts = await Promise.all(
    logs.map((log, at) => text(createReadStream(log, { start: ends[at] ?? 0 }))),
  );
  return texts
    .flatMap((one) => one.split(/\n(?=\d{4}-\d\d-\d\d )/u))
    .filter((line) => /LOG: {2}(?:statement|execute [^:]*): SELECT [^]*event/u.test(line)).length;
}
