/** Typing over a selection, without help from the browser. */
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/**
 * A browser that replaces coloured text keeps the colour by a style attribute, which the editor throws away at once and a Content-Security-Policy without
 * inline styles complains about. So the editor does the replacing.
 */
export const typingOver: Extension = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { state } = view;
    const { from, to, empty } = state.selection.main;
    const text = event.data;
    if (event.inputType !== "insertText" || text === null || event.isComposing || empty || state.readOnly)
      return false;
    const insert = () =>
      state.update(state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    const isTaken = state
      .facet(EditorView.inputHandler)
      .some((handler) => handler(view, from, to, text, insert));
    if (!isTaken) view.dispatch(insert());
    return true;
  },
});
