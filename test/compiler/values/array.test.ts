import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeArray,
  decodeTextArray,
  encodeArray,
  encodePlainArray,
} from "../../../compiler/values/array.js";

describe("arrays", () => {
  test.each([
    [[], "{}"],
    [["a", "b"], "{a,b}"],
    [["", null, "NULL", "null"], '{"",NULL,"NULL","null"}'],
    [['a"b', "c\\d", "e,f", "{g}", " h "], '{"a\\"b","c\\\\d","e,f","{g}"," h "}'],
  ])("%j is %s", (elements, text) => {
    expect(encodeArray(elements)).toBe(text);
    expect(decodeArray(text)).toEqual(elements);
  });

  test("every array is read back", () => {
    const element = fc.option(fc.string({ unit: fc.constantFrom(...Array.from("aN{}\",\\ \n'é😀")) }));
    fc.assert(
      fc.property(fc.array(element), (elements) => {
        expect(decodeArray(encodeArray(elements))).toEqual(elements);
      }),
    );
  });

  test("elements without quotes", () =>
    expect(encodePlainArray([1, -2.5, 3n, true, "::1"])).toBe("{1,-2.5,3,true,::1}"));

  test.each(["", "a", "{a", "{{a},{b}}", "[0:1]={a,b}", '{"a}', '{"a"b}', '{"a",}'])("%s throws", (text) =>
    expect(() => decodeArray(text)).toThrow("is not a one-dimensional array"),
  );

  test("a NULL where none may be", () =>
    expect(() => decodeTextArray("{a,NULL}")).toThrow("unexpected NULL"));
});
