/** Diagnostics: what is wrong or worth knowing about a filter, where, and how to mend it. */
import type { Span } from "./ast.js";
import type { DiagnosticCode, CodedMessage } from "./codes.js";

/** How bad it is: an error keeps the filter from compiling. */
export type DiagnosticSeverity = "error" | "warning" | "note";

/** A place in the filter text. `start` and `end` count UTF-16 code units from 0; `line` and `column` count characters from 1. */
export interface DiagnosticSpan extends Span {
  /** Line of its start, from 1. */
  readonly line: number;
  /** Character in that line, from 1. */
  readonly column: number;
}

/** Replace `[start, end)` by `text`; the edits of one fix do not overlap. */
export interface TextEdit {
  /** Start of the part that is replaced, in UTF-16 units. */
  readonly start: number;
  /** End of that part, exclusive. */
  readonly end: number;
  /** What takes its place. */
  readonly text: string;
}

/** A change to the text that repairs the problem. */
export interface Fix {
  /** What it does, a phrase. */
  readonly title: string;
  /** Changes of the text, which do not overlap. */
  readonly edits: readonly TextEdit[];
}

/** The place of a problem within a saved filter, which the filter refers to. */
export interface InsideSavedFilter {
  /** Its name, without the `@`. */
  readonly filter: string;
  readonly text: string;
  /** Where in that text. */
  readonly span: DiagnosticSpan;
  /** Ways to repair that text. */
  readonly fixes: readonly Fix[];
}

/** What is wrong with a filter, or worth knowing about it; grammar/codes.ts has the codes. */
export interface Diagnostic {
  /** Stable identifier: E an error, W a warning, L a remark. */
  readonly code: DiagnosticCode;
  /** An error keeps the filter from compiling. */
  readonly severity: DiagnosticSeverity;
  /** What is wrong, a sentence. */
  readonly message: string;
  /** Where. */
  readonly span: DiagnosticSpan;
  /** Further remarks; the text renderer puts the first beside the carets and the others on lines of their own. */
  readonly notes: readonly string[];
  /** Ways to repair it, the likeliest first. */
  readonly fixes: readonly Fix[];
  /** Where it is, if that is in a saved filter; `span` is then the reference to it. */
  readonly inside?: InsideSavedFilter;
}

/** Makes diagnostics for one text: fills in line and column. */
export type Report = (problem: CodedMessage, span: Span, extra?: ReportExtra) => void;

/** What a report may say besides. */
export interface ReportExtra {
  readonly notes?: readonly string[];
  readonly fixes?: readonly Fix[];
  readonly inside?: InsideSavedFilter | undefined;
}
