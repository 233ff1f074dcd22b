import pg from "../postgres/driver/pg.js";
import { createDatabaseText, DATABASE_OF_NAME } from "./sql/preparation.js";
import { breakLock, isOwnerAlive, readLock, releaseLock, takeLock, updateLock } from "./cluster-lock.js";
import type { ClusterLock } from "./lock-text.js";
import { clusterDatabase, initialise, type Cluster } from "./cluster.js";
import { DatabaseSourceError } from "./errors.js";
import { findOrphan, listensThere, provenServer, removeStalePidFile } from "./own-server.js";
import {
  chooseEndpoint,
  endpointUrl,
  startPostmaster,
  stopPostmaster,
  type Postmaster,
} from "./postmaster.js";
import { prepareUrl, type PreparedDatabase } from "./prepare.js";
import { commandOf, markProcess } from "./processes.js";
import { removeSocketFolder } from "./socket-folder.js";
import type { Endpoint, OpenDatabaseOptions, ProgressListener } from "./types.js";

/** A private server that answers. */
export interface RunningServer {
  readonly cluster: Cluster;
  readonly postmaster: Postmaster;
  readonly connectionString: string;
  readonly prepared: PreparedDatabase;
  /** False for a shared server that another process left running: it is not ours to stop. */
  readonly isOurs: boolean;
}

/** How {@link enterCluster} starts a server. */
export interface ServerOptions extends Pick<OpenDatabaseOptions, "settings"> {
  readonly mode: ClusterLock["mode"];
  readonly onProgress: ProgressListener;
}

/** Stands for the endpoint of a server of which only the process is known. */
const nowhere: Endpoint = { kind: "loopback", port: 0, password: "" };

/** How often a lock that is found dead is broken before giving up: each time another process was faster. */
const lockAttempts = 5;

function inUse(cluster: Cluster, lock: ClusterLock): DatabaseSourceError {
  const holder = `process ${lock.owner.pid}${lock.command === "" ? "" : ` (${lock.command})`}`;
  return new DatabaseSourceError(
    "data-folder-in-use",
    `The data folder ${cluster.folder} is in use by ${holder} since ${lock.since}. Wait until it has ended or end it; or, for several ` +
      `commands at once, let them share a server: run "eventstore db start" first. Another folder can be named with --data FOLDER.`,
  );
}

/**
 * Stops the server that runs on a folder without an owner, if there is one: a shared one, or one whose owner was killed. Its
 * transactions in progress are rolled back, as after any lost connection. Removes a postmaster.pid that means nothing any more.
 *
 * @param lock the lock as it was found, which knows the socket's folder
 * @returns whether there was one
 */
export async function stopUnowned(cluster: Cluster, lock: ClusterLock | undefined): Promise<boolean> {
  const endpoint = lock?.server?.endpoint ?? nowhere;
  const process = (await provenServer(cluster, lock)) ?? (await findOrphan(cluster));
  if (process !== undefined) await stopPostmaster(cluster, { process, endpoint });
  else if (endpoint.kind === "socket") await removeSocketFolder(cluster, endpoint.folder);
  if ((await findOrphan(cluster)) === undefined) await removeStalePidFile(cluster);
  return process !== undefined;
}

/** The server of a lock that any process may use: one that proves to be the cluster's, at the address where it says it listens. */
async function sharedServer(cluster: Cluster, lock: ClusterLock): Promise<Postmaster | undefined> {
  if (lock.mode !== "shared" || (await provenServer(cluster, lock)) === undefined) return undefined;
  return (await listensThere(cluster, lock)) ? lock.server : undefined;
}

/** Whether somebody still has the folder: a shared server of it that runs, or the process that took it. */
export async function isLockHeld(cluster: Cluster, lock: ClusterLock): Promise<boolean> {
  if (lock.mode === "shared" && lock.server !== undefined)
    return (await provenServer(cluster, lock)) !== undefined;
  return isOwnerAlive(lock);
}

