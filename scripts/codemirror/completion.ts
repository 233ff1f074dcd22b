/** Completion with documentation. */
import {
  acceptCompletion,
  autocompletion,
  completionStatus,
  moveCompletionSelection,
  selectedCompletion,
  startCompletion,
  type Completion as Option,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { EditorState, Prec, type Extension } from "@codemirror/state";
import { keymap, type Command } from "@codemirror/view";
import type { Completion } from "../../compiler/complete.js";
import { descriptionElement } from "./description.js";
import type { LanguageService } from "./service.js";

/**
 * Proposals while one types. None is chosen at first, so that Enter in a text that is complete does what it does without proposals; arrows choose, Enter
 * takes what is chosen, Tab the first.
 */
export function completing(service: LanguageService): Extension {
  const source = async (context: CompletionContext): Promise<CompletionResult | null> => {
    const text = context.state.doc.toString();
    const found = await service.complete(text, context.pos);
    const [first] = found;
    if (first === undefined || context.aborted) return null;
    const word = text.slice(first.start, context.pos);
    // At a place where nothing was typed, proposals come when they are asked for, or after a blank.
    if (word === "" && !context.explicit && !/[\s([,@$]$/.test(text.slice(0, context.pos))) return null;
    return {
      from: first.start,
      to: first.end,
      filter: false,
      options: found.map((one) => optionOf(one, service)),
    };
  };
  return [
    autocompletion({ selectOnOpen: false, interactionDelay: 0, icons: false, maxRenderedOptions: 60 }),
    // Given as language data, so that it is beside the sources of others.
    EditorState.languageData.of(() => [{ autocomplete: source }]),
    Prec.high(keymap.of([{ key: "Tab", run: takeFirst }])),
  ];
}

function optionOf({ insert, detail, kind }: Completion, { describe }: LanguageService): Option {
  return {
    label: insert,
    // Label and detail are one text for who listens: a blank keeps them apart.
    detail: ` ${detail}`,
    type: kind,
    apply: insert,
    ...(kind === "field" || kind === "filter" || kind === "set"
      ? {
          info: async () => {
            const description = await describe(insert.replace(/ has \($/, ""));
            return description === null ? null : descriptionElement(description);
          },
        }
      : {}),
  };
}

/** Takes the proposal that is chosen, else the first; where none is shown, asks for some at the end of a word. */
const takeFirst: Command = (view) => {
  if (completionStatus(view.state) === "active") {
    if (selectedCompletion(view.state) === null) moveCompletionSelection(true)(view);
    return acceptCompletion(view);
  }
  const { main } = view.state.selection;
  const before = view.state.sliceDoc(Math.max(0, main.from - 1), main.from);
  // Elsewhere Tab leaves the editor, as the keyboard has to be able to.
  return (
    main.empty && /[\w.@$]/.test(before) && completionStatus(view.state) === null && startCompletion(view)
  );
};
