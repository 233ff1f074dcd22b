import { randomUUID } from "node:crypto";
import { link, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "./errors.js";
import { notALock, parseLock, type ClusterLock } from "./lock-text.js";
import { readPlainFile } from "./plain-file.js";
import { isSameProcess } from "./processes.js";

/** Path of the lock of a cluster folder. */
export function lockPath(folder: string): string {
  return join(folder, "server.json");
}

/**
 * Reads the lock of a cluster folder; undefined when there is none or it was cut short.
 * @throws DatabaseSourceError `data-folder-unusable` when the file is something else
 */
export async function readLock(folder: string): Promise<ClusterLock | undefined> {
  const path = lockPath(folder);
  const text = await readPlainFile(path).catch((cause: unknown) => {
    throw notALock(path, cause);
  });
  return text === undefined ? undefined : parseLock(text, path);
}

/** Whether the process that took the folder still runs. */
export function isOwnerAlive(lock: ClusterLock): Promise<boolean> {
  return isSameProcess(lock.owner);
}

/** Writes aside, so that a reader never sees half a lock. The file may hold a password: only its owner may read it. */
async function writeAside(folder: string, lock: ClusterLock): Promise<string> {
  const aside = join(folder, `.server-${randomUUID()}.json`);
  await writeFile(aside, JSON.stringify(lock, undefined, 2), { mode: 0o600 });
  return aside;
}

/** Takes a folder that has no lock. False when another process was faster. */
export async function takeLock(folder: string, lock: ClusterLock): Promise<boolean> {
  const aside = await writeAside(folder, lock);
  try {
    await link(aside, lockPath(folder));
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    // A file system without hard links: exclusive creation, which is not proof against a crash in the middle.
    return await writeFile(lockPath(folder), JSON.stringify(lock), { mode: 0o600, flag: "wx" }).then(
      () => true,
      (reason: unknown) => {
        if (codeOf(reason) === "EEXIST") return false;
        throw reason;
      },
    );
  } finally {
    await rm(aside, { force: true });
  }
}

/** Replaces the lock that this process holds. */
export async function updateLock(folder: string, lock: ClusterLock): Promise<void> {
  await rename(await writeAside(folder, lock), lockPath(folder));
}

/**
 * Removes the lock of a process that is gone, if it is still the one that was seen: of two processes that find the same dead lock,
 * the slower must not remove the new lock of the faster.
 */
export async function breakLock(folder: string, seen: ClusterLock | undefined): Promise<void> {
  const aside = join(folder, `.server-${randomUUID()}.json`);
  try {
    await rename(lockPath(folder), aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  const found = parseLock((await readPlainFile(aside).catch(() => "")) ?? "", aside);
  const isAnother = seen !== undefined && found !== undefined && found.owner.pid !== seen.owner.pid;
  if (isAnother) await link(aside, lockPath(folder)).catch(() => undefined);
  await rm(aside, { force: true });
}

/** Gives the folder back. */
export async function releaseLock(folder: string): Promise<void> {
  await rm(lockPath(folder), { force: true });
}
