/** Reading the files of a data folder, which may have come from anywhere: a pipe would never end, a link leads elsewhere. */
import { lstat, readFile } from "node:fs/promises";
import { basename } from "node:path";
import { codeOf } from "./errors.js";

/**
 * The text of a file; undefined where there is none, or the user may not look there.
 *
 * @throws Error for whatever has the name and is no plain file (a folder, a link, a pipe, a device); the file system's error when it can't be read
 */
export async function readPlainFile(path: string): Promise<string | undefined> {
  const entry = await lstat(path).catch((error: unknown) => {
    if (["ENOENT", "ENOTDIR", "EACCES", "ERR_INVALID_ARG_VALUE"].includes(codeOf(error) ?? ""))
      return undefined;
    throw error;
  });
  if (entry === undefined) return undefined;
  if (!entry.isFile()) throw new Error(`${basename(path)} is no plain file`);
  return readFile(path, "utf8");
}
