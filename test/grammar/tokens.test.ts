import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printSyntax } from "../../grammar/print.js";
import { highlightTokens } from "../../grammar/tokens.js";
import { filterSyntax } from "../support/arbitraries/syntax.js";
import { anyTexts } from "../testing/characters.js";

function shown(text: string): string[] {
  return highlightTokens(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
}

describe("highlightTokens", () => {
  it("tells the kinds apart by their place", () => {
    expect(shown("any count(a.b) >= 5 AND not x in [-1, now - 7d, $p, @s.t, in.x] # c")).toEqual([
      ...[
        "keyword any",
        "function count",
        "punctuation (",
        "field a.b",
        "punctuation )",
        "operator >=",
        "number 5",
      ],
      ...[
        "keyword AND",
        "keyword not",
        "field x",
        "keyword in",
        "punctuation [",
        "number -1",
        "punctuation ,",
      ],
      ...[
        "atom now - 7d",
        "punctuation ,",
        "parameter $p",
        "punctuation ,",
        "set @s.t",
        "punctuation ,",
        "atom in.x",
      ],
      ...["punctuation ]", "comment # c"],
    ]);
    expect(shown('d matches /a b\\/c/i or e = "x\\"y"c or f starts with [/x/, "y"]')).toEqual([
      ...[
        "field d",
        "keyword matches",
        "regex /a b\\/c/i",
        "keyword or",
        "field e",
        "operator =",
        'string "x\\"y"c',
      ],
      ...[
        "keyword or",
        "field f",
        "keyword starts",
        "keyword with",
        "punctuation [",
        "regex /x/",
        "punctuation ,",
      ],
      ...['string "y"', "punctuation ]"],
    ]);
    expect(shown("a in 1..<5 && b = /x && !c")).toEqual([
      ...[
        "field a",
        "keyword in",
        "number 1",
        "operator ..<",
        "number 5",
        "operator &&",
        "field b",
        "operator =",
      ],
      ...["atom /x", "operator &&", "operator !", "field c"],
    ]);
  });

  it("marks what the language does not know", () => {
    expect(shown("a => 'b' | \u{1F600} \"c")).toEqual([
      "field a",
      "error =>",
      "error 'b'",
      "error |",
      "error 😀",
      'error "c',
    ]);
  });

  it("covers all that is not blank, in order, for any text", () => {
    fc.assert(
      fc.property(fc.oneof(anyTexts(), fc.string(), filterSyntax.map(printSyntax)), (text) => {
        let at = 0;
        for (const { start, end } of highlightTokens(text)) {
          expect(text.slice(at, start)).toMatch(/^\s*$/);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(text.slice(at)).toMatch(/^\s*$/);
      }),
      { numRuns: 1000 },
    );
  });

  it("finds no error in a sound filter", () => {
    fc.assert(
      fc.property(filterSyntax.map(printSyntax), (text) => {
        expect(
          highlightTokens(text).filter(({ kind }) => kind === "error"),
          text,
        ).toEqual([]);
      }),
    );
  });
});
