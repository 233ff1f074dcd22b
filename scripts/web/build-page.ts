/** Builds the explorer's page, and the playground: static files that load nothing from elsewhere. */
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions } from "esbuild";
import { packagesIn } from "../tools/bundle.js";

const source = fileURLToPath(new URL("page/", import.meta.url));

const COMMON: BuildOptions = {
  bundle: true,
  minify: true,
  // Classic scripts: a page that was opened from a file can load no module.
  format: "iife",
  target: ["chrome109", "firefox115", "safari16.4"],
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  logLevel: "warning",
};

/** Writes the page of `eventstore serve` into a folder, and returns the packages that are in it. */
export async function buildPage(folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const { metafile } = await build({
    ...COMMON,
    entryPoints: [join(source, "main.tsx"), join(source, "worker.ts")],
    outdir: folder,
    metafile: true,
  });
  for (const file of ["index.html", "favicon.svg"]) await copyFile(join(source, file), join(folder, file));
  return packagesIn(metafile);
}

/** Writes the playground: one HTML file that has everything in it. */
export async function buildPlayground(file: string): Promise<void> {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: [join(source, "playground.tsx")],
    outdir: "playground",
    write: false,
  });
  const content = (ending: string): string =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  const page = await readFile(join(source, "index.html"), "utf8");
  const icon = (await readFile(join(source, "favicon.svg"))).toString("base64");
  // The end of a script must not be within it.
  const script = content(".js").replaceAll("</script", "<\\/script");
  const html = page
    .replace(' data-nonce="{{nonce}}"', "")
    .replace('href="favicon.svg"', () => `href="data:image/svg+xml;base64,${icon}"`)
    .replace('<link rel="stylesheet" href="main.css" />', () => `<style>${content(".css")}</style>`)
    .replace('<script src="main.js" defer></script>', "")
    .replace("</body>", () => `<script>${script}</script></body>`);
  await writeFile(file, html);
}
