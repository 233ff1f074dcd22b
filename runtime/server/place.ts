import { createHash } from "node:crypto";
import { access, constants, lstat, mkdir, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { cacheFolder } from "./cache-folder.js";
import { folderUnusable, type Cluster } from "./cluster.js";
import { codeOf } from "./errors.js";
import { canReach, serverUser } from "./server-user.js";
import type { Installation, ProgressListener } from "./types.js";

/** Folder of private clusters where none is named. */
export function defaultDataDir(): string {
  return resolve(".eventstore");
}

/** Names of the cluster folders in a data folder (`local-15`, `embedded-18`); empty when there is no such folder. */
export async function clusterNames(dataDir: string): Promise<readonly string[]> {
  const names = await readdir(dataDir).catch(() => []);
  return names.filter((name) => /^(local|embedded|container)-\d+$/.test(name));
}

/** Name of the folder of an installation's cluster: data of one major version can't be used by another. */
export function clusterName(installation: Pick<Installation, "kind" | "major">): string {
  return `${installation.kind}-${installation.major}`;
}

/**
 * Makes a folder and returns its path without links, which the checks of running servers compare with.
 * @throws DatabaseSourceError `data-folder-unusable`
 */
export async function makeFolder(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.W_OK);
    return await realpath(path);
  } catch (error) {
    throw folderUnusable(path, error);
  }
}

/**
 * Decides where a cluster lies: in the data folder, or, when the server's user can't get there (a folder below root's home), in a
 * cache folder under a name made from the data folder's path, of which a note in the data folder tells.
 */
export async function placeCluster(
  installation: Installation,
  dataDir: string,
  onProgress: ProgressListener,
): Promise<Cluster> {
  const user = await serverUser(installation.kind);
  const wanted = await makeFolder(join(resolve(dataDir), clusterName(installation)));
  const folder = (await canReach(user, join(wanted, "data"))) ? wanted : await elsewhere();
  const data = join(folder, "data");
  await refuseLink(folder, data);
  return { installation, folder, data, log: join(folder, "server.log"), user };

  async function elsewhere(): Promise<string> {
    const hash = createHash("sha256").update(wanted).digest("hex").slice(0, 12);
    const path = await makeFolder(join(await cacheFolder(user), `${clusterName(installation)}-${hash}`));
    const note = `The database of this folder is in ${path}\n`;
    await rm(join(wanted, "location.txt"), { force: true });
    await writeFile(join(wanted, "location.txt"), note, { flag: "wx" }).catch((error: unknown) => {
      if (codeOf(error) !== "EEXIST") throw error;
    });
    onProgress(
      `Keeping the database in ${path}, because the server runs as "${user?.name ?? ""}", who can't reach ${wanted}`,
    );
    return path;
  }
}

/** A data directory that is a link would be another cluster's: its server would be taken for ours, and stopped. */
async function refuseLink(folder: string, data: string): Promise<void> {
  const entry = await lstat(data).catch(() => undefined);
  if (entry?.isSymbolicLink() !== true) return;
  throw folderUnusable(folder, new Error(`${data} is a link; name the folder in which the database lies`));
}
