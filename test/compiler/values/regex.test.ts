import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  parseRegex,
  REGEX_LIMITS,
  regexMatcher,
  regexToPostgres,
  type Regex,
} from "../../../compiler/values/regex.js";

const parse = (source: string, ignoreCase = false): Regex => {
  const read = parseRegex(source, { ignoreCase });
  if (read.kind === "problem") throw new Error(`${source}: ${read.problem.message}`);
  return read.value;
};

const matches = (source: string, text: string, ignoreCase = false): boolean =>
  regexMatcher(parse(source, ignoreCase))(text);

/** Expressions of the subset, built from the leaves up. */
const source = fc.letrec<{ node: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom("a", "b", "A", "_", "1", " ", "\\.", "é", "😀", "\\n", ".") },
    {
      weight: 3,
      arbitrary: fc.constantFrom("\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "[ab]", "[^a]", "[\\w-]", "[é-ž]"),
    },
    { weight: 2, arbitrary: tie("node").map((inner) => `(?:${inner})`) },
  ),
  node: fc.oneof(
    { depthSize: "small" },
    tie("atom"),
    fc.constantFrom("^", "$", "\\b"),
    fc
      .tuple(tie("atom"), fc.constantFrom("*", "+", "?", "{2}", "{1,3}", "{2,}", "{0}"))
      .map((parts) => parts.join("")),
    fc.tuple(tie("node"), tie("node")).map((parts) => parts.join("")),
    fc.tuple(tie("node"), tie("node")).map(([left, right]) => `(${left}|${right})`),
  ),
})).node;

const subject = fc.string({
  unit: fc.constantFrom("a", "b", "A", "B", "_", "1", " ", ".", "é", "😀", "\n", "-"),
  maxLength: 10,
});

