import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exactValue, parseJson, printJson, exactWholeNumber } from "../../../compiler/values/exact-json.js";

const LARGEST = "18446744073709551615";

describe("parseJson", () => {
  it("gives the tree of JSON.parse, and remembers the digits of whole numbers beside it", () => {
    const text = `{"a":${LARGEST},"b":[1,-9007199254740993,2.5],"c":{"d":"${LARGEST}","e":1e300}}`;
    const tree = parseJson(text) as Record<string, never>;
    expect(tree).toEqual(JSON.parse(text));
    expect(exactValue(tree, "a")).toBe(18446744073709551615n);
    expect(exactValue(tree["b"]!, 1)).toBe(-9007199254740993n);
    expect(exactValue(tree["b"]!, 0)).toBe(1);
    expect(exactValue(tree["c"]!, "d")).toBe(LARGEST);
    expect(exactValue(tree["c"]!, "e")).toBe(1e300);
  });

  it("forgets digits of a value that was replaced", () => {
    const tree = parseJson(`{"a":${LARGEST}}`) as Record<string, unknown>;
    tree["a"] = 2 ** 60;
    expect(exactValue(tree, "a")).toBe(2 ** 60);
  });

  it("is not misled by texts, and takes trees of any depth", () => {
    const tricky = `{"x\\"":"\\\\","12345678901234567890":[${LARGEST}],"__proto__":${LARGEST}}`;
    expect(printJson(parseJson(tricky))).toBe(tricky);
    // Wherever a number can begin: alone, after each mark, after each kind of blank.
    for (const text of [LARGEST, `-${LARGEST}`, `[${LARGEST}]`, `[1,${LARGEST}]`, `{"a":-${LARGEST}}`])
      expect(printJson(parseJson(`{"x":${text}}`))).toBe(`{"x":${text}}`);
    for (const blank of [" ", "\t", "\n", "\r\n"])
      expect(printJson(parseJson(`[1,${blank}${LARGEST}]`))).toBe(`[1,${LARGEST}]`);
    const deep = `${"[".repeat(50_000)}${LARGEST}${"]".repeat(50_000)}`;
    expect(() => parseJson(deep)).not.toThrow();
  });
});

describe("printJson", () => {
  it("prints what parseJson read to the letter, whatever the integers", () => {
    const integer = fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }).map(String);
    const json = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { depthSize: "small" },
        integer,
        fc.string().map((text) => JSON.stringify(text)),
        fc.array(tie("node"), { maxLength: 4 }).map((parts) => `[${parts.join(",")}]`),
        fc
          .uniqueArray(fc.string(), { maxLength: 4 })
          .chain((keys) =>
            fc
              .tuple(...keys.map(() => tie("node")))
              .map((values) => `{${keys.map((key, i) => `${JSON.stringify(key)}:${values[i]}`).join(",")}}`),
          ),
      ),
    })).node;
    fc.assert(
      fc.property(json, (text) => {
        const tree = parseJson(`{"tree":${text}}`);
        // Keys that look like numbers come first in an object, as JSON.parse has it.
        expect(sorted(printJson(tree))).toBe(sorted(`{"tree":${text}}`));
      }),
    );
  });

  it("prints bigints, and JSON.stringify's own text for the rest", () => {
    expect(printJson({ a: 1n, b: [2n ** 64n], c: "x" })).toBe('{"a":1,"b":[18446744073709551616],"c":"x"}');
    expect(printJson({ a: 2 ** 64, b: undefined, c: NaN })).toBe('{"a":18446744073709552000,"c":null}');
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;
    expect(() => printJson(circular)).toThrow(TypeError);
  });
});

it("whole numbers have one form", () => {
  expect([exactWholeNumber(7), exactWholeNumber(7n), exactWholeNumber("7"), exactWholeNumber(7.5)]).toEqual([
    7,
    7,
    7,
    undefined,
  ]);
  expect(exactWholeNumber(2 ** 64)).toBe(18446744073709552000n);
  expect(exactWholeNumber("9007199254740993")).toBe(9007199254740993n);
});

/** The characters of a text in order: equal for texts that differ in the order of keys alone. */
const sorted = (text: string): string => Array.from(text).sort().join("");
