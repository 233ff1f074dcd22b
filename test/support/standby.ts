/** A hot standby of a test server: a real PostgreSQL, made with pg_basebackup, that follows it over its socket. */
import { spawn, spawnSync } from "node:child_process";
import { chown, mkdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { clusterFolder } from "./folder.js";

/** A standby that runs. */
export interface TestStandby {
  /** Address of the same database there. */
  readonly connectionString: string;
  /** Runs SQL on it and gives the first row. */
  readonly query: (text: string) => Promise<Record<string, unknown> | undefined>;
  /** Stops replaying, as a standby that lags; resolves when it has stopped. */
  readonly pause: () => Promise<void>;
  /** Replays again; resolves when it has replayed what the primary has written by now. */
  readonly resume: () => Promise<void>;
  /** Waits until it has replayed what the primary has written by now. */
  readonly catchUp: () => Promise<void>;
  /** Ends the server at once. */
  readonly stop: () => Promise<void>;
  /** Starts it again. */
  readonly start: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/** Settings that a standby must have as large as its primary. */
const SIZES = [
  "max_connections",
  "max_worker_processes",
  "max_wal_senders",
  "max_prepared_transactions",
  "max_locks_per_transaction",
];

/**
 * Starts a standby of a server of PostgreSQL's own packages that is reached over a socket. It holds all databases of the server, so the server
 * should be small.
 *
 * @param settings further settings, such as `recovery_min_apply_delay`
 */
export async function startStandby(
  connectionString: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<TestStandby> {
  const primary = new URL(connectionString);
  const socket = primary.searchParams.get("host") ?? primary.hostname;
  const port = primary.searchParams.get("port") ?? (primary.port || "5432");
  const sizes = SIZES.map((name) => `current_setting('${name}') as ${name}`).join(", ");
  const facts = await askServer(
    connectionString,
    `select current_setting('server_version_num')::int / 10000 as major, (select setting from pg_config where name = 'BINDIR') as bin, ${sizes}`,
  );
  const folder = await clusterFolder("eventstore-standby-");
  const { uid, gid } = await stat(socket);
  const as = process.getuid?.() === 0 ? { uid, gid } : {};
  const data = join(folder, "data");
  await mkdir(data, { mode: 0o700 });
  await Promise.all([folder, data].map((path) => chown(path, uid, gid)));
  const bin = String(facts?.["bin"]);
  const copy = spawnSync(
    join(bin, "pg_basebackup"),
    ["-h", socket, "-p", port, "-U", "postgres", "-D", data, "-R", "-X", "stream", "-c", "fast", "--no-sync"],
    { ...as, cwd: "/", encoding: "utf8" },
  );
  if (copy.status !== 0) throw new Error(`pg_basebackup failed: ${copy.stderr}`);
  const all = {
    ...Object.fromEntries(SIZES.map((name) => [name, String(facts?.[name])])),
    unix_socket_directories: folder,
    listen_addresses: "",
    port,
    fsync: "off",
    wal_retrieve_retry_interval: "50ms",
    logging_collector: "off",
    ...settings,
  };
  const options = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const url = new URL(connectionString);
  url.searchParams.set("host", folder);
  const { href } = url;

  const start = async (): Promise<void> => {
    const child = spawn(join(bin, "postgres"), ["-D", data, ...options], {
      ...as,
      cwd: "/",
      stdio: "ignore",
    });
    child.unref();
    while (!(await answers(href))) {
      if (child.exitCode !== null) throw new Error(`the standby in ${folder} did not start`);
      await pause();
    }
  };
  const stop = async (): Promise<void> => {
    const pid = Number((await readFile(join(data, "postmaster.pid"), "utf8").catch(() => "")).split("\n")[0]);
    if (!(pid > 0)) return;
    process.kill(pid, "SIGQUIT");
    while (await isRunning(pid)) await pause();
    await rm(join(data, "postmaster.pid"), { force: true });
  };
  const catchUp = async (): Promise<void> => {
    const written = await askServer(connectionString, "select pg_current_wal_lsn()::text as at");
    const reached = `select pg_last_wal_replay_lsn() >= '${String(written?.["at"])}' as reached`;
    while ((await askServer(href, reached))?.["reached"] !== true) await pause();
  };
  await start();
  return {
    connectionString: href,
    query: (text) => askServer(href, text),
    pause: async () => {
      await askServer(href, "select pg_wal_replay_pause()");
      const state = "select pg_get_wal_replay_pause_state() as state";
      while ((await askServer(href, state))?.["state"] !== "paused") await pause();
    },
    resume: async () => {
      await askServer(href, "select pg_wal_replay_resume()");
      await catchUp();
    },
    catchUp,
    stop,
    start,
    dispose: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function askServer(
  connectionString: string,
  text: string,
): Promise<Record<string, unknown> | undefined> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows[0];
  } finally {
    await client.end();
  }
}

async function answers(connectionString: string): Promise<boolean> {
  return askServer(connectionString, "select 1").then(
    () => true,
    () => false,
  );
}

/** A child that ended but was not waited for is a zombie; that is ended. */
async function isRunning(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return status !== "" && !/\) Z /.test(status);
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
