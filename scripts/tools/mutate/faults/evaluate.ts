/** Faults of the evaluation in memory. */
import { inFile, type Fault } from "./fault.js";

/** See the head of this file. */
export const EVALUATE_FAULTS: readonly Fault[] = [
  ...inFile(
    "evaluate",
    "compiler/evaluate/evaluate.ts",
    [
      "all-without-a-value",
      "(lists.some((values) => values.length > 0) && lists.every((values) => values.every(meets)))",
      "lists.every((values) => values.every(meets))",
      "compiler/evaluate/semantics",
    ],
    [
      "counts-all-elements",
      "fits(elements(event).filter(holds).length)",
      "fits(elements(event).length)",
      "compiler/evaluate/semantics",
    ],
    ["counted-negation-lost", "meets(value) !== of.not", "meets(value)", "compiler/evaluate/semantics"],
    ["xor-as-or", "odd !== holds(event), false", "odd || holds(event), false", "compiler/evaluate/semantics"],
  ),
  ...inFile(
    "evaluate",
    "compiler/evaluate/value-test.ts",
    [
      "time-end-matches",
      "to === null || value < to",
      "to === null || value <= to",
      "compiler/evaluate/semantics",
    ],
    [
      "covers-reversed",
      "  covers: rangeContains,",
      "  covers: (stored, operand) => rangeContains(operand, stored),",
      "compiler/evaluate/semantics",
    ],
    [
      "range-end-open",
      "value < high || (highInclusive && value === high)",
      "value < high",
      "compiler/evaluate/semantics",
    ],
    [
      "clock-stops-at-midnight",
      "cycle && low > high ? isAbove || isBelow : isAbove && isBelow",
      "isAbove && isBelow",
      "compiler/evaluate/semantics",
    ],
    [
      "first-of-given-expressions",
      "matchers.some((matches) => matches(text))",
      "matchers[0]?.(text) === true",
      "compiler/evaluate/parameters",
    ],
    [
      "week-begins-on-tuesday",
      "(daysFromCivil(date) + 3)",
      "(daysFromCivil(date) + 2)",
      "compiler/evaluate/semantics",
    ],
  ),
  ...inFile("evaluate", "compiler/evaluate/value-test.ts", [
    "last-of-many-ranges-missed",
    "operand.first > value.last",
    "operand.first >= value.last",
    "compiler/evaluate/semantics",
  ]),
];
