/**
 * Puts the driver into its module, written so that it calls no `require`: a bundler that writes ES modules has none, and an application over
 * this package is to run as one file.
 */
import { builtinModules } from "node:module";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { IN_PLACE, packagesIn } from "./bundle.js";

/** Bundles the module of the driver in place. @returns the packages that are inside of it */
export async function bundleDriver(dist: string): Promise<readonly string[]> {
  const outfile = join(dist, "runtime", "postgres", "driver", "pg.js");
  const { metafile } = await build({
    entryPoints: [outfile],
    outfile,
    ...IN_PLACE,
    external: ["pg-native"],
    // Without this name, which Node has since 21, pg asks whether it runs at Cloudflare's by a Response, for which Node 20 loads its whole client of HTTP.
    define: { navigator: JSON.stringify({ userAgent: "Node.js" }) },
    plugins: [importedBuiltins],
  });
  return [...new Set(packagesIn(metafile))].sort();
}

/** What the driver requires of Node is imported. */
const importedBuiltins: Plugin = {
  name: "imported-builtins",
  setup: (building) => {
    const names = builtinModules.map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("|");
    building.onResolve({ filter: new RegExp(`^(?:node:)?(?:${names})$`) }, ({ path, kind }) =>
      kind === "require-call" ? { path: path.replace(/^node:/, ""), namespace: "builtin" } : undefined,
    );
    building.onLoad({ filter: /.*/, namespace: "builtin" }, ({ path }) => {
      const name = JSON.stringify(`node:${path}`);
      return { contents: `export * from ${name};\nexport { default } from ${name};` };
    });
  },
};
