/** The collection of real events that lies beside the repository, where there is one. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Folders that may hold it, relative to the repository. */
const FOLDERS = ["../shared", "../../shared"];

/** Path of a file of the collection; null, with a warning, where it is not there. */
export function sharedData(name: string): string | null {
  return sharedFile(`data/${name}`);
}

/** Path of a file of the documentation of Mentat that lies beside it, likewise. */
export function sharedReference(name: string): string | null {
  return sharedFile(`reference/${name}`);
}

function sharedFile(name: string): string | null {
  const paths = FOLDERS.map((folder) => fileURLToPath(new URL(`../../${folder}/${name}`, import.meta.url)));
  const found = paths.find((path) => existsSync(path)) ?? null;
  if (found === null) console.warn(`${paths[0]} is not there; what rests on it is not tested`);
  return found;
}