/**
 * Takes the folder's lock, or finds the shared server that has it.
 * @throws DatabaseSourceError `data-folder-in-use` when another process has it for itself
 */
async function lockOrJoin(cluster: Cluster, options: ServerOptions): Promise<ClusterLock | Postmaster> {
  const mine: ClusterLock = {
    mode: options.mode,
    owner: await markProcess(process.pid),
    command: await commandOf(process.pid),
    since: new Date().toISOString(),
  };
  for (let attempt = 1; attempt <= lockAttempts; attempt += 1) {
    if (await takeLock(cluster.folder, mine)) {
      // Between launching its server and recording it, an owner may have been killed.
      await stopUnowned(cluster, undefined);
      return mine;
    }
    const held = await readLock(cluster.folder);
    if (held !== undefined) {
      const shared = await sharedServer(cluster, held);
      if (shared !== undefined) return shared;
      if (await isLockHeld(cluster, held)) throw inUse(cluster, held);
    }
    await breakLock(cluster.folder, held);
    if (await stopUnowned(cluster, held)) {
      options.onProgress(
        `Cleared away what an ended process (${held?.owner.pid ?? "unknown"}) left behind in ${cluster.folder}`,
      );
    }
  }
  throw new DatabaseSourceError(
    "data-folder-in-use",
    `Several processes are starting a server in ${cluster.folder} at once. Try again, or run "eventstore db start" first.`,
  );
}

/** Prepares template1, so that every database made from it has the types, and makes the event store's own. */
async function prepareCluster(cluster: Cluster, endpoint: Postmaster["endpoint"]): Promise<PreparedDatabase> {
  const allowCompat = cluster.installation.kind === "embedded";
  await prepareUrl(endpointUrl(endpoint, "template1"), { allowCompat });
  const client = new pg.Client({ connectionString: endpointUrl(endpoint, "postgres") });
  await client.connect();
  try {
    const { rowCount } = await client.query(DATABASE_OF_NAME, [clusterDatabase]);
    if (rowCount === 0) await client.query(createDatabaseText(clusterDatabase));
  } finally {
    await client.end();
  }
  return prepareUrl(endpointUrl(endpoint, clusterDatabase), { allowCompat });
}

/**
 * Starts the server of a cluster, creating the cluster when there is none, or joins the shared server that runs on it.
 *
 * @throws DatabaseSourceError `data-folder-in-use`, `initdb-failed`, `start-failed` and those of preparing a database
 */
export async function enterCluster(cluster: Cluster, options: ServerOptions): Promise<RunningServer> {
  const held = await lockOrJoin(cluster, options);
  if (!("mode" in held)) {
    const connectionString = endpointUrl(held.endpoint, clusterDatabase);
    const prepared = await prepareUrl(connectionString, {
      allowCompat: cluster.installation.kind === "embedded",
    });
    return { cluster, postmaster: held, connectionString, prepared, isOurs: false };
  }
  let launched: Postmaster | undefined;
  try {
    await initialise(cluster, options.onProgress);
    const endpoint = await chooseEndpoint(cluster);
    const postmaster = await startPostmaster(cluster, endpoint, options.settings ?? {}, async (server) => {
      launched = server;
      await updateLock(cluster.folder, { ...held, server: { process: server.process, endpoint } });
    });
    const prepared = await prepareCluster(cluster, endpoint);
    const connectionString = endpointUrl(endpoint, clusterDatabase);
    return { cluster, postmaster, connectionString, prepared, isOurs: true };
  } catch (error) {
    if (launched !== undefined) await stopPostmaster(cluster, launched);
    await releaseLock(cluster.folder);
    throw error;
  }
}

/** Stops a server that {@link enterCluster} started and gives its folder back. */
export async function leaveCluster(server: RunningServer): Promise<void> {
  if (!server.isOurs) return;
  await stopPostmaster(server.cluster, server.postmaster);
  await releaseLock(server.cluster.folder);
}
