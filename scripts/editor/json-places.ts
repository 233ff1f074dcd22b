/** Where names are in a JSON text: the sets of a project are JSON, and editors go to them. */
import type { Span } from "../../grammar/ast.js";

/** A text of a JSON document with the keys above it, outermost first. */
export interface JsonText {
  /** Without the quotes, escapes as they are written. */
  readonly text: string;
  /** Inside of the quotes, in UTF-16 code units. */
  readonly span: Span;
  readonly isKey: boolean;
  readonly path: readonly string[];
}

const TOKEN = /"((?:[^"\\]|\\[^])*)"|[[\]{},:]/gu;

/** All texts of a JSON document in order. Reads what is wrong as far as it makes sense. */
export function jsonTexts(source: string): readonly JsonText[] {
  const texts: JsonText[] = [];
  // One entry for each open bracket: the key above it, if it has one.
  const open: (string | null)[] = [];
  let key: string | null = null;
  for (const match of source.matchAll(TOKEN)) {
    const [token, text] = match;
    if (text !== undefined) {
      const span = { start: match.index + 1, end: match.index + token.length - 1 };
      const isKey = /^\s*:/.test(source.slice(match.index + token.length));
      const above = open.filter((name) => name !== null);
      texts.push({ text, span, isKey, path: isKey || key === null ? above : [...above, key] });
      if (isKey) key = text;
    } else if (token === "{" || token === "[") {
      open.push(key);
      key = null;
    } else if (token === "}" || token === "]") {
      open.pop();
      key = null;
    } else if (token === ",") key = null;
  }
  return texts;
}
