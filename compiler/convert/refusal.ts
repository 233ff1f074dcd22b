/** How a conversion says no: located diagnostics, as many at once as can be found. */
import type { Span } from "../../grammar/ast.js";
import type { DiagnosticCode } from "../../grammar/codes.js";
import type { Diagnostic, Fix } from "../../grammar/diagnostic.js";
import { FilterError } from "../../grammar/filter-error.js";
import { locate, sourceText, type SourceText } from "../../grammar/source-text.js";

/** Why a filter cannot be converted; the reference for legacy filters explains each code. */
export type RefusalCode = Extract<DiagnosticCode, `E6${string}`>;

/** The old text cannot be converted. `diagnostics` has at least one error, with positions in the old text, in its order. */
export class ConversionError extends FilterError {
  override readonly name = "ConversionError";
}

/** One reason, before its line and column are known. */
export interface Reason {
  readonly code: RefusalCode;
  readonly message: string;
  readonly span: Span;
  /** What to do about it. */
  readonly proposal?: string | undefined;
  /** The proposal as a text for the refused span, still in the old language. */
  readonly replacement?: string | undefined;
}

/** Leaves the conversion of one condition; the converter catches it, goes on with the next one and reports all. */
export class Refusal extends Error {
  constructor(readonly reasons: readonly Reason[]) {
    super(reasons[0]?.message);
  }
}

/** Gives up the condition at hand. @throws Refusal always */
export function refuse(
  code: RefusalCode,
  message: string,
  span: Span,
  extra: Pick<Reason, "proposal" | "replacement"> = {},
): never {
  throw new Refusal([{ code, message, span, ...extra }]);
}

/** `convert` over all items, going on after a refusal so that the reasons of all items are known. @throws Refusal */
export function convertAll<In, Out>(items: readonly In[], convert: (item: In) => Out): Out[] {
  const reasons: Reason[] = [];
  const results: Out[] = [];
  for (const item of items) {
    try {
      results.push(convert(item));
    } catch (error) {
      reasons.push(...reasonsOf(error));
    }
  }
  if (reasons.length > 0) throw new Refusal(reasons);
  return results;
}

/** The reasons of a {@link Refusal}. @throws any other error unchanged */
export function reasonsOf(error: unknown): readonly Reason[] {
  if (error instanceof Refusal) return error.reasons;
  throw error;
}

/** The error that shows all reasons in the order of the old text, each once. */
export function conversionError(text: string, reasons: readonly Reason[]): ConversionError {
  const distinct = new Map(
    reasons.map((reason) => [`${reason.code} ${reason.span.start} ${reason.message}`, reason]),
  );
  const ordered = [...distinct.values()].sort((a, b) => a.span.start - b.span.start);
  const source = sourceText(text);
  return new ConversionError(
    text,
    ordered.map((reason) => diagnostic(source, reason)),
  );
}

function diagnostic(source: SourceText, { code, message, span, proposal, replacement }: Reason): Diagnostic {
  const fixes: Fix[] =
    replacement === undefined
      ? []
      : [{ title: `write ${replacement}`, edits: [{ start: span.start, end: span.end, text: replacement }] }];
  const notes = proposal === undefined ? [] : [proposal];
  return { code, severity: "error", message, span: locate(source, span), notes, fixes };
}
