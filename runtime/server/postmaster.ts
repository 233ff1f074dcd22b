import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { createServer } from "node:net";
import pg from "../postgres/driver/pg.js";
import { clusterPassword, clusterUser, folderUnusable, program, type Cluster } from "./cluster.js";
import { codeOf, DatabaseSourceError, reasonOf } from "./errors.js";
import { postmasterPid } from "./own-server.js";
import { readPlainFile } from "./plain-file.js";
import { isSameProcess, markProcess, waitForEnd, type ProcessMark } from "./processes.js";
import { programEnvironment, runProgram, tail } from "./run-program.js";
import { makeSocketFolder, removeSocketFolder, socketPort } from "./socket-folder.js";
import type { Endpoint } from "./types.js";

/** Time for recovery after a crash, in milliseconds; a start without recovery takes a fraction of a second. */
const startTimeoutMs = 300_000;

/** Time for a fast shutdown, which writes a checkpoint, in milliseconds. */
const stopTimeoutMs = 60_000;

/** A server that was started. */
export interface Postmaster {
  readonly process: ProcessMark;
  readonly endpoint: Endpoint;
}

/** The URL of a database of a private server. */
export function endpointUrl(endpoint: Endpoint, database: string): string {
  return endpoint.kind === "socket"
    ? `postgresql:///${database}?host=${encodeURIComponent(endpoint.folder)}&port=${endpoint.port}&user=${clusterUser}`
    : `postgresql://${clusterUser}:${endpoint.password}@127.0.0.1:${endpoint.port}/${database}`;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Where a server about to start shall listen. Over TCP it asks for the superuser's password. */
export async function chooseEndpoint(cluster: Cluster): Promise<Endpoint> {
  const folder = await makeSocketFolder(cluster);
  return folder === undefined
    ? { kind: "loopback", port: await freePort(), password: await clusterPassword(cluster) }
    : { kind: "socket", folder, port: socketPort };
}

function serverArguments(endpoint: Endpoint, settings: Readonly<Record<string, string>>): readonly string[] {
  const all = {
    ...settings,
    listen_addresses: endpoint.kind === "loopback" ? "127.0.0.1" : "",
    unix_socket_directories: endpoint.kind === "socket" ? endpoint.folder : "",
    port: String(endpoint.port),
  };
  return Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/**
 * Starts the server process, apart from the caller's terminal (so that Ctrl-C reaches the caller alone) and from its event loop.
 * Windows: through pg_ctl, which drops an administrator's rights; PostgreSQL refuses to run with them.
 */
async function launch(cluster: Cluster, args: readonly string[]): Promise<ProcessMark> {
  if (process.platform === "win32") {
    const options = args.map((arg) => `"${arg}"`).join(" ");
    const pgCtl = program(cluster.installation, "pg_ctl");
    const started = await runProgram(pgCtl, [
      "start",
      "-W",
      "-D",
      cluster.data,
      "-l",
      cluster.log,
      "-o",
      options,
    ]);
    const pid = await postmasterPid(cluster);
    if (started.code !== 0 || pid === undefined) throw startFailed(cluster, started.output);
    return markProcess(pid);
  }
  // Not through a link, which could lead to any file.
  const flags = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | constants.O_NOFOLLOW;
  const log = await open(cluster.log, flags, 0o600);
  try {
    const child = spawn(program(cluster.installation, "postgres"), ["-D", cluster.data, ...args], {
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
      cwd: "/",
      env: programEnvironment(),
      ...(cluster.user === undefined ? {} : { uid: cluster.user.uid, gid: cluster.user.gid }),
    });
    const pid = await new Promise<number>((resolve, reject) => {
      child.once("error", (error) => reject(startFailed(cluster, error.message)));
      child.once("spawn", () => resolve(child.pid ?? 0));
    });
    child.unref();
    return await markProcess(pid);
  } finally {
    await log.close();
  }
}

function startFailed(cluster: Cluster, output: string): DatabaseSourceError {
  const remedy = /No space left/i.test(output)
    ? "The disk is full: free some space."
    : /could not (create|bind)|Address already in use/i.test(output)
      ? "It could not open its socket or port: check that the temporary folder can be written to, or set TMPDIR."
      : /incompatible with server/i.test(output)
        ? "The data is of another version of PostgreSQL: choose another folder with --data FOLDER."
        : `Its log is ${cluster.log}.`;
  return new DatabaseSourceError(
    "start-failed",
    `The database server for ${cluster.folder} did not start. ${remedy} It said:\n${tail(output)}`,
  );
}

/** Waits until the server takes connections; recovery after a crash is part of that. */
async function waitUntilReady(cluster: Cluster, server: Postmaster, logStart: number): Promise<void> {
  for (const end = Date.now() + startTimeoutMs; ;) {
    const client = new pg.Client({ connectionString: endpointUrl(server.endpoint, "postgres") });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => undefined);
      const said = async (): Promise<string> =>
        ((await readPlainFile(cluster.log).catch(() => "")) ?? "").slice(logStart) || reasonOf(error);
      if (!(await isSameProcess(server.process))) throw startFailed(cluster, await said());
      // 57P03: starting up or recovering.
      const isStarting = ["ENOENT", "ECONNREFUSED", "ECONNRESET", "57P03"].includes(codeOf(error) ?? "");
      if (!isStarting || Date.now() > end) {
        await stopPostmaster(cluster, server);
        throw startFailed(cluster, await said());
      }
      await new Promise((wake) => setTimeout(wake, 25));
    }
  }
}

/**
 * Starts the server of a cluster and waits until it takes connections.
 *
 * @param onLaunched called as soon as there is a process, before it is ready: whoever records it loses none that hangs
 * @throws DatabaseSourceError `start-failed` with the end of the server's log
 */
export async function startPostmaster(
  cluster: Cluster,
  endpoint: Endpoint,
  settings: Readonly<Record<string, string>>,
  onLaunched: (server: Postmaster) => Promise<void>,
): Promise<Postmaster> {
  const log = await readPlainFile(cluster.log).catch((error: unknown) => {
    throw folderUnusable(cluster.folder, error);
  });
  const logStart = log?.length ?? 0;
  const server = { process: await launch(cluster, serverArguments(endpoint, settings)), endpoint };
  await onLaunched(server);
  await waitUntilReady(cluster, server, logStart);
  return server;
}

/** Asks a server to end its sessions and shut down, without waiting. */
export function signalPostmaster(pid: number): void {
  try {
    process.kill(pid, "SIGINT");
  } catch {
    // It is gone already.
  }
}

/**
 * Stops a server with a fast shutdown and removes its socket folder.
 * @throws DatabaseSourceError `stop-failed` when it does not end in time
 */
export async function stopPostmaster(cluster: Cluster, server: Postmaster): Promise<void> {
  if (await isSameProcess(server.process)) {
    if (process.platform === "win32") {
      await runProgram(program(cluster.installation, "pg_ctl"), ["stop", "-m", "fast", "-D", cluster.data]);
    } else {
      signalPostmaster(server.process.pid);
    }
    if (!(await waitForEnd(server.process, stopTimeoutMs))) {
      throw new DatabaseSourceError(
        "stop-failed",
        `The database server of ${cluster.folder} (process ${server.process.pid}) does not stop. Its log is ${cluster.log}.`,
      );
    }
  }
  if (server.endpoint.kind === "socket") await removeSocketFolder(cluster, server.endpoint.folder);
}
