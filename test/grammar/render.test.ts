import { describe, expect, it } from "vitest";
import { problem, type DiagnosticCode } from "../../grammar/codes.js";
import type { Diagnostic } from "../../grammar/diagnostic.js";
import { renderDiagnostics, type RenderOptions } from "../../grammar/render.js";
import { reporter } from "../../grammar/report.js";
import { lineAt, positionAt, sourceText } from "../../grammar/source-text.js";

/** Diagnostics about pieces of `text`, each found by its first occurrence. */
function about(
  text: string,
  ...entries: readonly (readonly [code: DiagnosticCode, piece: string, notes?: string[]])[]
): Diagnostic[] {
  const { report, diagnostics } = reporter(text);
  for (const [code, piece, notes = []] of entries) {
    const start = text.indexOf(piece);
    report({ code, message: "message" }, { start, end: start + piece.length }, { notes });
  }
  return [...diagnostics];
}

function lines(text: string, diagnostics: readonly Diagnostic[], options?: RenderOptions): string[] {
  return renderDiagnostics(text, diagnostics, options).split("\n");
}

describe("renderDiagnostics", () => {
  it("shows message, line and place", () => {
    const text = "sorce.ip in 10.0.0.0/8";
    const { report, diagnostics } = reporter(text);
    report(
      problem("E101", { field: "sorce.ip" }),
      { start: 0, end: 8 },
      { notes: ['did you mean "source.ip"?', "more"] },
    );
    expect(lines(text, diagnostics)).toEqual([
      'error E101: unknown field "sorce.ip"',
      "  1 | sorce.ip in 10.0.0.0/8",
      '    | ^^^^^^^^ did you mean "source.ip"?',
      "    | more",
    ]);
  });

  it("aligns severities and line numbers", () => {
    const text = Array.from({ length: 10 }, (_, index) => `line${index + 1} x`).join("\n");
    expect(lines(text, about(text, ["L01", "line2"], ["W302", "line10"]))).toEqual([
      "note  L01: message",
      "   2 | line2 x",
      "     | ^^^^^",
      "warning W302: message",
      "  10 | line10 x",
      "     | ^^^^^^",
    ]);
  });

  it("counts columns of the screen: tabs, wide and invisible characters", () => {
    const text = "\t漢字 e\u0301 \u202e😀 = x";
    expect(lines(text, about(text, ["E001", "x"]))).toEqual([
      "error E001: message",
      "  1 |     漢字 e\u0301 \ufffd😀 = x",
      `    | ${" ".repeat(4 + 4 + 1 + 1 + 1 + 1 + 2 + 3)}^`,
    ]);
    expect(lines(text, about(text, ["E001", "漢字"]))[2]).toBe("    |     ^^^^");
  });

  it("cuts long lines to a window around the place", () => {
    const text = `${"a".repeat(500)} HERE ${"b".repeat(500)}`;
    const [, line = "", carets = ""] = lines(text, about(text, ["E001", "HERE"]), { width: 60 });
    expect(line.length).toBeLessThanOrEqual(60);
    expect(line).toMatch(/^ {2}1 \| …a+ HERE b+…$/);
    expect(carets.indexOf("^^^^")).toBe(line.indexOf("HERE"));
    const [, whole = "", marked = ""] = lines(text, about(text, ["E001", text]), { width: 60 });
    expect(whole.endsWith("a…")).toBe(true);
    expect(marked.length).toBeLessThanOrEqual(60);
  });

  it("marks the end of the text and the first line of a long place", () => {
    const text = "a =\nb";
    const { report, diagnostics } = reporter(text);
    report({ code: "E002", message: "message" }, { start: 5, end: 5 });
    report({ code: "E002", message: "message" }, { start: 2, end: 5 });
    expect(lines(text, diagnostics).filter((line) => line.includes("^"))).toEqual(["    |  ^", "    |   ^"]);
    expect(renderDiagnostics("", about("", ["E001", ""]))).toBe("error E001: message\n  1 |\n    | ^");
  });

  it("shows on request what each fix makes of the line", () => {
    const text = `a = 1 and\nb => 2 and c != 3`;
    const { report, diagnostics } = reporter(text);
    const [at, behind] = [text.indexOf("=>"), text.length];
    report(
      { code: "E003", message: "message" },
      { start: at, end: at + 2 },
      {
        notes: ["one", "two"],
        fixes: [
          { title: "first", edits: [{ start: at, end: at + 2, text: ">=" }] },
          {
            title: "second",
            edits: [
              { start: behind, end: behind, text: ")" },
              { start: at, end: at + 2, text: "in (" },
            ],
          },
        ],
      },
    );
    expect(lines(text, diagnostics, { fixes: true }).slice(2)).toEqual([
      "    |   ^^ one",
      "    | two",
      "    | fix: b >= 2 and c != 3",
      "    | fix: b in ( 2 and c != 3)",
    ]);
    expect(lines(text, diagnostics).join("\n")).not.toContain("fix:");
    const [narrow = ""] = lines(text, diagnostics, { fixes: true, width: 24 }).slice(4);
    expect(narrow).toMatch(/^ {4}\| fix: b >= .*…$/);
    expect(narrow.length).toBeLessThanOrEqual(24);
  });

  it("colours on request only", () => {
    const [diagnostic] = about("a", ["E001", "a"]);
    const plain = renderDiagnostics("a", diagnostic === undefined ? [] : [diagnostic]);
    const colored = renderDiagnostics("a", diagnostic === undefined ? [] : [diagnostic], { color: true });
    expect(plain).not.toContain("\u001b");
    expect(colored.split("\u001b[1;31m").join("").split("\u001b[0m").join("")).toBe(plain);
  });
});

describe("source text", () => {
  it("counts lines and characters", () => {
    const source = sourceText("a😀b\r\nc\rd\n");
    expect([0, 1, 3, 4, 6, 8, 10, 99].map((offset) => positionAt(source, offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 2 },
      { line: 1, column: 3 },
      { line: 1, column: 4 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
      { line: 4, column: 1 },
    ]);
    expect(lineAt(source, 7)).toEqual({ start: 6, text: "c" });
  });
});
