import { spawn } from "node:child_process";
import { chown, mkdtemp, open, readFile, readlink, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { clusterUser, program, type Cluster } from "./cluster.js";
import { codeOf, DatabaseSourceError, reasonOf } from "./errors.js";
import { commandOf, isSameProcess, markProcess, waitForEnd, type ProcessMark } from "./processes.js";
import { programEnvironment, runProgram, tail, type ProgramUser } from "./run-program.js";
import type { Endpoint } from "./types.js";

/** Port number in the name of the socket; no TCP port is opened for it. */
const socketPort = 5432;

/** Longest socket path that every system takes (sun_path is 104 bytes on macOS, 108 on Linux). */
const longestSocketPath = 100;

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

/** A fresh folder for the socket, closed to everybody but the server's user; undefined where sockets can't serve. */
async function socketFolder(user: ProgramUser | undefined): Promise<string | undefined> {
  if (process.platform === "win32") return undefined;
  for (const parent of [tmpdir(), "/tmp"]) {
    if (`${parent}/eventstore-XXXXXX/.s.PGSQL.${socketPort}`.length > longestSocketPath) continue;
    const folder = await mkdtemp(join(parent, "eventstore-")).catch(() => undefined);
    if (folder === undefined) continue;
    if (user !== undefined) await chown(folder, user.uid, user.gid);
    return folder;
  }
  return undefined;
}

/** Where a server about to start shall listen. `password` is the superuser's, for TCP. */
export async function chooseEndpoint(user: ProgramUser | undefined, password: string): Promise<Endpoint> {
  const folder = await socketFolder(user);
  return folder === undefined
    ? { kind: "loopback", port: await freePort(), password }
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
  const log = await open(cluster.log, "a", 0o600);
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
        (await readFile(cluster.log, "utf8").catch(() => "")).slice(logStart) || reasonOf(error);
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
  const logStart = (await readFile(cluster.log, "utf8").catch(() => "")).length;
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
  if (server.endpoint.kind === "socket") await rm(server.endpoint.folder, { recursive: true, force: true });
}

async function postmasterPid(cluster: Cluster): Promise<number | undefined> {
  const text = await readFile(join(cluster.data, "postmaster.pid"), "utf8").catch(() => "");
  const pid = Number.parseInt(text, 10);
  return Number.isNaN(pid) ? undefined : Math.abs(pid);
}

/**
 * The server that runs on a data directory although nobody holds the cluster's lock: one whose owner was killed, or undefined. The
 * number in postmaster.pid alone proves nothing, as it may have been given to another process since.
 */
export async function findOrphan(cluster: Cluster): Promise<ProcessMark | undefined> {
  const pid = await postmasterPid(cluster);
  if (pid === undefined) return undefined;
  const mark = await markProcess(pid);
  if (!(await isSameProcess(mark))) return undefined;
  const workingDirectory = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  const isOurs =
    workingDirectory === undefined
      ? (await commandOf(pid)).includes(cluster.data) || process.platform === "win32"
      : workingDirectory === cluster.data;
  return isOurs ? mark : undefined;
}

/** Removes a postmaster.pid whose process is gone or is another's, which could otherwise keep the server from starting. */
export async function removeStalePidFile(cluster: Cluster): Promise<void> {
  await rm(join(cluster.data, "postmaster.pid"), { force: true });
}
