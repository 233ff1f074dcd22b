/** Faults of searches by pages and of roll-ups. */
import { inFile, type Fault } from "./fault.js";

/** See the head of this file. */
export const STORAGE_FAULTS: readonly Fault[] = [
  ...inFile(
    "paging",
    "compiler/time-bounds.ts",
    ["bounds-under-negation", "if (atom.negated || atom.list", "if (atom.list", "compiler/time-bounds"],
    [
      "bounds-too-narrow",
      "return condition.operands.map((operand) => timeBounds(operand, field, execution)).reduce(hull);",
      "return condition.operands.map((operand) => timeBounds(operand, field, execution)).reduce(intersect, OPEN);",
      "compiler/time-bounds",
    ],
  ),
  ...inFile(
    "paging",
    "runtime/store/search/steps.ts",
    [
      "page-behind-lost",
      "micros < to ? micros + 1n : to",
      "micros < to ? micros : to",
      "runtime/store/search-steps",
    ],
    [
      "days-of-an-empty-recent-scan-lost",
      "...further(0, near)];",
      "...further(recent.length, near)];",
      "runtime/store/search-steps",
    ],
    [
      "many-rows-taken-for-few",
      "const few = recent.length === days.length ? fewRows(days, remaining) : null;",
      "const few = fewRows(days, remaining);",
      "runtime/store/search-steps",
    ],
  ),
  ...inFile("paging", "runtime/store/search/search.ts", [
    "more-behind-a-full-page",
    "count: skip + limit + 1",
    "count: skip + limit",
    "runtime/store/search",
  ]),
  ...inFile("paging", "runtime/store/search/page-statements.ts", [
    "tie-on-the-edge-lost",
    "or ${names.id} {sign} ${ID})",
    "or false)",
    "runtime/store/search",
  ]),
  ...inFile("paging", "runtime/store/search/page.ts", [
    "part-of-a-recent-scan-kept",
    "first.recentOnly && !first.isAll && hits.length < count ? [] : hits",
    "hits",
    "runtime/store/search-hint",
  ]),
  ...inFile("lists", "runtime/store/operations.ts", [
    "words-of-a-rollback-remembered",
    "words: withoutWords(inserter.words)",
    "words: inserter.words",
    "runtime/store/words",
  ]),
  ...inFile(
    "lists",
    "runtime/store/insert/statements.ts",
    [
      "words-of-many-not-listed",
      'listed: listValues(catalogue, (name) => `input.${name}`, "input")',
      "listed: []",
      "runtime/store/words",
    ],
    [
      "words-of-one-not-listed",
      'listed: listed === "known" ? [] : listValues(catalogue, value, null)',
      "listed: []",
      "runtime/store/words",
    ],
  ),
  ...inFile("lists", "runtime/store/schema/words.ts", [
    "old-words-not-listed",
    "from (${values}) as found",
    "from (select null::text as v) as found",
    "runtime/store/words",
  ]),
  ...inFile("paging", "runtime/store/search/days.ts", [
    "first-day-left-out",
    "(to === null || day.from < to)",
    "(to === null || day.to <= to)",
    "runtime/store/search-steps",
  ]),
  ...inFile(
    "roll-ups",
    "runtime/store/rollups/count.ts",
    [
      "two-words-counted-twice",
      "return field.list && several ? null : field;",
      "return field;",
      "runtime/store/rollups",
    ],
    [
      "negation-from-the-roll-up",
      "condition.negated || condition.quantifier",
      "condition.quantifier",
      "runtime/store/rollups",
    ],
  ),
  ...inFile(
    "roll-ups",
    "runtime/store/rollups/hour-statements.ts",
    ["old-version-is-valid", "using (hour, version)", "using (hour)", "runtime/store/rollups"],
    [
      "deletes-are-no-version",
      "select hour, sum(inserted) + sum(deleted) as version",
      "select hour, sum(inserted) as version",
      "runtime/store/rollups",
    ],
    ["equal-lists-counted-once", "sum(g.n)::bigint from", "count(*)::bigint from", "runtime/store/rollups"],
  ),
];
