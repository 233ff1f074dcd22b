/** Colours of the tokens. */
import type { Extension, Range } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, type DecorationSet } from "@codemirror/view";
import type { Token, TokenKind } from "../../grammar/tokens.js";

/** Marks each token with the class `cm-filter-<kind>`. */
export function highlighting(tokensOf: (text: string) => readonly Token[]): Extension {
  const decorate = (view: EditorView): DecorationSet =>
    Decoration.set(
      tokensOf(view.state.doc.toString()).map(({ kind, start, end }): Range<Decoration> =>
        MARKS[kind].range(start, end),
      ),
    );
  const plugin = ViewPlugin.define((view) => ({ decorations: decorate(view), update }), {
    decorations: ({ decorations }) => decorations,
  });
  function update(
    this: { decorations: DecorationSet },
    change: { readonly docChanged: boolean; readonly view: EditorView },
  ): void {
    if (change.docChanged) this.decorations = decorate(change.view);
  }
  return [plugin, theme];
}

const mark = (kind: TokenKind): Decoration => Decoration.mark({ class: `cm-filter-${kind}` });

const MARKS: Readonly<Record<TokenKind, Decoration>> = {
  keyword: mark("keyword"),
  operator: mark("operator"),
  field: mark("field"),
  function: mark("function"),
  string: mark("string"),
  regex: mark("regex"),
  number: mark("number"),
  atom: mark("atom"),
  parameter: mark("parameter"),
  set: mark("set"),
  punctuation: mark("punctuation"),
  comment: mark("comment"),
  error: mark("error"),
};

/** Contrast of at least 4.5 on white and on a dark ground; weight and slant tell kinds apart without colour. */
const theme = EditorView.baseTheme({
  "& .cm-filter-keyword, & .cm-filter-function": { fontWeight: "600" },
  "& .cm-filter-comment": { fontStyle: "italic" },
  "& .cm-filter-error": { textDecoration: "underline wavy" },
  "&light .cm-filter-field": { color: "#0b5394" },
  "&light .cm-filter-keyword": { color: "#6b2fa3" },
  "&light .cm-filter-operator": { color: "#6b2fa3" },
  "&light .cm-filter-function": { color: "#7a4b00" },
  "&light .cm-filter-string, &light .cm-filter-regex": { color: "#19692c" },
  "&light .cm-filter-number, &light .cm-filter-atom": { color: "#8a3a00" },
  "&light .cm-filter-parameter, &light .cm-filter-set": { color: "#00626f" },
  "&light .cm-filter-comment": { color: "#5b6470" },
  "&light .cm-filter-error": { color: "#b3261e" },
  "&dark .cm-filter-field": { color: "#8ec5ff" },
  "&dark .cm-filter-keyword": { color: "#d3a6ff" },
  "&dark .cm-filter-operator": { color: "#d3a6ff" },
  "&dark .cm-filter-function": { color: "#f0c674" },
  "&dark .cm-filter-string, &dark .cm-filter-regex": { color: "#9ece8f" },
  "&dark .cm-filter-number, &dark .cm-filter-atom": { color: "#ffb27a" },
  "&dark .cm-filter-parameter, &dark .cm-filter-set": { color: "#6fd6e0" },
  "&dark .cm-filter-comment": { color: "#a2abb8" },
  "&dark .cm-filter-error": { color: "#ff9a93" },
});
