import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileFilter } from "../../compiler/compile.js";
import { parseRegex } from "../../compiler/values/regex-parse.js";
import { regexMatcher } from "../../compiler/values/regex-match.js";
import { referenceMatch } from "../testing/index.js";
import { globTest, regexTest } from "../testing/reference-patterns.js";
import { regexes } from "../testing/regexes.js";

const texts = fc.string({
  unit: fc.constantFrom("a", "b", "S", "h", "k", "ß", "é", "0", "_", " ", ".", "\\", "-", "\n", "😀", "A"),
  maxLength: 12,
});

describe("the reference's expressions", () => {
  it("agree with the compiler's automaton", () => {
    fc.assert(
      fc.property(regexes, fc.boolean(), texts, (source, ignoreCase, text) => {
        const regex = parseRegex(source, { ignoreCase });
        if (!("value" in regex)) throw new Error(`${source} does not compile`);
        expect(regexTest(source, ignoreCase)(text)).toBe(regexMatcher(regex.value)(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("know every spelling of a sign", () => {
    for (const source of ["\\x41", "\\u0041", "\\u{41}", "[\\x41]", "[\\u0040-\\u{42}]"])
      expect(regexTest(`^${source}$`, false)("A"), source).toBe(true);
    expect(regexTest("^\\u{1F600}$", false)("😀")).toBe(true);
    expect(regexTest("^\\u{1F600}{2}$", false)("😀😀")).toBe(true);
    expect(regexTest("\\x41", true)("a")).toBe(true);
    expect(regexTest("[^\\x41]", true)("a")).toBe(false);
  });

  it("take time in proportion to the text, whatever the expression", () => {
    const text = "x".repeat(20_000);
    expect(regexTest("(x+x+)+y", false)(text)).toBe(false);
    expect(regexTest("(x*)*$", false)(text)).toBe(true);
    expect(globTest("*x*x*x*x*x*x*y")(text)).toBe(false);
    const event = { ID: "a", Description: "x".repeat(2_000) };
    expect(referenceMatch("description matches /(x+x+)+y/", event)).toBe(false);
    expect(compileFilter("description matches /(x+x+)+y/").matches(event)).toBe(false);
  });

  it("take an empty text and empty branches", () => {
    expect(regexTest("a|", false)("")).toBe(true);
    expect(regexTest("^(a{0,2}){2,}$", false)("aaaaa")).toBe(true);
    expect(regexTest("^$", false)("")).toBe(true);
    expect(globTest("")("")).toBe(true);
    expect(globTest("*")("")).toBe(true);
    expect(globTest("?")("")).toBe(false);
    expect(globTest("\\*")("*")).toBe(true);
  });
});
