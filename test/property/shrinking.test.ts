/** How small the arbitraries of `idea-eventstore/testing` make what fails: a counterexample is to be read, not puzzled over. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rangesEqual } from "../../compiler/values/ip-range.js";
import { filterCalls, filters, filterTexts, ideaEvents, ipRanges } from "../testing/index.js";

/** What the first counterexample is shrunk to. */
function smallest<T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => boolean, seed: number): T {
  const { counterexample } = fc.check(fc.property(arbitrary, holds), { seed, numRuns: 5_000 });
  if (counterexample === null) throw new Error("there is no counterexample");
  return counterexample[0];
}

describe.each([1, 2, 3])("counterexamples of seed %i", (seed) => {
  it("are filters of hardly more than what it takes", () => {
    const wordsOf = (text: string): number => text.split(/[\s()]+/).length;
    const exclusive = smallest(filters(), (text) => !text.includes(" xor "), seed);
    // Of a junction the operands before the failing one are left out, those after it only made simple.
    expect(wordsOf(exclusive), exclusive).toBeLessThanOrEqual(16);
    const elements = smallest(filters(), (text) => !text.includes(" has "), seed);
    expect(wordsOf(elements), elements).toBeLessThanOrEqual(16);
    const { filter } = smallest(filterCalls(), ({ args }) => Object.keys(args).length < 2, seed);
    expect(wordsOf(filter), filter).toBeLessThanOrEqual(20);
  });

  it("are short texts", () => {
    const text = smallest(filterTexts(), (given) => !given.includes("("), seed);
    expect(text.length, text).toBeLessThanOrEqual(80);
  });

  it("are events of few keys", () => {
    const event = smallest(ideaEvents({ kind: "hostile" }), (given) => !("Source" in given), seed);
    expect(Object.keys(event).sort()).toEqual(["DetectTime", "Format", "ID", "Source", "_CESNET"]);
  });

  it("are ranges at the beginning of the pool", () => {
    const range = smallest(ipRanges(), ({ first, last }) => first === last, seed);
    expect(range.family).toBe(4);
    expect(range.last - range.first).toBeLessThanOrEqual(255n);
    const any = smallest(ipRanges(), () => false, seed);
    expect(rangesEqual(any, { family: 4, first: 0x0a000001n, last: 0x0a000001n })).toBe(true);
  });
});
