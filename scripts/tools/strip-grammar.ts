/**
 * The last step of `npm run grammar`: takes the grammar's text and the places within it out of the bundle that Ohm made, which serve messages about the
 * grammar itself and are four fifths of what a browser would have to load, and has the bundle use the kernel of Ohm, which is written beside it.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { ohmKernel } from "./ohm-kernel.js";
import { stripRecipe } from "./strip-recipe.js";

const bundle = fileURLToPath(new URL("../../grammar/filter.ohm-bundle.js", import.meta.url));
const kernel = fileURLToPath(new URL("../../grammar/ohm.kernel-bundle.js", import.meta.url));
const text = stripRecipe(await readFile(bundle, "utf8"));
await writeFile(
  bundle,
  text.replace(/from ?(['"])ohm-js\1/, (_, quote: string) => `from ${quote}./ohm.kernel-bundle.js${quote}`),
);
await writeFile(kernel, await ohmKernel());
