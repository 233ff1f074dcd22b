/** A copy of the package in which faults are planted, so that nobody meets them in the package itself. */
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Fault } from "./faults/index.js";

const COPIED = [
  "grammar",
  "compiler",
  "runtime",
  "generated",
  "test",
  "scripts",
  "package.json",
  "tsconfig.json",
  "vitest.config.ts",
];

/** Copies the package at `root` into a folder of its own, with its dependencies by reference. */
export async function copyPackage(root: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "eventstore-mutate-"));
  for (const name of COPIED) await cp(join(root, name), join(folder, name), { recursive: true });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** Removes the copy. */
export async function removeCopy(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** The text of the fault's file with the fault in it. @throws Error when `find` does not occur exactly once */
export async function mutatedText({ name, file, find, replace }: Fault, folder: string): Promise<string> {
  const source = await readFile(join(folder, file), "utf8");
  const found = source.split(find).length - 1;
  if (found !== 1) throw new Error(`${name}: its text occurs ${found} times in ${file}`);
  return source.replace(find, () => replace);
}

/** Runs `work` while the fault is in the copy. */
export async function withFault<T>(fault: Fault, folder: string, work: () => Promise<T>): Promise<T> {
  const path = join(folder, fault.file);
  const source = await readFile(path, "utf8");
  await write(path, await mutatedText(fault, folder), folder);
  try {
    return await work();
  } finally {
    await write(path, source, folder);
  }
}

/** Writes a source; the grammar is used by way of its bundle. */
async function write(path: string, text: string, folder: string): Promise<void> {
  await writeFile(path, text);
  if (path.endsWith(".ohm"))
    await promisify(execFile)(
      process.execPath,
      ["node_modules/@ohm-js/cli/index.js", "generateBundles", "--esm", "--withTypes", "grammar/filter.ohm"],
      { cwd: folder },
    );
}
