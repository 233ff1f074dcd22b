import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchFilter } from "../../grammar/parse-tree.js";
import { parseInPieces, parseSyntax } from "../../grammar/parse.js";
import { printSyntax } from "../../grammar/print.js";
import { filterSyntax } from "../support/arbitraries/syntax.js";
import { samples, treeOf, withoutSpans } from "./support.js";
import { anyTexts, readableTexts } from "../testing/characters.js";

describe("samples", () => {
  it.each(samples)("%s is canonical", (text) => {
    const { syntax, diagnostics } = parseSyntax(text);
    expect(diagnostics).toEqual([]);
    expect(printSyntax(syntax)).toBe(text);
  });

  it("parse to these trees", () => {
    expect(samples.map((text) => [text, treeOf(text)])).toMatchSnapshot();
  });
});

describe("words", () => {
  it.each([
    "inside.ip",
    "orange",
    "not.x",
    "in.x",
    "any.thing",
    "lastly",
    "has-been",
    "true.x",
    "notes",
    "last.in",
  ])("%s is a field", (field) => {
    expect(treeOf(`${field} = 1`)).toMatchObject({ kind: "predicate", operand: { field, func: null } });
  });

  it("are keywords in any case", () => {
    expect(treeOf("NOT a = 1 Or B IN [1] AND c STARTS  wiTH x Xor TRUE")).toEqual(
      treeOf("not a = 1 or B in [1] and c starts with x xor true"),
    );
  });

  it("are spelled in ASCII: ſ is no s, ı no i, K no k", () => {
    for (const word of ["exi\u017fts", "m\u0131ss\u0131ng"])
      expect(parseSyntax(`a ${word}`).diagnostics, word).not.toEqual([]);
    expect(treeOf("no\u0131n = \u0131n")).toMatchObject({ operand: { field: "no\u0131n" } });
    expect(treeOf("a = li\u212ae")).toMatchObject({ test: { value: { kind: "atom", text: "li\u212ae" } } });
  });

  it.each(["and", "or", "in", "HAS", "missing"])("%s is no bare value", (word) => {
    expect(parseSyntax(`a = ${word}`).diagnostics[0]).toMatchObject({ code: "E002" });
  });

  it.each(["true", "any", "none", "with", "inside", "and/or", "not-x"])("%s is a bare value", (word) => {
    expect(treeOf(`a = ${word}`)).toMatchObject({ test: { value: { kind: "atom", text: word } } });
  });
});

describe("equal spellings", () => {
  it.each([
    ["a == 1", "a = 1"],
    ["a && b || !c ^^ d", "a and b or not c xor d"],
    ["!!a", "not not a"],
    ["a !in [1] or !in.x", "a not in [1] or not in.x"],
    ["target.port in [22,80,]", "target.port in [22, 80]"],
    ["a in [ ]", "a in []"],
    ["a in 1 ..< 5", "a in 1..<5"],
    ["count ( x )>1", "count(x) > 1"],
    ["t >= today - 7d / d", "t >= today-7d/d"],
    ["((a)) and (b and c)", "a and (b and c)"],
    ["a # one\n and # two\r\n b", "a and b"],
    ["url = /index.html", "url = /index.html"],
    ["source\u00a0has(ip=::1)", "source has (ip = ::1)"],
    ['a = "\\u0041\\u{1F600}\\"\\\\\\n"', 'a = "A😀\\"\\\\\\n"'],
    ["a matches /a\\/b/i", "a matches /a\\/b/i"],
    ["a in in.x", "a in in.x"],
    ["a in..5", "a in ..5"],
  ])("%s → %s", (text, canonical) => {
    expect(printSyntax(parseSyntax(text).syntax)).toBe(canonical);
    expect(treeOf(text)).toEqual(treeOf(canonical));
  });
});

