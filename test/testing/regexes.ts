/** Arbitrary regular expressions of the language's subset. */
import fc from "fast-check";

const pieces = fc.constantFrom(
  "a",
  "s",
  "S",
  "h",
  "K",
  "ß",
  "é",
  "0",
  " ",
  "\\.",
  "\\\\",
  "_",
  "-",
  ".",
  "\\d",
  "\\w",
  "\\s",
  "\\D",
  "\\W",
  "\\S",
  "[a-z]",
  "[^a]",
  "[A-Z0-9_]",
  "[\\d.]",
  "[^\\s%]",
  "(a|b)",
  "(?:ssh|log)",
  "(s(h|s))",
  "\\b",
  "\\x41",
  "\\u0073",
  "\\u{1F600}",
  "[\\x61-\\u{7a}]",
  "\\t",
  "login",
);

const quantified = fc
  .tuple(pieces, fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{1,3}", "{0,1}", "{2,}"))
  .map(([piece, quantifier]) => (piece === "\\b" ? piece : piece + quantifier));

/** Sources of regular expressions that compile: up to five pieces, anchors, one alternation. */
export const regexes: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("", "", "^"),
    fc.array(quantified, { minLength: 1, maxLength: 4 }),
    fc.constantFrom("", "", "$", "|a", "|^$"),
  )
  .map(([start, parts, end]) => start + parts.join("") + end);
