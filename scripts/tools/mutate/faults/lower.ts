/** Faults of the SQL. */
import { inFile, type Fault } from "./fault.js";

/** See the head of this file. */
export const LOWER_FAULTS: readonly Fault[] = [
  ...inFile(
    "lower",
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
    "lower",
    "compiler/lower/condition.ts",
    ["single-element-only", "or (${count} > 1 and ${several})", "or (${count} > 2 and ${several})"],
    ["necessary-negated-atom", "      !part.negated &&\n      part.quantifier", "      part.quantifier"],
    [
      "xor-of-null",
      '((${lower(operand, { ...scope, prefilters: "none" })}) is true)',
      '(${lower(operand, { ...scope, prefilters: "none" })})',
    ],
  ),
  ...inFile(
    "lower",
    "compiler/lower/test.ts",
    ["strictly-inside", 'in: { operator: "<<="', 'in: { operator: "<<"'],
    ["overlap-is-contains", 'overlaps: { operator: "&&"', 'overlaps: { operator: "<<="'],
    ["single-network-strictly-inside", 'commuted: ">>="', 'commuted: ">>"'],
    ["single-of-several", "= 1 then (${ranges})[1]", "> 0 then (${ranges})[1]"],
    ["under-prefix-word", "(${fold(value)} || '.') like", "(${fold(value)} || '') like"],
    ["less-or-equal", 'range.highInclusive ? "<=" : "<"', '"<="'],
    ["time-end-included", '{ bound: bound(to), operator: "<" }', '{ bound: bound(to), operator: "<=" }'],
    ["case-not-folded", "sql`${fold ? foldCase(value) : value} like", "sql`${value} like"],
    [
      "sparse-pattern-alone",
      'join([likeAny(value, sparse), hidden(value)], "and")',
      "likeAny(value, sparse)",
    ],
    ["prefix-length-of-a-host", "when 4 then 32 else 128", "when 4 then 32 else 64"],
    [
      "value-in-the-text",
      'const wanted = placeholder({ kind: "boolean", value: test.value }, "boolean");',
      'const wanted = typeof test.value === "boolean" ? sql`${test.value ? "true" : "false"}` : placeholder({ kind: "boolean", value: test.value }, "boolean");',
    ],
  ),
];
