import { readLock, releaseLock } from "./cluster-lock.js";
import { clusterDatabase, type Cluster } from "./cluster.js";
import { DatabaseSourceError } from "./errors.js";
import { clusterOf, machineProbes, type PrivateSource } from "./open-database.js";
import { findOrphan } from "./own-server.js";
import { endpointUrl } from "./postmaster.js";
import { enterCluster, isLockHeld, stopUnowned } from "./private-server.js";
import { hasCluster, requestedDataDir, selectSource, type SourceProbes } from "./select-source.js";
import type { OpenDatabaseOptions, ProgressListener, SourceKind } from "./types.js";

/** What `eventstore db start|stop|status` act on. A shared server is a private one: never a URL's, never a container's. */
export type SharedServerOptions = Pick<OpenDatabaseOptions, "embedded" | "dataDir" | "source" | "onProgress">;

/** A server that runs on a data folder. */
export interface ServerInformation {
  /** May hold a password: show it through `redactUrl`, or on the user's wish only. */
  readonly connectionString: string;
  /** Folder of its cluster, absolute. */
  readonly dataDir: string;
  readonly source: "local" | "embedded";
  readonly serverVersion: string;
  /** Process number of the server. */
  readonly pid: number;
}

/** What {@link startServer} did. */
export interface StartedServer extends ServerInformation {
  /** True when a shared server was running before. */
  readonly wasRunning: boolean;
}

/** What {@link stopServer} did. */
export type StoppedServer =
  | { readonly kind: "stopped"; readonly dataDir: string; readonly pid: number }
  | { readonly kind: "not-running"; readonly dataDir: string };

/** What {@link serverStatus} found. Times are ISO texts. */
export type ServerStatus =
  | { readonly kind: "not-running"; readonly dataDir: string }
  /** Left running by {@link startServer}, for every process; `pid` is the server's. */
  | {
      readonly kind: "shared";
      readonly dataDir: string;
      readonly pid: number;
      readonly since: string;
      readonly connectionString: string;
    }
  /** Belongs to a process, which has the folder for itself; `pid` and `command` are that process's. */
  | {
      readonly kind: "process";
      readonly dataDir: string;
      readonly pid: number;
      readonly since: string;
      readonly command: string;
    }
  /** Its owner was killed; the next command on the folder, or {@link stopServer}, stops it. `pid` is the server's. */
  | { readonly kind: "abandoned"; readonly dataDir: string; readonly pid: number };

const silent: ProgressListener = () => undefined;

/** The private source that a request means. DATABASE_URL does not count here: its server is somebody else's to start and stop. */
async function selectPrivate(options: SharedServerOptions, probes: SourceProbes): Promise<PrivateSource> {
  const allowed: readonly SourceKind[] =
    options.source !== undefined ? [options.source] : options.embedded ? ["embedded"] : ["local", "embedded"];
  const selected = await selectSource(options, probes, allowed);
  if (selected.kind === "local" || selected.kind === "embedded") return selected;
  throw new DatabaseSourceError(
    "source-unavailable",
    `A server of the kind "${selected.kind}" is not started or stopped here; only "local" and "embedded" are.`,
  );
}

/** The cluster that a request means if it has ever been used; undefined, and no folder made, when not. */
async function existingCluster(
  options: SharedServerOptions,
  probes: SourceProbes,
): Promise<Cluster | undefined> {
  const selected = await selectPrivate(options, probes);
  const names = await probes.clusterNames(selected.dataDir);
  return hasCluster(names, selected.kind) ? clusterOf(selected, silent) : undefined;
}

/**
 * Starts the server of a data folder and leaves it running when this process ends, for every process that opens the folder.
 * @throws DatabaseSourceError as `openDatabase`; `data-folder-in-use` when a process has the folder for itself
 */
export async function startServer(
  options: SharedServerOptions = {},
  probes: SourceProbes = machineProbes,
): Promise<StartedServer> {
  const selected = await selectPrivate(options, probes);
  const onProgress = options.onProgress ?? silent;
  const cluster = await clusterOf(selected, onProgress);
  const server = await enterCluster(cluster, { mode: "shared", onProgress });
  return {
    connectionString: server.connectionString,
    dataDir: cluster.folder,
    source: selected.kind,
    serverVersion: server.prepared.serverVersion,
    pid: server.postmaster.process.pid,
    wasRunning: !server.isOurs,
  };
}

/** Says who runs the server of a data folder. Changes nothing. */
export async function serverStatus(
  options: SharedServerOptions = {},
  probes: SourceProbes = machineProbes,
): Promise<ServerStatus> {
  const cluster = await existingCluster(options, probes);
  if (cluster === undefined) return { kind: "not-running", dataDir: requestedDataDir(options) };
  const { folder: dataDir } = cluster;
  const lock = await readLock(dataDir);
  if (lock !== undefined && (await isLockHeld(cluster, lock))) {
    const { mode, since, command, owner, server } = lock;
    if (mode === "process" || server === undefined)
      return { kind: "process", dataDir, pid: owner.pid, since, command };
    const connectionString = endpointUrl(server.endpoint, clusterDatabase);
    return { kind: "shared", dataDir, pid: server.process.pid, since, connectionString };
  }
  const orphan = await findOrphan(cluster);
  return orphan === undefined
    ? { kind: "not-running", dataDir }
    : { kind: "abandoned", dataDir, pid: orphan.pid };
}

/**
 * Stops the shared server of a data folder, or one whose owner was killed.
 * @throws DatabaseSourceError `data-folder-in-use` when the server belongs to a running process, `stop-failed`
 */
export async function stopServer(
  options: SharedServerOptions = {},
  probes: SourceProbes = machineProbes,
): Promise<StoppedServer> {
  const status = await serverStatus(options, probes);
  const { dataDir } = status;
  if (status.kind === "process") {
    throw new DatabaseSourceError(
      "data-folder-in-use",
      `The server of ${dataDir} belongs to process ${status.pid} (${status.command}) and ends with it. End that process to stop the server.`,
    );
  }
  const cluster = await existingCluster(options, probes);
  const pid = "pid" in status ? status.pid : undefined;
  if (cluster === undefined || pid === undefined) return { kind: "not-running", dataDir };
  await stopUnowned(cluster, await readLock(dataDir));
  await releaseLock(dataDir);
  return { kind: "stopped", dataDir, pid };
}
