/** Arbitrary texts that somebody may type as a filter: most of them do not compile. */
import fc from "fast-check";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { OPERATOR_NAMES } from "../../grammar/operators.js";
import { filters } from "./filters.js";
import { anyTexts } from "./characters.js";

/**
 * Any text at all: near misses (a valid filter with a part left out, doubled, swapped or replaced), ill-typed filters (a field, an
 * operator and values that do not go together), words and signs of the language in any order, and any characters. For properties that
 * have to hold whatever is typed. Shrinks to short texts.
 *
 * @param catalogue the IDEA catalogue when absent
 */
export function filterTexts(catalogue: Catalogue = IDEA_CATALOGUE): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: nearMisses(catalogue) },
    { weight: 3, arbitrary: illTyped(catalogue) },
    {
      weight: 2,
      arbitrary: fc.array(fragments(catalogue), { maxLength: 10 }).map((parts) => parts.join(" ")),
    },
    fc.array(fragments(catalogue), { maxLength: 10 }).map((parts) => parts.join("")),
    anyTexts({ maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(...Array.from("()[]\"/\\.,<>=!&|^@$#{}';` \n\tai0-")) }),
  );
}

const VALUES = [
  "10.0.0.0/8",
  "10.0.0.1/8",
  "10.0.0.300",
  "2001:db8::/32",
  "1.2.3.4-1.2.3.9",
  "22",
  "8000..8100",
  "9..1",
  "..5",
  "1.5",
  "-1",
  "1e3",
  "0x16",
  "http",
  "tcp",
  "high",
  "hgih",
  "Recon.Scanning",
  '"text"',
  '"text"i',
  '"open',
  "/re(gex)?/i",
  "/(/",
  "$p",
  "$min",
  "@private",
  "@nothing",
  "now-7d/d",
  "today",
  "2024-05-01",
  "2024-13-01",
  "2024-05-01T08:00+02:00..",
  "24h",
  "5min",
  "true",
  "*",
  "::",
  "%",
];

const SIGNS = [
  "(",
  ")",
  "[",
  "]",
  ",",
  "..",
  "..<",
  "=",
  "==",
  "!=",
  "=>",
  "<",
  "<=",
  ">",
  "&&",
  "||",
  "^^",
  "!",
  "~",
  ";",
  "|",
  "{",
  "}",
  "'",
  "`",
  "#",
  "# comment\n",
  "and",
  "or",
  "xor",
  "not",
  "any",
  "all",
  "none",
  "has",
  "has (",
  "in last",
  "exists",
  "missing",
  "count(",
  "lower(",
  "family(",
  "NOT IN",
  "is",
  "null",
  "\u00a0",
  "\u200b",
  "“",
  "”",
  "→",
  "ﬀ",
];

function fragments(catalogue: Catalogue): fc.Arbitrary<string> {
  const names = [...catalogue.fields, ...catalogue.groups].map(({ name }) => name);
  return fc.oneof(
    fc.constantFrom(...names),
    fc.constantFrom(...OPERATOR_NAMES),
    fc.constantFrom(...VALUES),
    fc.constantFrom(...SIGNS),
  );
}

/** Operand, operator and value, each fine by itself. */
function illTyped(catalogue: Catalogue): fc.Arbitrary<string> {
  const names = catalogue.fields.map(({ name }) => name);
  const operand = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...names) },
    fc
      .tuple(
        fc.constantFrom("count", "family", "prefix_len", "size", "hour", "weekday", "lower", "upper"),
        fc.constantFrom(...names),
      )
      .map(([func, name]) => `${func}(${name})`),
  );
  const value = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...VALUES) },
    fc.array(fc.constantFrom(...VALUES), { maxLength: 3 }).map((list) => `[${list.join(", ")}]`),
  );
  const operators = OPERATOR_NAMES.filter((operator) => operator !== "test");
  const test = fc
    .tuple(
      fc.constantFrom("", "", "any ", "all ", "none "),
      operand,
      fc.constantFrom("", "", "not "),
      fc.constantFrom(...operators),
      value,
    )
    .map(([quantifier, name, not, operator, right]) => `${quantifier}${name} ${not}${operator} ${right}`);
  return fc.array(test, { minLength: 1, maxLength: 3 }).map((tests) => tests.join(" and "));
}

/** Valid texts after one edit or two. */
function nearMisses(catalogue: Catalogue): fc.Arbitrary<string> {
  const edit = fc.record({
    kind: fc.constantFrom("drop", "double", "swap", "insert", "cut"),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 1, max: 6 }),
    text: fragments(catalogue),
  });
  return fc.tuple(filters(catalogue), fc.array(edit, { minLength: 1, maxLength: 2 })).map(([filter, edits]) =>
    edits.reduce((text, { kind, at, length, text: inserted }) => {
      const start = Math.floor(at * text.length);
      const [before, part, after] = [
        text.slice(0, start),
        text.slice(start, start + length),
        text.slice(start + length),
      ];
      switch (kind) {
        case "drop":
          return before + after;
        case "double":
          return before + part + part + after;
        case "swap":
          return before + Array.from(part).reverse().join("") + after;
        case "insert":
          return before + inserted + part + after;
        default:
          return before;
      }
    }, filter),
  );
}
