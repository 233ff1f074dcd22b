/** The project of a file for the rule, which has to read it at once. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { FilterOptions } from "../../../compiler/compile.js";
import type { NamedSets, SavedFilters } from "../../../compiler/resolve/context.js";
import { utf8Text } from "../../../runtime/events/utf8.js";
import { CONFIG_FILE, isSets, readConfig, type ProjectConfig } from "../../cli/config.js";
import { FILTER_EXTENSION, type Project } from "../project.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";

/** Options of the rule; absent ones come from the project's eventstore.config.json. */
export interface ValidFilterOptions {
  /** The catalogue itself; a configuration names a module, which a rule cannot load. */
  readonly catalogue?: Catalogue | undefined;
  readonly sets?: NamedSets | undefined;
  readonly filters?: SavedFilters | undefined;
  readonly timeZone?: string | undefined;
}

/** The project of a file, with what the options of the rule say over its configuration. Throws for a configuration that makes no sense. */
export function readProjectSync(file: string, given: ValidFilterOptions): Project {
  const config = configAbove(dirname(resolve(file)));
  const sets = given.sets ?? setsOf(config);
  const filters = { ...filtersOf(config, dirname(resolve(file))), ...given.filters };
  const timeZone = given.timeZone ?? config?.zone;
  const options: FilterOptions = {
    sets: sets ?? {},
    filters,
    ...(given.catalogue === undefined ? {} : { catalogue: given.catalogue }),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
  return {
    options,
    configured: sets !== undefined || Object.keys(filters).length > 0,
    catalogueKnown: config?.catalogue === undefined || given.catalogue !== undefined,
    filterFiles: new Map(),
    setsFile: null,
    problems: [],
  };
}

function configAbove(folder: string): ProjectConfig | null {
  for (let place = folder; ; place = dirname(place)) {
    const path = join(place, CONFIG_FILE);
    const text = textOf(path);
    if (text !== null) return readConfig(path, text);
    if (dirname(place) === place) return null;
  }
}

/** The text of a file; null when it cannot be read. Throws DataError when it is not UTF-8. */
function textOf(path: string): string | null {
  const bytes = bytesOf(path);
  return bytes === null ? null : utf8Text(bytes, path);
}

function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

function setsOf(config: ProjectConfig | null): NamedSets | undefined {
  const source = config?.sets;
  if (source === undefined) return undefined;
  if (source.kind === "given") return source.value;
  const text = textOf(source.path);
  const value: unknown = text === null ? null : JSON.parse(text);
  if (!isSets(value)) throw new Error(`${source.path} is not an object of lists of texts and numbers`);
  return value;
}

function filtersOf(config: ProjectConfig | null, folder: string): SavedFilters {
  const source = config?.filters;
  return {
    ...(source === undefined ? {} : source.kind === "given" ? source.value : filtersIn(source.path)),
    ...filtersIn(folder),
  };
}

function filtersIn(folder: string): SavedFilters {
  const texts = filterNames(folder).map((name) => [
    basename(name, FILTER_EXTENSION),
    textOf(join(folder, name)),
  ]);
  return Object.fromEntries(texts.filter(([, text]) => text !== null)) as SavedFilters;
}

function filterNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(FILTER_EXTENSION));
  } catch {
    return [];
  }
}
