/** The box that a filter is typed into: colours, proposals, mistakes with what mends them, history. */
import { closeCompletion, completionStatus, selectedCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { Compartment, EditorState, Prec, type Extension } from "@codemirror/state";
import { EditorView, keymap, placeholder, tooltips } from "@codemirror/view";
import type { ComponentChildren } from "preact";
import { forwardRef } from "preact/compat";
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Diagnostic, Fix } from "../../../grammar/diagnostic.js";
import { applyFix } from "../../codemirror/diagnostics.js";
import { formatCommand, languageExtension } from "../../codemirror/extension.js";
import type { LanguageService } from "../../codemirror/service.js";
import { styleNonce } from "./nonce.js";
import { earlierFilters } from "./remembered.js";

/** What others do with the box. */
export interface FilterBoxHandle {
  readonly focus: () => void;
  readonly text: () => string;
  readonly format: () => void;
}

export interface FilterBoxProps {
  readonly filter: string;
  readonly language: LanguageService;
  readonly isDark: boolean;
  readonly onRun: (text: string) => void;
  /** Told whether the text is right: `null` while that is not known. */
  readonly onJudged: (isRight: boolean | null, text: string) => void;
  /** What is below the box. */
  readonly children?: ComponentChildren;
}

export const FilterBox = forwardRef<FilterBoxHandle, FilterBoxProps>(function FilterBox(props, handle) {
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [found, setFound] = useState<Found>({ text: "", diagnostics: [] });

  useEffect(() => {
    if (parent.current === null) return;
    const editor = createEditor(parent.current, latest, (text, diagnostics) => {
      setFound({ text, diagnostics });
      latest.current.onJudged(
        diagnostics.every(({ severity }) => severity !== "error"),
        text,
      );
    });
    view.current = editor;
    return () => editor.destroy();
  }, [props.language]);

  useEffect(() => {
    const editor = view.current;
    if (editor !== null) replaceText(editor, props.filter);
  }, [props.filter, props.language]);
  useEffect(() => {
    view.current?.dispatch({ effects: scheme.reconfigure(EditorView.theme({}, { dark: props.isDark })) });
  }, [props.isDark, props.language]);

  useImperativeHandle(handle, () => ({
    focus: () => view.current?.focus(),
    text: () => view.current?.state.doc.toString() ?? "",
    format: () => {
      if (view.current !== null) formatCommand(latest.current.language)(view.current);
    },
  }));
  const isWrong = found.diagnostics.some(({ severity }) => severity === "error");
  const fix = (chosen: Fix): void => {
    if (view.current !== null)
      void applyFix(view.current, chosen, { text: found.text, check: props.language.check });
  };
  return (
    <div class="filter-box">
      <div ref={parent} class={isWrong ? "filter-editor wrong" : "filter-editor"} />
      <Findings diagnostics={found.diagnostics} onFix={fix} />
      {props.children}
    </div>
  );
});

interface Found {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Findings that are shown at a time. */
const SHOWN = 4;

const SIGNS = { error: "✗", warning: "⚠", note: "ℹ" } as const;

function Findings({
  diagnostics,
  onFix,
}: {
  readonly diagnostics: readonly Diagnostic[];
  readonly onFix: (fix: Fix) => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    // Proposals open below the findings, so that their buttons stay in reach.
    const height = list.current?.offsetHeight ?? 0;
    list.current?.parentElement?.style.setProperty("--findings", `${height === 0 ? 0 : height + 8}px`);
  }, [diagnostics]);
  return (
    <ul ref={list} class="findings" aria-live="polite" aria-label="Remarks on the filter">
      {diagnostics.slice(0, SHOWN).map((diagnostic) => (
        <li key={`${diagnostic.code} ${diagnostic.span.start}`} class={`finding ${diagnostic.severity}`}>
          <span class="finding-sign" aria-hidden="true">
            {SIGNS[diagnostic.severity]}
          </span>
          <span>
            <span class="finding-code">{diagnostic.code}</span> {diagnostic.message}
            {diagnostic.notes.map((note) => (
              <span key={note} class="muted">
                {" "}
                {note}
              </span>
            ))}
          </span>
          {diagnostic.fixes.map((fix) => (
            <button key={fix.title} type="button" class="small" onClick={() => onFix(fix)}>
              {fix.title}
            </button>
          ))}
        </li>
      ))}
    </ul>
  );
}

const scheme = new Compartment();

function createEditor(
  parent: HTMLElement,
  latest: { readonly current: FilterBoxProps },
  onChecked: (text: string, diagnostics: readonly Diagnostic[]) => void,
): EditorView {
  const { filter, language, isDark } = latest.current;
  const nonce = styleNonce();
  const extensions: Extension = [
    history(),
    Prec.highest(keymap.of(runKeys(latest))),
    languageExtension(language, onChecked),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": "Filter", spellcheck: "false", autocapitalize: "off" }),
    placeholder("every event; type a field such as source.ip, or press Ctrl-Space"),
    tooltips({ position: "absolute" }),
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) latest.current.onJudged(null, state.doc.toString());
    }),
    scheme.of(EditorView.theme({}, { dark: isDark })),
    ...(nonce === null ? [] : [EditorView.cspNonce.of(nonce)]),
  ];
  return new EditorView({ parent, state: EditorState.create({ doc: filter, extensions }) });
}

function replaceText(editor: EditorView, text: string): void {
  const now = editor.state.doc.toString();
  if (now === text) return;
  editor.dispatch({
    changes: { from: 0, to: now.length, insert: text },
    selection: { anchor: text.length },
  });
}

/** Enter runs, unless a proposal is chosen; arrows at the edge of the text go through earlier filters. */
function runKeys(latest: { readonly current: FilterBoxProps }) {
  let place = -1;
  let typed = "";
  const recall = (editor: EditorView, step: 1 | -1): boolean => {
    if (completionStatus(editor.state) === "active") return false;
    const line = editor.state.doc.lineAt(editor.state.selection.main.head).number;
    if (step === 1 ? line > 1 : line < editor.state.doc.lines) return false;
    const earlier = earlierFilters();
    if (place === -1) typed = editor.state.doc.toString();
    const next = Math.max(-1, Math.min(earlier.length - 1, place + step));
    if (next === place) return false;
    place = next;
    replaceText(editor, place === -1 ? typed : (earlier[place] ?? ""));
    return true;
  };
  return [
    {
      key: "Enter",
      run: (editor: EditorView): boolean => {
        if (completionStatus(editor.state) === "active" && selectedCompletion(editor.state) !== null)
          return false;
        closeCompletion(editor);
        place = -1;
        latest.current.onRun(editor.state.doc.toString());
        return true;
      },
    },
    { key: "ArrowUp", run: (editor: EditorView) => recall(editor, 1) },
    { key: "ArrowDown", run: (editor: EditorView) => recall(editor, -1) },
  ];
}
