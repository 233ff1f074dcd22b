/**
 * Bundles the command so that it starts soon. Each file costs Node about a millisecond to find and to link, and each kilobyte something to read: so what
 * every start needs is one file, what commands about filters and events need is another, the language a third, and all else is loaded when it is needed.
 * Rolldown takes such groups; esbuild, which makes the other bundles, gives each set of commands that share something a file of its own: 55 for `check`.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { build, type Metafile } from "esbuild";
import { rolldown, type Plugin } from "rolldown";
import { packageOf } from "./bundle.js";

/** Commands whose modules, but for the language, are one file: those that people and scripts call often. */
const OFTEN = ["search", "count", "show", "top", "timeline", "check", "explain", "fmt", "complete", "fields"];

/** What these load once they know what they are to do. */
const LANGUAGE = [
  "compiler/compile.js",
  "compiler/complete.js",
  "compiler/explain/explain.js",
  "compiler/explain/search-path.js",
  "compiler/format.js",
  "grammar/render.js",
  "scripts/cli/report-error.js",
];

/**
 * Puts the command's bundle into the place of its `main.js`, with its other files beside it. The modules themselves stay, for those who import them.
 *
 * @returns the packages that are inside of the bundle
 */
export async function bundleCommand(dist: string, external: readonly string[]): Promise<readonly string[]> {
  const folder = join(dist, "scripts", "cli");
  const main = join(folder, "main.js");
  const closure = await staticImports(dist, main, external);
  const boot = closure(["scripts/cli/run-process.js"]);
  const commands = closure(OFTEN.map((name) => `scripts/cli/commands/${name}.js`));
  const language = closure(LANGUAGE);
  const bundle = await rolldown({
    input: { main },
    platform: "node",
    external: [...external, /^node:/],
    plugins: [modulePlaces(folder)],
    preserveEntrySignatures: "allow-extension",
    checks: { ineffectiveDynamicImport: false, pluginTimings: false },
  });
  const { output } = await bundle.generate({
    format: "esm",
    minify: true,
    entryFileNames: "[name].js",
    chunkFileNames: "chunk-[name]-[hash].js",
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        { name: "boot", test: (id) => boot.has(id), priority: 4 },
        { name: "commands", test: (id) => commands.has(id), priority: 3 },
        { name: "language", test: (id) => language.has(id), priority: 2 },
        { name: "store", test: /[\\/](?:runtime|generated)[\\/]/, minShareCount: 2, priority: 1 },
      ],
    },
  });
  const packages = new Set<string>();
  for (const file of output) {
    if (file.type !== "chunk") continue;
    await writeFile(join(folder, file.fileName), file.code);
    for (const id of file.moduleIds) {
      const name = packageOf(id);
      if (name !== null) packages.add(name);
    }
  }
  await bundle.close();
  return [...packages].sort();
}

/** Finds what modules import, those imported included, but not what they load later. */
async function staticImports(
  dist: string,
  main: string,
  external: readonly string[],
): Promise<(paths: readonly string[]) => ReadonlySet<string>> {
  const { metafile } = await build({
    entryPoints: [main],
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    external: [...external],
    absWorkingDir: dist,
    outdir: "none",
    write: false,
    metafile: true,
    logLevel: "warning",
  });
  return (paths) => {
    const found = new Set(paths);
    for (const path of found) for (const next of importedBy(metafile, path)) found.add(next);
    return new Set([...found].map((path) => join(dist, path)));
  };
}

function importedBy({ inputs }: Metafile, path: string): readonly string[] {
  const input = inputs[path];
  if (input === undefined) throw new Error(`the command does not import ${path}`);
  return input.imports
    .filter(({ kind, external }) => kind !== "dynamic-import" && external !== true)
    .map((one) => one.path);
}

/** A module that looks for a file beside itself finds it from the bundle too. */
function modulePlaces(from: string): Plugin {
  return {
    name: "module-places",
    load: async (id) => {
      if (!id.endsWith(".js") || id.includes("node_modules")) return null;
      const text = await readFile(id, "utf8");
      const place = `new URL(${JSON.stringify(relative(from, id).split(sep).join("/"))}, import.meta.url).href`;
      return text.replaceAll("import.meta.url", `(${place})`);
    },
  };
}
