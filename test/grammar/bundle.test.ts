import { readFileSync } from "node:fs";
import { grammar } from "ohm-js";
import { expect, it } from "vitest";
import { ohmKernel } from "../../scripts/tools/ohm-kernel.js";
import { stripRecipe } from "../../scripts/tools/strip-recipe.js";

function grammarFile(name: string): string {
  return readFileSync(new URL(`../../grammar/${name}`, import.meta.url), "utf8");
}

it("the bundle was generated from the current grammar (npm run grammar)", () => {
  // Ohm's types leave out what its own command makes the bundle with.
  const built = grammar(grammarFile("filter.ohm")) as unknown as { readonly toRecipe: () => string };
  const recipe = built.toRecipe();
  expect(grammarFile("filter.ohm-bundle.js")).toContain(stripRecipe(recipe));
});

it("the kernel beside it is that of Ohm as installed", async () => {
  expect(grammarFile("ohm.kernel-bundle.js")).toBe(await ohmKernel());
});
