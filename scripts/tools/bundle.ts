/**
 * Puts libraries that only one part of the package needs into the modules of that part, so that users of the package install none of them. Our own
 * modules outside of the part stay modules: they are shared with the rest of the package.
 */
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";

/** Libraries written for require, inside of a module. */
const REQUIRE =
  'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);';

/** Built modules take in others where they are; what is in them is listed. */
export const IN_PLACE = {
  allowOverwrite: true,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
} as const satisfies BuildOptions;

/** A part of dist/ whose entry modules get their libraries inlined. */
export interface BundledPart {
  /** Folder, relative to dist/. */
  readonly folder: string;
  /** Modules that are imported from outside of the folder, relative to it. */
  readonly entries: readonly string[];
  /** Packages that stay imports: dependencies, and peers of the user. */
  readonly external: readonly string[];
}

/**
 * Bundles a part in place: each entry takes in the modules of its folder and the libraries. What the entries have taken in is removed.
 *
 * @returns the packages that are inside of the bundles now
 */
export async function bundlePart(
  dist: string,
  { folder, entries, external }: BundledPart,
): Promise<readonly string[]> {
  const root = join(dist, folder);
  const packages = new Set<string>();
  for (const entry of entries) {
    const outfile = join(root, entry);
    const { metafile } = await build({
      entryPoints: [outfile],
      outfile,
      ...IN_PLACE,
      external: [...external],
      banner: { js: REQUIRE },
      plugins: [sharedModules(root, dirname(outfile))],
    });
    for (const name of packagesIn(metafile)) packages.add(name);
  }
  await removeOthers(root, new Set(entries.map((entry) => join(root, entry))));
  return [...packages].sort();
}

/**
 * Bundles the entries of the package for Node into a folder of their own, with what they share in chunks beside them, so that a program that imports
 * it starts soon: five hundred modules took more than half of the time of opening a store for one search. What is shared stays shared, an error has
 * one class whichever entry it is caught by. The modules stay for browsers, whose bundlers take less out of chunks than out of modules.
 */
export async function bundleLibrary(dist: string, entries: Readonly<Record<string, string>>): Promise<void> {
  const { metafile } = await build({
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(dist, path)])),
    outdir: join(dist, "library"),
    chunkNames: "chunk-[hash]",
    ...IN_PLACE,
    splitting: true,
    packages: "external",
  });
  for (const path of Object.keys(metafile.outputs)) {
    const text = await readFile(path, "utf8");
    // Nothing here does anything by being imported, and bundlers warn of such imports.
    await writeFile(path, text.replace(/import"\.\/chunk-\w+\.js";/g, ""));
  }
}

/** Modules of ours outside of the part, imported from the place of the bundle. */
function sharedModules(root: string, from: string): Plugin {
  return {
    name: "shared-modules",
    setup: (building) => {
      building.onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) => {
        const target = resolve(resolveDir, path);
        if (!resolveDir.startsWith(root) || target.startsWith(root + sep)) return undefined;
        const specifier = relative(from, target).split(sep).join("/");
        return { path: specifier.startsWith(".") ? specifier : `./${specifier}`, external: true };
      });
    },
  };
}

/** Names of the packages that a bundle has in it. */
export function packagesIn({ inputs }: Metafile): readonly string[] {
  return Object.keys(inputs).flatMap((path) => packageOf(path) ?? []);
}

/** Name of the package that a module is of; null for ours. */
export function packageOf(path: string): string | null {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? null;
}

async function removeOthers(root: string, kept: ReadonlySet<string>): Promise<void> {
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && path.endsWith(".js") && !kept.has(path)) await rm(path);
  }
}

/** Writes the licences of the packages that are inside of the bundles, as each asks for. */
export async function writeNotices(
  path: string,
  modules: string,
  packages: readonly string[],
): Promise<void> {
  const notices = await Promise.all(
    packages.map(async (name) => {
      const folder = join(modules, name);
      const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
      const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
        readonly version: string;
        readonly license?: string;
      };
      const text =
        file === undefined
          ? `Licence: ${license ?? "see the package"}`
          : await readFile(join(folder, file), "utf8");
      return `${name} ${version}\n\n${text.trim()}\n`;
    }),
  );
  await writeFile(path, notices.join(`\n${"-".repeat(80)}\n\n`));
}
