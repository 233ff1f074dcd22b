/** The kit: catalogues can be used as they come, and where evaluators part, the smallest filter and event are shown. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import { catalogueProblems } from "../../compiler/catalogue/check.js";
import { catalogues, expectAgreement, filters, tableStatements } from "../testing/index.js";
import { shrinkCase } from "../testing/shrink-case.js";
import { compileFilter } from "../../compiler/compile.js";
import { parseSyntax } from "../../grammar/parse.js";
import { printSyntax } from "../../grammar/print.js";
import { times } from "./support.js";

describe("catalogues", () => {
  it.each(["table", "store"] as const)("can be used, layout %s, and filters fit them", (layout) => {
    fc.assert(
      fc.property(
        catalogues({ layout }).chain((made) => fc.tuple(fc.constant(made), filters(made))),
        ([{ catalogue, ddl }, filter]) => {
          expect(catalogueProblems(catalogue)).toEqual([]);
          expect(compileFilter(filter, { catalogue }).source).toBe(filter);
          expect(ddl).toBe(`${tableStatements(catalogue).join(";\n")};\n`);
        },
      ),
      { numRuns: times(200) },
    );
  });
});

it("a text that reads null is printed in quotes: bare, it would be refused", () => {
  const printed = printSyntax(parseSyntax('description = "NULL" or node.name in ["nil", "x"]').syntax);
  expect(printed).toBe('description = "NULL" or node.name in ["nil", "x"]');
  expect(compileFilter(printed).source).toBe(printed);
});

it("an empty list within count is met by no value", () => {
  const time = IDEA_CATALOGUE.fields.find(({ name }) => name === "detect_time")!;
  const catalogue = {
    ...IDEA_CATALOGUE,
    fields: [
      ...IDEA_CATALOGUE.fields,
      {
        ...time,
        name: "seen",
        column: "seen",
        aliases: [],
        list: true,
        required: false,
        index: "none" as const,
      },
    ],
  };
  expect(compileFilter("count(seen in []) > 0", { catalogue }).sql().text).toContain("where false)");
});

describe("expectAgreement", () => {
  it("passes where the evaluators agree", async () => {
    const event = { ID: "a", DetectTime: "2024-05-01T08:00:00Z", Source: [{ IP4: ["10.0.0.1"] }] };
    await expect(
      expectAgreement("source.ip in 10.0.0.0/8", [event, { ...event, Source: [] }]),
    ).resolves.toBeUndefined();
  });

  it("leaves of filter and event what makes the difference", async () => {
    const event = { a: [1, 2, { deep: 3, other: 4 }], b: "x" };
    const smallest = await shrinkCase(
      { filter: "(severity = low or not (source.port in [22, 80])) and category missing", event },
      ({ filter, event: given }) =>
        Promise.resolve(filter.includes("80") && JSON.stringify(given).includes("deep")),
    );
    expect(smallest).toEqual({ filter: "source.port in [80]", event: { a: [{ deep: 3 }] } });
  });
});
