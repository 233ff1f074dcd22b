/** `npm run playground`: writes the playground, one HTML file to open in a browser. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildPlayground } from "./build-page.js";

const folder = fileURLToPath(new URL("../../dist/playground/", import.meta.url));
const file = join(folder, "index.html");
await mkdir(folder, { recursive: true });
await buildPlayground(file);
process.stdout.write(`${pathToFileURL(file).href}\n`);
