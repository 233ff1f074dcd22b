/** The text of a file with a fault in it. Nothing is written: the files stay as they are. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { grammar } from "ohm-js";
import { stripRecipe } from "../strip-recipe.js";
import type { Fault } from "./faults/index.js";

const GRAMMAR = "grammar/filter.ohm";
const BUNDLE = "grammar/filter.ohm-bundle.js";

/** The text of the fault's file with the fault in it. @throws Error when `find` does not occur exactly once */
export async function mutatedText({ name, file, find, replace }: Fault, root: string): Promise<string> {
  const source = await readFile(join(root, file), "utf8");
  const found = source.split(find).length - 1;
  if (found !== 1) throw new Error(`${name}: its text occurs ${found} times in ${file}`);
  return source.replace(find, () => replace);
}

/** The module that carries the fault, and its text: the grammar is used by way of its bundle. */
export async function mutatedModule(
  fault: Fault,
  root: string,
): Promise<{ readonly path: string; readonly text: string }> {
  const text = await mutatedText(fault, root);
  if (fault.file !== GRAMMAR) return { path: join(root, fault.file), text };
  const path = join(root, BUNDLE);
  const bundle = await readFile(path, "utf8");
  const recipe = recipeOf(await readFile(join(root, GRAMMAR), "utf8"));
  return { path, text: bundle.replace(recipe, () => recipeOf(text)) };
}

function recipeOf(text: string): string {
  // Ohm's types leave out what its own command makes the bundle with.
  return stripRecipe((grammar(text) as unknown as { readonly toRecipe: () => string }).toRecipe());
}
