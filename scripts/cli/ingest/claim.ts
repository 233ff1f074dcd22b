/**
 * The folder of a watching ingest, shared by any number of workers.
 *
 * A producer writes a file under another name (beginning with a dot, or without one of the endings of event files) and renames it
 * when it is complete. A worker claims it by renaming it into `work/<host>.<process>.<nonce>/`, of which only one can succeed, and
 * acknowledges it after COMMIT by renaming it into `done/` or `errors/`. Each worker touches its folder as a sign of life; what
 * a dead worker had claimed goes back. A file may so be read twice, which stores nothing twice.
 */
import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, link, mkdir, readdir, rename, rm, rmdir, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join, parse } from "node:path";
import { EVENT_FILE_NAME } from "../../../runtime/events/read-events.js";
import { codeOf, reasonOf } from "../../../runtime/server/errors.js";
import { CliError } from "../errors.js";

/** The places of a spool folder for one worker. */
export interface Spool {
  readonly folder: string;
  /** This worker's claims. */
  readonly claims: string;
}

/** Where an acknowledged file goes: all of it stored, or something in it not. */
export type Destination = "done" | "errors";

const WORK = "work";

/** A worker of another host, or with a process number that is in use again, is dead after so long without a sign of life. */
export const STALE_MS = 60_000;

/** Makes the folders. @throws CliError when one of them cannot be written */
export async function openSpool(folder: string): Promise<Spool> {
  const worker = [hostName(), process.pid, randomBytes(3).toString("hex")].join(".");
  const spool = { folder, claims: join(folder, WORK, worker) };
  for (const path of [folder, spool.claims, join(folder, "done"), join(folder, "errors")])
    try {
      await mkdir(path, { recursive: true });
      await access(path, constants.W_OK);
    } catch (error) {
      throw new CliError(
        `--watch: ${path} is no folder that can be written (${codeOf(error) ?? reasonOf(error)})`,
        `files are moved between folders of ${folder}; run it as a user who may write there`,
        { cause: error },
      );
    }
  return spool;
}

/** The host's name without dots, so that it can be part of the name of a folder. */
function hostName(): string {
  return hostname().replace(/[^A-Za-z0-9-]/g, "-");
}

/** Gives claims back and leaves. */
export async function closeSpool(spool: Spool): Promise<void> {
  await giveBack(spool.folder, spool.claims);
}

/** Says that this worker lives. */
export async function signOfLife(spool: Spool): Promise<void> {
  const now = new Date();
  await utimes(spool.claims, now, now).catch(() => mkdir(spool.claims, { recursive: true }));
}

/** A claimed file. */
export interface Claim {
  readonly name: string;
  readonly path: string;
  readonly size: number;
}

/**
 * Claims waiting files, in the order of their names, until there are enough files or bytes. Files that another worker takes
 * first are passed over.
 */
export async function claimFiles(
  spool: Spool,
  most: { readonly files: number; readonly bytes: number },
): Promise<Claim[]> {
  const claims: Claim[] = [];
  let bytes = 0;
  for (const name of await waitingFiles(spool.folder)) {
    if (claims.length >= most.files || bytes >= most.bytes) break;
    const path = join(spool.claims, name);
    if (!(await moved(join(spool.folder, name), path))) continue;
    const { size } = await stat(path);
    bytes += size;
    claims.push({ name, path, size });
  }
  return claims;
}

async function waitingFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith(".") && EVENT_FILE_NAME.test(entry.name))
    .map(({ name }) => name)
    .sort();
}

/**
 * Moves a claimed file to where it belongs, under a name that is free there, with a report beside it if there is one. A file
 * that another worker has taken over meanwhile is left to that one.
 */
export async function acknowledge(
  spool: Spool,
  claim: Claim,
  destination: Destination,
  report?: string,
): Promise<void> {
  const target = await moveAside(claim.path, join(spool.folder, destination), claim.name);
  if (target !== null && report !== undefined) await writeFile(`${target}.txt`, report);
}

/**
 * Moves a file into a folder under its name, or under `name-2`, `name-3` … where that is taken: a rename would replace what is there.
 * Returns the new path; null when the file is gone. A crash on the way leaves it in both places, which is one reading more.
 */
