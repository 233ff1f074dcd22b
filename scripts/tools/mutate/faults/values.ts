/** Faults of addresses and their tokens, texts and times, and of how values are sent. */
import { inFile, type Fault } from "./fault.js";

/** See the head of this file. */
export const VALUES_FAULTS: readonly Fault[] = [
  ...inFile(
    "values",
    "compiler/values/text.ts",
    ["wildcard-unescaped", 'text.replace(/[\\\\%_]/g, "\\\\$&")', 'text.replace(/[\\\\%]/g, "\\\\$&")'],
    [
      "fold-more-than-ascii",
      "text.replace(UPPER_RUNS, (letters) => letters.toLowerCase())",
      "text.toLowerCase()",
    ],
  ),
  ...inFile(
    "values",
    "compiler/values/ip-range.ts",
    ["contiguous-unmerged", "previous.last + 1n < range.first", "previous.last < range.first"],
    ["size-counts-twice", "mergeRanges(ranges).reduce((sum", "ranges.reduce((sum"],
    [
      "overlap-at-the-edge",
      "a.first <= b.last && b.first <= a.last",
      "a.first < b.last && b.first <= a.last",
    ],
    ["families-mixed", "outer.family === inner.family && outer.first", "outer.first"],
  ),
  ...inFile("tokens", "compiler/values/ip-tokens.ts", [
    "inner-token-missing",
    "tokens.add(prefixToken(side, INNER, subnetwork, finer))",
    "void subnetwork",
  ]),
  ...inFile("values", "compiler/values/time.ts", ["fraction-cut", "rest < 0.5 ? below : below + 1", "below"]),
  ...inFile(
    "values",
    "compiler/values/relative-time.ts",
    ["today-is-a-moment", 'base !== "now" && inWholeDays(offsets) ? "d" : null', "null"],
    ["added-hours-name-a-day", 'inWholeDays(after) && rounded !== null ? "d" : null', '"d"'],
    ["week-from-sunday", "((days + 3) % 7)", "((days + 4) % 7)"],
    ["interval-of-nothing", "expression.unit === null ? instant + 1n", "expression.unit === null ? instant"],
  ),
  ...inFile(
    "values",
    "compiler/values/binding.ts",
    ["multirange-end", 'highInclusive && high !== null ? "]" : ")"', '"]"'],
    ["under-itself-only", "`${escapeLike(word)}.%`", "`${escapeLike(word)}.`"],
  ),
  ...inFile(
    "tokens",
    "compiler/values/ip-tokens.ts",
    [
      "token-of-the-network-itself",
      "if (length <= cidr.length) tokens.add",
      "if (length < cidr.length) tokens.add",
    ],
    ["networks-of-the-finer-level-missing", "kept > finer", "kept >= finer"],
  ),
  ...inFile("tokens", "compiler/values/ip-range.ts", [
    "cover-ends-early",
    "range.last | low)",
    "range.last)",
  ]),
  ...inFile("values", "compiler/values/sparse-pattern.ts", [
    "one-sign-between-pieces",
    'ANY_TEXT = "%"',
    'ANY_TEXT = "_"',
  ]),
  ...inFile("values", "compiler/values/text.ts", ["zero-byte-kept", 'wellFormed.includes("\\0")', "false"]),
  ...inFile(
    "values",
    "compiler/values/names.ts",
    ["final-dot-kept", 'while (end > 0 && text[end - 1] === ".") end--;', ""],
    [
      "case-of-mailbox-lost",
      "text.slice(0, at + 1) + hostName",
      "asciiFold(text.slice(0, at + 1)) + hostName",
    ],
    ["byte-without-its-zero", 'byte.padStart(2, "0")', "byte"],
    ["digits-counted-from-the-wrong-end", "position === 0 ? fromEnd(group)", "position < 0 ? fromEnd(group)"],
  ),
  ...inFile(
    "values",
    "compiler/values/time-argument.ts",
    ["slot-end-included", 'edge === "end" ? instant + 1n : instant', "instant"],
    ["given-day-is-its-midnight", "return read.value[edge];", "return read.value.start;"],
    ["given-offset-turned", 'sign === "-" ? (-1 as const)', 'sign === "+" ? (-1 as const)'],
  ),
  ...inFile("values", "compiler/values/weekday.ts", ["sunday-comes-first", "sun: 7", "sun: 0"]),
  ...inFile("values", "compiler/literals/number.ts", [
    "bytes-by-the-thousand-only",
    "MIB: 1n << 20n",
    "MIB: 10n ** 6n",
  ]),
];
