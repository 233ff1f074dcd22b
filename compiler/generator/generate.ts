/** The generated files of a store: from a catalogue and the types that a database gave, to texts. */
import type { Catalogue } from "../catalogue/model.js";
import type { DescribedStore } from "./describe.js";
import { buildCatalogue } from "./emit/catalogue-file.js";
import { buildClient } from "./emit/client-file.js";
import type { GeneratedModules } from "./emit/modules.js";
import { buildNames } from "./emit/names-file.js";
import { typedOperation } from "./emit/operation-types.js";
import { createProject, printFile, type SourceFile } from "./emit/source.js";
import { buildStatements } from "./emit/statements-file.js";
import { buildTypes } from "./emit/types-file.js";
import { createManifest, printManifest } from "./manifest.js";

/** Texts by file name. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/** How the files are written. */
export interface GenerateOptions {
  readonly modules: GeneratedModules;
  /** What every file says of itself: the command that writes it. */
  readonly notice: string;
}

/** Name of the manifest among the generated files. */
export const MANIFEST = "manifest.json";

/** Writes the files: the same input gives the same bytes. @throws Error for a type without a mapping */
export function generateFiles(
  catalogue: Catalogue,
  store: DescribedStore,
  { modules, notice }: GenerateOptions,
): GeneratedFiles {
  const operations = store.operations.map(typedOperation);
  const project = createProject();
  const print = (name: string, description: string, build: (file: SourceFile) => void): [string, string] => [
    name,
    printFile(project, { path: name, description, notice, build }),
  ];
  return new Map([
    ...(modules.catalogue === null
      ? [print("catalogue.ts", "The catalogue.", (file) => buildCatalogue(file, catalogue, modules))]
      : []),
    print(
      "client.ts",
      "The operations of the store as methods over a session: a pool of connections or a transaction.",
      (file) => buildClient(file, operations, modules),
    ),
    print("fields.ts", "The names that filters and rows are made of.", (file) => buildNames(file, catalogue)),
    print(
      "index.ts",
      "The operations of the store as typed prepared statements, and a client for them.",
      (file) =>
        file.addExportDeclarations([
          { moduleSpecifier: "./client.js" },
          { moduleSpecifier: "./fields.js", isTypeOnly: true },
          { moduleSpecifier: "./statements.js", namespaceExport: "statements" },
          { moduleSpecifier: "./types.js", isTypeOnly: true },
        ]),
    ),
    [MANIFEST, printManifest(createManifest(catalogue.name, store))],
    print("statements.ts", "The operations of the store as typed prepared statements.", (file) =>
      buildStatements(file, operations, modules),
    ),
    print("types.ts", "Parameters and rows of the operations of the store.", (file) =>
      buildTypes(file, operations, modules),
    ),
  ]);
}

/** How files on disk differ from what they should be: a line for each, with the first line that differs. */
export function differences(expected: GeneratedFiles, given: GeneratedFiles): readonly string[] {
  // A checkout of Git for Windows has other ends of lines.
  const found = new Map([...given].map(([name, text]) => [name, text.replaceAll("\r\n", "\n")]));
  const problems: string[] = [];
  for (const [name, text] of expected) {
    const actual = found.get(name);
    if (actual === undefined) problems.push(`${name}: is missing`);
    else if (actual !== text) problems.push(`${name}: line ${firstDifference(text, actual)} differs`);
  }
  for (const name of found.keys())
    if (!expected.has(name)) problems.push(`${name}: is not generated any more`);
  return problems;
}

function firstDifference(expected: string, actual: string): number {
  const lines = expected.split("\n");
  const others = actual.split("\n");
  const position = lines.findIndex((line, index) => line !== others[index]);
  return (position < 0 ? lines.length : position) + 1;
}
