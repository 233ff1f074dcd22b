/** Filters in colour. */
import { highlightTokens, type TokenKind } from "../../../grammar/tokens.js";
import type { Paint, StyleName } from "./terminal.js";

const STYLES: Readonly<Record<TokenKind, StyleName | null>> = {
  keyword: "magenta",
  operator: "magenta",
  field: "cyan",
  function: "blue",
  string: "green",
  regex: "green",
  number: "yellow",
  atom: "yellow",
  parameter: "bold",
  set: "bold",
  punctuation: null,
  comment: "dim",
  error: "red",
};

/** The filter text with each token in the colour of its kind; the text itself stays the same. */
export function highlightFilterText(text: string, paint: Paint): string {
  let shown = "";
  let position = 0;
  for (const { kind, start, end } of highlightTokens(text)) {
    shown += text.slice(position, start) + paint(STYLES[kind], text.slice(start, end));
    position = end;
  }
  return shown + text.slice(position);
}
