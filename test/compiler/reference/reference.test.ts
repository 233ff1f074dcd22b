import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { analyseFilter } from "../../../compiler/compile.js";
import { OPERATORS } from "../../../grammar/operators.js";
import { languageReference, REFERENCE } from "../../../compiler/reference/reference.js";

const ROOT = new URL("../../../", import.meta.url);
const reference = languageReference(IDEA_CATALOGUE);

/** The cells of a Markdown row, unescaped. */
function cells(line: string): readonly string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}

/** The filters of every table that has a column for them. */
function filtersOf(markdown: string): readonly string[] {
  const filters: string[] = [];
  let column = -1;
  for (const line of markdown.split("\n")) {
    if (!line.startsWith("|")) column = -1;
    else if (column < 0) column = cells(line).findIndex((head) => head === "example" || head === "filter");
    else if (!line.includes("| --- |")) filters.push((cells(line)[column] ?? "").replace(/^`|`$/g, ""));
    if (column < 0 && line.startsWith("|")) column = Number.POSITIVE_INFINITY;
  }
  return filters.filter((filter) => filter !== "");
}

describe("the reference", () => {
  it("is written to the generated files", async () => {
    expect(await readFile(new URL(`generated/${REFERENCE}`, ROOT), "utf8")).toBe(reference);
  });

  it("has only examples that compile", () => {
    const filters = filtersOf(reference);
    expect(filters.length).toBeGreaterThan(150);
    for (const filter of filters)
      expect(
        analyseFilter(filter).diagnostics.filter(({ severity }) => severity !== "note"),
        filter,
      ).toEqual([]);
  });

  it("has every field, operator and alias", () => {
    for (const { name, description, example, aliases = [] } of IDEA_CATALOGUE.fields) {
      expect(reference).toContain(`| \`${name}\` |`);
      expect(reference).toContain(description);
      expect(reference).toContain(`\`${example}\``);
      for (const alias of aliases) expect(reference).toContain(`- \`${alias}\`: \`${name}\``);
    }
    for (const { meaning } of Object.values(OPERATORS)) expect(reference).toContain(meaning);
  });

  it("can be written for another catalogue", () => {
    const other: Catalogue = {
      name: "flows",
      table: { name: "flows" },
      fields: [
        {
          kind: "stored",
          name: "length",
          type: "duration",
          list: false,
          column: "length",
          paths: ["length"],
          description: "how long it took",
          example: "length > 90s",
        },
      ],
      groups: [],
      unionGroups: [],
      enumerations: [],
    };
    const text = languageReference(other);
    expect(text).not.toMatch(/source|detect_time|severity/);
    for (const filter of filtersOf(text))
      expect(
        analyseFilter(filter, { catalogue: other }).diagnostics.filter(({ severity }) => severity !== "note"),
        filter,
      ).toEqual([]);
    expect(text).not.toMatch(/\n{3}/);
  });
});