async function moveAside(from: string, folder: string, name: string): Promise<string | null> {
  const { name: stem, ext } = parse(name);
  for (let attempt = 1; ; attempt++) {
    const target = join(folder, attempt === 1 ? name : `${stem}-${attempt}${ext}`);
    try {
      await link(from, target);
      await rm(from, { force: true });
      return target;
    } catch (error) {
      if (hasCode(error, "ENOENT")) return null;
      if (hasCode(error, "EEXIST")) continue;
      // No hard links here, or none to a file of another owner: the name is reserved by an empty file, which the rename replaces.
      if (!(await reserve(target))) continue;
      if (await moved(from, target)) return target;
      await rm(target, { force: true });
      return null;
    }
  }
}

/** Makes an empty file; false when there is one of the name already. */
async function reserve(path: string): Promise<boolean> {
  try {
    await writeFile(path, "", { flag: "wx" });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** Removes a claimed file for good. */
export async function removeClaim(claim: Claim): Promise<void> {
  await rm(claim.path, { force: true });
}

/** Removes the files of `done/` that were put there before an instant, in milliseconds since 1970, and returns their number. */
export async function removeDone(spool: Spool, before: number): Promise<number> {
  const done = join(spool.folder, "done");
  let files = 0;
  for (const name of await readdir(done)) {
    if (!EVENT_FILE_NAME.test(name)) continue;
    const path = join(done, name);
    // The time of the last change of its place, not of its content.
    const found = await stat(path).catch(() => null);
    if (found === null || !found.isFile() || found.ctimeMs >= before) continue;
    await rm(path, { force: true });
    files += 1;
  }
  return files;
}

/** Files that are not finished after so long are reported. */
const UNFINISHED_MS = 60_000;

/** What lies in the folder and is never taken. */
export interface SkippedFile {
  /** With a slash at its end for a folder. */
  readonly name: string;
  /** A phrase. */
  readonly why: string;
}

/** Subfolders, links, pipes and the like, and files of other endings that have been there for a while, in the order of their names. */
export async function skippedFiles(spool: Spool, now: number = Date.now()): Promise<SkippedFile[]> {
  const skipped: SkippedFile[] = [];
  for (const entry of await readdir(spool.folder, { withFileTypes: true })) {
    const { name } = entry;
    if (name.startsWith(".") || OWN_FOLDERS.has(name)) continue;
    if (entry.isDirectory()) skipped.push({ name: `${name}/`, why: "subfolders are not read" });
    else if (!entry.isFile()) skipped.push({ name, why: "no plain file" });
    else if (!EVENT_FILE_NAME.test(name)) {
      const found = await stat(join(spool.folder, name)).catch(() => null);
      if (found !== null && now - found.mtimeMs >= UNFINISHED_MS)
        skipped.push({
          name,
          why: "files end with .json, .ndjson, .jsonl or .idea, also with .gz or .zst after it",
        });
    }
  }
  return skipped.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const OWN_FOLDERS: ReadonlySet<string> = new Set([WORK, "done", "errors"]);

/** The folder to watch: `incoming` in the root folder of a Warden filer, else the folder itself. */
export async function watchedPlace(folder: string): Promise<string> {
  const incoming = join(folder, "incoming");
  const found = await stat(incoming).catch(() => null);
  return found?.isDirectory() === true ? incoming : folder;
}

/** Gives back what dead workers had claimed, and returns the number of files. */
export async function reclaimStale(spool: Spool, now: number = Date.now()): Promise<number> {
  const work = join(spool.folder, WORK);
  let files = 0;
  for (const worker of await readdir(work)) {
    const claims = join(work, worker);
    if (claims !== spool.claims && (await isDead(worker, claims, now)))
      files += await giveBack(spool.folder, claims);
  }
  return files;
}

async function isDead(worker: string, claims: string, now: number): Promise<boolean> {
  const [host, pid] = worker.split(".");
  if (host === hostName() && !isRunning(Number(pid))) return true;
  const seen = await stat(claims).catch(() => null);
  return seen !== null && now - seen.mtimeMs > STALE_MS;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !hasCode(error, "ESRCH");
  }
}

async function giveBack(folder: string, claims: string): Promise<number> {
  let files = 0;
  for (const name of await readdir(claims).catch(() => []))
    if ((await moveAside(join(claims, name), folder, name)) !== null) files += 1;
  await rmdir(claims).catch(() => undefined);
  return files;
}

/** Renames, and says whether the file was still there. */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return false;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
