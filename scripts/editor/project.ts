/** What a project says about its filters: catalogue, sets, saved filters, zone; and where each of them is. */
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { FilterOptions } from "../../compiler/compile.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import type { NamedSets, SavedFilters } from "../../compiler/resolve/context.js";
import { DataError } from "../../compiler/values/errors.js";
import { findZone } from "../../compiler/values/zone.js";
import { utf8Text } from "../../runtime/events/utf8.js";
import { CONFIG_FILE, findConfig, isSets, type ProjectConfig } from "../cli/config.js";

/** The project of a document. */
export interface Project {
  readonly options: FilterOptions;
  /** Whether it names sets or filters at all; else a program may have its own. */
  readonly configured: boolean;
  /** Whether the catalogue is the one that the configuration names, or the default where it names none. */
  readonly catalogueKnown: boolean;
  /** File of each saved filter. */
  readonly filterFiles: ReadonlyMap<string, string>;
  /** JSON file with the named sets. */
  readonly setsFile: string | null;
  /** What is wrong with the configuration, to be reported once. */
  readonly problems: readonly string[];
}

/** What the editor or the command line says over the configuration. */
export interface ProjectOverrides {
  readonly catalogue?: Catalogue | undefined;
  readonly sets?: NamedSets | undefined;
  /** Folder of saved filters. */
  readonly filters?: string | undefined;
  readonly timeZone?: string | undefined;
}

/** What the reader of projects needs from outside. */
export interface ProjectEnvironment {
  readonly overrides: ProjectOverrides;
  /** The text of a file that is open and may differ from what is on the disk; null for any other. */
  readonly openText: (path: string) => string | null;
  /** Loads the catalogue of a module; null where the folder is not trusted. */
  readonly loadCatalogue: ((path: string) => Promise<Catalogue>) | null;
}

export const FILTER_EXTENSION = ".filter";

/** Reads projects and remembers what has not changed on the disk. */
export interface ProjectReader {
  /** The project of a document in `folder`; null for a document that is in none. Never throws. */
  readonly read: (folder: string | null) => Promise<Project>;
}

/** A reader with caches of its own. */
export function createProjectReader(environment: ProjectEnvironment): ProjectReader {
  const texts = createTextCache();
  const textOf = async (path: string): Promise<string | null> =>
    environment.openText(path) ?? (await texts(path));
  let before: { readonly key: string; readonly project: Project } | null = null;
  const read = async (folder: string | null): Promise<Project> => {
    const reading = await readParts(folder, environment, textOf);
    // The same objects for the same contents: the compiler's caches go by their identity.
    const { catalogue, ...rest } = reading.options;
    const key = JSON.stringify([rest, [...reading.filterFiles], reading.setsFile, reading.problems]);
    if (before?.key === key && before.project.options.catalogue === catalogue) return before.project;
    before = { key, project: reading };
    return reading;
  };
  return { read };
}

async function readParts(
  folder: string | null,
  environment: ProjectEnvironment,
  textOf: (path: string) => Promise<string | null>,
): Promise<Project> {
  const { overrides } = environment;
  const problems: string[] = [];
  const config = folder === null ? null : await attempt(() => findConfig(folder), problems, null);
  const catalogue = overrides.catalogue ?? (await catalogueOf(config, environment, problems));
  const sets = overrides.sets ?? (await setsOf(config, textOf, problems));
  const { filters, files } = await filtersOf(folder, config, overrides, (path) =>
    attempt(() => textOf(path), problems, null),
  );
  const timeZone = zoneOf(overrides.timeZone ?? config?.zone, problems);
  return {
    options: {
      ...(catalogue === undefined ? {} : { catalogue }),
      ...(timeZone === undefined ? {} : { timeZone }),
      sets: sets ?? {},
      filters,
    },
    configured: sets !== undefined || Object.keys(filters).length > 0,
    catalogueKnown: config?.catalogue === undefined || catalogue !== undefined,
    filterFiles: files,
    setsFile: config?.sets?.kind === "path" ? config.sets.path : (config?.path ?? null),
    problems,
  };
}

