import { convertFilter, ConversionError, type ConversionOptions } from "../../../compiler/convert/convert.js";

type Language = Parameters<typeof convertFilter>[1];

/** The new text and the codes of its changes, each once: `category = Test (C09)`. */
export function converted(old: string, language: Language, options?: ConversionOptions): string {
  const { text, changes } = convertFilter(old, language, options);
  const codes = [...new Set(changes.map(({ code }) => code))].sort();
  return codes.length === 0 ? text : `${text} (${codes.join(" ")})`;
}

/** The refusals: code and refused part of the old text. */
export function refusals(old: string, language: Language, options?: ConversionOptions): readonly string[] {
  try {
    convertFilter(old, language, options);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    return error.diagnostics.map(({ code, span }) => `${code} ${old.slice(span.start, span.end)}`);
  }
  return [];
}
