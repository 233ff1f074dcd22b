/** Faults of the grammar, its tree, its printer and its lexer. */
import { inFile, type Fault } from "./fault.js";

/** See the head of this file. */
export const GRAMMAR_FAULTS: readonly Fault[] = [
  ...inFile(
    "grammar",
    "grammar/parse-tree.ts",
    [
      "exclusive-range-lost",
      'exclusive: dots.sourceString === "..<"',
      "exclusive: false",
      "compiler/evaluate/semantics",
    ],
    [
      "negation-lost",
      "{ ...positive, negated: true,",
      "{ ...positive, negated: false,",
      "compiler/evaluate/semantics",
    ],
  ),
  ...inFile(
    "grammar",
    "grammar/print.ts",
    [
      "parentheses-forgotten",
      "binding[operand.kind] <= binding[parent]",
      "binding[operand.kind] < binding[parent]",
      "grammar/parse",
    ],
    ["regex-flag-unprinted", '(value.ignoreCase ? "i" : "")', '""', "grammar/parse"],
    ["dots-touch-a-dot", 'low.endsWith(".") ? " " : ""', '""', "grammar/parse"],
  ),
  ...inFile("grammar", "grammar/time-text.ts", [
    "offset-sign-swapped",
    'sign === "-" ? -1 : 1',
    'sign === "+" ? -1 : 1',
    "compiler/literals/time",
  ]),
  ...inFile(
    "grammar",
    "grammar/filter.ohm",
    ["comparison-cut-short", '"<=" | "<" | ">=" | ">"', '"<" | "<=" | ">" | ">="', "grammar/parse"],
    ["month-cut-to-minute", '"ms" | "mo" | "s" | "m" |', '"m" | "ms" | "mo" | "s" |', "grammar/parse"],
    ["keyword-begins-a-name", '= "in" ~nameTail', '= "in"', "grammar/parse"],
    [
      "no-comma-at-the-end",
      '"[" (Item ("," Item)* ","?)? "]"',
      '"[" (Item ("," Item)*)? "]"',
      "grammar/parse",
    ],
  ),
  ...inFile(
    "grammar",
    "grammar/string-text.ts",
    [
      "escape-read-as-its-letter",
      'simpleEscapes[simple ?? ""] ?? simple ?? ""',
      'simple ?? ""',
      "grammar/parse",
    ],
    ["slash-unescaped", '(part === "/" ? "\\\\/" : part)', "part", "grammar/parse"],
  ),
  ...inFile("grammar", "grammar/tokens.ts", [
    "operator-behind-in",
    'return "value";',
    'return "operator";',
    "grammar/tokens",
  ]),
];
