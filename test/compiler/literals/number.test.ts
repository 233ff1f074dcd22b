import { describe, expect, test } from "vitest";
import { readFloatLiteral, readIntegerLiteral } from "../../../compiler/literals/number.js";

describe("readIntegerLiteral", () => {
  test.each([
    ["0", 0],
    ["-0", 0],
    ["+7", 7],
    ["65535", 65535],
    ["9007199254740991", Number.MAX_SAFE_INTEGER],
  ])("%s", (text, value) => expect(readIntegerLiteral(text)).toEqual({ kind: "value", value }));

  test.each(["http", "10.0.0.1", "", "12ab", "::1"])("%j is no number", (text) =>
    expect(readIntegerLiteral(text)).toBeNull(),
  );

  test.each([
    ["80-90", '"80-90" is not a number; for a range write in 80..90', ["80..90"]],
    ["1.5", "1.5 is not a whole number", ["1", "2"]],
    ["80.0", "80.0 is not a whole number", ["80"]],
    ["1_000", '"1_000" is not written as a number here; write 1000', ["1000"]],
    ["10k", '"10k" is not written as a number here; write 10000', ["10000"]],
    ["0x1F", '"0x1F" is not written as a number here; write 31', ["31"]],
    ["1e6", '"1e6" is not written as a number here; write 1000000', ["1000000"]],
    ["9007199254740992", "9007199254740992 is too large: whole numbers go up to 9007199254740991", []],
  ])("%s", (text, message, fixes) => {
    const read = readIntegerLiteral(text);
    expect(read).toMatchObject({ problem: { code: "E317", message, start: 0, end: text.length } });
    expect(read?.kind === "problem" && read.problem.fixes.map((fix) => fix.text)).toEqual(fixes);
  });
});

describe("readFloatLiteral", () => {
  test.each([
    ["0.5", 0.5],
    [".5", 0.5],
    ["-1e-3", -0.001],
    ["1", 1],
  ])("%s", (text, value) => expect(readFloatLiteral(text)).toEqual({ kind: "value", value }));

  test("a decimal comma and an overflow", () => {
    expect(readFloatLiteral("0,5")).toMatchObject({
      problem: { message: "use a decimal point: write 0.5" },
    });
    expect(readFloatLiteral("1e999")).toMatchObject({
      problem: { message: "1e999 is too large for a number" },
    });
    expect(readFloatLiteral("high")).toBeNull();
  });
});