async function attempt<T>(work: () => Promise<T>, problems: string[], otherwise: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
    return otherwise;
  }
}

async function catalogueOf(
  config: ProjectConfig | null,
  { loadCatalogue }: ProjectEnvironment,
  problems: string[],
): Promise<Catalogue | undefined> {
  const path = config?.catalogue;
  if (path === undefined) return undefined;
  if (loadCatalogue === null) {
    problems.push(
      `${path} is code, which is loaded only in a folder that you trust: until then only the syntax of filters is checked`,
    );
    return undefined;
  }
  return attempt(() => loadCatalogue(path), problems, undefined);
}

async function setsOf(
  config: ProjectConfig | null,
  textOf: (path: string) => Promise<string | null>,
  problems: string[],
): Promise<NamedSets | undefined> {
  if (config?.sets === undefined) return undefined;
  if (config.sets.kind === "given") return config.sets.value;
  const { path } = config.sets;
  return attempt(
    async () => {
      const text = await textOf(path);
      if (text === null) throw new Error(`${path} cannot be read`);
      const value = parsedJson(text);
      if (!isSets(value)) throw new Error(`${path} is not an object of lists of texts and numbers`);
      return value;
    },
    problems,
    {},
  );
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface FoundFilters {
  readonly filters: SavedFilters;
  readonly files: ReadonlyMap<string, string>;
}

/** The files beside the document come last: they win over those of the configuration. */
async function filtersOf(
  folder: string | null,
  config: ProjectConfig | null,
  overrides: ProjectOverrides,
  textOf: (path: string) => Promise<string | null>,
): Promise<FoundFilters> {
  const configured = config?.filters?.kind === "path" ? config.filters.path : undefined;
  const folders = [overrides.filters ?? configured, folder].filter((one) => typeof one === "string");
  const files = new Map<string, string>();
  for (const one of new Set(folders.map((path) => resolve(path))))
    for (const path of await filterPaths(one)) files.set(basename(path, FILTER_EXTENSION), path);
  const given = config?.filters?.kind === "given" ? config.filters.value : {};
  const texts = await Promise.all(
    [...files].map(async ([name, path]) => [name, await textOf(path)] as const),
  );
  const found = texts.filter((entry): entry is readonly [string, string] => entry[1] !== null);
  return { filters: { ...given, ...Object.fromEntries(found) }, files };
}

/** The filters of a folder, in order; none when it cannot be read. */
export async function filterPaths(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith(FILTER_EXTENSION) && name !== FILTER_EXTENSION)
    .sort()
    .map((name) => join(folder, name));
}

function zoneOf(zone: string | undefined, problems: string[]): string | undefined {
  if (zone === undefined || findZone(zone) !== null) return zone;
  problems.push(`there is no time zone "${zone}"`);
  return undefined;
}

/** Texts of files, read again when they have changed; null where there is none. Throws DataError for one that is not UTF-8. */
function createTextCache(): (path: string) => Promise<string | null> {
  const known = new Map<string, { readonly stamp: string; readonly text: string }>();
  return async (path) => {
    try {
      const { mtimeMs, size } = await stat(path);
      const stamp = `${mtimeMs} ${size}`;
      const cached = known.get(path);
      if (cached?.stamp === stamp) return cached.text;
      const text = utf8Text(await readFile(path), path);
      known.set(path, { stamp, text });
      return text;
    } catch (error) {
      known.delete(path);
      if (error instanceof DataError) throw error;
      return null;
    }
  };
}

/** Whether a change of the file can change what is said about filters. */
export function concernsProject(path: string): boolean {
  return path.endsWith(FILTER_EXTENSION) || path.endsWith(".json") || basename(path) === CONFIG_FILE;
}

/** The folder that a project is rooted in: that of its configuration, else the folder itself. */
export async function projectRoot(folder: string): Promise<string> {
  const config = await findConfig(folder).catch(() => null);
  return config === null ? folder : dirname(config.path);
}
