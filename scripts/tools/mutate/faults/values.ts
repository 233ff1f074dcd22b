/** Faults of addresses and their tokens, texts and times, and of how values are sent. */
import { inFile, type Fault } from "./fault.js";

/** See the head of this file. */
export const VALUES_FAULTS: readonly Fault[] = [
  ...inFile(
    "values",
    "compiler/values/text.ts",
    [
      "wildcard-unescaped",
      'text.replace(/[\\\\%_]/g, "\\\\$&")',
      'text.replace(/[\\\\%]/g, "\\\\$&")',
      "compiler/values/text",
    ],
    [
      "fold-more-than-ascii",
      "text.replace(UPPER_RUNS, (letters) => letters.toLowerCase())",
      "text.toLowerCase()",
      "compiler/values/text",
    ],
  ),
  ...inFile(
    "values",
    "compiler/values/ip-range.ts",
    [
      "contiguous-unmerged",
      "previous.last + 1n < range.first",
      "previous.last < range.first",
      "compiler/values/ip-range",
    ],
    [
      "size-counts-twice",
      "mergeRanges(ranges).reduce((sum",
      "ranges.reduce((sum",
      "compiler/values/ip-range",
    ],
    [
      "overlap-at-the-edge",
      "a.first <= b.last && b.first <= a.last",
      "a.first < b.last && b.first <= a.last",
      "compiler/values/ip-range",
    ],
    [
      "families-mixed",
      "outer.family === inner.family && outer.first",
      "outer.first",
      "compiler/values/ip-range",
    ],
  ),
  ...inFile("tokens", "compiler/values/ip-tokens.ts", [
    "inner-token-missing",
    "tokens.add(prefixToken(side, INNER, subnetwork, finer))",
    "void subnetwork",
    "compiler/values/ip-tokens",
  ]),
  ...inFile("values", "compiler/values/time.ts", [
    "fraction-cut",
    "rest < 0.5 ? below : below + 1",
    "below",
    "compiler/values/time",
  ]),
  ...inFile(
    "values",
    "compiler/values/relative-time.ts",
    [
      "today-is-a-moment",
      'base !== "now" && inWholeDays(offsets) ? "d" : null',
      "null",
      "compiler/values/relative-time",
    ],
    [
      "added-hours-name-a-day",
      'inWholeDays(after) && rounded !== null ? "d" : null',
      '"d"',
      "compiler/values/relative-time",
    ],
    ["week-from-sunday", "((days + 3) % 7)", "((days + 4) % 7)", "compiler/values/relative-time"],
    [
      "interval-of-nothing",
      "expression.unit === null ? instant + 1n",
      "expression.unit === null ? instant",
      "compiler/values/relative-time",
    ],
  ),
  ...inFile(
    "values",
    "compiler/values/binding.ts",
    ["multirange-end", 'highInclusive && high !== null ? "]" : ")"', '"]"', "database/golden-fuzz"],
    ["under-itself-only", "`${escapeLike(word)}.%`", "`${escapeLike(word)}.`", "compiler/language/samples"],
  ),
  ...inFile(
    "tokens",
    "compiler/values/ip-tokens.ts",
    [
      "token-of-the-network-itself",
      "if (length <= cidr.length) tokens.add",
      "if (length < cidr.length) tokens.add",
      "compiler/values/ip-tokens",
    ],
    ["networks-of-the-finer-level-missing", "kept > finer", "kept >= finer", "compiler/values/ip-tokens"],
  ),
  ...inFile("tokens", "compiler/values/ip-range.ts", [
    "cover-ends-early",
    "range.last | low)",
    "range.last)",
    "compiler/values/ip-range",
  ]),
  ...inFile("values", "compiler/values/sparse-pattern.ts", [
    "one-sign-between-pieces",
    'ANY_TEXT = "%"',
    'ANY_TEXT = "_"',
    "compiler/values/sparse-pattern",
  ]),
  ...inFile("values", "compiler/values/text.ts", [
    "zero-byte-kept",
    'wellFormed.includes("\\0")',
    "false",
    "compiler/values/text",
  ]),
  ...inFile(
    "values",
    "compiler/values/names.ts",
    ["final-dot-kept", 'while (end > 0 && text[end - 1] === ".") end--;', "", "compiler/resolve/names"],
    [
      "case-of-mailbox-lost",
      "text.slice(0, at + 1) + hostName",
      "asciiFold(text.slice(0, at + 1)) + hostName",
      "compiler/resolve/names",
    ],
    ["byte-without-its-zero", 'byte.padStart(2, "0")', "byte", "compiler/resolve/names"],
    [
      "digits-counted-from-the-wrong-end",
      "position === 0 ? fromEnd(group)",
      "position < 0 ? fromEnd(group)",
      "compiler/resolve/names",
    ],
  ),
  ...inFile(
    "values",
    "compiler/values/time-argument.ts",
    [
      "slot-end-included",
      'edge === "end" ? instant + 1n : instant',
      "instant",
      "compiler/evaluate/parameters",
    ],
    [
      "given-day-is-its-midnight",
      "return read.value[edge];",
      "return read.value.start;",
      "compiler/evaluate/parameters",
    ],
    [
      "given-offset-turned",
      'sign === "-" ? (-1 as const)',
      'sign === "+" ? (-1 as const)',
      "compiler/evaluate/parameters",
    ],
  ),
  ...inFile("values", "compiler/values/weekday.ts", [
    "sunday-comes-first",
    "sun: 7",
    "sun: 0",
    "compiler/evaluate/semantics",
  ]),
  ...inFile("values", "compiler/literals/number.ts", [
    "bytes-by-the-thousand-only",
    "MIB: 1n << 20n",
    "MIB: 10n ** 6n",
    "compiler/literals/number",
  ]),
];
