import { readFileSync } from "node:fs";
import { grammar } from "ohm-js";
import { expect, it } from "vitest";
import { stripRecipe } from "../../scripts/tools/strip-recipe.js";

function grammarFile(name: string): string {
  return readFileSync(new URL(`../../grammar/${name}`, import.meta.url), "utf8");
}

it("the bundle was generated from the grammar as it stands (npm run grammar)", () => {
  const recipe = grammar(grammarFile("filter.ohm")).toRecipe();
  expect(grammarFile("filter.ohm-bundle.js")).toContain(stripRecipe(recipe));
});
