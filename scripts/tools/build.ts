/** `npm run build`: compiles to dist/ with plain tsc and copies what tsc does not: the bundle of the grammar, the yardstick's helper. */
import { spawnSync } from "node:child_process";
import { chmod, copyFile, readdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = join(root, "dist");

await rm(dist, { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json")], {
  stdio: "inherit",
  cwd: root,
});
if (status !== 0) process.exit(status ?? 1);
for (const file of await readdir(join(root, "grammar")))
  if (file.includes("-bundle.")) await copyFile(join(root, "grammar", file), join(dist, "grammar", file));
const helper = join("scripts", "tools", "bench", "store", "yardstick.py");
await copyFile(join(root, helper), join(dist, helper));
await chmod(join(dist, "scripts", "cli", "main.js"), 0o755);
