/** Diagnostics of filters as an output shows them. */
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import { renderDiagnostics, type RenderOptions } from "../../../grammar/render.js";
import { markedSequences } from "./marks.js";
import type { Terminal } from "./terminal.js";
import { displayWidth, foldLines, wrap } from "./text.js";

/** Widest lines where nothing tells the width. */
const USUAL_WIDTH = 120;

/** The diagnostics of a text, each line no wider than the terminal, without a line break at the end. */
export function diagnosticsText(
  text: string,
  diagnostics: readonly Diagnostic[],
  { color, width }: Pick<Terminal, "color" | "width">,
  options: Pick<RenderOptions, "fixes"> = {},
): string {
  const room = Number.isFinite(width) ? width : USUAL_WIDTH;
  const rendered = markedSequences(renderDiagnostics(text, diagnostics, { ...options, color, width: room }));
  if (!Number.isFinite(width)) return rendered;
  return rendered
    .split("\n")
    .flatMap((line) => folded(line, width))
    .join("\n");
}

/** Margin, carets and what is said beside them. */
const CARETS = /^( *\| )( *\S*\^\S*) (.*)$/u;

/** What has no room beside the carets comes below them, and nothing loses its place under the filter. */
function folded(line: string, width: number): readonly string[] {
  if (displayWidth(line) <= width) return [line];
  const [, margin = "", carets = "", note = ""] = CARETS.exec(line) ?? [];
  if (note !== "")
    return [margin + carets, ...wrap(note, width - margin.length).map((part) => margin + part)];
  const [, bar = "", rest = ""] = /^( *\| )(.*)$/u.exec(line) ?? [];
  if (bar !== "") return wrap(rest, width - bar.length).map((part) => bar + part);
  return foldLines(line, width).split("\n");
}
