/** Collects diagnostics for one text. */
import type { Span } from "./ast.js";
import type { CodedMessage } from "./codes.js";
import type { Diagnostic, DiagnosticSeverity, Fix, Report, TextEdit } from "./diagnostic.js";
import { locate, sourceText, type SourceText } from "./source-text.js";

/** A problem before it is located in lines and columns. */
export interface Finding extends CodedMessage {
  readonly span: Span;
  readonly notes?: readonly string[];
  readonly fixes?: readonly Fix[];
}

const severities: Readonly<Record<string, DiagnosticSeverity>> = { W: "warning", L: "note" };

/** Where diagnostics go: `report` adds one, its severity told by the first letter of the code (E, W or L). */
export interface Reporter {
  /** Takes a finding. */
  readonly report: Report;
  /** What was reported so far, in the order of reporting. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A reporter for `text`. */
export function reporter(text: string): Reporter {
  const source = lazySource(text);
  const diagnostics: Diagnostic[] = [];
  const report: Report = ({ code, message }, span, extra) => {
    const severity = severities[code.charAt(0)] ?? "error";
    const { notes = [], fixes = [], inside } = extra ?? {};
    const place = inside === undefined ? {} : { inside };
    diagnostics.push({ code, severity, message, span: locate(source(), span), notes, fixes, ...place });
  };
  return { report, diagnostics };
}

/** The lines of `text`, found when they are first asked for: most filters have nothing to report. */
function lazySource(text: string): () => SourceText {
  let source: SourceText | null = null;
  return () => (source ??= sourceText(text));
}

/** `diagnostics` in the order of the text; those at one place keep their order. */
export function inTextOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort((a, b) => a.span.start - b.span.start);
}

/** `text` with `edits`, which must not overlap, applied. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const inOrder = [...edits].sort((a, b) => a.start - b.start);
  const parts = inOrder.map(
    (edit, index) => text.slice(inOrder[index - 1]?.end ?? 0, edit.start) + edit.text,
  );
  return parts.join("") + text.slice(inOrder.at(-1)?.end ?? 0);
}
