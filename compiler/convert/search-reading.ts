/** The reading of legacy search parameters: what is gathered on the way, and how mistakes are kept. */
import type { Span } from "../../grammar/ast.js";
import type { CatalogueIndex } from "../catalogue/lookup.js";
import { reasonsOf, refuse, type Reason } from "./refusal.js";
import type { ReportCode } from "./reports.js";

/** Legacy parameters by name: texts, numbers, dates, booleans and lists of them. Absent, null and empty values say nothing. */
export type SearchParameters = Readonly<Record<string, unknown>>;

/** Something that means something else as a filter; `key` is the parameter. */
export interface ParameterReport {
  readonly code: ReportCode;
  readonly key: string;
  readonly note: string;
}

/** One reading. */
export interface Reading {
  readonly parameters: SearchParameters;
  readonly index: CatalogueIndex;
  readonly reports: ParameterReport[];
  readonly reasons: Reason[];
  readonly spanOf: (key: string) => Span;
}

/** The first place of a key in the JSON text. */
export function keySpan(text: string, key: string): Span {
  const written = JSON.stringify(key);
  const start = Math.max(0, text.indexOf(written));
  return { start, end: Math.min(start + written.length, text.length) };
}

/** Whether a parameter is given: the legacy storage ignored empty ones. */
export function given(value: unknown): boolean {
  return (
    value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0)
  );
}

/** A text, number or truth value as text; empty for anything else. */
export function plainText(value: unknown): string {
  return ["string", "number", "boolean", "bigint"].includes(typeof value) ? String(value) : "";
}

/** @throws Refusal E607 always */
export function fail(key: string, message: string, { spanOf }: Reading, proposal?: string): never {
  return refuse("E607", `${key}: ${message}`, spanOf(key), { proposal });
}

/** Runs `read`; a refusal is kept, so that all mistakes are reported at once. */
export function attempt<T>(reading: Reading, read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    reading.reasons.push(...reasonsOf(error));
    return null;
  }
}
