/** Faults of the grammar, its tree, its printer and its lexer. */
import { inFile, type Fault } from "./fault.js";

/** See the head of this file. */
export const GRAMMAR_FAULTS: readonly Fault[] = [
  ...inFile(
    "grammar",
    "grammar/parse-tree.ts",
    ["exclusive-range-lost", 'exclusive: dots.sourceString === "..<"', "exclusive: false"],
    ["negation-lost", "{ ...positive, negated: true,", "{ ...positive, negated: false,"],
  ),
  ...inFile(
    "grammar",
    "grammar/print.ts",
    [
      "parentheses-forgotten",
      "binding[operand.kind] <= binding[parent]",
      "binding[operand.kind] < binding[parent]",
    ],
    ["regex-flag-unprinted", '(value.ignoreCase ? "i" : "")', '""'],
    ["dots-touch-a-dot", 'low.endsWith(".") ? " " : ""', '""'],
  ),
  ...inFile("grammar", "grammar/time-text.ts", [
    "offset-sign-swapped",
    'sign === "-" ? -1 : 1',
    'sign === "+" ? -1 : 1',
  ]),
  ...inFile(
    "grammar",
    "grammar/filter.ohm",
    ["comparison-cut-short", '"<=" | "<" | ">=" | ">"', '"<" | "<=" | ">" | ">="'],
    ["month-cut-to-minute", '"ms" | "mo" | "s" | "m" |', '"m" | "ms" | "mo" | "s" |'],
    ["keyword-begins-a-name", '= "in" ~nameTail', '= "in"'],
    ["no-comma-at-the-end", '"[" (Item ("," Item)* ","?)? "]"', '"[" (Item ("," Item)*)? "]"'],
  ),
  ...inFile(
    "grammar",
    "grammar/string-text.ts",
    ["escape-read-as-its-letter", 'simpleEscapes[simple ?? ""] ?? simple ?? ""', 'simple ?? ""'],
    ["slash-unescaped", '(part === "/" ? "\\\\/" : part)', "part"],
  ),
  ...inFile("grammar", "grammar/tokens.ts", ["operator-behind-in", 'return "value";', 'return "operator";']),
];
