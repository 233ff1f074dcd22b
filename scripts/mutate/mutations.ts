/** The faults that `npm run mutate` plants, one at a time. */

/** A fault: `find`, which occurs once in the file, is replaced. */
export interface Mutation {
  readonly name: string;
  /** Path from the root of the package. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const inFile = (
  file: string,
  ...faults: readonly (readonly [name: string, find: string, replace: string])[]
): readonly Mutation[] => faults.map(([name, find, replace]) => ({ name, file, find, replace }));

/** By layer: grammar, resolving, passes, lowering, evaluation, mapping, codecs, storage. */
export const MUTATIONS: readonly Mutation[] = [
  ...inFile(
    "grammar/parse-tree.ts",
    ["exclusive-range-lost", 'exclusive: dots.sourceString === "..<"', "exclusive: false"],
    ["negation-lost", "return not.numChildren > 0", "return not.numChildren > 1"],
  ),
  ...inFile(
    "grammar/print.ts",
    [
      "parentheses-forgotten",
      "binding[operand.kind] <= binding[parent]",
      "binding[operand.kind] < binding[parent]",
    ],
    ["regex-flag-unprinted", '(value.ignoreCase ? "i" : "")', '""'],
    ["dots-touch-a-dot", 'low.endsWith(".") ? " " : ""', '""'],
  ),
  ...inFile("grammar/time-text.ts", [
    "offset-sign-swapped",
    'sign === "-" ? -1 : 1',
    'sign === "+" ? -1 : 1',
  ]),
  ...inFile(
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
  ...inFile("compiler/resolve/resolve.ts", [
    "all-elements-of-none",
    'if (quantifier === "all") return { kind: "and", operands: [any, ...others], span };',
    'if (quantifier === "all") return { kind: "and", operands: others, span };',
  ]),
  ...inFile("compiler/passes/address-sets.ts", [
    "one-family-is-all",
    "families.length === 2",
    "families.length >= 1",
  ]),
  ...inFile(
    "compiler/passes/tautologies.ts",
    ["empty-set-is-true", "value: value !== atom.negated", "value: value === atom.negated"],
    ["count-zero-exists", 'test: { kind: "exists" }, negated: !atom.negated', 'test: { kind: "exists" }'],
    [
      "open-bound-covers",
      "lowInclusive ? low <= least : low < least",
      "lowInclusive ? low <= least + 1 : low < least",
    ],
  ),
  ...inFile(
    "compiler/passes/flatten.ts",
    ["neutral-swapped", 'const neutral = kind === "and";', 'const neutral = kind === "or";'],
    ["xor-constant-dropped", "odd = odd !== operand.value", "odd = operand.value"],
    [
      "has-false-unnegated",
      "value: condition.negated, span: condition.span",
      "value: false, span: condition.span",
    ],
  ),
  ...inFile(
    "compiler/passes/negation.ts",
    [
      "de-morgan-forgotten",
      'kind: negate === (condition.kind === "and") ? "or" : "and"',
      "kind: condition.kind",
    ],
    ["xor-negated-twice", "negate && position === 0", "negate"],
    ["has-negation-lost", "negated: condition.negated !== negate,", "negated: negate,"],
  ),
  ...inFile(
    "compiler/passes/contradictions.ts",
    ["lists-contradict", "|| operand.negated || operand.list", "|| operand.negated"],
    [
      "touching-ranges-contradict",
      "high.value === low.value && !(high.included && low.included)",
      "high.value === low.value",
    ],
  ),
  ...inFile("compiler/passes/repeats.ts", [
    "complement-is-repeat",
    'else if (known !== isNegated(operand)) return { kind: "constant", value: kind === "or", span };',
    "",
  ]),
  ...inFile(
    "compiler/lower/atom.ts",
    ["null-unsafe-negation", "sql`(${positive}) is not true`", "sql`not (${positive})`"],
    ["prefilter-of-the-other-side", "side, set: test.set, merge", "side: 3 - side, set: test.set, merge"],
    [
      "count-of-null",
      "sql`coalesce(cardinality(${scope.column(field)}), 0)`",
      "sql`cardinality(${scope.column(field)})`",
    ],
    ["all-of-nothing", 'return join([some, ...none], "and");', 'return join(none, "and");'],
    [
      "union-of-both",
      'fields.map((field) => lowerAny(field, test, prepared, scope)),\n    "or"',
      'fields.map((field) => lowerAny(field, test, prepared, scope)),\n    "and"',
    ],
  ),
  ...inFile(
    "compiler/lower/condition.ts",
    ["single-element-only", "or (${count} > 1 and ${several})", "or (${count} > 2 and ${several})"],
    ["necessary-negated-atom", "      !part.negated &&\n      part.quantifier", "      part.quantifier"],
    [
      "xor-of-null",
      "((${lower(operand, { ...scope, tokens: false })}) is true)",
      "(${lower(operand, { ...scope, tokens: false })})",
    ],
  ),
  ...inFile(
    "compiler/lower/test.ts",
    ["strictly-inside", 'in: "<<="', 'in: "<<"'],
    ["overlap-is-contains", 'overlaps: "&&"', 'overlaps: "<<="'],
    ["under-prefix-word", "(${fold(value)} || '.') like", "(${fold(value)} || '') like"],
    ["less-or-equal", 'range.highInclusive ? "<=" : "<"', '"<="'],
    ["time-end-included", '{ bound: bound(to), operator: "<" }', '{ bound: bound(to), operator: "<=" }'],
    ["case-not-folded", "const text = fold ? foldCase(value) : value;", "const text = value;"],
    ["prefix-length-of-a-host", "when 4 then 32 else 128", "when 4 then 32 else 64"],
    [
      "value-in-the-text",
      'const wanted = placeholder({ kind: "boolean", value: test.value }, "boolean");',
      'const wanted = typeof test.value === "boolean" ? sql`${test.value ? "true" : "false"}` : placeholder({ kind: "boolean", value: test.value }, "boolean");',
    ],
  ),
  ...inFile(
    "compiler/evaluate/evaluate.ts",
    [
      "all-without-a-value",
      "(lists.some((values) => values.length > 0) && lists.every((values) => values.every(meets)))",
      "lists.every((values) => values.every(meets))",
    ],
    ["xor-as-or", "odd !== holds(event), false", "odd || holds(event), false"],
  ),
  ...inFile(
    "compiler/evaluate/value-test.ts",
    ["time-end-matches", "to === null || value < to", "to === null || value <= to"],
    [
      "covers-reversed",
      "  covers: rangeContains,",
      "  covers: (stored, operand) => rangeContains(operand, stored),",
    ],
    ["range-end-open", "(value < high || (highInclusive && value === high))", "value < high"],
  ),
  ...inFile("compiler/extract/convert.ts", [
    "port-bound-lost",
    "if (number < low || number > high)",
    "if (number < low)",
  ]),
  ...inFile("compiler/extract/word.ts", [
    "spelling-kept",
    "known.get(asciiFold(normal))",
    "known.get(normal)",
  ]),
  ...inFile(
    "runtime/codecs/text.ts",
    ["wildcard-unescaped", 'text.replace(/[\\\\%_]/g, "\\\\$&")', 'text.replace(/[\\\\%]/g, "\\\\$&")'],
    [
      "fold-more-than-ascii",
      "text.replace(UPPER_RUNS, (letters) => letters.toLowerCase())",
      "text.toLowerCase()",
    ],
  ),
  ...inFile(
    "runtime/codecs/ip-range.ts",
    ["contiguous-unmerged", "previous.last + 1n < range.first", "previous.last < range.first"],
    [
      "overlap-at-the-edge",
      "a.first <= b.last && b.first <= a.last",
      "a.first < b.last && b.first <= a.last",
    ],
    ["families-mixed", "outer.family === inner.family && outer.first", "outer.first"],
  ),
  ...inFile("runtime/codecs/ip-tokens.ts", [
    "inner-token-missing",
    "tokens.add(prefixToken(side, INNER, address, level))",
    "void level",
  ]),
  ...inFile("runtime/codecs/time.ts", ["fraction-cut", "rest < 0.5 ? below : below + 1", "below"]),
  ...inFile(
    "runtime/codecs/relative-time.ts",
    ["week-from-sunday", "((days + 3) % 7)", "((days + 4) % 7)"],
    ["interval-of-nothing", "expression.unit === null ? instant + 1n", "expression.unit === null ? instant"],
  ),
  ...inFile("runtime/codecs/arguments.ts", [
    "slot-end-included",
    'edge === "end" ? micros + 1n : micros',
    "micros",
  ]),
  ...inFile(
    "runtime/codecs/binding.ts",
    ["multirange-end", 'highInclusive && high !== null ? "]" : ")"', '"]"'],
    ["under-itself-only", "`${escapeLike(word)}.%`", "`${escapeLike(word)}.`"],
  ),
  ...inFile(
    "compiler/time-bounds.ts",
    ["bounds-under-negation", "if (atom.negated || atom.list", "if (atom.list"],
    [
      "bounds-too-narrow",
      "return condition.operands.map((operand) => timeBounds(operand, field, execution)).reduce(hull);",
      "return condition.operands.map((operand) => timeBounds(operand, field, execution)).reduce(intersect, OPEN);",
    ],
  ),
  ...inFile("runtime/storage/search/steps.ts", [
    "page-behind-lost",
    "micros < to ? micros + 1n : to",
    "micros < to ? micros : to",
  ]),
];
