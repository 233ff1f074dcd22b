/** The folder of a private server's socket: made for one cluster, and removed only where it proves to be that cluster's. */
import { chown, lstat, mkdtemp, rm, rmdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cluster } from "./cluster.js";
import { readPlainFile } from "./plain-file.js";

/** Port number in the name of the socket; no TCP port is opened for it. */
export const socketPort = 5432;

/** Longest socket path that every system takes (sun_path is 104 bytes on macOS, 108 on Linux). */
const longestSocketPath = 100;

/** Tells in a socket's folder which cluster it was made for. */
const markName = "cluster";

/** A fresh folder for the socket, closed to everybody but the server's user; undefined where sockets can't serve. */
export async function makeSocketFolder({ data, user }: Cluster): Promise<string | undefined> {
  if (process.platform === "win32") return undefined;
  for (const parent of [tmpdir(), "/tmp"]) {
    if (`${parent}/eventstore-XXXXXX/.s.PGSQL.${socketPort}`.length > longestSocketPath) continue;
    const folder = await mkdtemp(join(parent, "eventstore-")).catch(() => undefined);
    if (folder === undefined) continue;
    await writeFile(join(folder, markName), data, { mode: 0o600 });
    if (user !== undefined) await chown(folder, user.uid, user.gid);
    return folder;
  }
  return undefined;
}

/**
 * Removes a socket's folder, if it was made for this cluster: the name of the folder comes from a file, which may be wrong. Of what is in
 * it only the server's files go, and the folder only when nothing else is left.
 */
export async function removeSocketFolder({ data }: Cluster, folder: string): Promise<void> {
  const entry = await lstat(folder).catch(() => undefined);
  if (entry?.isDirectory() !== true) return;
  if ((await readPlainFile(join(folder, markName)).catch(() => "")) !== data) return;
  for (const name of [`.s.PGSQL.${socketPort}`, `.s.PGSQL.${socketPort}.lock`, markName])
    await rm(join(folder, name), { force: true }).catch(() => undefined);
  await rmdir(folder).catch(() => undefined);
}
