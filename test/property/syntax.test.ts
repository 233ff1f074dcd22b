/** Properties of texts and syntax trees. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyseFilter } from "../../compiler/compile.js";
import { completeFilter } from "../../compiler/complete.js";
import type { Diagnostic, Fix } from "../../grammar/diagnostic.js";
import { formatText } from "../../grammar/format.js";
import { matchBrackets } from "../../grammar/brackets.js";
import { checkDepth, checkLists, defaultLimits, mayBeDeep, mayHaveLongList } from "../../grammar/limits.js";
import { parseSyntaxJson, syntaxToJson } from "../../grammar/json.js";
import { parseSyntax } from "../../grammar/parse.js";
import { printSyntax } from "../../grammar/print.js";
import { highlightTokens } from "../../grammar/tokens.js";
import { filterSyntax } from "../support/arbitraries/syntax.js";
import { filters, filterSyntaxes, filterTexts } from "../testing/index.js";
import { times } from "./support.js";

/** A tree without its places. */
function shapeOf(tree: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, part: unknown) => (/span$/i.test(key) ? undefined : part)),
  ) as unknown;
}

const errorsOf = (text: string): readonly Diagnostic[] =>
  analyseFilter(text).diagnostics.filter(({ severity }) => severity === "error");

function applied(text: string, { edits }: Fix): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((changed, edit) => changed.slice(0, edit.start) + edit.text + changed.slice(edit.end), text);
}