describe("structure", () => {
  it("joins chains into one node and keeps groups apart", () => {
    expect(treeOf("a or b or c")).toMatchObject({ kind: "or", operands: { length: 3 } });
    expect(treeOf("(a or b) or c")).toMatchObject({
      kind: "or",
      operands: [{ kind: "or" }, { kind: "predicate" }],
    });
    expect(treeOf("a or b xor c and not d")).toMatchObject({
      kind: "or",
      operands: [{}, { kind: "xor", operands: [{}, { kind: "and", operands: [{}, { kind: "not" }] }] }],
    });
  });

  it("tells times from words", () => {
    expect(treeOf("t in now-7d/d..now")).toMatchObject({
      test: {
        set: { items: [{ low: { kind: "time", truncate: "d" }, high: { kind: "time", base: "now" } }] },
      },
    });
    for (const word of ["nowhere", "now.x", "now-x", "now-7", "today/q", "now-7d-x"]) {
      expect(treeOf(`t = ${word}`)).toMatchObject({ test: { value: { kind: "atom", text: word } } });
    }
    expect(treeOf("t contains now")).toMatchObject({ test: { args: [{ kind: "atom", text: "now" }] } });
  });

  it("has the places of all parts", () => {
    const { root } = parseSyntax("# c\nnot (a.b in [1, now - 7d])").syntax;
    expect(root).toMatchObject({
      span: { start: 4, end: 30 },
      operand: {
        span: { start: 9, end: 29 },
        operand: { fieldSpan: { start: 9, end: 12 } },
        test: {
          opSpan: { start: 13, end: 15 },
          set: {
            items: [
              {},
              { span: { start: 20, end: 28 }, offsets: [{ duration: { span: { start: 26, end: 28 } } }] },
            ],
          },
        },
      },
    });
  });

  it("takes the empty filter", () => {
    for (const text of ["", "  \n", "# nothing"])
      expect(parseSyntax(text)).toMatchObject({ syntax: { root: null }, diagnostics: [] });
  });
});

describe("properties", () => {
  it("parse(print(x)) = x", () => {
    fc.assert(
      fc.property(filterSyntax, (syntax) => {
        const text = printSyntax(syntax);
        const match = matchFilter(text);
        expect(match.ok && withoutSpans(match.value), text).toEqual(withoutSpans(syntax.root));
      }),
      { numRuns: 1000 },
    );
  });

  it("the recovering parser reads a sound text as the grammar does", () => {
    fc.assert(
      fc.property(filterSyntax, (syntax) => {
        const text = printSyntax(syntax);
        const match = matchFilter(text);
        const { root, isRight } = parseInPieces(text);
        expect(isRight, text).toBe(true);
        expect(match.ok && match.value, text).toEqual(root);
      }),
      { numRuns: 500 },
    );
  });

  it("is total, and silent only about what the grammar takes", () => {
    const junk = fc.oneof(anyTexts(), readableTexts(), nearMiss());
    fc.assert(
      fc.property(junk, (text) => {
        const { syntax, diagnostics } = parseSyntax(text);
        const { ok } = matchFilter(text);
        expect(diagnostics.length === 0).toBe(ok);
        expect(parseInPieces(text).isRight).toBe(ok);
        expect(JSON.stringify(syntax).includes('"kind":"error"') && diagnostics.length === 0).toBe(false);
        for (const { span } of diagnostics) {
          expect(span.start).toBeLessThanOrEqual(span.end);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1500 },
    );
  });
});

/** Filters with a piece cut out, doubled, or put in from elsewhere. */
function nearMiss(): fc.Arbitrary<string> {
  const pieces = [
    "(",
    ")",
    "[",
    "]",
    '"',
    "/",
    "and",
    "not",
    "=",
    "=>",
    "..",
    "...",
    ",",
    "|",
    "'",
    "#",
    "has",
    "$",
    "\\",
  ];
  const text = fc.oneof(filterSyntax.map(printSyntax), fc.constantFrom(...samples));
  return fc
    .tuple(
      text,
      fc.nat(),
      fc.nat({ max: 4 }),
      fc.constantFrom("", ...pieces, ...pieces.map((piece) => ` ${piece} `)),
    )
    .map(([whole, at, cut, piece]) => {
      const start = at % (whole.length + 1);
      return whole.slice(0, start) + piece + whole.slice(start + cut);
    });
}
