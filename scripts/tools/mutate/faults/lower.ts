/** Faults of the SQL. */
import { inFile, type Fault } from "./fault.js";

/** See the head of this file. */
export const LOWER_FAULTS: readonly Fault[] = [
  ...inFile(
    "lower",
    "compiler/lower/atom.ts",
    [
      "null-unsafe-negation",
      "sql`(${positive}) is not true`",
      "sql`not (${positive})`",
      "compiler/language/samples",
    ],
    [
      "prefilter-of-the-other-side",
      "side, set: test.set, merge",
      "side: 3 - side, set: test.set, merge",
      "database/differential",
    ],
    [
      "count-of-null",
      "sql`coalesce(cardinality(${column}), 0)`",
      "sql`cardinality(${column})`",
      "compiler/language/samples",
    ],
    [
      "all-of-nothing",
      'return join([some, ...none], "and");',
      'return join(none, "and");',
      "compiler/language/samples",
    ],
    [
      "union-of-both",
      'lowerAny(field, test, scope.prepare(test, field), scope)),\n    "or"',
      'lowerAny(field, test, scope.prepare(test, field), scope)),\n    "and"',
      "compiler/language/samples",
    ],
  ),
  ...inFile(
    "lower",
    "compiler/lower/condition.ts",
    [
      "single-element-only",
      "or (${count} > 1 and ${several})",
      "or (${count} > 2 and ${several})",
      "compiler/language/samples",
    ],
    [
      "necessary-negated-atom",
      "      !part.negated &&\n      part.quantifier",
      "      part.quantifier",
      "database/small-world",
    ],
    [
      "xor-of-null",
      '((${lower(operand, { ...scope, prefilters: "none" })}) is true)',
      '(${lower(operand, { ...scope, prefilters: "none" })})',
      "compiler/language/samples",
    ],
  ),
  ...inFile(
    "lower",
    "compiler/lower/addresses.ts",
    ["strictly-inside", 'in: { operator: "<<="', 'in: { operator: "<<"', "compiler/language/samples"],
    [
      "overlap-is-contains",
      'overlaps: { operator: "&&"',
      'overlaps: { operator: "<<="',
      "compiler/language/samples",
    ],
    ["single-network-strictly-inside", 'commuted: ">>="', 'commuted: ">>"', "compiler/language/samples"],
    [
      "two-of-several",
      "cardinality(${ranges}) in (1, 2)",
      "cardinality(${ranges}) in (1, 2, 3)",
      "database/column-types",
    ],
    ["size-without-the-last", '${numberOf("b")} + 1', '${numberOf("b")}', "compiler/language/samples"],
    ["size-of-families-mixed", "as s group by f`", "as s`", "compiler/language/samples"],
    ["size-of-few-bits", "[9, 17, 25]", "[25]", "compiler/language/samples"],
    [
      "prefix-length-of-a-host",
      "when 4 then 32 else 128",
      "when 4 then 32 else 64",
      "compiler/language/samples",
    ],
  ),
  ...inFile(
    "lower",
    "compiler/lower/texts.ts",
    [
      "case-not-folded",
      "(fold ? foldCase(textOf(value, field)) : textOf(value, field))",
      "textOf(value, field)",
      "compiler/language/samples",
    ],
    [
      "sparse-pattern-alone",
      'join([found(value), hidden(value)], "and")',
      "found(value)",
      "compiler/language/samples",
    ],
  ),
  ...inFile(
    "lower",
    "compiler/lower/test.ts",
    [
      "under-prefix-word",
      "(${text(value)} || '.') like",
      "(${text(value)} || '') like",
      "compiler/language/samples",
    ],
    ["less-or-equal", 'range.highInclusive ? "<=" : "<"', '"<="', "database/small-world"],
    [
      "time-end-included",
      '{ bound: bound(to), operator: "<" }',
      '{ bound: bound(to), operator: "<=" }',
      "compiler/language/samples",
    ],
    [
      "value-in-the-text",
      'const wanted = placeholder({ kind: "boolean", value: test.value }, "boolean");',
      'const wanted = typeof test.value === "boolean" ? sql`${test.value ? "true" : "false"}` : placeholder({ kind: "boolean", value: test.value }, "boolean");',
      "compiler/lower/shape",
    ],
  ),
  ...inFile("lists", "compiler/lower/atom.ts", [
    "many-listed-values-find-nothing",
    "case when count(*) > ${limit} then ${field.list",
    "case when count(*) > 1000000 then ${field.list",
    "runtime/store/words",
  ]),
];
