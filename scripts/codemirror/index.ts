/** `idea-eventstore/editor`: the filter language in CodeMirror 6. */
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { FilterOptions } from "../../compiler/compile.js";
import { languageExtension, type OnChecked } from "./extension.js";
import { localService } from "./local-service.js";
import type { LanguageService } from "./service.js";

export { applyFix } from "./diagnostics.js";
export { formatCommand, type OnChecked } from "./extension.js";
export { localService } from "./local-service.js";
export type { Answer, LanguageService, WordDescription } from "./service.js";

/** Options of {@link filterLanguage}: those of the compiler, and those of the editor. */
export interface FilterLanguageOptions extends FilterOptions {
  /** Answers for the language; the compiler in this thread when absent. One of your own may ask a worker. */
  readonly service?: LanguageService | undefined;
  /** Colours for a light or a dark ground; those of the editor's own theme when absent. */
  readonly theme?: "light" | "dark" | undefined;
  /** Told of each text that was checked, with what was found: for a message or a mark beside the editor. */
  readonly onChecked?: OnChecked | undefined;
}

/**
 * The filter language as an extension: colours, completion with documentation (Tab takes the first, arrows and Enter another), diagnostics with
 * their fixes as actions (F8 goes to the next), a description of the word under the pointer, and Shift-Alt-F to format.
 *
 * @example
 * new EditorView({ doc: "severity >= high", extensions: [minimalSetup, filterLanguage({ sets: { campus: ["192.0.2.0/24"] } })], parent: document.body });
 */
export function filterLanguage(options: FilterLanguageOptions = {}): Extension {
  const { service = localService(options), theme, onChecked } = options;
  return [
    languageExtension(service, onChecked),
    ...(theme === undefined ? [] : [EditorView.theme({}, { dark: theme === "dark" })]),
  ];
}
