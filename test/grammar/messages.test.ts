import { describe, expect, it } from "vitest";
import { parseSyntax, type ParseOptions } from "../../grammar/parse.js";
import { applyEdits } from "../../grammar/report.js";
import { rendered } from "./support.js";

const options: ParseOptions = {
  fields: {
    describeField: (name) => (name === "source.ip" ? "an address, network, range" : undefined),
  },
};

/** Texts with one error each: the message, and what the text is after each fix. */
const single: readonly (readonly [text: string, message: string, ...fixed: string[]])[] = [
  ["source.ip =", "E002: expected a value for source.ip (an address, network, range, $parameter or @set)"],
  [
    "source.ip in and x",
    "E002: expected a value for source.ip (an address, network, range, $parameter or @set)",
  ],
  ["count(source.ip) >", "E002: expected a value for count(source.ip)"],
  ["a in [,]", "E002: expected a value for a", "a in []"],
  ["a in [1,,2]", "E002: expected a value for a", "a in [1,2]"],
  ["a = [1, 2]", "E002: expected a value for a", "a in [1, 2]"],
  ["a contains missing", "E002: expected a value for a", 'a contains "missing"'],
  ["a => 5", 'E003: "=>" is not an operator; did you mean ">="?', "a >= 5"],
  ["a =< 5", 'E003: "=<" is not an operator; did you mean "<="?', "a <= 5"],
  ["a<>5", 'E003: "<>" is not an operator; did you mean "!="?', "a!=5"],
  ["a === 5", 'E003: "===" is not an operator; did you mean "="?', "a = 5"],
  ["a !== 5", 'E003: "!==" is not an operator; did you mean "!="?', "a != 5"],
  ["a=~b", 'E003: "=~" is not an operator; did you mean "matches"?', "a matches b"],
  ["a ~= b", 'E003: "~=" is not an operator; did you mean "matches"?', "a matches b"],
  ["a ~ b", 'E003: "~" is not an operator; did you mean "matches"?', "a matches b"],
  ["port:22", 'E003: ":" is not an operator; did you mean "="?', "port=22"],
  ["a is 5", 'E003: "is" is not an operator; did you mean "="?', "a = 5"],
  ["a IS NOT NULL", 'E003: "IS NOT NULL" is not an operator; did you mean "exists"?', "a exists"],
  ["a not = 5", 'E003: "not =" is not an operator; did you mean "!="?', "a != 5"],
  ["a starts x", 'E003: "starts" is not an operator; did you mean "starts with"?', "a starts with x"],
  ["a between 1 and 5", 'E003: "between" is not an operator; did you mean "in"?', "a in 1..5"],
  ["a in 1...3", 'E003: "..." is not an operator; did you mean ".."?', "a in 1..3"],
  ["a in 1..=3", 'E003: "..=" is not an operator; did you mean ".."?', "a in 1..3"],
  ["a in [22 80]", 'E004: missing "," between list items', "a in [22, 80]"],
  ["a in [22 or 80]", 'E004: missing "," between list items', "a in [22 , 80]"],
  ["(a = 1 and b", 'E005: this "(" is never closed', "(a = 1 and b)"],
  ["a in [1, 2 and b", 'E005: this "[" is never closed', "a in [1, 2] and b"],
  ["a = 1) and b", 'E005: this ")" closes nothing', "a = 1 and b"],
  ["a in 1]", 'E005: this "]" closes nothing', "a in 1"],
  [
    "a = 1 b = 2",
    'E006: two conditions without "and" or "or" between them',
    "a = 1 and b = 2",
    "a = 1 or b = 2",
  ],
  ["(a) not b", 'E006: two conditions without "and" or "or" between them', "(a) and not b", "(a) or not b"],
  ['a = "x', "E007: this text is never closed", 'a = "x"'],
  ["a matches /x", "E007: this regular expression is never closed", 'a matches "/x"'],
  ["a | b", 'E008: "|" does not join conditions; did you mean "or"?', "a or b"],
  ["a;b", 'E008: ";" does not join conditions; did you mean "and"?', "a and b"],
  ["a = 1;", 'E008: ";" has no meaning here', "a = 1"],
  ["a in {1, 2}", 'E008: "{" has no meaning here', "a in [1, 2]"],
  ["a = 'x y'", "E008: ' does not quote; write texts in double quotes", 'a = "x y"'],
  ["a = `x`", "E008: ` does not quote; write texts in double quotes", 'a = "x"'],
  ["a = “x”", "E008: “ does not quote; write texts in double quotes", 'a = "x"'],
  [
    String.raw`a = "C:\dir"`,
    String.raw`E008: "\d" is not an escape; known are \" \\ \n \t \r \uXXXX and \u{X}`,
    String.raw`a = "C:\\dir"`,
  ],
  ["22 = target.port", "E009: write the field on the left, the value on the right", "target.port = 22"],
  ["5 < a", "E009: write the field on the left, the value on the right", "a > 5"],
  ["1 < a <= 5", "E010: comparisons do not chain", "a > 1 and a <= 5"],
  ["a < b < c", "E010: comparisons do not chain"],
  ["= 5", 'E001: expected a field before "="'],
  ["a = 1 and", 'E001: expected a condition after "and"'],
  ["()", 'E001: expected a condition between "(" and ")"'],
  ["a in last 24", "E001: expected a duration such as 24h"],
  ["a not 5", "E001: expected an operator (such as =, in or contains)"],
  ["a has b = 1", 'E001: expected "(" after "has", which ties conditions: has (a and b)', "a has (b = 1)"],
  ["a has", 'E001: expected "("'],
  ["a = $", 'E001: expected a name after "$"'],
  ["a = 1 or 2", 'E001: expected a condition after "or", not a value alone', "a in [1, 2]"],
  ["a last 24h", 'E003: "last" is not an operator; did you mean "in last"?', "a in last 24h"],
  ["a ≥ 5", 'E003: "≥" is not an operator; did you mean ">="?', "a >= 5"],
  ["a > now - 7 d", "E001: a relative time is a number and a unit without blanks: now-7d", "a > now-7d"],
  ["a = 1)", 'E005: this ")" closes nothing', "a = 1"],
  ["a. = 1", 'E001: expected a name after "a."', "a = 1"],
  ["a in 22, 80", 'E001: unexpected ","; a list is written in brackets: [a, b]', "a in [22, 80]"],
  ["a = 22,80", 'E001: unexpected ","; a list is written in brackets: [a, b]', "a in [22,80]"],
  ["a!=22, 80", 'E001: unexpected ","; a list is written in brackets: [a, b]', "a not in [22, 80]"],
  ["a > 22, 80", 'E001: unexpected ","; a list is written in brackets: [a, b]'],
  ["a in (1, 2)", "E001: a list is written in brackets: [a, b]", "a in [1, 2]"],
  ["a > 0,5", 'E001: unexpected ","; use a decimal point: 0.5', "a > 0.5"],
  [
    "a = SSH login failed",
    'E001: unexpected "login"; quote text that contains spaces',
    'a = "SSH login failed"',
  ],
];

