import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Cluster } from "./cluster.js";
import { findContainerEngine, imageMajor, startContainer } from "./container.js";
import { embeddedInstallation, hasEmbeddedPackage } from "./embedded-installation.js";
import { forgetAtExit, stopAtExit } from "./exit-hooks.js";
import { findLocalInstallations } from "./installations.js";
import { clusterNames, placeCluster } from "./place.js";
import { prepareUrl } from "./prepare.js";
import { enterCluster, leaveCluster, type RunningServer } from "./private-server.js";
import { redactUrl } from "./redact.js";
import { selectSource, type SelectedSource, type SourceProbes } from "./select-source.js";
import { serverUser } from "./server-user.js";
import type { DatabaseHandle, OpenDatabaseOptions, ProgressListener } from "./types.js";

/** What this machine has to offer. */
export const machineProbes: SourceProbes = {
  environment: process.env,
  clusterNames,
  findLocal: findLocalInstallations,
  findContainerEngine,
  hasEmbedded: hasEmbeddedPackage,
};

/** A server that several callers of this process share. */
interface Lease {
  readonly server: Promise<RunningServer>;
  users: number;
  ending?: Promise<void>;
}

/** Servers of this process by cluster folder. */
const leases = new Map<string, Lease>();

/** A selected source with a private server on this machine. */
export type PrivateSource = Extract<
  SelectedSource,
  { readonly kind: "local" } | { readonly kind: "embedded" }
>;

/** The cluster of a source: its programs and folders, made ready for the server's user. */
export async function clusterOf(selected: PrivateSource, onProgress: ProgressListener): Promise<Cluster> {
  const installation =
    selected.kind === "local"
      ? selected.installation
      : await embeddedInstallation(await serverUser("embedded"), onProgress);
  return placeCluster(installation, selected.dataDir, onProgress);
}

/** Ends a lease: the server stops, once, and the folder is free. */
function endLease(folder: string, lease: Lease): Promise<void> {
  lease.ending ??= lease.server.then(async (server) => {
    forgetAtExit(server);
    await leaveCluster(server);
    leases.delete(folder);
  });
  return lease.ending;
}

/** Joins the server that this process runs on a folder, or starts it. */
async function takeLease(cluster: Cluster, options: OpenDatabaseOptions): Promise<Lease> {
  const running = leases.get(cluster.folder);
  if (running?.ending !== undefined) await running.ending;
  const existing = leases.get(cluster.folder);
  if (existing !== undefined) {
    existing.users += 1;
    return existing;
  }
  const server = enterCluster(cluster, {
    mode: "process",
    settings: options.settings,
    onProgress: options.onProgress ?? (() => undefined),
  });
  const lease: Lease = { server, users: 1 };
  leases.set(cluster.folder, lease);
  server.then(stopAtExit, () => leases.delete(cluster.folder));
  return lease;
}

async function openPrivate(selected: PrivateSource, options: OpenDatabaseOptions): Promise<DatabaseHandle> {
  const cluster = await clusterOf(selected, options.onProgress ?? (() => undefined));
  const lease = await takeLease(cluster, options);
  const { connectionString, prepared } = await lease.server;
  let isReleased = false;
  return {
    connectionString,
    source: selected.kind,
    ranges: prepared.ranges,
    description: `PostgreSQL ${prepared.serverVersion} (${selected.kind === "local" ? "local, ip4r" : "embedded"}) in ${cluster.folder}`,
    dataDir: cluster.folder,
    serverVersion: prepared.serverVersion,
    stop: () => endLease(cluster.folder, lease),
    release: async () => {
      if (isReleased) return;
      isReleased = true;
      lease.users -= 1;
      if (lease.users === 0) await endLease(cluster.folder, lease);
    },
  };
}

async function openUrl(connectionString: string): Promise<DatabaseHandle> {
  const prepared = await prepareUrl(connectionString, false);
  const nothing = async (): Promise<void> => undefined;
  return {
    connectionString,
    source: "url",
    ranges: prepared.ranges,
    description: `PostgreSQL ${prepared.serverVersion} at ${redactUrl(connectionString)}`,
    serverVersion: prepared.serverVersion,
    stop: nothing,
    release: nothing,
  };
}

async function openContainer(dataDir: string, onProgress: ProgressListener): Promise<DatabaseHandle> {
  const folder = join(dataDir, `container-${imageMajor}`);
  await mkdir(folder, { recursive: true });
  const container = await startContainer(folder, onProgress);
  const prepared = await prepareUrl(container.connectionString, false);
  let ending: Promise<void> | undefined;
  const stop = (): Promise<void> => (ending ??= container.stop());
  return {
    connectionString: container.connectionString,
    source: "container",
    ranges: prepared.ranges,
    description: `PostgreSQL ${prepared.serverVersion} (container, ip4r) for ${folder}`,
    dataDir: folder,
    serverVersion: prepared.serverVersion,
    stop,
    release: stop,
  };
}

/**
 * Opens the database: `connectionString` or DATABASE_URL; else PostgreSQL with ip4r on this machine; else a container; else the
 * embedded server. A private server belongs to this process and stops with the last handle or with the process.
 *
 * @throws DatabaseSourceError with a message for a person; see its codes
 * @example
 * const database = await openDatabase({ onProgress: console.error });
 * const pool = new pg.Pool({ connectionString: database.connectionString });
 * // …
 * await pool.end();
 * await database.release();
 */
export async function openDatabase(
  options: OpenDatabaseOptions = {},
  probes: SourceProbes = machineProbes,
): Promise<DatabaseHandle> {
  const selected = await selectSource(options, probes);
  switch (selected.kind) {
    case "url":
      return openUrl(selected.connectionString);
    case "container":
      return openContainer(selected.dataDir, options.onProgress ?? (() => undefined));
    default:
      return openPrivate(selected, options);
  }
}
