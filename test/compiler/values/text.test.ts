import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  asciiFold,
  escapeLike,
  globToLike,
  likeMatcher,
  likePattern,
  storable,
} from "../../../compiler/values/text.js";

const text = fc.string({ unit: fc.constantFrom("a", "b", "A", "é", "É", "😀", "%", "_", "\\", "*", "\n") });

/** LIKE by definition, exponential and obviously right. */
function likeOracle(pattern: readonly string[], subject: readonly string[]): boolean {
  const [sign, ...rest] = pattern;
  if (sign === undefined) return subject.length === 0;
  if (sign === "%")
    return likeOracle(rest, subject) || (subject.length > 0 && likeOracle(pattern, subject.slice(1)));
  if (sign === "_") return subject.length > 0 && likeOracle(rest, subject.slice(1));
  if (sign === "\\") return rest[0] === subject[0] && likeOracle(rest.slice(1), subject.slice(1));
  return sign === subject[0] && likeOracle(rest, subject.slice(1));
}

describe("text", () => {
  test("only ASCII letters are folded", () => expect(asciiFold("AZaz ÉŽİ\u212a")).toBe("azaz ÉŽİ\u212a"));

  test("what PostgreSQL cannot hold is replaced", () => {
    expect(storable("a\0b\ud800c\udc00😀")).toBe("a\ufffdb\ufffdc\ufffd😀");
    expect(storable("plain")).toBe("plain");
  });

  test("nothing but U+0000 and halves of surrogate pairs is replaced", () => {
    const unit = fc.constantFrom("a", "é", "😀", "\0", "\ud83d", "\ude00", "\ufffd");
    const unstorable = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
    fc.assert(
      fc.property(fc.string({ unit }), (subject) => {
        expect(storable(subject)).toBe(subject.replace(unstorable, "\ufffd"));
      }),
    );
  });

  test("an escaped text matches itself only", () => {
    fc.assert(
      fc.property(text, text, (wanted, other) => {
        expect(likeMatcher(escapeLike(wanted), false)(other)).toBe(wanted === other);
        expect(likeMatcher(escapeLike(wanted), false)(wanted)).toBe(true);
      }),
    );
  });

  test.each([
    ["cz.cesnet.*", "cz.cesnet.%", 1],
    ["a?b%_", "a_b\\%\\_", 1],
    ["\\*\\?\\\\x\\", "*?\\\\x\\\\", 0],
  ])("the glob %s is the pattern %s", (glob, pattern, wildcards) => {
    expect(globToLike(glob)).toEqual({ pattern, wildcards });
  });

  test("the operators as patterns", () => {
    expect(likePattern("contains", "50%")).toBe("%50\\%%");
    expect(likePattern("starts with", "a_")).toBe("a\\_%");
    expect(likePattern("ends with", "\\")).toBe("%\\\\");
  });

  test("likeMatcher agrees with the definition", () => {
    const pattern = fc.string({
      unit: fc.constantFrom("a", "b", "%", "_", "\\%", "\\_", "\\\\", "😀"),
      maxLength: 6,
    });
    const subject = fc.string({ unit: fc.constantFrom("a", "b", "%", "_", "\\", "😀"), maxLength: 8 });
    fc.assert(
      fc.property(pattern, subject, (like, value) => {
        expect(likeMatcher(like, false)(value)).toBe(likeOracle(Array.from(like), Array.from(value)));
      }),
      { numRuns: 2_000 },
    );
  });

  test("folding and a pattern without an end", () => {
    expect(likeMatcher("%SSH%", true)("an ssh login")).toBe(true);
    expect(likeMatcher("%SSH%", false)("an ssh login")).toBe(false);
    expect(() => likeMatcher("a\\", false)).toThrow("ends in an escape");
  });

  test("many wildcards over a long text end", () => {
    expect(likeMatcher("%a%a%a%a%a%a%b", false)("a".repeat(20_000))).toBe(false);
  });
});
