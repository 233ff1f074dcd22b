/** The collection of real events that lies beside the repository, where there is one. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { IdeaError } from "../../runtime/events/idea-error.js";
import { eventToRow } from "../../runtime/events/row.js";

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

/** The real events that can be stored, the first of each identifier; null where the collection is not there. */
export function realEvents(): readonly Readonly<Record<string, unknown>>[] | null {
  const paths = ["nemea-alerts.ndjson", "idea-in-the-wild.ndjson"].map(sharedData);
  const found = paths.filter((path) => path !== null);
  if (found.length < paths.length) return null;
  const first = new Map<unknown, Readonly<Record<string, unknown>>>();
  for (const line of found.flatMap((path) => readFileSync(path, "utf8").split("\n"))) {
    if (line.trim() === "") continue;
    const event = JSON.parse(line) as Readonly<Record<string, unknown>>;
    if (isStorable(event) && !first.has(event["ID"])) first.set(event["ID"], event);
  }
  return [...first.values()];
}

function isStorable(event: unknown): boolean {
  try {
    eventToRow(event);
    return true;
  } catch (error) {
    if (error instanceof IdeaError) return false;
    throw error;
  }
}
