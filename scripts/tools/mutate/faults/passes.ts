/** Faults of the passes over the typed tree. */
import { inFile, type Fault } from "./fault.js";

/** See the head of this file. */
export const PASSES_FAULTS: readonly Fault[] = [
  ...inFile("passes", "compiler/passes/address-sets.ts", [
    "one-family-is-all",
    "families.length === 2",
    "families.length >= 1",
    "compiler/passes/passes",
  ]),
  ...inFile(
    "passes",
    "compiler/passes/tautologies.ts",
    [
      "empty-set-is-true",
      "value: value !== atom.negated",
      "value: value === atom.negated",
      "compiler/passes/passes",
    ],
    [
      "count-zero-exists",
      'test: { kind: "exists" }, negated: !atom.negated',
      'test: { kind: "exists" }',
      "compiler/passes/passes",
    ],
    [
      "open-bound-covers",
      "lowInclusive ? low <= min : low < min",
      "lowInclusive ? low <= min + 1 : low < min",
      "compiler/passes/passes",
    ],
  ),
  ...inFile(
    "passes",
    "compiler/passes/flatten.ts",
    [
      "neutral-swapped",
      'const neutral = kind === "and";',
      'const neutral = kind === "or";',
      "compiler/passes/passes",
    ],
    ["xor-constant-dropped", "odd = odd !== operand.value", "odd = operand.value", "compiler/passes/passes"],
    [
      "has-false-unnegated",
      "value: inner.negated, span: inner.span",
      "value: false, span: inner.span",
      "compiler/passes/passes",
    ],
  ),
  ...inFile(
    "passes",
    "compiler/passes/negation.ts",
    [
      "de-morgan-forgotten",
      'const kind = negate === (condition.kind === "and") ? "or" : "and";',
      "const kind = condition.kind;",
      "compiler/passes/passes",
    ],
    ["xor-negated-twice", "negate && position === 0", "negate", "compiler/passes/passes"],
    [
      "has-negation-lost",
      "negated: condition.negated !== negate,",
      "negated: negate,",
      "compiler/passes/passes",
    ],
  ),
  ...inFile(
    "passes",
    "compiler/passes/contradictions.ts",
    [
      "lists-contradict",
      "|| operand.negated || operand.list",
      "|| operand.negated",
      "compiler/evaluate/semantics",
    ],
    [
      "touching-ranges-contradict",
      "high.value === low.value && !(high.included && low.included)",
      "high.value === low.value",
      "compiler/passes/passes",
    ],
  ),
  ...inFile("passes", "compiler/passes/repeats.ts", [
    "complement-is-repeat",
    'else if (known !== isNegated(operand)) return { kind: "constant", value: kind === "or", span };',
    "",
    "compiler/passes/passes",
  ]),
];
