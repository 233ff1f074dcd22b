import { readdirSync, readFileSync } from "node:fs";
import { parse } from "libpg-query";
import { describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { allTables, storeTables } from "../../../compiler/catalogue/tables.js";
import { exampleText, takesFilter } from "../../../compiler/sql/operation.js";
import { statements } from "../../../generated/index.js";
import { evaluateClient } from "../../../runtime/store/client.js";
import { operationSpecs } from "../../../runtime/store/statements.js";

const specs = operationSpecs(IDEA_CATALOGUE);

describe("operationSpecs", () => {
  it("have names of their own and texts that PostgreSQL parses", async () => {
    expect(new Set(specs.map(({ name }) => name)).size).toBe(specs.length);
    for (const spec of specs) expect((await parse(exampleText(spec))).stmts, spec.name).toHaveLength(1);
  });

  it("declare as many parameters as there are placeholders", () => {
    for (const { name, text, slots, parameters } of specs) {
      const numbers = [...`${text} ${JSON.stringify(slots ?? {})}`.matchAll(/\$(\d+)/g)].map(([, number]) =>
        Number(number),
      );
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

  it("are used by the store, each of them", () => {
    const folder = new URL("../../../runtime/store/", import.meta.url);
    const source = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.endsWith("statements.ts"))
      .map((file) => readFileSync(new URL(file, folder), "utf8"))
      .join("\n");
    const isUsed = (name: string): boolean =>
      new RegExp(String.raw`(?:\.|[{,]\s*)${name}\b(?!\s*[:?])`, "u").test(source);
    const unused = specs.map(({ name }) => name).filter((name) => !isUsed(name));
    expect(unused).toEqual([]);
  });

  it("repeat by themselves only what may be repeated", () => {
    expect(specs.filter(({ idempotent }) => !idempotent).map(({ name }) => name)).toEqual([
      "insertEvent",
      "insertListedEvent",
      "insertEvents",
      "insertNewEvents",
      "freeIds",
      "sweepRollups",
      "rollUpHours",
      "forgetCombinations",
      "listCombinations",
      "deleteEvent",
      "deleteEvents",
      "deleteSomeEvents",
      "deleteOldEvents",
      "deleteSlice",
      "deleteSomeOfSlice",
      "thresholdSave",
      "expireThresholds",
    ]);
    expect(specs.filter(takesFilter).map(({ name }) => name)).toEqual([
      "streamEventIds",
      "countEvents",
      "estimateEvents",
      "deleteEvents",
      "deleteSomeEvents",
    ]);
  });
});

describe("the statements that are evaluated as a store is opened", () => {
  const evaluated = evaluateClient(IDEA_CATALOGUE).statements as unknown as Readonly<
    Record<string, { readonly operation: string; readonly text: string; readonly cardinality: string }>
  >;

  it("are those of generated/, byte for byte", () => {
    const parts = (given: typeof evaluated) =>
      Object.entries(given)
        .map(([name, { operation, text, cardinality }]) => [name, operation, cardinality, text])
        .sort();
    expect(parts(evaluated)).toEqual(parts(statements));
  });
});
