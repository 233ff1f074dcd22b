import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRegex, regexMatcher } from "../../../compiler/values/regex.js";
import { requiredPattern } from "../../../compiler/literals/trigrams.js";
import { likeMatcher } from "../../../compiler/values/text.js";
import { regexes } from "../../testing/regexes.js";

function parse(source: string, ignoreCase = false) {
  const read = parseRegex(source, { ignoreCase });
  if (read.kind === "problem") throw new Error(read.problem.message);
  return read.value;
}

describe("requiredPattern", () => {
  it.each([
    [String.raw`^SSH (login|bruteforce) from \d+`, "%ssh % from %"],
    ["Login", "%login%"],
    ["100%_sure", String.raw`%100\%\_sure%`],
    ["abc.*def", "%abc%def%"],
    ["abcd?efg", "%abc%efg%"],
    ["abc+d", "%abc%"],
    ["ab{2}c", "%abbc%"],
    ["xa{9}y", "%xaaa%"],
    ["(?:foo-bar)+baz", "%foo-bar%baz%"],
    [String.raw`\bscan\b of`, "%scan of%"],
    ["straße", "%straße%"],
  ])("%s needs %s", (source, pattern) => {
    expect(requiredPattern(parse(source))).toBe(pattern);
    expect(requiredPattern(parse(source, true))).toBe(pattern);
  });

  it.each(["a|bcdef", "ab", "[abc]def?", "(abc)?", "a.b.c", String.raw`\d{5}`, "___", "a_b_c", "^$"])(
    "%s needs nothing that trigrams could find",
    (source) => expect(requiredPattern(parse(source))).toBeNull(),
  );

  it("holds for every text with a match", () => {
    const text = fc
      .array(
        fc.constantFrom(
          "a",
          "b",
          "s",
          "S",
          "h",
          "ssh",
          "LOG",
          "login",
          "0",
          "00",
          " ",
          ".",
          "_",
          "-",
          "ß",
          "K",
        ),
      )
      .map((parts) => parts.join(""));
    let met = 0;
    fc.assert(
      fc.property(
        regexes,
        fc.constantFrom("ssh", "0a0", "Log", ""),
        fc.boolean(),
        fc.array(text),
        (source, word, ignoreCase, texts) => {
          const read = parseRegex(word + source, { ignoreCase });
          const required = read.kind === "value" ? requiredPattern(read.value) : null;
          if (read.kind !== "value" || required === null) return;
          const matches = regexMatcher(read.value);
          const fits = likeMatcher(required, true);
          for (const subject of [...texts, ...texts.map((part) => word + part)]) {
            if (!matches(subject)) continue;
            met += 1;
            expect(fits(subject), JSON.stringify([read.value.source, required, subject])).toBe(true);
          }
        },
      ),
      { numRuns: 3_000 },
    );
    expect(met).toBeGreaterThan(100);
  });
});
