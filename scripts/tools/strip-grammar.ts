/**
 * The last step of `npm run grammar`: takes the grammar's text and the places within it out of the bundle that Ohm made. They serve messages about the
 * grammar itself and are four fifths of what a browser would have to load.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { stripRecipe } from "./strip-recipe.js";

const bundle = fileURLToPath(new URL("../../grammar/filter.ohm-bundle.js", import.meta.url));
await writeFile(bundle, stripRecipe(await readFile(bundle, "utf8")));
