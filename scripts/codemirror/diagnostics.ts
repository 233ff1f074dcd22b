/** Mistakes while one types, with what mends them. */
import { linter, type Action, type Diagnostic as Mark } from "@codemirror/lint";
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { Diagnostic, Fix } from "../../grammar/diagnostic.js";
import type { LanguageService } from "./service.js";

/** Milliseconds without typing before a text is checked. */
const DELAY_MS = 120;

/** Marks what is wrong or worth knowing; `onChecked` is told of each text that was checked, with what was found. */
export function diagnosing(
  { check }: LanguageService,
  onChecked?: (text: string, diagnostics: readonly Diagnostic[]) => void,
): Extension {
  return linter(
    async (view) => {
      const text = view.state.doc.toString();
      const diagnostics = await check(text);
      if (view.state.doc.toString() === text) onChecked?.(text, diagnostics);
      return diagnostics.map((diagnostic) => markOf(diagnostic, text, check));
    },
    { delay: DELAY_MS },
  );
}

function markOf(
  { span, severity, message, notes, fixes, code }: Diagnostic,
  text: string,
  check: LanguageService["check"],
): Mark {
  return {
    from: span.start,
    to: span.end,
    severity: severity === "note" ? "info" : severity,
    message: [message, ...notes].join("\n"),
    source: code,
    actions: fixes.map((fix): Action => ({
      name: fix.title,
      apply: (view) => void applyFix(view, fix, { text, check }),
    })),
  };
}

/** Writes a fix into the text that it was made for; into another one only when the same fix is still offered there. */
export async function applyFix(
  view: EditorView,
  fix: Fix,
  made: { readonly text: string; readonly check: LanguageService["check"] },
): Promise<void> {
  const now = view.state.doc.toString();
  const fixes = now === made.text ? [fix] : (await made.check(now)).flatMap((diagnostic) => diagnostic.fixes);
  const current = fixes.find(({ title }) => title === fix.title);
  if (current === undefined || view.state.doc.toString() !== now) return;
  view.dispatch({
    changes: current.edits.map(({ start, end, text }) => ({ from: start, to: end, insert: text })),
    userEvent: "input.fix",
  });
  view.focus();
}
