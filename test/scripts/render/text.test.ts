import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  displayWidth,
  fit,
  printable,
  printableJson,
  truncate,
  wrap,
} from "../../../scripts/cli/render/text.js";
import { anyTexts, readableTexts } from "../../testing/characters.js";

describe("printable", () => {
  it.each([
    ["plain", "plain"],
    ["two\r\nlines\tand a tab", "two lines and a tab"],
    ["\u001b[31mred\u001b[0m", "␛[31mred␛[0m"],
    ["\u009b31m", "\ufffd31m"],
    ["bell\u0007 delete\u007f", "bell␇ delete␡"],
    ["\u202eevil", "\ufffdevil"],
    ["\ud800lone", "\ufffdlone"],
  ])("makes %j harmless", (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it("leaves no control character of any text, and is stable", () => {
    fc.assert(
      fc.property(anyTexts(), (text) => {
        const shown = printable(text);
        expect(shown).not.toMatch(/\p{Cc}|\p{Cs}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(printable(shown)).toBe(shown);
      }),
    );
  });
});

describe("printableJson", () => {
  it("keeps the value and takes away what steers a terminal", () => {
    fc.assert(
      fc.property(fc.json(), anyTexts(), (json, text) => {
        for (const given of [json, JSON.stringify({ [text]: text })]) {
          const shown = printableJson(given);
          expect(JSON.parse(shown)).toEqual(JSON.parse(given));
          expect(shown).not.toMatch(/[\u007f-\u009f\u202e]/);
        }
      }),
    );
  });
});

describe("widths", () => {
  it.each([
    ["abc", 3],
    ["č", 1],
    ["e\u0301", 1],
    ["日本", 4],
    ["🙂", 2],
    ["", 0],
  ])("of %j", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it("cuts at a whole character", () => {
    expect(truncate("日本語", 4)).toBe("日…");
    expect(truncate("abcdef", 4)).toBe("abc…");
    expect(truncate("abcdef", 4, "~")).toBe("abc~");
    expect(truncate("abc", 3)).toBe("abc");
    expect(truncate("abc", 0)).toBe("");
  });

  it("fit gives exactly the width", () => {
    const text = readableTexts().map(printable);
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom("left", "right"),
        (given, width, align) => {
          expect(displayWidth(fit(given, width, align))).toBe(width);
        },
      ),
    );
  });
});

describe("wrap", () => {
  it("keeps the words and the width", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("incomprehensible a", 5)).toEqual(["incomprehensible", "a"]);
    expect(wrap("  ", 5)).toEqual([]);
  });
});
