import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SyntaxJsonError, parseSyntaxJson, syntaxToJson } from "../../grammar/json.js";
import { parseSyntax } from "../../grammar/parse.js";
import { filterSyntax } from "../support/arbitraries/syntax.js";
import { samples } from "./support.js";

function refusal(json: string): string {
  try {
    parseSyntaxJson(json);
  } catch (error) {
    if (error instanceof SyntaxJsonError) return error.message;
    throw error;
  }
  return "taken";
}

/** The JSON of a filter with one change to its text. */
function changed(filter: string, from: string, to: string): string {
  const json = syntaxToJson(parseSyntax(filter).syntax);
  expect(json).toContain(from);
  return json.replace(from, to);
}

describe("the JSON form", () => {
  it.each(samples)("keeps %s", (text) => {
    const { syntax } = parseSyntax(text);
    expect(parseSyntaxJson(syntaxToJson(syntax))).toEqual(syntax);
  });

  it("keeps every tree", () => {
    fc.assert(
      fc.property(filterSyntax, (syntax) => {
        expect(parseSyntaxJson(syntaxToJson(syntax))).toEqual(JSON.parse(JSON.stringify(syntax)));
      }),
    );
  });

  it.each([
    ["{", /^\$: not JSON: /],
    ["[]", /^\$: expected an object$/],
    ["{}", /^\$\.version: this release reads version 1 of the syntax tree, found no version$/],
    [changed("a", '"version":1', '"version":2'), /^\$\.version: .* found version 2$/],
    [changed("a = 1", '"op":"="', '"op":"~"'), /^\$\.root\.test\.op: expected "=", "!="/],
    [
      changed("a = 1", '"kind":"compare"', '"kind":"like"'),
      /^\$\.root\.test\.kind: expected exists, missing/,
    ],
    [changed("a or b", '"kind":"or"', '"kind":"or","extra":1'), /^\$\.root\.extra: unknown property$/],
    [changed("a", '"field":"a"', '"field":"and"'), /^\$\.root: no filter text has this tree/],
    [changed("a = x", '"text":"x"', '"text":"x or b"'), /^\$\.root: no filter text has this tree/],
    [changed("t = now", '"text":"now"', '"text":"today"'), /^\$\.root: no filter text has this tree/],
    [syntaxToJson(parseSyntax("a =").syntax), /^\$\.root: this part of the filter did not parse$/],
    [
      `{"version":1,"root":${'{"kind":"not","operand":'.repeat(5000)}null${"}".repeat(5000)},"comments":[]}`,
      /nested too deeply$|unknown property$|expected/,
    ],
  ])("refuses %#", (json, message) => {
    expect(refusal(json)).toMatch(message);
  });
});
