import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { ProgramUser } from "./run-program.js";

/** Numbers of the conventional user without rights, where the machine lists none. */
const nobody: ProgramUser = { name: "nobody", uid: 65534, gid: 65534 };

/** Finds a user in the text of /etc/passwd. */
export function findUser(passwd: string, name: string): ProgramUser | undefined {
  const fields = passwd
    .split("\n")
    .map((line) => line.split(":"))
    .find(([candidate]) => candidate === name);
  return fields === undefined ? undefined : { name, uid: Number(fields[2]), gid: Number(fields[3]) };
}

/**
 * The user whom a server must run as, or undefined when it runs as the caller. PostgreSQL refuses to run as root; then it runs as
 * `postgres` where the machine's own packages made that user, and as `nobody` otherwise.
 */
export async function serverUser(kind: "local" | "embedded"): Promise<ProgramUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const passwd = await readFile("/etc/passwd", "utf8").catch(() => "");
  return (
    (kind === "local" ? findUser(passwd, "postgres") : undefined) ?? findUser(passwd, "nobody") ?? nobody
  );
}

/** Permission bits that apply to a user on a file of this owner, group and mode (4 read, 2 write, 1 execute or enter). */
function permissionsOf(user: ProgramUser, file: { uid: number; gid: number; mode: number }): number {
  if (file.uid === user.uid) return (file.mode >> 6) & 7;
  return (file.gid === user.gid ? file.mode >> 3 : file.mode) & 7;
}

/**
 * Whether a user can get to a path: may enter each folder on the way to it. A part that does not exist yet counts as reachable.
 * Looks at permission bits only, so a right granted by an access list alone is not seen; the caller then copies without need.
 */
export async function canReach(user: ProgramUser | undefined, path: string): Promise<boolean> {
  if (user === undefined) return true;
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const entry = await stat(folder).catch(() => undefined);
    if (entry !== undefined && (permissionsOf(user, entry) & 1) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
