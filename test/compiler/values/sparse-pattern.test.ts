import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sparsePattern } from "../../../compiler/values/sparse-pattern.js";
import { escapeLike, likeMatcher } from "../../../compiler/values/text.js";

/** Signs of patterns: letters of words of any length, what is between them, wildcards, escapes, letters beyond ASCII. */
const signs = fc.constantFrom(
  "a",
  "b",
  "ab",
  "abc",
  "0",
  " ",
  "(",
  "-",
  "%",
  "_",
  "\\%",
  "\\_",
  "\\\\",
  "ü",
  "𝛼",
);
const patterns = fc.array(signs, { maxLength: 20 }).map((parts) => parts.join(""));
const texts = fc
  .array(fc.constantFrom("a", "b", "abc", "0", " ", "(", "%", "_", "\\", "ü"), { maxLength: 6 })
  .map((parts) => parts.join(""));

/** A pattern and a text that fits it: each wildcard stands for some text. */
const fitting = fc.tuple(patterns, fc.infiniteStream(texts)).map(([pattern, stream]) => ({
  pattern,
  text: pattern.replace(/\\([^])|[%_]/gu, (sign: string, escaped: string | undefined) =>
    sign === "%" ? String(stream.next().value) : (escaped ?? "x"),
  ),
}));

describe("a sparse pattern", () => {
  it("is met by every text that meets the whole one", () => {
    fc.assert(
      fc.property(fitting, ({ pattern, text }) => {
        expect(likeMatcher(pattern, false)(text)).toBe(true);
        expect(likeMatcher(sparsePattern(pattern), false)(text)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is its own sparse pattern", () => {
    fc.assert(
      fc.property(patterns, (pattern) => {
        const sparse = sparsePattern(pattern);
        expect(sparsePattern(sparse)).toBe(sparse);
      }),
    );
  });

  it("keeps every letter, in order", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const letters = (pattern: string) => pattern.replace(/[^a-z\d]/giu, "");
        expect(letters(sparsePattern(`%${escapeLike(text)}%`))).toBe(letters(text));
      }),
    );
  });

  it.each([
    ["%(499 failed logins)%", "%499%fai%led%log%ins%"],
    ["%connection%", "%con%nec%tio%n%"],
    ["%scan%", "%scan%"],
    ["ssh login%", "ssh%log%in%"],
    ["%port 22 open%", "%por%t 22 ope%n%"],
    ["%from 10.147.32.1 again%", "%fro%m 10.147.32.1 aga%in%"],
    ["%müller again%", "%müller%aga%in%"],
    ["%attempt__failed%", "%att%emp%t__fai%led%"],
    ["%100\\% packets lost%", "%100%pac%ket%s%los%t%"],
    ["", ""],
  ])("of %s is %s", (pattern, sparse) => {
    expect(sparsePattern(pattern)).toBe(sparse);
  });

  it("is linear in the length of the pattern", () => {
    const sparse = sparsePattern(`%${"a".repeat(300_000)}%`);
    expect(sparse.length).toBe(400_001);
    expect(sparse.slice(0, 9)).toBe("%aaa%aaa%");
  });
});
