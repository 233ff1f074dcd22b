import { randomBytes } from "node:crypto";
import { chown, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compatSearchPath } from "./sql/compat.js";
import { codeOf, DatabaseSourceError, reasonOf } from "./errors.js";
import { readPlainFile } from "./plain-file.js";
import { runProgram, tail, type ProgramUser } from "./run-program.js";
import type { Installation, ProgressListener } from "./types.js";

/** Superuser of private clusters. */
export const clusterUser = "postgres";

/** Database of the event store in private clusters. */
export const clusterDatabase = "eventstore";

/** A private cluster: where it lies and with what it runs. */
export interface Cluster {
  readonly installation: Installation;
  /** Holds the lock and the log; belongs to the caller. */
  readonly folder: string;
  /** PostgreSQL's data directory; belongs to `user`. */
  readonly data: string;
  readonly log: string;
  /** Whom the server runs as; undefined: the caller. */
  readonly user: ProgramUser | undefined;
}

/** Path of a program of an installation. */
export function program(
  installation: Pick<Installation, "binDir">,
  name: "initdb" | "postgres" | "pg_ctl",
): string {
  return join(installation.binDir, process.platform === "win32" ? `${name}.exe` : name);
}

/** The error for a folder that can't be created or written to. */
export function folderUnusable(folder: string, error: unknown): DatabaseSourceError {
  const remedy = ["EACCES", "EROFS", "EPERM"].includes(codeOf(error) ?? "")
    ? "Choose one that you may write to with --data FOLDER (or dataDir)."
    : codeOf(error) === "ENOSPC"
      ? "Free some space, or choose another folder with --data FOLDER (or dataDir)."
      : "Choose another with --data FOLDER (or dataDir).";
  const message = `The data folder ${folder} can't be used: ${reasonOf(error)}. ${remedy}`;
  return new DatabaseSourceError("data-folder-unusable", message, { cause: error });
}

/** Makes the data directory and gives it to the server's user. */
async function makeDataDirectory(cluster: Cluster): Promise<void> {
  try {
    await mkdir(cluster.data, { recursive: true, mode: 0o700 });
    if (cluster.user !== undefined) await chown(cluster.data, cluster.user.uid, cluster.user.gid);
  } catch (error) {
    throw folderUnusable(cluster.folder, error);
  }
}

/** Settings that every private cluster starts with. Later ones win over earlier ones. */
function initialSettings(installation: Installation): string {
  const searchPath = installation.kind === "embedded" ? [`search_path = '${compatSearchPath}'`] : [];
  // Statements that are equal but for the time zone of the machine must give equal results.
  return ["", "# eventstore", "timezone = 'UTC'", "log_timezone = 'UTC'", ...searchPath, ""].join("\n");
}

/**
 * Locale of a new cluster: comparison by code point everywhere, and Unicode's letters. From version 17 PostgreSQL brings that with
 * it; before, it is the C library's.
 */
function localeArguments(major: number): readonly string[] {
  if (major >= 17) return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  return process.platform === "linux" ? ["--locale=C.UTF-8"] : ["--locale=C"];
}

/** Whether a data directory has been initialised to the end (initdb writes PG_VERSION early, the settings are appended last). */
export async function isInitialised(cluster: Cluster): Promise<boolean> {
  const settings = await readPlainFile(join(cluster.data, "postgresql.conf")).catch(() => "");
  return settings?.includes("# eventstore") === true;
}

function passwordPath(cluster: Cluster): string {
  return join(cluster.folder, "password");
}

/**
 * The superuser's password, for connections over TCP. Over the socket none is asked: the rights of its folder guard it.
 * @throws DatabaseSourceError `data-folder-unusable` where there is none: {@link initialise} makes it
 */
export async function clusterPassword(cluster: Cluster): Promise<string> {
  const text = await readPlainFile(passwordPath(cluster)).catch((error: unknown) => {
    throw folderUnusable(cluster.folder, error);
  });
  if (text !== undefined) return text.trim();
  throw folderUnusable(cluster.folder, new Error(`its file "password" is missing`));
}

/** Says which data directory is being made, as long as it is: what an interrupted attempt left there is ours to remove. */
function creationMark(cluster: Cluster): string {
  return join(cluster.folder, "creating");
}

/**
 * Removes what an interrupted attempt left in the data directory, and notes that one begins. A folder of that name that holds anything else
 * may have come by a link, or be somebody's data: it stays.
 *
 * @throws DatabaseSourceError `data-folder-unusable`
 */
async function beginCreation(cluster: Cluster): Promise<void> {
  const { data, folder } = cluster;
  const mark = creationMark(cluster);
  try {
    const isOurs = (await readPlainFile(mark)) === data;
    const names = await readdir(data).catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return [];
      throw error;
    });
    if (names.length > 0 && !isOurs)
      throw new Error(`${data} holds files and no database of eventstore; what is in it was left alone`);
    await rm(data, { recursive: true, force: true });
    // A new file, never through a link that is there.
    await rm(mark, { force: true });
    await writeFile(mark, data, { mode: 0o600, flag: "wx" });
  } catch (error) {
    throw folderUnusable(folder, error);
  }
}

/**
 * Creates the cluster unless it exists. What an interrupted attempt left behind is removed first.
 *
 * @throws DatabaseSourceError `initdb-failed` with the end of its output, `data-folder-unusable`
 */
export async function initialise(cluster: Cluster, onProgress: ProgressListener): Promise<void> {
  if (await isInitialised(cluster)) return;
  onProgress(`Creating a database cluster (PostgreSQL ${cluster.installation.version}) in ${cluster.folder}`);
  await beginCreation(cluster);
  await makeDataDirectory(cluster);
  const password = passwordPath(cluster);
  // A new file, never through a link that is there.
  await rm(password, { force: true });
  await writeFile(password, `${randomBytes(18).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  if (cluster.user !== undefined) await chown(password, cluster.user.uid, cluster.user.gid);
  const { code, output } = await runProgram(
    program(cluster.installation, "initdb"),
    [
      `--pgdata=${cluster.data}`,
      `--username=${clusterUser}`,
      `--pwfile=${password}`,
      "--auth-local=trust",
      "--auth-host=scram-sha-256",
      "--encoding=UTF8",
      ...localeArguments(cluster.installation.major),
    ],
    { user: cluster.user },
  );
  if (code !== 0) throw initdbFailed(cluster, output);
  const settings = join(cluster.data, "postgresql.conf");
  await writeFile(settings, initialSettings(cluster.installation), { flag: "a" });
  await rm(creationMark(cluster), { force: true });
}

function initdbFailed(cluster: Cluster, output: string): DatabaseSourceError {
  const remedy = /No space left/i.test(output)
    ? "Free some space, or choose another folder with --data FOLDER."
    : /could not look up effective user ID/i.test(output)
      ? "The user has no entry in /etc/passwd; run as one that has, or name a database with DATABASE_URL."
      : "Name a database with DATABASE_URL to do without a private cluster.";
  return new DatabaseSourceError(
    "initdb-failed",
    `Creating the database cluster in ${cluster.data} failed. ${remedy} initdb said:\n${tail(output)}`,
  );
}
