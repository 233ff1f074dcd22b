import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TYPE_NAMES } from "../../grammar/field-types.js";
import { matchedText } from "../../grammar/matched-text.js";
import { OPERATOR_NAMES, operatorRow, operatorsFor, type Operator } from "../../grammar/operators.js";
import { parseSyntax } from "../../grammar/parse.js";
import { printSyntax } from "../../grammar/print.js";
import { highlightTokens } from "../../grammar/tokens.js";
import { OPERATOR_WORDS } from "../../grammar/words.js";

/** A right side that the grammar takes after the operator, whatever the field. */
const RIGHT = { value: " 1", text: ' "x"', duration: " 24h", none: "" } as const;

const written: readonly (readonly [text: string, operator: Operator])[] = OPERATOR_NAMES.flatMap((operator) =>
  operatorRow(operator).written.map((words): readonly [string, Operator] => [words.join(" "), operator]),
);

/** The test of `a <operator> …`. */
function testOf(text: string, operator: Operator): unknown {
  const right = operator === "matches" ? " /x/" : RIGHT[operatorRow(operator).operand];
  const { syntax, diagnostics } = parseSyntax(`a ${text}${right}`);
  expect(diagnostics, text).toEqual([]);
  return syntax.root?.kind === "predicate" ? syntax.root.test : null;
}

describe("the table of operators", () => {
  it.each(written)("%s parses as %s, in any case", (text, operator) => {
    const { form } = operatorRow(operator);
    const op = form === "compare" || form === "set" || form === "text" ? { op: operator } : {};
    expect(testOf(text, operator)).toMatchObject({ kind: form, ...op });
    expect(testOf(text.toUpperCase(), operator)).toMatchObject({ kind: form, ...op });
  });

  it.each(written)("the highlighter colours %s", (text, operator) => {
    const right = operator === "matches" ? " /x/" : RIGHT[operatorRow(operator).operand];
    const tokens = highlightTokens(`a ${text}${right}`).filter(({ kind }) => kind !== "comment");
    const own = tokens.slice(1, 1 + text.split(" ").length).map(({ kind }) => kind);
    expect(own).toEqual(text.split(" ").map(() => operatorRow(operator).colour));
    expect(tokens.map(({ kind }) => kind)).not.toContain("error");
  });

  it("prints the first way of writing", () => {
    for (const operator of OPERATOR_NAMES) {
      const { written: ways, operand } = operatorRow(operator);
      const right = operator === "matches" ? " /x/" : RIGHT[operand];
      for (const words of ways)
        expect(printSyntax(parseSyntax(`a ${words.join(" ")}${right}`).syntax)).toBe(
          `a ${ways[0]!.join(" ")}${right}`,
        );
    }
  });

  it("reserves the words that the grammar reserves", () => {
    const source = readFileSync(new URL("../../grammar/filter.ohm", import.meta.url), "utf8");
    const rule = /operatorWord =([^]*?)\n\n/.exec(source)?.[1] ?? "";
    const words = [...rule.matchAll(/\b([a-z]+?)(?:Word)?\b(?!")/g)].map(([, word]) => word);
    expect([...new Set(words)].sort()).toEqual([...OPERATOR_WORDS].sort());
  });

  it("gives every type operators, none twice", () => {
    for (const type of TYPE_NAMES) {
      const operators = operatorsFor(type);
      expect(operators.length).toBeGreaterThan(2);
      expect(new Set(operators).size).toBe(operators.length);
    }
    expect(operatorsFor("ip").slice(0, 4)).toEqual(["in", "overlaps", "covers", "="]);
  });
});

describe("the matched text", () => {
  it.each([
    ["Source.IP In [FE80::/10]", "source.ip in [fe80::/10]"],
    ['a = "X"I', 'a = "x"z'],
    ['a = "X"AND b = 1', 'a = "x"and b = 1'],
    ["a matches /X/I", "a matches /x/z"],
    [String.raw`a = "\N\u{4A}"`, String.raw`a = "\z\u{4a}"`],
    ["t >= NOW-1D/D", "t >= now-1d/z"],
    ["t >= now / Mo", "t >= now / zz"],
    ["\u0130 \u212a \u00c9 K", "\u0130 \u212a \u00c9 k"],
  ])("%s", (text, expected) => {
    expect(matchedText(text)).toBe(expected);
    expect(matchedText(text)).toHaveLength(text.length);
  });
});
