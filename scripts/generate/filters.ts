/** `eventstore generate --filters FOLDER --out FOLDER`: reads the filters, writes the modules or compares them. */
import { isUtf8 } from "node:buffer";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { FilterOptions } from "../../compiler/compile.js";
import {
  FILTER_NOTICE,
  generateFilterFiles,
  type FilterFileError,
  type GeneratedFilter,
} from "../../compiler/generator/filters.js";
import { differences, type GeneratedFiles } from "../../compiler/generator/generate.js";
import { lowerForStore } from "../../compiler/lower/for-store.js";
import { identifier, render } from "../../compiler/sql/fragment.js";
import type { SavedFilters } from "../../compiler/resolve/context.js";
import { FilterError } from "../../grammar/filter-error.js";
import { renderDiagnostics } from "../../grammar/render.js";
import { utf8Problem } from "../../runtime/events/utf8.js";
import { printable } from "../cli/render/text.js";
import { searchByCondition } from "./statements.js";
import { CLIENT_NOTICE } from "./client.js";
import { withLiveDescriber } from "./database.js";

const EXTENSION = ".filter";

/** By which files of earlier runs are known. */
const NOTICES = [FILTER_NOTICE, CLIENT_NOTICE];

export interface GenerateFiltersOptions extends Omit<FilterOptions, "filters"> {
  /** Folder with `*.filter` files. */
  readonly filters: string;
  /** Folder for the modules; made when it is not there. */
  readonly out: string;
  /** Compares the modules that are there, byte for byte, and writes nothing. */
  readonly check?: boolean | undefined;
  /** Saved filters from elsewhere that those of the folder may use. */
  readonly saved?: SavedFilters | undefined;
  /** A store that every filter is checked against before anything is written. */
  readonly database?: string | undefined;
  readonly color?: boolean | undefined;
}

/** What became of a run. */
export type GenerateFiltersResult =
  /** `stale`: modules of filters that are gone. They are left, for something may import them. */
  | { readonly kind: "written"; readonly files: readonly string[]; readonly stale: readonly string[] }
  /** A line for each module that differs, is missing or is not generated any more. */
  | { readonly kind: "checked"; readonly files: number; readonly differences: readonly string[] }
  /** Nothing was written or compared: one rendered report a file. */
  | { readonly kind: "refused"; readonly reports: readonly string[] };

/**
 * Compiles all filters of a folder into typed functions.
 *
 * @throws Error when a folder can't be read or written
 */
export async function generateFilters({
  out,
  check = false,
  ...options
}: GenerateFiltersOptions): Promise<GenerateFiltersResult> {
  const compiled = await compileFolder(options);
  if (compiled.kind === "refused") return compiled;
  return writeOrCompare(out, compiled.files, check ? "compare" : "write");
}

/** The modules of the filters of a folder, or why there are none. */
export type CompiledFolder =
  | { readonly kind: "files"; readonly files: GeneratedFiles; readonly filters: readonly GeneratedFilter[] }
  | Extract<GenerateFiltersResult, { readonly kind: "refused" }>;

/** Compiles the filters of a folder, and tries them on a store where one is given. @throws Error when the folder can't be read */
export async function compileFolder({
  filters,
  database,
  color = false,
  saved,
  ...options
}: Omit<GenerateFiltersOptions, "out" | "check">): Promise<CompiledFolder> {
  const entries = await readdir(filters, { recursive: true });
  const names = entries.map((name) => name.replaceAll("\\", "/")).filter((name) => name.endsWith(EXTENSION));
  const deep = names.find((name) => name.includes("/"));
  if (deep !== undefined)
    return {
      kind: "refused",
      reports: [
        `${join(filters, deep)}: filters of subfolders are not read; move it into ${filters}, or name its folder`,
      ],
    };
  if (names.length === 0) return { kind: "refused", reports: [`${filters}: there is no file *${EXTENSION}`] };
  const sources = [];
  for (const name of names.sort()) {
    const bytes = await readFile(join(filters, name));
    if (!isUtf8(bytes))
      return { kind: "refused", reports: [`${join(filters, name)}: ${utf8Problem(bytes)}`] };
    sources.push({ name: name.slice(0, -EXTENSION.length), text: new TextDecoder().decode(bytes) });
  }
  const generated = generateFilterFiles(sources, { ...options, filters: saved });
  if (generated.kind === "errors")
    return { kind: "refused", reports: generated.errors.map((error) => report(filters, error, color)) };
  const problems = database === undefined ? [] : await tryOn(database, filters, generated.filters);
  return problems.length > 0 ? { kind: "refused", reports: problems } : generated;
}

/** Writes files into a folder, or compares those that are there. @throws Error when the folder can't be read or written */
export async function writeOrCompare(
  out: string,
  files: GeneratedFiles,
  mode: "write" | "compare",
): Promise<GenerateFiltersResult> {
  const found = await readGenerated(out, files);
  if (mode === "compare") {
    const lines = differences(files, found).map((line) => join(out, line));
    return { kind: "checked", files: files.size, differences: lines };
  }
  await writeAll(out, files);
  const inOut = (name: string): string => join(out, name);
  const stale = [...found.keys()].filter((name) => !files.has(name));
  return { kind: "written", files: [...files.keys()].map(inOut), stale: stale.map(inOut) };
}

/** The modules that are there: those that are expected, and those that an earlier run has written. Others are none of ours. */
export async function readGenerated(folder: string, expected: GeneratedFiles): Promise<GeneratedFiles> {
  const names = await readdir(folder, { recursive: true }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  const modules = names
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => expected.has(name) || (name.endsWith(".ts") && !name.includes("/")))
    .sort();
  const texts = await Promise.all(
    modules.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const),
  );
  return new Map(
    texts.filter(([name, text]) => expected.has(name) || NOTICES.some((notice) => text.includes(notice))),
  );
}

/** `filters/noise.filter:2:13`, which editors open at the place, and the diagnostics with their carets below. */
function report(folder: string, { name, error }: FilterFileError, color: boolean): string {
  const path = printable(join(folder, `${name}${EXTENSION}`));
  if (!(error instanceof FilterError)) return `${path}: ${error.message}`;
  const [first] = error.diagnostics;
  const place = first === undefined ? "" : `:${first.span.line}:${first.span.column}`;
  return `${path}${place}\n${renderDiagnostics(error.text, error.diagnostics, { color })}`;
}

/** Whether the database takes the filters: it may be older than the catalogue. */
async function tryOn(
  database: string,
  folder: string,
  filters: readonly GeneratedFilter[],
): Promise<readonly string[]> {
  return withLiveDescriber(database, async ({ describe }) => {
    const problems: string[] = [];
    for (const { name, compiled } of filters) {
      try {
        await describe(
          searchByCondition(identifier(compiled.catalogue.table.name), render(lowerForStore(compiled)).text),
        );
      } catch (error) {
        problems.push(
          `${join(folder, `${name}${EXTENSION}`)}: the database says: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
    return problems;
  });
}

/** Writes all files under other names first, so that a full disk leaves the old ones in place. */
async function writeAll(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const temporary = (name: string): string =>
    join(folder, dirname(name), `.${basename(name)}.${process.pid}`);
  try {
    for (const name of files.keys()) await mkdir(dirname(join(folder, name)), { recursive: true });
    for (const [name, text] of files) await writeFile(temporary(name), text);
    for (const name of files.keys()) await rename(temporary(name), join(folder, name));
  } finally {
    for (const name of files.keys()) await rm(temporary(name), { force: true });
  }
}
