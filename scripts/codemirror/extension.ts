/** The extension over a {@link LanguageService}: for pages that keep the compiler in a worker. */
import { linterKeymap } from "./keys.js";
import type { Extension } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, type Command, type Tooltip } from "@codemirror/view";
import type { Diagnostic } from "../../grammar/diagnostic.js";
import { completing } from "./completion.js";
import { descriptionElement } from "./description.js";
import { diagnosing } from "./diagnostics.js";
import { highlighting } from "./highlight.js";
import type { LanguageService } from "./service.js";
import { typingOver } from "./typing.js";

/** Told what was found in a text that was checked. */
export type OnChecked = (text: string, diagnostics: readonly Diagnostic[]) => void;

/** Highlighting, completion, diagnostics, hover and the keys of a service. */
export function languageExtension(service: LanguageService, onChecked?: OnChecked): Extension {
  return [
    highlighting(service.highlight),
    completing(service),
    diagnosing(service, onChecked),
    hovering(service),
    typingOver,
    keymap.of([{ key: "Shift-Alt-f", run: formatCommand(service) }, ...linterKeymap]),
    theme,
  ];
}

/** Brings the text into its canonical form; a text with mistakes stays as it is. */
export function formatCommand({ format }: Pick<LanguageService, "format">): Command {
  return (view) => {
    const before = view.state.doc.toString();
    void Promise.resolve(format(before)).then((text) => {
      if (text === before || view.state.doc.toString() !== before) return;
      view.dispatch({
        changes: { from: 0, to: before.length, insert: text },
        selection: { anchor: Math.min(view.state.selection.main.head, text.length) },
        userEvent: "input.format",
      });
    });
    return true;
  };
}

function hovering({ describe }: LanguageService): Extension {
  return hoverTooltip(async (view, pos): Promise<Tooltip | null> => {
    const word = wordAt(view.state.doc.toString(), pos);
    const description = word === null ? null : await describe(word.text);
    if (word === null || description === null) return null;
    return {
      pos: word.start,
      end: word.end,
      above: true,
      create: () => ({ dom: descriptionElement(description) }),
    };
  });
}

/** The word, with its dots, around a place. */
function wordAt(
  text: string,
  pos: number,
): { readonly text: string; readonly start: number; readonly end: number } | null {
  const before = /[@$]?[\p{L}\p{N}_.-]*$/u.exec(text.slice(0, pos))?.[0] ?? "";
  const after = /^[\p{L}\p{N}_.-]*/u.exec(text.slice(pos))?.[0] ?? "";
  const word = before + after;
  return word === "" ? null : { text: word, start: pos - before.length, end: pos + after.length };
}

const theme = EditorView.baseTheme({
  ".cm-filter-description": { padding: "6px 10px", maxWidth: "28em" },
  ".cm-filter-description-type": { opacity: "0.85" },
  ".cm-filter-description-example": { display: "block", marginTop: "4px", fontFamily: "monospace" },
});
