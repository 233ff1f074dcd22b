/** The catalogue of a module: `--catalogue FILE`. */
import { stat } from "node:fs/promises";
import { register } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { indexCatalogue } from "../../compiler/catalogue/lookup.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { CliError } from "./errors.js";
import { withPackage } from "./optional-package.js";
import { requireUtf8Modules } from "./utf8-modules.js";

/**
 * Loads the module and returns its default export, or the one named `catalogue`. A module is code, and runs.
 *
 * @throws DataError when it, or a file that it imports, is not UTF-8
 * @throws CliError when there is no such module, or it exports no catalogue that makes sense
 */
export async function loadCatalogue(path: string): Promise<Catalogue> {
  const file = resolve(path);
  const changed = await stat(file).catch((error: unknown) => {
    throw new CliError(`--catalogue: ${path} cannot be read`, undefined, { cause: error });
  });
  await requireUtf8Modules(path, "--catalogue");
  // Another address for each state of the file, for one that is edited while we run is loaded anew.
  const address = `${pathToFileURL(file).href}?changed=${changed.mtimeMs}`;
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await load(address);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(
      `--catalogue: ${path} cannot be loaded: ${reason}`,
      "it is a module of JavaScript or TypeScript whose default export is the catalogue",
      { cause: error },
    );
  }
  const catalogue = module["default"] ?? module["catalogue"];
  if (!isCatalogue(catalogue))
    throw new CliError(
      `--catalogue: ${path} exports no catalogue`,
      "export it as default, or under the name catalogue",
    );
  try {
    indexCatalogue(catalogue);
  } catch (error) {
    throw new CliError(`--catalogue: ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return catalogue;
}

type Module = Readonly<Record<string, unknown>>;

/** Imports a module, with its types stripped where Node leaves them to us. */
async function load(address: string): Promise<Module> {
  try {
    return (await import(address)) as Module;
  } catch (error) {
    if (!isUnknownExtension(error)) throw error;
    await withPackage("ts-morph", "a catalogue in TypeScript", () => import("ts-morph"));
    register(new URL("./typescript-hooks.js", import.meta.url));
    // Node remembers that it could not load the first address.
    return (await import(`${address}&typescript`)) as Module;
  }
}

function isUnknownExtension(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_UNKNOWN_FILE_EXTENSION";
}

function isCatalogue(value: unknown): value is Catalogue {
  if (typeof value !== "object" || value === null) return false;
  const { name, table, fields, groups, unionGroups, enumerations } = value as Partial<
    Record<keyof Catalogue, unknown>
  >;
  const lists = [fields, groups, unionGroups, enumerations];
  return (
    typeof name === "string" && typeof table === "object" && table !== null && lists.every(Array.isArray)
  );
}
