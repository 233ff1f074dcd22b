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
    ],
    ["counts-all-elements", "fits(elements(event).filter(holds).length)", "fits(elements(event).length)"],
    ["counted-negation-lost", "meets(value) !== of.not", "meets(value)"],
    ["xor-as-or", "odd !== holds(event), false", "odd || holds(event), false"],
  ),
  ...inFile(
    "evaluate",
    "compiler/evaluate/value-test.ts",
    ["time-end-matches", "to === null || value < to", "to === null || value <= to"],
    [
      "covers-reversed",
      "  covers: rangeContains,",
      "  covers: (stored, operand) => rangeContains(operand, stored),",
    ],
    ["range-end-open", "value < high || (highInclusive && value === high)", "value < high"],
    [
      "clock-stops-at-midnight",
      "cycle && low > high ? isAbove || isBelow : isAbove && isBelow",
      "isAbove && isBelow",
    ],
    [
      "first-of-given-expressions",
      "matchers.some((matches) => matches(text))",
      "matchers[0]?.(text) === true",
    ],
    ["week-begins-on-tuesday", "(daysFromCivil(date) + 3)", "(daysFromCivil(date) + 2)"],
  ),
  ...inFile("evaluate", "compiler/evaluate/value-test.ts", [
    "last-of-many-ranges-missed",
    "operand.first > value.last",
    "operand.first >= value.last",
  ]),
];
