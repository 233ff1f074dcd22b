import { parse } from "libpg-query";
import { describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { allTables, storeTables } from "../../../compiler/catalogue/tables.js";
import { describableText } from "../../../compiler/generator/describe.js";
import { operationSpecs } from "../../../compiler/operations/index.js";
import { hasFilter } from "../../../compiler/sql/operation.js";

const specs = operationSpecs(IDEA_CATALOGUE);

describe("operationSpecs", () => {
  it("have names of their own and texts that PostgreSQL parses", async () => {
    expect(new Set(specs.map(({ name }) => name)).size).toBe(specs.length);
    for (const spec of specs) expect((await parse(describableText(spec))).stmts, spec.name).toHaveLength(1);
  });

  it("declare as many parameters as there are placeholders", () => {
    for (const { name, text, parameters } of specs) {
      const numbers = [...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number));
      expect(Math.max(0, ...numbers), name).toBe(parameters.length);
    }
  });

  it("name indexes that the schema has", () => {
    const tables = allTables(storeTables(IDEA_CATALOGUE));
    const known = new Set(
      tables.flatMap(({ name, indexes }) => [`${name}_pkey`, ...indexes.map((index) => index.name)]),
    );
    for (const { name, indexes } of specs)
      for (const index of indexes) expect(known.has(index), `${name}: ${index}`).toBe(true);
  });

  it("repeat by themselves only what may be repeated", () => {
    const careful = [
      "insertEvent",
      "insertEvents",
      "deleteEvent",
      "deleteEvents",
      "deleteSomeEvents",
      "thresholdSave",
    ];
    expect(specs.filter(({ idempotent }) => !idempotent).map(({ name }) => name)).toEqual(careful);
    expect(specs.filter(hasFilter).map(({ name }) => name)).toEqual([
      "countEvents",
      "searchEvents",
      "streamEventIds",
      "streamEvents",
      "deleteEvents",
      "deleteSomeEvents",
    ]);
  });
});
