/** Places in a text: from UTF-16 offsets to lines and columns. */
import type { Span } from "./ast.js";
import type { DiagnosticSpan } from "./diagnostic.js";

/** A text with the offsets of its lines. Lines end in LF, CR LF or CR. */
export interface SourceText {
  /** The whole text. */
  readonly text: string;
  /** Offset of the first character of every line, ascending. */
  readonly lineStarts: readonly number[];
}

/** A place for people: both count from 1; the column counts characters (code points), not code units. */
export interface Position {
  /** From 1. */
  readonly line: number;
  /** Character in the line, from 1. */
  readonly column: number;
}

/** Indexes the lines of `text`. */
export function sourceText(text: string): SourceText {
  const breaks = [...text.matchAll(/\r\n|\n|\r/g)];
  return { text, lineStarts: [0, ...breaks.map((match) => match.index + match[0].length)] };
}

/** The place of `offset`; offsets outside the text are moved to its nearer end. */
export function positionAt(source: SourceText, offset: number): Position {
  const inside = Math.min(Math.max(offset, 0), source.text.length);
  const line = lineIndex(source.lineStarts, inside);
  const before = source.text.slice(source.lineStarts[line] ?? 0, inside);
  return { line: line + 1, column: Array.from(before).length + 1 };
}

/** The line that holds `offset`, without its line break, and the offset where it starts. */
export function lineAt(
  source: SourceText,
  offset: number,
): { readonly start: number; readonly text: string } {
  const start = source.lineStarts[lineIndex(source.lineStarts, offset)] ?? 0;
  const text = /^[^\r\n]*/.exec(source.text.slice(start))?.[0] ?? "";
  return { start, text };
}

/** `span` with the line and column of its start. */
export function locate(source: SourceText, span: Span): DiagnosticSpan {
  return { start: span.start, end: span.end, ...positionAt(source, span.start) };
}

/** Index of the last line that starts at or before `offset`, by bisection. */
function lineIndex(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
