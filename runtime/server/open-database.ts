import { join } from "node:path";
import type { Cluster } from "./cluster.js";
import { findContainerEngine, imageMajor, startContainer } from "./container.js";
import { embeddedInstallation, hasEmbeddedPackage } from "./embedded-installation.js";
import { DatabaseSourceError } from "./errors.js";
import { forgetAtExit, stopAtExit } from "./exit-hooks.js";
import { findLocalInstallations } from "./installations.js";
import { leaseServer, type ServedDatabase } from "./leases.js";
import { clusterNames, makeFolder, placeCluster } from "./place.js";
import { prepareUrl, targetOf } from "./prepare.js";
import { enterCluster, leaveCluster } from "./private-server.js";
import { hasCluster, selectSource, type SelectedSource, type SourceProbes } from "./select-source.js";
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

const silent: ProgressListener = () => undefined;

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

/** The server of a cluster, as long as this process needs it. */
async function serveCluster(cluster: Cluster, options: OpenDatabaseOptions): Promise<ServedDatabase> {
  const onProgress = options.onProgress ?? silent;
  const server = await enterCluster(cluster, { mode: "process", settings: options.settings, onProgress });
  stopAtExit(server);
  const stop = async (): Promise<void> => {
    forgetAtExit(server);
    await leaveCluster(server);
  };
  return { connectionString: server.connectionString, prepared: server.prepared, stop };
}

/** A server in a container, as long as this process needs it. */
async function serveContainer(folder: string, onProgress: ProgressListener): Promise<ServedDatabase> {
  const container = await startContainer(folder, onProgress);
  try {
    return { ...container, prepared: await prepareUrl(container.connectionString) };
  } catch (error) {
    await container.stop();
    throw error;
  }
}

/** Handle of a server that this process shares with itself. `label` says what it is: `embedded`. */
async function openLeased(
  source: DatabaseHandle["source"],
  label: string,
  folder: string,
  start: () => Promise<ServedDatabase>,
): Promise<DatabaseHandle> {
  const { connectionString, prepared, stop, release } = await leaseServer(folder, start);
  const description = `PostgreSQL ${prepared.serverVersion} (${label}) in ${folder}`;
  return { connectionString, source, ...prepared, description, dataDir: folder, stop, release };
}

async function openPrivate(selected: PrivateSource, options: OpenDatabaseOptions): Promise<DatabaseHandle> {
  const cluster = await clusterOf(selected, options.onProgress ?? silent);
  const label = selected.kind === "local" ? "local, ip4r" : "embedded";
  return openLeased(selected.kind, label, cluster.folder, () => serveCluster(cluster, options));
}

async function openContainer(dataDir: string, onProgress: ProgressListener): Promise<DatabaseHandle> {
  const folder = await makeFolder(join(dataDir, `container-${imageMajor}`));
  return openLeased("container", "container, ip4r", folder, () => serveContainer(folder, onProgress));
}

async function openUrl(connectionString: string, options: OpenDatabaseOptions): Promise<DatabaseHandle> {
  const prepared = await prepareUrl(connectionString, options);
  const description = `PostgreSQL ${prepared.serverVersion} at ${targetOf(connectionString, options).description}`;
  const nothing = async (): Promise<void> => undefined;
  return { connectionString, source: "url", ...prepared, description, stop: nothing, release: nothing };
}

/** Where nothing is to be made, there has to be a cluster. @throws DatabaseSourceError `no-store` */
async function requireCluster(selected: SelectedSource, probes: SourceProbes): Promise<void> {
  if (selected.kind === "url") return;
  if (hasCluster(await probes.clusterNames(selected.dataDir), selected.kind)) return;
  throw new DatabaseSourceError(
    "no-store",
    `There is no store here: ${selected.dataDir} has none. \`eventstore init\` or \`eventstore ingest\` makes it; ` +
      `--database URL or --data FOLDER name another place.`,
  );
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
  if (options.missing === "refuse") await requireCluster(selected, probes);
  switch (selected.kind) {
    case "url":
      return openUrl(selected.connectionString, options);
    case "container":
      return openContainer(selected.dataDir, options.onProgress ?? silent);
    default:
      return openPrivate(selected, options);
  }
}
