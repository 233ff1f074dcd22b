/** Diagnostics as text for a terminal: the message, the source line, and carets under the place. */
import {
  checkArgument,
  checkOptions,
  flag,
  isPlain,
  listOf,
  text as isText,
  wholeNumber,
  type Check,
  type OptionChecks,
} from "../compiler/values/checks.js";
import type { Span } from "./ast.js";
import type { Diagnostic, Fix } from "./diagnostic.js";
import { applyEdits } from "./report.js";
import { lineAt, sourceText, type SourceText } from "./source-text.js";

/** Settings of {@link renderDiagnostics}. */
export interface RenderOptions {
  /** Colour with ANSI escapes; off by default. */
  readonly color?: boolean | undefined;
  /** The widest line in columns; longer source lines are cut to a window around the place. 120 by default. */
  readonly width?: number | undefined;
  /** Shows below each diagnostic the text that each of its fixes makes; off by default. */
  readonly fixes?: boolean | undefined;
}

const RENDER_OPTIONS = {
  color: flag,
  width: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  fixes: flag,
} satisfies OptionChecks<RenderOptions>;

const colors: Readonly<Record<Diagnostic["severity"], string>> = {
  error: "\u001b[1;31m",
  warning: "\u001b[1;33m",
  note: "\u001b[1;36m",
};
const FIX_COLOR = "\u001b[1;32m";
const RESET = "\u001b[0m";

/**
 * The diagnostics of `text`, one below the other, without a line break at the end:
 * ```
 * error E101: unknown field "sorce.ip"
 *   1 | sorce.ip in 10.0.0.0/8
 *     | ^^^^^^^^ did you mean "source.ip"?
 * ```
 * The first note is beside the carets, the others on lines of their own, and then, where they are asked for, the fixes:
 * ```
 *     | fix: source.ip in 10.0.0.0/8
 * ```
 */
export function renderDiagnostics(
  text: string,
  diagnostics: readonly Diagnostic[],
  options: RenderOptions = {},
): string {
  checkArgument("renderDiagnostics", "the filter", text, isText);
  checkArgument("renderDiagnostics", "the diagnostics", diagnostics, listOf(diagnosticShape, "diagnostics"));
  checkOptions("renderDiagnostics", options, RENDER_OPTIONS);
  const source = sourceText(text);
  const lineWidth = Math.max(1, ...diagnostics.map(({ span }) => String(span.line).length));
  return diagnostics.flatMap((diagnostic) => renderOne(source, diagnostic, lineWidth, options)).join("\n");
}

/** What `checkFilter` gave, or its JSON. */
const diagnosticShape: Check = (value) =>
  isPlain(value) && typeof value["message"] === "string" && isPlain(value["span"]) ? null : "a diagnostic";

function renderOne(
  source: SourceText,
  diagnostic: Diagnostic,
  lineWidth: number,
  options: RenderOptions,
): string[] {
  const { color = false, width = 120, fixes = false } = options;
  const { code, severity, message, span } = diagnostic;
  const paint = (part: string): string => (color ? colors[severity] + part + RESET : part);
  const number = String(span.line).padStart(lineWidth);
  const margin = `  ${" ".repeat(lineWidth)} |`;
  const available = width - margin.length - 1;
  const { shown, indent, carets } = excerpt(source, span, available);
  const [first, ...others] = diagnostic.notes.map(clean);
  const marked = `${paint("^".repeat(carets))}${first === undefined ? "" : ` ${first}`}`;
  return [
    `${paint(`${severity.padEnd(5)} ${code}`)}: ${clean(message)}`,
    `  ${number} | ${shown}`.trimEnd(),
    `${margin} ${" ".repeat(indent)}${marked}`,
    ...others.map((note) => `${margin} ${note}`),
    ...(fixes ? diagnostic.fixes : []).map((fix) => {
      const label = color ? `${FIX_COLOR}fix:${RESET}` : "fix:";
      return `${margin} ${label} ${repaired(source, fix, available - "fix: ".length)}`.trimEnd();
    }),
    ...insideLines(diagnostic, margin, options),
  ];
}