describe("one error", () => {
  it.each(single)("%s", (text, message, ...fixed) => {
    const { diagnostics } = parseSyntax(text, options);
    expect(diagnostics.map((diagnostic) => `${diagnostic.code}: ${diagnostic.message}`)).toEqual([message]);
    const repaired = diagnostics.flatMap(({ fixes }) => fixes.map(({ edits }) => applyEdits(text, edits)));
    expect(repaired).toEqual(fixed);
    for (const better of repaired) expect(parseSyntax(better).diagnostics).toEqual([]);
  });
});

describe("several errors", () => {
  it("are reported together, and the good conditions are kept", () => {
    const text = 'a => 5 and b = 2 and (c = ) or d in [1 2] or e = "x';
    const { syntax, diagnostics } = parseSyntax(text);
    expect(diagnostics.map(({ code }) => code)).toEqual(["E003", "E002", "E004", "E007"]);
    expect(syntax.root).toMatchObject({
      kind: "or",
      operands: [
        { kind: "and", operands: [{ kind: "error" }, { kind: "predicate" }, { kind: "error" }] },
        { kind: "error" },
        { kind: "error" },
      ],
    });
  });

  it("are found inside has ( … )", () => {
    const { syntax, diagnostics } = parseSyntax("a has (b = 1 c = 2 or d <> 3) and e = ;");
    expect(diagnostics.map(({ code }) => code)).toEqual(["E006", "E003", "E002", "E008"]);
    expect(syntax.root).toMatchObject({
      operands: [{ kind: "predicate", test: { kind: "has", expr: { kind: "or" } } }, { kind: "error" }],
    });
  });

  it("are not drawn from what an unclosed text has swallowed", () => {
    expect(rendered('(a in [1, "x and b)').split("\n")[0]).toBe("error E007: this text is never closed");
    expect(parseSyntax('(a in [1, "x and b)').diagnostics).toHaveLength(1);
    expect(parseSyntax('["').diagnostics).not.toEqual([]);
  });

  it("end at a number that a person can read", () => {
    expect(parseSyntax("a => 1 and ".repeat(1000)).diagnostics.length).toBeLessThanOrEqual(26);
    expect(parseSyntax("a b ".repeat(4000)).diagnostics.length).toBeLessThanOrEqual(26);
  });

  it("read like this", () => {
    expect(rendered('sev => high and\n  (source.ip in or "x" y', options)).toMatchSnapshot();
  });
});
