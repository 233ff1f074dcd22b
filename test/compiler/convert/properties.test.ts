import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convertFilter, ConversionError } from "../../../compiler/convert/convert.js";
import { parseSyntax } from "../../../grammar/parse.js";
import { PYNSPECT_SAMPLES, RANSACK_SAMPLES } from "./samples.js";
import { readableTexts } from "../../testing/characters.js";

const samples = [...PYNSPECT_SAMPLES, ...RANSACK_SAMPLES].map(([old]) => old);
const pieces = samples.flatMap((sample) => sample.split(/(?<=[\s()[\],])/));
const texts = fc.oneof(
  readableTexts(),
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join("")),
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(" ")),
);

describe.each(["pynspect", "ransack", "search-parameters"] as const)(
  "converting any text from %s",
  (language) => {
    it("gives a filter that parses or refuses with positions inside the text", () => {
      fc.assert(
        fc.property(texts, (old) => {
          try {
            const { text, changes } = convertFilter(old, language);
            for (const result of [text, ...changes.flatMap(({ fixes }) => fixes.map((fix) => fix.text))])
              expect(parseSyntax(result).diagnostics).toEqual([]);
          } catch (error) {
            if (!(error instanceof ConversionError)) throw error;
            expect(error.diagnostics).not.toEqual([]);
            for (const { span } of error.diagnostics) {
              expect(span.start).toBeLessThanOrEqual(span.end);
              expect(span.end).toBeLessThanOrEqual(old.length);
            }
          }
        }),
        { numRuns: 1500 },
      );
    });
  },
);

it.each(["pynspect", "ransack"] as const)(
  "%s: long chains and deep nesting end in a filter or a refusal",
  (language) => {
    const chain = Array.from({ length: 700 }, () => "ConnCount == 1").join(" or ");
    expect(convertFilter(chain, language).text.startsWith("conn_count = 1 or")).toBe(true);
    for (const deep of [
      "(".repeat(5000),
      "[".repeat(5000),
      `ConnCount == ${"1+".repeat(5000)}1`,
      `ConnCount == ${"-".repeat(5000)}1`,
    ])
      expect(() => convertFilter(deep, language)).toThrow(ConversionError);
  },
);
