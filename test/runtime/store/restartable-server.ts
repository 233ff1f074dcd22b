/** A private server that can be struck down and started again on the same socket or port. */
import { spawn } from "node:child_process";
import { readFile, rm, stat } from "node:fs/promises";
import pg from "pg";
import { openDatabase } from "../../../runtime/server/index.js";
import { clusterFolder } from "../../support/folder.js";

/** How a server ends: `fast` rolls back and shuts down, `immediate` is a crash with recovery at the next start. */
export type StopMode = "fast" | "immediate";

const SIGNALS = { fast: "SIGINT", immediate: "SIGQUIT" } as const;

export interface RestartableServer {
  readonly connectionString: string;
  /** Ends the server and starts it anew; resolves when it takes connections. */
  readonly restart: (mode: StopMode) => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/** Starts one with PostgreSQL and ip4r of this machine. Needs /proc. */
export async function startRestartable(): Promise<RestartableServer> {
  const dataDir = await clusterFolder("eventstore-restart-");
  // Commits reach the operating system, which goes on when the server is struck down; only disks are not waited for.
  const handle = await openDatabase({ source: "local", dataDir, settings: { fsync: "off" } });
  const { connectionString } = handle;
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query<{ folder: string }>(
    "select current_setting('data_directory') as folder",
  );
  await client.end();
  const data = rows[0]?.folder ?? "";
  const first = await postmasterPid(data);
  const [file = "", ...args] = (await readFile(`/proc/${first}/cmdline`, "utf8")).split("\0").slice(0, -1);
  const { uid, gid } = await stat(`/proc/${first}`);
  let pid = first;

  const stop = async (mode: StopMode): Promise<void> => {
    process.kill(pid, SIGNALS[mode]);
    while (await isRunning(pid)) await pause();
  };
  const start = async (): Promise<void> => {
    const child = spawn(file, args, { uid, gid, cwd: "/", stdio: "ignore", detached: true });
    child.unref();
    pid = child.pid ?? 0;
    while (!(await answers(connectionString))) await pause();
  };
  return {
    connectionString,
    restart: async (mode) => {
      await stop(mode);
      await start();
    },
    dispose: async () => {
      await stop("fast");
      await handle.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function postmasterPid(data: string): Promise<number> {
  return Number((await readFile(`${data}/postmaster.pid`, "utf8")).split("\n")[0]);
}

/** A child that ended but was not waited for is a zombie; that is ended. */
async function isRunning(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return status !== "" && !/\) Z /.test(status);
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
