/** Places in a text: from UTF-16 offsets to lines and columns. */
import type { Span } from "./ast.js";
import type { DiagnosticSpan } from "./diagnostic.js";

/** A text with the offsets of its lines. Lines end in LF, CR LF or CR. */
export interface SourceText {
  /** The whole text. */
  readonly text: string;
  /** Offset of the first character of every line, ascending. */
  readonly lineStarts: readonly number[];
  /** Offset of the second half of every character of two code units, ascending. */
  readonly secondHalves: readonly number[];
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
  const pairs = [...text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)];
  return {
    text,
    lineStarts: [0, ...breaks.map((match) => match.index + match[0].length)],
    secondHalves: pairs.map((match) => match.index + 1),
  };
}

/** The place of `offset`; offsets outside the text are moved to its nearer end. */
export function positionAt(source: SourceText, offset: number): Position {
  const inside = Math.min(Math.max(offset, 0), source.text.length);
  const line = lineIndex(source.lineStarts, inside);
  const start = source.lineStarts[line] ?? 0;
  const halves = countBefore(source.secondHalves, inside) - countBefore(source.secondHalves, start);
  return { line: line + 1, column: inside - start - halves + 1 };
}

/** The line that holds `offset`, without its line break, and the offset where it starts. */
export function lineAt(
  { text, lineStarts }: SourceText,
  offset: number,
): { readonly start: number; readonly text: string } {
  const index = lineIndex(lineStarts, offset);
  const start = lineStarts[index] ?? 0;
  const next = lineStarts[index + 1];
  if (next === undefined) return { start, text: text.slice(start) };
  return { start, text: text.slice(start, text.endsWith("\r\n", next) ? next - 2 : next - 1) };
}

/** `span` with the line and column of its start. */
export function locate(source: SourceText, span: Span): DiagnosticSpan {
  return { start: span.start, end: span.end, ...positionAt(source, span.start) };
}

/** Index of the last line that starts at or before `offset`. */
function lineIndex(starts: readonly number[], offset: number): number {
  return Math.max(0, countBefore(starts, offset + 1) - 1);
}

/** How many of the ascending `offsets` are less than `offset`, by bisection. */
function countBefore(offsets: readonly number[], offset: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((offsets[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
