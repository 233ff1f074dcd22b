/** `eventstore generate --catalogue FILE --out FOLDER`: the whole client of a catalogue, written or compared. */
import { readsRanges } from "../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import {
  describeOperations,
  type DescribedStore,
  type Describer,
} from "../../compiler/generator/describe.js";
import { PACKAGE_MODULES } from "../../compiler/generator/emit/modules.js";
import type { GeneratedFilter } from "../../compiler/generator/filters.js";
import {
  differences,
  generateFiles,
  MANIFEST,
  type GeneratedFiles,
} from "../../compiler/generator/generate.js";
import { liveDifferences } from "../../compiler/generator/live.js";
import { parseManifest, rememberedTypes } from "../../compiler/generator/manifest.js";
import { languageReference, REFERENCE } from "../../compiler/reference/reference.js";
import { operationSpecs } from "../../runtime/store/statements.js";
import { tableDifferences } from "../catalogue/compare.js";
import { readTable } from "../catalogue/read-table.js";
import { withFreshDescriber, withLiveDescriber } from "./database.js";

/** What every file of a client says of itself, and by which it is known again. */
export const CLIENT_NOTICE = "Generated, do not edit: eventstore generate --catalogue";

const INDEX = "index.ts";

/** The files of the filters that go with a client. */
export interface ClientFilters {
  readonly files: GeneratedFiles;
  readonly filters: readonly GeneratedFilter[];
}

/**
 * The files of a client, with types that a database describes: that of the URL, or a new one on a server of this machine.
 *
 * @throws Error when the catalogue describes no table that the store can keep, or the database contradicts it
 */
export async function describeClient(
  catalogue: Catalogue,
  database: string | undefined,
  onProgress: (message: string) => void,
): Promise<DescribedStore> {
  const work = (describer: Describer) => describeOperations(operationSpecs(catalogue), describer);
  const store =
    database === undefined
      ? await withFreshDescriber(catalogue, onProgress, work)
      : await withLiveDescriber(database, work);
  return readsRanges(catalogue) ? store : { ...store, rangesVersion: null };
}

/** The files of a client and, with it, of filters. */
export function clientFiles(
  catalogue: Catalogue,
  store: DescribedStore,
  filters: ClientFilters | null,
): GeneratedFiles {
  const files = new Map([
    ...generateFiles(catalogue, store, { modules: PACKAGE_MODULES, notice: CLIENT_NOTICE }),
    [REFERENCE, languageReference(catalogue)] as const,
  ]);
  if (filters === null) return files;
  const exports = filters.filters.map(({ module }) => `export * from "./${module}.js";\n`);
  const index = (files.get(INDEX) ?? "") + exports.join("");
  return new Map([...filters.files, ...files, [INDEX, index] as const]);
}

/** How files that are there differ from those of the catalogue, without asking a database: a line for each. */
export function checkClient(
  catalogue: Catalogue,
  found: GeneratedFiles,
  filters: ClientFilters | null,
): readonly string[] {
  const manifest = found.get(MANIFEST);
  if (manifest === undefined) return [`${MANIFEST}: is missing`];
  const { store, problems } = rememberedTypes(operationSpecs(catalogue), parseManifest(manifest));
  return problems.length > 0 ? problems : differences(clientFiles(catalogue, store, filters), found);
}

/** How a database differs from the manifest: a line for each wrong type, missing column, missing or unused index. */
export async function checkLive(
  catalogue: Catalogue,
  manifest: string,
  database: string | undefined,
  onProgress: (message: string) => void,
): Promise<readonly string[]> {
  const work = (describer: Describer) => liveDifferences(parseManifest(manifest), describer);
  if (database === undefined) return withFreshDescriber(catalogue, onProgress, work);
  // What is wrong with a column fails many statements: it is said of the column, once.
  const table = catalogue.table.plain === undefined ? null : await readTable(database, catalogue.table.name);
  const columns = table === null ? [] : tableDifferences(catalogue, table);
  return columns.length > 0 ? columns : withLiveDescriber(database, work);
}
