/** Everyday questions find as many events as the reference says: of the real events and of the generated ones. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { analyseFilter, compileFilter } from "../../../compiler/compile.js";
import { GENERATED_EVENTS, QUESTIONS } from "../../../compiler/reference/questions.js";
import { generateEvents } from "../../../scripts/tools/demo/generate-events.js";
import { realEvents } from "../../support/shared-data.js";

const FILE = fileURLToPath(new URL("../../../compiler/reference/questions.ts", import.meta.url));
const real = realEvents();
const generated = [...generateEvents({ count: GENERATED_EVENTS })];

it("there are sixty at least, each different, and each compiles, with no remark but on missing values and indexes", () => {
  expect(QUESTIONS.length).toBeGreaterThanOrEqual(60);
  for (const part of [0, 1] as const)
    expect(new Set(QUESTIONS.map((row) => row[part])).size).toBe(QUESTIONS.length);
  for (const [, filter] of QUESTIONS)
    expect(
      analyseFilter(filter).diagnostics.filter(({ code }) => code !== "L01" && code !== "L06"),
      filter,
    ).toEqual([]);
});

it("most find some of the events, and not all", () => {
  const telling = QUESTIONS.filter(
    ([, , ofReal, ofGenerated]) => ofReal + ofGenerated > 0 && ofGenerated < GENERATED_EVENTS,
  );
  expect(telling.length).toBeGreaterThan(QUESTIONS.length * 0.9);
});

it("find as many events as their file says; -u writes the numbers", async () => {
  const lines = QUESTIONS.map(([question, filter, ofReal]) => {
    const matches = compileFilter(filter).matcher();
    const count = (events: readonly unknown[]): number => events.filter((event) => matches(event)).length;
    return `  [${JSON.stringify(question)}, ${JSON.stringify(filter)}, ${real === null ? ofReal : count(real)}, ${count(generated)}],`;
  });
  const [head = ""] = readFileSync(FILE, "utf8").split(/(?<=EverydayQuestion\[\] = \[\n)/u);
  await expect(`${head}${lines.join("\n")}\n];\n`).toMatchFileSnapshot(FILE);
});
