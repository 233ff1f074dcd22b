/** Faults of what the words and values of a filter mean. */
import { inFile, type Fault } from "./fault.js";

/** See the head of this file. */
export const RESOLVE_FAULTS: readonly Fault[] = [
  ...inFile(
    "resolve",
    "compiler/resolve/predicate.ts",
    [
      "none-is-any",
      'quantifier === "none" ? not(atom("any")) : atom(quantifier ?? "any")',
      'atom(quantifier === "all" ? "all" : "any")',
      "compiler/evaluate/semantics",
    ],
    [
      "all-differ-needs-no-value",
      'if (quantifier === "all") return other("any");',
      'if (quantifier === "all") return not(atom("any"));',
      "compiler/evaluate/semantics",
    ],
  ),
  ...inFile("resolve", "compiler/resolve/resolve.ts", [
    "all-elements-of-none",
    'if (quantifier === "all") return { kind: "and", operands: [any, ...others], span };',
    'if (quantifier === "all") return { kind: "and", operands: others, span };',
    "compiler/evaluate/semantics",
  ]),
  ...inFile(
    "resolve",
    "compiler/resolve/numbers.ts",
    [
      "less-or-equal-is-less",
      'const inclusive = op === "<=" || op === ">=";',
      'const inclusive = op === ">=";',
      "compiler/evaluate/semantics",
    ],
    [
      "exclusive-end-included",
      "highInclusive: !item.exclusive",
      "highInclusive: true",
      "compiler/evaluate/semantics",
    ],
    [
      "greatest-number-unchecked",
      "number >= range[0] && number <= range[1]",
      "number >= range[0]",
      "compiler/resolve/diagnostics",
    ],
  ),
  ...inFile(
    "resolve",
    "compiler/resolve/times.ts",
    [
      "after-counts-from-the-start",
      "return { from: interval.to, to: null };",
      "return { from: interval.from, to: null };",
      "compiler/evaluate/semantics",
    ],
    [
      "exclusive-end-of-a-time",
      "(item.exclusive ? high.until : high.to)",
      "high.to",
      "compiler/evaluate/semantics",
    ],
  ),
  ...inFile("resolve", "compiler/resolve/words.ts", [
    "range-of-words-cut",
    "item.exclusive && item.high !== null ? high : high + 1",
    "high",
    "compiler/evaluate/semantics",
  ]),
  ...inFile("resolve", "compiler/resolve/patterns.ts", [
    "case-minded-unasked",
    "const fold = caseless || !caseCounts.has(true);",
    "const fold = caseless || caseCounts.has(false);",
    "property/compiler",
  ]),
  ...inFile("resolve", "compiler/resolve/named-sets.ts", [
    "set-in-a-set-lost",
    "else if (!this.add(inner, [...trail, name])) sound = false;",
    "",
    "compiler/resolve/references",
  ]),
  ...inFile(
    "resolve",
    "compiler/resolve/patterns.ts",
    [
      "case-of-names-counts",
      "const fold = caseless || !caseCounts.has(true);",
      "const fold = !caseCounts.has(true);",
      "compiler/resolve/names",
    ],
    [
      "names-in-patterns-as-written",
      "likePattern(op, wanted)",
      "likePattern(op, word.text)",
      "compiler/resolve/names",
    ],
  ),
];
