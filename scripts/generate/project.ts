/** `eventstore generate` for a project: the client of its catalogue, its filters, or both. */
import { join } from "node:path";
import { readFile } from "node:fs/promises";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { MANIFEST } from "../../compiler/generator/generate.js";
import { checkClient, checkLive, clientFiles, describeClient } from "./client.js";
import {
  compileFolder,
  generateFilters,
  readGenerated,
  writeOrCompare,
  type GenerateFiltersOptions,
  type GenerateFiltersResult,
} from "./filters.js";

export interface GenerateProjectOptions extends Omit<GenerateFiltersOptions, "filters"> {
  /** Folder with `*.filter` files. */
  readonly filters?: string | undefined;
  /** The project's own catalogue: its client is generated. Absent: filters over IDEA's. */
  readonly own?: Catalogue | undefined;
  /** With `check`: also hold a database against what was generated, that of `database` or a new one. */
  readonly live?: boolean | undefined;
  readonly onProgress?: (message: string) => void;
}

/** Generates or checks. @throws Error when a file can't be read or written, or the catalogue makes no store */
export async function generateProject(options: GenerateProjectOptions): Promise<GenerateFiltersResult> {
  const { filters, own, live = false, onProgress = () => undefined, ...common } = options;
  if (own === undefined)
    return filters === undefined
      ? { kind: "refused", reports: ["neither filters nor a catalogue to generate from"] }
      : generateFilters({ ...common, filters });
  const { out, check = false, database, ...compileOptions } = common;
  const compiled =
    filters === undefined ? null : await compileFolder({ ...compileOptions, catalogue: own, filters });
  if (compiled?.kind === "refused") return compiled;
  if (!check) {
    const store = await describeClient(own, database, onProgress);
    return writeOrCompare(out, clientFiles(own, store, compiled), "write");
  }
  const manifest = await readFile(join(out, MANIFEST), "utf8").catch(() => null);
  if (manifest === null)
    return { kind: "checked", files: 0, differences: [`${join(out, MANIFEST)}: is missing`] };
  const expected = new Map([[MANIFEST, ""]]);
  const found = await readGenerated(out, await withNames(out, expected));
  const problems = checkClient(own, found, compiled).map((line) => join(out, line));
  const wrong = live ? await checkLive(own, manifest, database, onProgress) : [];
  return { kind: "checked", files: found.size, differences: [...problems, ...wrong] };
}

/** The manifest and the reference are no modules, and known by their names. */
async function withNames(
  out: string,
  expected: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const { REFERENCE } = await import("../../compiler/reference/reference.js");
  const reference = await readFile(join(out, REFERENCE), "utf8").catch(() => null);
  return reference === null ? expected : new Map([...expected, [REFERENCE, reference]]);
}
