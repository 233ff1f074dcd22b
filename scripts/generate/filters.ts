/** `eventstore generate --filters FOLDER --out FOLDER`: reads the filters, writes the modules. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FilterOptions } from "../../compiler/compile.js";
import {
  generateFilterFiles,
  type FilterFileError,
  type NamedFilter,
} from "../../compiler/generator/filters.js";
import type { SavedFilters } from "../../compiler/resolve/context.js";
import { FilterError } from "../../grammar/filter-error.js";
import { renderDiagnostics } from "../../grammar/render.js";
import { withLiveDescriber } from "./database.js";

const EXTENSION = ".filter";

export interface GenerateFiltersOptions extends Omit<FilterOptions, "filters"> {
  /** Folder with `*.filter` files. */
  readonly filters: string;
  /** Folder for the modules; made when it is not there. */
  readonly out: string;
  /** Saved filters from elsewhere that those of the folder may use. */
  readonly saved?: SavedFilters | undefined;
  /** A store that every filter is checked against before anything is written. */
  readonly database?: string | undefined;
  readonly color?: boolean | undefined;
}

/** What became of a run. Where there are errors nothing was written. */
export type GenerateFiltersResult =
  | { readonly kind: "written"; readonly files: readonly string[] }
  /** One rendered report a file; the exit code is 2. */
  | { readonly kind: "refused"; readonly reports: readonly string[] };

/**
 * Compiles all filters of a folder into typed functions.
 *
 * @throws Error when a folder can't be read or written
 */
export async function generateFilters({
  filters,
  out,
  database,
  color = false,
  saved,
  ...options
}: GenerateFiltersOptions): Promise<GenerateFiltersResult> {
  const names = (await readdir(filters)).filter((name) => name.endsWith(EXTENSION)).sort();
  if (names.length === 0) return { kind: "refused", reports: [`${filters}: there is no file *${EXTENSION}`] };
  const sources = await Promise.all(
    names.map(async (name) => ({
      name: name.slice(0, -EXTENSION.length),
      text: await readFile(join(filters, name), "utf8"),
    })),
  );
  const generated = generateFilterFiles(sources, { ...options, filters: saved });
  if (generated.kind === "errors")
    return { kind: "refused", reports: generated.errors.map((error) => report(error, color)) };
  const problems = database === undefined ? [] : await check(generated.filters, database);
  if (problems.length > 0) return { kind: "refused", reports: problems };
  await writeAll(out, generated.files);
  return { kind: "written", files: [...generated.files.keys()].map((name) => join(out, name)) };
}

function report({ name, error }: FilterFileError, color: boolean): string {
  const text =
    error instanceof FilterError
      ? renderDiagnostics(error.text, error.diagnostics, { color })
      : error.message;
  return `${name}${EXTENSION}: ${text}`;
}

/** Whether the database takes the filters: it may be older than the catalogue. */
async function check(filters: readonly NamedFilter[], database: string): Promise<readonly string[]> {
  return withLiveDescriber(database, async ({ describe }) => {
    const problems: string[] = [];
    for (const { name, compiled } of filters) {
      try {
        await describe(`select from ${compiled.catalogue.table.name} where ${compiled.render().text}`);
      } catch (error) {
        problems.push(
          `${name}${EXTENSION}: the database says: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
    return problems;
  });
}

/** Writes all files under other names first, so that a full disk leaves the old ones in place. */
async function writeAll(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const temporary = (name: string): string => join(folder, `.${name}.${process.pid}`);
  try {
    for (const [name, text] of files) await writeFile(temporary(name), text);
    for (const name of files.keys()) await rename(temporary(name), join(folder, name));
  } finally {
    for (const name of files.keys()) await rm(temporary(name), { force: true });
  }
}
