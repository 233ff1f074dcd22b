/** Formatting: what `eventstore fmt` gives. */
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { formatWithCatalogue } from "../../../compiler/format.js";
import type { TextEdit } from "./protocol.js";
import { isFilterDocument, type DocumentView } from "./view.js";

/** The change that brings a filter into its canonical form; none for a wrong text, for one that has it already, and for programs. */
export function formatEdits(view: DocumentView): TextEdit[] {
  const { document, project } = view;
  if (!isFilterDocument(view)) return [];
  const text = document.getText();
  const formatted = formatWithCatalogue(text, project.options.catalogue ?? IDEA_CATALOGUE);
  if (formatted.diagnostics.length > 0) return [];
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const ending = /[\r\n]\s*$/.test(text) && formatted.text !== "" ? lineEnd : "";
  const newText = formatted.text.replaceAll("\n", lineEnd) + ending;
  if (newText === text) return [];
  const end = document.positionAt(text.length);
  return [{ range: { start: { line: 0, character: 0 }, end }, newText }];
}
