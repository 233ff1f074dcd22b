/** Faults of searches by pages and of roll-ups. */
import { inFile, type Fault } from "./fault.js";

/** See the head of this file. */
export const STORAGE_FAULTS: readonly Fault[] = [
  ...inFile(
    "paging",
    "compiler/time-bounds.ts",
    ["bounds-under-negation", "if (atom.negated || atom.list", "if (atom.list"],
    [
      "bounds-too-narrow",
      "return condition.operands.map((operand) => timeBounds(operand, field, execution)).reduce(hull);",
      "return condition.operands.map((operand) => timeBounds(operand, field, execution)).reduce(intersect, OPEN);",
    ],
  ),
  ...inFile(
    "paging",
    "runtime/store/search/steps.ts",
    ["page-behind-lost", "micros < to ? micros + 1n : to", "micros < to ? micros : to"],
    ["days-of-an-empty-recent-scan-lost", "...further(0, near),", "...further(recent.length, near),"],
  ),
  ...inFile("paging", "runtime/store/search/search.ts", [
    "more-behind-a-full-page",
    "count: skip + limit + 1",
    "count: skip + limit",
  ]),
  ...inFile("paging", "runtime/store/search/page-statements.ts", [
    "tie-on-the-edge-lost",
    "or ${names.id} {sign} ${ID})",
    "or false)",
  ]),
  ...inFile("paging", "runtime/store/search/page.ts", [
    "part-of-a-recent-scan-kept",
    "first.recentOnly && hits.length < count ? [] : hits",
    "hits",
  ]),
  ...inFile("lists", "runtime/store/operations.ts", [
    "words-of-a-rollback-remembered",
    "words: withoutWords(inserter.words)",
    "words: inserter.words",
  ]),
  ...inFile(
    "lists",
    "runtime/store/insert/statements.ts",
    [
      "words-of-many-not-listed",
      'listed: listValues(catalogue, (name) => `input.${name}`, "input")',
      "listed: []",
    ],
    [
      "words-of-one-not-listed",
      'listed: listed === "known" ? [] : listValues(catalogue, value, null)',
      "listed: []",
    ],
  ),
  ...inFile("lists", "runtime/store/schema/words.ts", [
    "old-words-not-listed",
    "from (${values}) as found",
    "from (select null::text as v) as found",
  ]),
  ...inFile("paging", "runtime/store/search/days.ts", [
    "first-day-left-out",
    "(to === null || day.from < to)",
    "(to === null || day.to <= to)",
  ]),
  ...inFile(
    "roll-ups",
    "runtime/store/rollups/count.ts",
    ["two-words-counted-twice", "return field.list && several ? null : field;", "return field;"],
    ["negation-from-the-roll-up", "condition.negated || condition.quantifier", "condition.quantifier"],
  ),
  ...inFile(
    "roll-ups",
    "runtime/store/rollups/hour-statements.ts",
    ["old-version-is-valid", "using (hour, version)", "using (hour)"],
    [
      "deletes-are-no-version",
      "select hour, sum(inserted) + sum(deleted) as version",
      "select hour, sum(inserted) as version",
    ],
  ),
  ...inFile("roll-ups", "runtime/store/rollups/statements.ts", [
    "repeats-counted-once",
    "coalesce(sum(u.n), count(*))::bigint",
    "count(*)::bigint",
  ]),
];
