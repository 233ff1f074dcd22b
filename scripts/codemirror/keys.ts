/** Keys for mistakes. */
import { forceLinting, lintKeymap, nextDiagnostic } from "@codemirror/lint";
import type { EditorView, KeyBinding } from "@codemirror/view";

/** F8: the next mistake; Ctrl-. : to the mistake and its fixes. */
export const linterKeymap: readonly KeyBinding[] = [
  ...lintKeymap,
  {
    key: "Mod-.",
    run: (view: EditorView): boolean => {
      forceLinting(view);
      return nextDiagnostic(view);
    },
  },
];
