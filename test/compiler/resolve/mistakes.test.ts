/**
 * The corpus of mistakes, `test/golden/mistakes.txtafter each `>` a filter as somebody types it, then all that is said about it, remarks
 * included, and the text after each fix. `npx vitest run -u` writes what is said now, to be read before it is committed.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import { diagnose, repairs } from "../language/support.js";

const PATH = new URL("../../golden/mistakes.txt", import.meta.url);
const lines = readFileSync(PATH, "utf8").split("\n");
const filters = lines.filter((line) => line.startsWith("> ")).map((line) => line.slice(2));

function told(text: string): string {
  return diagnose(text)
    .flatMap((found) => [
      `  ${found.code} ${found.span.column}: ${[found.message, ...found.notes].join(" | ")}`,
      ...repairs(text, found).map((repaired) => `    → ${repaired}`),
    ])
    .join("\n");
}

const errorsOf = (text: string): readonly Diagnostic[] =>
  diagnose(text).filter(({ severity }) => severity === "error");

describe("the corpus of mistakes", () => {
  it("has the message wanted for each", async () => {
    const headings = lines.filter((line) => line.startsWith("> ") || line.startsWith("# "));
    const written = headings.map((line) =>
      line.startsWith("# ") ? `${line}\n` : `${line}\n${told(line.slice(2))}\n`,
    );
    await expect(written.join("\n")).toMatchFileSnapshot(PATH.pathname);
    expect(new Set(filters).size).toBe(filters.length);
    expect(filters.length).toBeGreaterThan(300);
    expect(filters.filter((text) => told(text) === "")).toEqual([]);
  });

  it("has fixes that compile", () => {
    for (const text of filters) {
      const errors = errorsOf(text);
      for (const found of diagnose(text))
        for (const repaired of repairs(text, found)) {
          const left = errorsOf(repaired).length;
          const isError = found.severity === "error";
          expect(left, `${text}: ${repaired}`).toBeLessThanOrEqual(errors.length - (isError ? 1 : 0));
        }
    }
  });
});