describe("syntax", () => {
  it("parsing what was printed gives the tree back", () => {
    fc.assert(
      fc.property(fc.oneof(filterSyntax, filterSyntaxes()), (syntax) => {
        const { syntax: again, diagnostics } = parseSyntax(printSyntax(syntax));
        expect(diagnostics).toEqual([]);
        expect(shapeOf(again.root)).toEqual(shapeOf(syntax.root));
      }),
      { numRuns: times(500) },
    );
  });

  it("the JSON form reads back", () => {
    fc.assert(
      fc.property(filters(), (text) => {
        const { syntax } = parseSyntax(text);
        expect(parseSyntaxJson(syntaxToJson(syntax))).toEqual(syntax);
      }),
      { numRuns: times(300) },
    );
  });

  it("formatting keeps the meaning, and formatting again changes nothing", () => {
    fc.assert(
      fc.property(fc.oneof(filters(), filterTexts()), (text) => {
        const { text: once, diagnostics } = formatText(text);
        fc.pre(diagnostics.length === 0);
        expect(formatText(once).text).toBe(once);
        expect(shapeOf(parseSyntax(once).syntax.root)).toEqual(shapeOf(parseSyntax(text).syntax.root));
      }),
      { numRuns: times(500) },
    );
  });

  it("tokens cover any text in order", () => {
    fc.assert(
      fc.property(filterTexts(), (text) => {
        let end = 0;
        for (const token of highlightTokens(text)) {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(token.end).toBeGreaterThan(token.start);
          end = token.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: times(500) },
    );
  });
});

describe("diagnostics", () => {
  it("any text is checked without an exception, with places inside it", () => {
    fc.assert(
      fc.property(filterTexts(), (text) => {
        for (const { span, fixes } of analyseFilter(text).diagnostics) {
          for (const { start, end } of [span, ...fixes.flatMap(({ edits }) => edits)]) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(text.length);
          }
        }
      }),
      { numRuns: times(1500) },
    );
  });

  it("limits that are passed over without tokens hold", () => {
    const small = { ...defaultLimits, maxDepth: 2, maxListItems: 2 };
    fc.assert(
      fc.property(fc.oneof(filters(), filterTexts()), (text) => {
        const tokens = highlightTokens(text).filter(({ kind }) => kind !== "comment");
        const { pairs } = matchBrackets(text, tokens);
        if (!mayBeDeep(text, small)) expect(checkDepth(text, tokens, small)).toBeNull();
        if (!mayHaveLongList(text, small)) expect(checkLists(text, tokens, pairs, small)).toEqual([]);
      }),
      { numRuns: times(500) },
    );
  });

  it("generated filters have no errors", () => {
    fc.assert(
      fc.property(filters(), (text) => {
        expect(errorsOf(text)).toEqual([]);
      }),
      { numRuns: times(500) },
    );
  });

  it("a text compiles with a fix of its error, and with others has no new ones", () => {
    fc.assert(
      fc.property(filterTexts(), (text) => {
        const told = ({ code, message }: Diagnostic): string => `${code} ${message}`;
        const errors = errorsOf(text).map(told);
        for (const [position, { fixes }] of errorsOf(text).entries())
          for (const fix of fixes) {
            // With one error the text compiles; with several the others are left, and nothing new.
            const left = errorsOf(applied(text, fix)).map(told).sort();
            const others = errors.filter((_, index) => index !== position);
            for (const error of left) {
              expect(others, `${fix.title}: ${applied(text, fix)}`).toContain(error);
              others.splice(others.indexOf(error), 1);
            }
          }
      }),
      { numRuns: times(1500) },
    );
  });

  it("a fix of a remark leaves fewer of them, and no error", () => {
    // That the whole is always true or false, slow, or about two families, may come to light by a fix.
    const remarksIn = (text: string): readonly Diagnostic[] =>
      analyseFilter(text).diagnostics.filter(({ code }) => !["L04", "L05", "L06", "L12"].includes(code));
    fc.assert(
      fc.property(fc.oneof(filters(), filterTexts()), (text) => {
        const remarks = remarksIn(text);
        fc.pre(remarks.every(({ severity }) => severity !== "error"));
        for (const { code, fixes } of remarks)
          for (const fix of fixes) {
            const left = remarksIn(applied(text, fix));
            expect(left.length, `${code} in ${text}: ${applied(text, fix)}`).toBeLessThan(remarks.length);
            expect(left.map(({ severity }) => severity)).not.toContain("error");
          }
      }),
      { numRuns: times(1000) },
    );
  });

  it("a fix of a slip in a filter that is right otherwise makes it right", () => {
    const slips = fc.constantFrom(
      "sorce.ip in 10.0.0.0/8",
      "source.ip in 10.0.0.1/8",
      "source.ip = 10.0.0.0/8",
      "source.ip in 10.0.0.9-10.0.0.1",
      "target.port = http",
      "target.port in 9..1",
      "severity >= Hgih",
      "detect_time in last 5min",
      "detect_time >= 2024-5-1",
      "severity => high",
      "source.port in [1 2]",
      "(source.ip exists",
      "category = Recon missing tlp exists",
    );
    fc.assert(
      fc.property(slips, filters(), (slip, filter) => {
        const text = `(${slip}) or (${filter})`;
        const errors = errorsOf(text);
        expect(errors.length, text).toBeGreaterThan(0);
        for (const error of errors)
          for (const fix of error.fixes)
            expect(errorsOf(applied(text, fix)).length, `${fix.title}: ${text}`).toBeLessThan(errors.length);
      }),
      { numRuns: times(150) },
    );
  });
});

describe("completion", () => {
  it("inserting a completion leaves a text that can be gone on with", () => {
    fc.assert(
      fc.property(filters(), fc.double({ min: 0, max: 1, noNaN: true }), (text, at) => {
        const offset = Math.round(at * text.length);
        for (const { insert, start, end } of completeFilter(text, offset)) {
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
          // Only what is still missing after the insertion may be wrong.
          const prefix = text.slice(0, start) + insert;
          const wrong = parseSyntax(prefix).diagnostics.filter(
            ({ span }) => span.end < prefix.trimEnd().length,
          );
          expect(
            wrong.map(({ code }) => code).filter((code) => !/^E00[257]$/.test(code)),
            prefix,
          ).toEqual([]);
        }
      }),
      { numRuns: times(200) },
    );
  });

  it("any place of any text is completed without an exception", () => {
    fc.assert(
      fc.property(filterTexts(), fc.nat(60), (text, offset) => {
        for (const { start, end } of completeFilter(text, Math.min(offset, text.length))) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: times(500) },
    );
  });
});
