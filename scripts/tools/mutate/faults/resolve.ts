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
    ],
    [
      "all-differ-needs-no-value",
      'if (quantifier === "all") return other("any");',
      'if (quantifier === "all") return not(atom("any"));',
    ],
  ),
  ...inFile("resolve", "compiler/resolve/resolve.ts", [
    "all-elements-of-none",
    'if (quantifier === "all") return { kind: "and", operands: [any, ...others], span };',
    'if (quantifier === "all") return { kind: "and", operands: others, span };',
  ]),
  ...inFile(
    "resolve",
    "compiler/resolve/numbers.ts",
    [
      "less-or-equal-is-less",
      'const inclusive = op === "<=" || op === ">=";',
      'const inclusive = op === ">=";',
    ],
    ["exclusive-end-included", "highInclusive: !item.exclusive", "highInclusive: true"],
    ["greatest-number-unchecked", "number >= range[0] && number <= range[1]", "number >= range[0]"],
  ),
  ...inFile(
    "resolve",
    "compiler/resolve/times.ts",
    [
      "after-counts-from-the-start",
      "return { from: interval.to, to: null };",
      "return { from: interval.from, to: null };",
    ],
    ["exclusive-end-of-a-time", "(item.exclusive ? high.until : high.to)", "high.to"],
  ),
  ...inFile(
    "resolve",
    "compiler/resolve/words.ts",
    ["order-without-itself", "? index <= position", "? index < position"],
    ["range-of-words-cut", "item.exclusive && item.high !== null ? high : high + 1", "high"],
  ),
  ...inFile("resolve", "compiler/resolve/patterns.ts", [
    "case-minded-unasked",
    "const fold = caseless || !caseCounts.has(true);",
    "const fold = caseless || caseCounts.has(false);",
  ]),
  ...inFile("resolve", "compiler/resolve/named-sets.ts", [
    "set-in-a-set-lost",
    "else if (!this.add(inner, [...trail, name])) sound = false;",
    "",
  ]),
  ...inFile(
    "resolve",
    "compiler/resolve/patterns.ts",
    [
      "case-of-names-counts",
      "const fold = caseless || !caseCounts.has(true);",
      "const fold = !caseCounts.has(true);",
    ],
    ["names-in-patterns-as-written", "likePattern(op, wanted)", "likePattern(op, word.text)"],
  ),
];