/** The line of a saved filter in which the problem is, and what to do about it. */
function insideLines({ inside, ...rest }: Diagnostic, margin: string, options: RenderOptions): string[] {
  if (inside === undefined) return [];
  const { filter, text, span, fixes } = inside;
  const notes = fixes.map(({ title }) => title);
  const lines = renderOne(
    sourceText(text),
    { ...rest, span, notes, fixes },
    String(span.line).length,
    options,
  );
  return [`${margin} in @${filter} (${filter}.filter:${span.line}:${span.column})`, ...lines.slice(1)];
}

/** The line that a fix changes first, as it is after all edits of the fix. */
function repaired({ text }: SourceText, { edits }: Fix, available: number): string {
  const [first] = [...edits].sort((a, b) => a.start - b.start);
  const start = first?.start ?? 0;
  const place = { start, end: start + (first?.text.length ?? 0) };
  return excerpt(sourceText(applyEdits(text, edits)), place, available).shown;
}

/** A line ready to print: each cell a character with its columns on the screen. */
interface Cell {
  readonly text: string;
  readonly columns: number;
  /** Offset of the character in its line. */
  readonly offset: number;
}

/** The part of the line to show, the columns before the carets, and how many carets there are. */
function excerpt(
  source: SourceText,
  span: Span,
  available: number,
): { readonly shown: string; readonly indent: number; readonly carets: number } {
  const line = lineAt(source, span.start);
  const from = span.start - line.start;
  // A span over several lines is marked on its first one.
  const to = Math.min(span.end - line.start, line.text.length);
  // Of a long line no more than may be shown.
  const first = Math.max(0, from - available);
  const all = cells(line.text.slice(first, Math.min(to, from + available) + available), first);
  const before = all.filter((cell) => cell.offset < from);
  const marked = all.filter((cell) => cell.offset >= from && cell.offset < to);
  const after = all.filter((cell) => cell.offset >= from && cell.offset >= to);
  if (columns(all) <= available) return view([before, marked, after], "", "");

  // A third of the window shows what comes before the place; the rest is for the place and what follows.
  const head = takeLast(before, Math.floor(available / 3));
  const place = takeFirst(marked, Math.floor(available / 2));
  const rest = available - columns(head) - columns(place) - 2;
  const tail = place.length < marked.length ? [] : takeFirst(after, rest);
  const cutAfter = place.length < marked.length || tail.length < after.length;
  return view([head, place, tail], head.length < before.length ? "…" : "", cutAfter ? "…" : "");
}

function view(
  [before, marked, after]: readonly [readonly Cell[], readonly Cell[], readonly Cell[]],
  cutBefore: string,
  cutAfter: string,
): { readonly shown: string; readonly indent: number; readonly carets: number } {
  const shown = cutBefore + [...before, ...marked, ...after].map((cell) => cell.text).join("") + cutAfter;
  return { shown, indent: cutBefore.length + columns(before), carets: Math.max(1, columns(marked)) };
}

function columns(part: readonly Cell[]): number {
  return part.reduce((sum, cell) => sum + cell.columns, 0);
}

function takeFirst(part: readonly Cell[], limit: number): readonly Cell[] {
  let sum = 0;
  const end = part.findIndex((cell) => (sum += cell.columns) > limit);
  return end === -1 ? part : part.slice(0, end);
}

function takeLast(part: readonly Cell[], limit: number): readonly Cell[] {
  return takeFirst(part.toReversed(), limit).toReversed();
}

const TAB = "    ";
/** Marks that sit on the character before them. */
const zeroWidth = /^[\p{Mn}\p{Me}]$/u;
/** Characters that would move the cursor, turn the direction of writing, or not show at all. */
const unprintable = /^[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]$/u;
const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]$/u;

/** What a message quotes of a filter is no more printable than the filter. */
function clean(text: string): string {
  return cells(text, 0)
    .map((cell) => cell.text)
    .join("");
}

/** The cells of the part of a line that starts at offset `start` of it. */
function cells(part: string, start: number): Cell[] {
  let offset = start;
  return Array.from(part, (character) => {
    const cell = { ...shape(character), offset };
    offset += character.length;
    return cell;
  });
}

function shape(character: string): { readonly text: string; readonly columns: number } {
  // Most are these.
  if (character >= " " && character <= "~") return { text: character, columns: 1 };
  if (character === "\t") return { text: TAB, columns: TAB.length };
  if (unprintable.test(character)) return { text: "\ufffd", columns: 1 };
  if (zeroWidth.test(character)) return { text: character, columns: 0 };
  return { text: character, columns: wide.test(character) ? 2 : 1 };
}
