/** Diagnostics: what is wrong or worth knowing about a filter, where, and how to mend it. */
import type { Span } from "./ast.js";
import type { DiagnosticCode, CodedMessage } from "./codes.js";

/** How bad it is: an error keeps the filter from compiling. */
export type DiagnosticSeverity = "error" | "warning" | "note";

/** A place in the filter text. `start` and `end` count UTF-16 code units from 0; `line` and `column` count characters from 1. */
export interface DiagnosticSpan extends Span {
  readonly line: number;
  readonly column: number;
}

/** Replace `[start, end)` by `text`; the edits of one fix do not overlap. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A change to the text that repairs the problem. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** What is wrong with a filter, or worth knowing about it; grammar/codes.ts has the codes. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: DiagnosticSeverity;
  readonly message: string;
  readonly span: DiagnosticSpan;
  /** Further remarks; the text renderer puts the first beside the carets and the others on lines of their own. */
  readonly notes: readonly string[];
  readonly fixes: readonly Fix[];
}

/** Makes diagnostics for one text: fills in line and column. */
export type Report = (
  problem: CodedMessage,
  span: Span,
  extra?: { readonly notes?: readonly string[]; readonly fixes?: readonly Fix[] },
) => void;