describe("regexMatcher", () => {
  test("agrees with JavaScript's own expressions", () => {
    fc.assert(
      fc.property(source, fc.array(subject, { minLength: 1, maxLength: 5 }), (pattern, texts) => {
        const read = parseRegex(pattern, { ignoreCase: false });
        if (read.kind === "problem") return fc.pre(false);
        const ours = regexMatcher(read.value);
        const theirs = new RegExp(pattern, "su");
        for (const text of texts) expect(ours(text), JSON.stringify([pattern, text])).toBe(theirs.test(text));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ["^SSH (login|bruteforce) from \\d+", "ssh Login from 10", true, true],
    ["^SSH (login|bruteforce) from \\d+", "ssh Login from 10", false, false],
    ["[^a]", "A", true, false],
    // Only ASCII letters have two cases.
    ["k", "\u212a", true, false],
    ["é", "É", true, false],
    ["^.$", "😀", false, true],
    ["^.$", "\n", false, true],
    ["\\bb", "éb", false, true],
    ["^a\\u{1F600}\\x41$", "a😀A", false, true],
    ["", "", false, true],
  ])("%s on %j (ignoring case: %s)", (pattern, text, ignoreCase, expected) => {
    expect(matches(pattern, text, ignoreCase)).toBe(expected);
  });

  test("expressions that make backtracking hang end at once", () => {
    expect(matches("(a+)+$", `${"a".repeat(50_000)}b`)).toBe(false);
    expect(matches("^(a|a?)+$", `${"a".repeat(50_000)}b`)).toBe(false);
  });

  test("an automaton with too many states is forgotten and built anew", () => {
    const match = regexMatcher(parse("(a|b)*a(a|b){20}c"));
    let bits = 1;
    const noise = Array.from({ length: 20_000 }, () =>
      (bits = (bits * 48_271) % 2_147_483_647) % 2 === 0 ? "a" : "b",
    );
    expect(match(noise.join(""))).toBe(false);
    expect(match(`${noise.join("")}a${"b".repeat(20)}c`)).toBe(true);
  });
});

describe("regexToPostgres", () => {
  test.each([
    ["^a.b$", false, "^a.b$"],
    ["cz\\.cesnet", false, "cz\\.cesnet"],
    ["ab", true, "[Aa][Bb]"],
    ["\\d+", false, "[0-9]+"],
    ["[^a-c]", true, "[^A-Ca-c]"],
    ["[\\s\\S]", false, "."],
    ["(ab|c)*", false, "(?:ab|c)*"],
    ["(a*){2,}", false, "(?:a*){2,}"],
    ["a|", false, "a|"],
    ["[\\]\\-^]", false, "[\\-\\]\\^]"],
    ["é😀", false, "\\u00e9\\U0001f600"],
    ["\\ba", false, "(?:(?<=[0-9A-Z\\_a-z])(?![0-9A-Z\\_a-z])|(?<![0-9A-Z\\_a-z])(?=[0-9A-Z\\_a-z]))a"],
  ])("/%s/ (ignoring case: %s)", (pattern, ignoreCase, printed) => {
    expect(regexToPostgres(parse(pattern, ignoreCase))).toBe(printed);
  });
});

describe("parseRegex", () => {
  test("is JSON-able", () => {
    const regex = parse("^(a|[^b]){2,3}\\b", true);
    expect(JSON.parse(JSON.stringify(regex))).toEqual(regex);
  });

  test.each([
    [
      "a*?",
      "E304",
      '"*?" is a lazy quantifier; leave out the "?": whether a text matches is the same',
      ["a*"],
    ],
    [
      "a{2}?b",
      "E304",
      '"{2}?" is a lazy quantifier; leave out the "?": whether a text matches is the same',
      ["a{2}b"],
    ],
    ["a**", "E303", 'two quantifiers in a row; to repeat a repeat write a group: "(?:a*)*"', []],
    ["(a)\\1", "E304", '"\\1": backreferences are not supported', []],
    ["(?=a)", "E304", "lookaround is not supported; combine two conditions with and / and not", []],
    ["(?<!a)", "E304", "lookaround is not supported; combine two conditions with and / and not", []],
    ["(?<n>a)", "E304", 'groups have no names here; write "(…)"', []],
    ["(?i)a", "E304", "write flags after the expression: /…/i", []],
    ["\\p{L}", "E304", '"\\p": Unicode properties are not supported; write a class such as [a-zà-ž]', []],
    ["\\Aa", "E304", '"\\A" is not supported; write "^"', ["^a"]],
    [
      "[[:alpha:]]",
      "E304",
      'POSIX classes are not supported; write the characters, such as [a-z], or "\\[" for the sign itself',
      [],
    ],
    ["(a", "E303", 'this "(" is never closed', []],
    ["a)", "E303", 'this ")" has no "("; for the sign itself write "\\)"', ["a\\)"]],
    ["[a", "E303", 'this "[" is never closed', []],
    ["[]", "E303", '"[]" is an empty class; for the sign "]" write "\\]"', []],
    ["[z-a]", "E303", 'the range "z-a" runs backwards', []],
    ["[\\d-z]", "E303", '"\\d-z" is not a range; for the sign "-" write "\\-"', []],
    ["*a", "E303", 'there is nothing before "*" to repeat; for the sign itself write "\\*"', ["\\*a"]],
    ["^*", "E303", '"^" stands for a place and can\'t be repeated', []],
    ["a{", "E303", '"{" starts a repeat such as "{2,5}"; for the sign itself write "\\{"', ["a\\{"]],
    ["a{,3}", "E303", '"{,3}" has no lower bound; write "{0,3}"', ["a{0,3}"]],
    ["a{3,1}", "E303", '"{3,1}" runs backwards; write "{1,3}"', ["a{1,3}"]],
    ["a\\", "E303", 'a "\\" at the end escapes nothing; for the sign itself write "\\\\"', ["a\\\\"]],
    ["\\q", "E303", '"\\q" is not an escape; for the letter itself write "q"', ["q"]],
    ["a\0", "E303", "U+0000 is not a character that a text can hold", []],
    ["\\ud800", "E303", "U+D800 is not a character that a text can hold", []],
    ["a{101}", "E305", '"{101}" repeats too often, the limit is 100', []],
    ["(((((((((a)))))))))", "E305", "groups are nested 9 deep, the limit is 8", []],
    [
      "((a{100}){100}){100}",
      "E305",
      "the expression has 1000000 steps when its repeats are written out, the limit is 1000",
      [],
    ],
    [
      "(\\ba){11}",
      "E305",
      "the expression has 11 anchors and word boundaries when its repeats are written out, the limit is 10",
      [],
    ],
    ["a".repeat(257), "E305", "the expression has 257 characters, the limit is 256", []],
  ])("refuses /%s/ with %s", (pattern, code, message, fixes) => {
    const read = parseRegex(pattern, { ignoreCase: false });
    expect(read).toMatchObject({ kind: "problem", problem: { code, message } });
    expect(read.kind === "problem" && read.problem.fixes.map((fix) => fix.text)).toEqual(fixes);
  });

  test("whatever is written, the result is a value or a problem inside the text", () => {
    const unit = fc.constantFrom(...Array.from("ab(){}[]|*+?^$.\\-,12:=!<dwsbpx\ud800"));
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 20 }), (text) => {
        const read = parseRegex(text, { ignoreCase: true });
        if (read.kind === "value") return;
        const { start, end } = read.problem;
        expect(0 <= start && start <= end && end <= text.length).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  test("the limits", () =>
    expect(REGEX_LIMITS).toEqual({ length: 256, nesting: 8, repeats: 100, steps: 1000, places: 10 }));
});
