import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

function grammarFile(name: string): string {
  return readFileSync(new URL(`../../grammar/${name}`, import.meta.url), "utf8");
}

it("the bundle was generated from the grammar as it stands (npm run grammar)", () => {
  expect(grammarFile("filter.ohm-bundle.js")).toContain(JSON.stringify(grammarFile("filter.ohm").trimEnd()));
});
