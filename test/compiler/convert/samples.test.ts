import { describe, expect, it } from "vitest";
import { compileFilter } from "../../../compiler/compile.js";
import { convertFilter } from "../../../compiler/convert/convert.js";
import { ConversionError } from "../../../compiler/convert/refusal.js";
import { parseSyntax } from "../../../grammar/parse.js";
import { printSyntax } from "../../../grammar/print.js";
import { PYNSPECT_SAMPLES, RANSACK_SAMPLES, type Sample } from "./samples.js";

const canonical = (text: string): string => printSyntax(parseSyntax(text).syntax);
const now = new Date("2024-05-01T00:00:00Z");

describe.each([
  ["pynspect", PYNSPECT_SAMPLES],
  ["ransack", RANSACK_SAMPLES],
] as const)("samples of %s", (language, samples: readonly Sample[]) => {
  it.each(samples)("%s", (old, wanted, codes) => {
    if (wanted === null) {
      expect(() => convertFilter(old, language)).toThrow(ConversionError);
      expect(() => convertFilter(old, language)).toThrow(codes);
      return;
    }
    const { text, changes } = convertFilter(old, language);
    expect(text).toBe(canonical(wanted));
    expect([...new Set(changes.map(({ code }) => code))].sort().join(" ")).toBe(codes);
    expect(compileFilter(text).sql({}, { now })).toEqual(compileFilter(wanted).sql({}, { now }));
    for (const { fixes } of changes)
      for (const fix of fixes) expect(() => compileFilter(fix.text)).not.toThrow();
  });
});
