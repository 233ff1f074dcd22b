import { randomUUID } from "node:crypto";
import { chmod, cp, lstat, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { codeOf, DatabaseSourceError } from "./errors.js";
import type { ProgramUser } from "./run-program.js";
import { canReach } from "./server-user.js";

/** Folders that may hold the cache, best first: for root those of the system, which other users can enter. */
function candidates(user: ProgramUser | undefined): readonly string[] {
  if (user !== undefined) return ["/var/cache", "/Library/Caches", "/var/tmp", tmpdir()];
  return [process.env["XDG_CACHE_HOME"], join(homedir(), ".cache"), tmpdir()].filter(
    (folder): folder is string => folder !== undefined && folder !== "",
  );
}

/** Makes the folder, or takes it when it is ours: in a folder that all may write to, somebody else could have laid it first. */
async function claim(folder: string, mode: number): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true, mode });
    const entry = await lstat(folder);
    const ours =
      process.getuid === undefined || (entry.uid === process.getuid() && (entry.mode & 0o022) === 0);
    return entry.isDirectory() && ours;
  } catch {
    return false;
  }
}

/**
 * A folder for copies of programs and for data, which `user` can enter (the caller, when undefined).
 * @throws DatabaseSourceError `data-folder-unusable` when no folder of this machine can serve.
 */
export async function cacheFolder(user: ProgramUser | undefined): Promise<string> {
  for (const parent of candidates(user)) {
    const folder = join(parent, "idea-eventstore");
    const usable = (await stat(parent).catch(() => undefined))?.isDirectory() === true || user === undefined;
    if (usable && (await canReach(user, folder)) && (await claim(folder, 0o755))) return folder;
  }
  throw new DatabaseSourceError(
    "data-folder-unusable",
    `There is no folder for the database server that the user "${user?.name ?? "you"}" can enter (tried ${candidates(user).join(", ")}). ` +
      `Run the command as an ordinary user, or name a database with DATABASE_URL.`,
  );
}

/** Lets everybody read a tree and enter its folders, and execute what its owner may execute. Links are left alone. */
async function openToAll(path: string): Promise<void> {
  const entry = await lstat(path);
  if (entry.isSymbolicLink()) return;
  await chmod(path, entry.isDirectory() || (entry.mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (entry.isDirectory()) for (const name of await readdir(path)) await openToAll(join(path, name));
}

/**
 * Copies a tree to `target` unless it is there, readable by everybody. Several processes may do it at once: each copies aside
 * and renames, and whoever comes second throws its copy away.
 */
export async function copyOnce(source: string, target: string): Promise<void> {
  if (await stat(target).catch(() => undefined)) return;
  const aside = `${target}.${randomUUID()}.part`;
  await cp(source, aside, { recursive: true, verbatimSymlinks: true });
  await openToAll(aside);
  try {
    await rename(aside, target);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    if (!["ENOTEMPTY", "EEXIST", "EPERM"].includes(codeOf(error) ?? "")) throw error;
  }
}
