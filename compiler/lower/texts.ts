/** SQL of the tests of one text, by the type of its column and what its index is over. */
import { columnTypeOf, isReadAsText } from "../catalogue/column-types.js";
import { valueType } from "../catalogue/columns.js";
import type { IndexExpression, StoredField } from "../catalogue/model.js";
import { regexToPostgres } from "../values/regex.js";
import { requiredPattern } from "../literals/trigrams.js";
import { join, placeholder, sql, type Fragment, type Placeholder } from "../sql/fragment.js";
import type { PatternTest, RegexTest, WordTest } from "../tree.js";
import type { PatternSet } from "../values/filter-values.js";
import { asciiPattern, sparsePattern } from "../values/sparse-pattern.js";
import type { PreparedTest } from "./prepared-test.js";

/** In collation "C" only ASCII letters have a lower case, as in memory. */
export function foldCase(value: Fragment): Fragment {
  return sql`lower(${value} collate "C")`;
}

/** A value as text: PostgreSQL compares values of some types in ways of their own. */
export function textOf(value: Fragment, field: StoredField): Fragment {
  return isReadAsText(columnTypeOf(field)) ? sql`${value}::text` : value;
}

/** What an index of the field's texts is over. */
export function indexExpression({ index, indexOn }: StoredField): IndexExpression {
  return indexOn ?? (index === "trigram" ? "folded" : "column");
}

/** Equality with one of several words. */
export function prepareWords(test: WordTest, field: StoredField): PreparedTest {
  const type = columnTypeOf(field);
  const { set, fold } = test;
  // A UUID has no upper case, so its index serves both.
  if (type === "uuid" || (type === "character" && !fold)) {
    const words = placeholder({ kind: "words", set, fold, only: type }, `${valueType(field)}[]`);
    return { holds: (value) => sql`${value} = any(${words})`, array: words };
  }
  const listType = type === "character varying" && !fold ? "character varying[]" : "text[]";
  const words = placeholder({ kind: "words", set, fold }, listType);
  const prefilter = wordsPrefilter(words, field, fold);
  const extra = prefilter === null ? {} : { prefilter };
  if (fold) return { holds: (value) => sql`${foldCase(textOf(value, field))} = any(${words})`, ...extra };
  const holds = (value: Fragment) => sql`${textOf(value, field)} = any(${words})`;
  return isReadAsText(type) ? { holds, ...extra } : { holds, array: words, ...extra };
}

/**
 * Equality as an index over the lower case serves it. Two texts that are equal but for the case of ASCII letters have the same lower case in
 * every locale but Turkish and its kin, whose databases need an index over the folded text.
 */
function wordsPrefilter(
  words: Placeholder,
  field: StoredField,
  fold: boolean,
): ((column: string) => Fragment) | null {
  const over = indexExpression(field);
  const isEquality = field.index === "btree" || field.index === "hash";
  if (field.list || !isEquality || over === "column" || (over === "folded" && fold)) return null;
  const lower = (value: string) => (over === "lower" ? `lower(${value})` : `lower(${value} collate "C")`);
  return (column) =>
    sql`${lower(column)} = any(array(select ${lower("u.word")} from unnest(${words}) as u(word)))`;
}

/** Up to this many patterns are compared one by one: a trigram index serves `like $1`, but not `like any(…)`. */
const SINGLE_PATTERNS = 8;

/** LIKE patterns, of which one has to fit. */
export function preparePattern({ patterns, fold }: PatternTest, field: StoredField): PreparedTest {
  const { values, slots } = patterns;
  const text = (value: Fragment) => (fold ? foldCase(textOf(value, field)) : textOf(value, field));
  const likeAny = (value: Fragment, wanted: readonly (Placeholder | Fragment)[]): Fragment =>
    join(
      wanted.map((pattern) => sql`${text(value)} like ${pattern}`),
      "or",
    );
  // How many texts there are in an argument is not known.
  if (values.length + slots.length > SINGLE_PATTERNS || slots.some(({ list }) => list)) {
    const any = sql`any(${placeholder({ kind: "patterns", set: patterns, fold }, "text[]")})`;
    return { holds: (value) => likeAny(value, [any]) };
  }
  const single: readonly PatternSet[] = [
    ...values.map((value) => ({ values: [value], slots: [] })),
    ...slots.map((slot) => ({ values: [], slots: [slot] })),
  ];
  const wanted = (kind: "pattern" | "sparse-pattern" | "ascii-pattern"): readonly Placeholder[] =>
    single.map((set) => placeholder({ kind, set, fold }, "text"));
  const whole = wanted("pattern");
  const holds = (value: Fragment): Fragment => likeAny(value, whole);
  // An index over the text itself serves the test as it is.
  if (!fold) return { holds };
  const over = indexExpression(field);
  const looked = wanted(over === "folded" ? "sparse-pattern" : "ascii-pattern");
  // With IS TRUE the whole patterns are none for the index.
  const hidden = (value: Fragment): Fragment =>
    whole.length === 1 ? sql`(${holds(value)}) is true` : sql`${holds(value)} is true`;
  const found = (value: Fragment): Fragment =>
    join(
      looked.map((pattern) => likeIndex(value, pattern, over)),
      "or",
    );
  return { holds, indexed: (value) => join([found(value), hidden(value)], "and") };
}

/** A pattern in lower case as an index of trigrams over the expression is asked for it. */
function likeIndex(value: Fragment, pattern: Placeholder, over: IndexExpression): Fragment {
  switch (over) {
    case "folded":
      return sql`${foldCase(value)} like ${pattern}`;
    case "lower":
      return sql`lower(${value}) like ${pattern}`;
    case "column":
      return sql`${value} ilike ${pattern}`;
  }
}

/** A regular expression. */
export function prepareRegex({ regex }: RegexTest, field: StoredField): PreparedTest {
  if (regex.kind === "slot") {
    const given = placeholder(
      { kind: regex.list ? "regexes" : "regex", slot: regex },
      regex.list ? "text[]" : "text",
    );
    const wanted = regex.list ? sql`any(${given})` : sql`${given}`;
    return { holds: (value) => sql`${textOf(value, field)} ~ ${wanted}` };
  }
  const pattern = placeholder({ kind: "text", value: regexToPostgres(regex) }, "text");
  const holds = (value: Fragment) => sql`${textOf(value, field)} ~ ${pattern}`;
  const required = requiredPattern(regex);
  if (required === null) return { holds };
  const over = indexExpression(field);
  const sparse = sparsePattern(required);
  const looked = placeholder(
    { kind: "text", value: over === "folded" ? sparse : asciiPattern(sparse) },
    "text",
  );
  const rest = (value: Fragment) => (over === "column" ? sql`(${holds(value)}) is true` : holds(value));
  return { holds, indexed: (value) => join([likeIndex(value, looked, over), rest(value)], "and") };
}
