/** Replays the corpus of `npm run fuzz`: texts that together reach the grammar, the reading of fields and values, and the passes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { compileFilter } from "../../compiler/compile.js";
import { checkFilter, formatFilter } from "../../compiler/language.js";
import { parseCorpus } from "../../scripts/tools/fuzz-corpus.js";
import { ideaEvents, POOL_NOW, referenceMatcher } from "../testing/index.js";

const path = join(import.meta.dirname, "../golden/corpus/filters.ndjson");
const corpus = parseCorpus(readFileSync(path, "utf8"));
const isRight = (filter: string): boolean =>
  checkFilter(filter).every(({ severity }) => severity !== "error");
const right = corpus.filter(({ filter }) => isRight(filter));

it("is small, and has texts that compile and texts that don't", () => {
  expect(readFileSync(path).length).toBeLessThanOrEqual(200_000);
  expect(right.length).toBeGreaterThan(50);
  expect(corpus.length - right.length).toBeGreaterThan(50);
});

it("formatting a text of the corpus changes nothing in what it means", () => {
  for (const { filter } of right) {
    const formatted = formatFilter(filter);
    expect(formatFilter(formatted)).toBe(formatted);
    expect(compileFilter(formatted).render().text, filter).toBe(compileFilter(filter).render().text);
  }
});

it("the filters of the corpus match what the reference says", () => {
  const events = fc.sample(ideaEvents({ kind: "untidy" }), { numRuns: 12, seed: 4 });
  for (const { filter, args } of right) {
    if (Object.keys(compileFilter(filter).parameters).some((name) => !(name in args))) continue;
    const matches = compileFilter(filter).matcher(args, { now: POOL_NOW });
    const reference = referenceMatcher(filter, { args, now: POOL_NOW });
    for (const event of events) expect(matches(event), filter).toBe(reference(event));
  }
});
