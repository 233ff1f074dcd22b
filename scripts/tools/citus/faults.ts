/** Workers whose sessions end, calls that end early, and logins with fewer rights. */
import { openStorage, type EventStorage } from "../../../runtime/store/index.js";
import { someEvents, type Round } from "./pair.js";

type Events = readonly Record<string, unknown>[];

const EVENTS = 4_000;
const SLOW = "select count(*) from events where pg_sleep(3) is not null";

/** Each of them on the cluster alone, whose address is given. */
export async function faults({ pair: [citus], ledger }: Round, url: string): Promise<void> {
  const check = async (name: string, work: () => Promise<boolean>): Promise<void> => {
    const kind = (await work()) ? "same" : "different";
    ledger.note(name, { kind });
  };
  const events = someEvents(EVENTS, 11);
  await check("nothing is lost where workers' sessions end in a bulk", () => bulkWithKills(citus, events));
  await check("all tables agree afterwards", async () => (await citus.verify()).problems.length === 0);
  await check("a call ends with its time", async () => {
    const ended = await citus.query(SLOW, [], { timeoutMs: 300 }).catch((error: unknown) => error);
    return codeOf(ended) === "query_timeout" && (await isQuiet(citus));
  });
  await check("a call is cancelled on the workers too", async () => {
    const slow = citus.query(SLOW, [], { name: "slow" }).catch((error: unknown) => error);
    while ((await citus.queryStatus("slow")) === null) await pause(50);
    await citus.queryCancel("slow");
    return codeOf(await slow) === "query_canceled" && (await isQuiet(citus));
  });
  await check("readers read and writers write, and no more", () => roles(citus, url, events));
}

async function bulkWithKills(citus: EventStorage, events: Events): Promise<boolean> {
  const kill =
    "select run_command_on_workers('select count(pg_terminate_backend(pid)) from pg_stat_activity " +
    "where datname = current_database() and pid <> pg_backend_pid() and backend_type = ''client backend''')";
  let killed = 0;
  const killing: Promise<unknown>[] = [];
  const { inserted, duplicates, rejected } = await citus.insertEvents(events, {
    onProgress: () => {
      if (killed++ < 3) killing.push(citus.query(kill));
    },
  });
  await Promise.allSettled(killing);
  const wanted = new Set(events.map((event) => String(event["ID"]))).size;
  return killed > 0 && inserted === wanted && rejected.length === 0 && duplicates === events.length - wanted
    ? (await citus.countEvents({ filter: "detect_time exists" })) === wanted
    : false;
}

/** No statement of the store is running on any worker, after a moment. */
async function isQuiet(citus: EventStorage): Promise<boolean> {
  const active =
    "select sum(result::int)::int as n from run_command_on_workers('select count(*) from pg_stat_activity " +
    "where state = ''active'' and query like ''%pg_sleep%'' and pid <> pg_backend_pid()')";
  for (let attempt = 0; attempt < 20; attempt++) {
    if ((await citus.query(active)).rows[0]?.["n"] === 0) return true;
    await pause(100);
  }
  return false;
}

async function roles(citus: EventStorage, url: string, events: Events): Promise<boolean> {
  const { reader, writer } = await citus.rolesCreate({ prefix: "citus_test" });
  const logins = [reader, writer].map((role) => `${role}_login`);
  for (const [index, role] of [reader, writer].entries())
    await citus.query(`create role "${logins[index]}" login in role "${role}"`);
  const open = (user: string | undefined) => {
    const address = new URL(url);
    address.username = user ?? "";
    return openStorage({ connectionString: address.href });
  };
  const [reading, writing] = [await open(logins[0]), await open(logins[1])];
  const first = { ...events[0], ID: "of a writer" };
  const second = { ...events[1], ID: "of a reader" };
  const stored = await writing.insertEvents([first, ...events.slice(0, 10)]);
  const codes = [
    await reading.insertEvents([second]).catch(codeOf),
    await writing.deleteEvents({ filter: "severity = low" }).catch(codeOf),
  ];
  const found = await reading.fetchEvent("of a writer");
  await Promise.all([reading.close(), writing.close()]);
  return (
    stored.inserted === 1 &&
    stored.duplicates === 10 &&
    found !== null &&
    codes.every((code) => code === "privilege_missing")
  );
}

/** Removes the logins of {@link faults}, after the store was dropped. */
export async function dropRoles(citus: EventStorage): Promise<void> {
  for (const role of ["reader_login", "writer_login", "owner_login", "owner", "writer", "reader"]) {
    const name = `"citus_test_${role}"`;
    const { rowCount } = await citus.query("select from pg_roles where rolname = $1", [`citus_test_${role}`]);
    if (rowCount === 0) continue;
    await citus.query(`drop owned by ${name}`);
    await citus.query(`drop role ${name}`);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : error;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
