/** The state of the page, and what its parts can do. */
import { useCallback, useMemo, useRef, useState } from "preact/hooks";
import type { IdeaObject } from "../shared/answers.js";
import {
  clickedField,
  conditionOf,
  withCondition,
  type FacetValue,
  type Wish,
} from "../shared/conditions.js";
import { splitFields, usualColumns } from "../shared/catalogue-view.js";
import { firstView, type View } from "../shared/view-state.js";
import type { Actions, Source } from "./app-context.js";
import type { Backend } from "./backend.js";
import type { FilterBoxHandle } from "./filter-box.js";
import { rememberFilter } from "./remembered.js";
import type { Remote } from "./rpc.js";
import { shiftedTime } from "./time-bar.js";
import { useAnswers, type AskedAnswers } from "./use-answers.js";
import { usePageKeys } from "./use-page-keys.js";
import { useSource, type SourceState } from "./use-source.js";
import { useTail, type Tail } from "./use-tail.js";
import { useSelected, useView } from "./use-view.js";

/** A dialog over the page. */
export type Panel = "explain" | "filters" | "help" | "columns";

/** All that the page shows. */
export interface Explorer extends Omit<SourceState, "open"> {
  readonly view: View;
  readonly answers: AskedAnswers;
  readonly tail: Tail;
  /** The event of which everything is shown. */
  readonly selected: IdeaObject | null;
  readonly panel: Panel | null;
  readonly setPanel: (panel: Panel | null) => void;
  /** What was said last, empty after a moment. */
  readonly message: string;
  readonly actions: Actions;
  /** Runs a filter, again where it is the one of the view. */
  readonly run: (filter: string, params?: View["params"]) => void;
  readonly openFile: (file: File) => void;
  readonly closeEvent: () => void;
  readonly box: { readonly current: FilterBoxHandle | null };
}

/** The state of the page over a source of events. */
export function useExplorer(backend: Backend, remote: Remote): Explorer {
  const { open, ...state } = useSource(backend, remote);
  const { source, failure } = state;
  const usual = useMemo(() => firstViewOf(source), [source?.fields]);
  const [view, setView] = useView(usual);
  const [panel, setPanel] = useState<Panel | null>(null);
  const { message, say } = useMessage();
  const answers = useAnswers(failure === null ? source : null, view);
  const tail = useTail({ source, view, answers, say });
  const box = useRef<FilterBoxHandle>(null);
  const selected = useSelected(source, view, answers.rows?.events).event;
  const show = useCallback((change: Partial<View>) => setView((now) => ({ ...now, ...change })), [setView]);
  const wish = useWish(source, view.filter, show, box);
  const actions: Actions = useMemo(() => ({ show, wish, say }), [show, wish, say]);
  const run = useCallback(
    (filter: string, params: View["params"] = view.params) => {
      rememberFilter(filter);
      if (filter === view.filter && JSON.stringify(params) === JSON.stringify(view.params)) answers.again();
      else show({ filter, params, event: "" });
    },
    [view.filter, view.params, show, answers.again],
  );
  const closeEvent = useCallback(() => show({ event: "" }), [show]);
  usePageKeys({
    focusFilter: () => box.current?.focus(),
    earlier: () => show(shiftedTime(view, -1)),
    later: () => show(shiftedTime(view, 1)),
    explain: () => setPanel("explain"),
    help: () => setPanel("help"),
    escape: () => {
      if (panel === null && view.event !== "") closeEvent();
    },
    isBusy: panel !== null,
  });
  const openFile = (file: File): void => void open(file, say);
  const shown = { view, answers, tail, selected, panel, message };
  return { ...state, ...shown, setPanel, actions, run, openFile, closeEvent, box };
}

/** The view where nothing is chosen; before the catalogue is known, that of an empty page. */
function firstViewOf(source: Source | null): View {
  if (source === null) return firstView({ zone: "UTC", by: "", columns: [] });
  const { catalogue, timeZone } = source.fields;
  return firstView({
    zone: timeZone,
    by: splitFields(catalogue)[0] ?? "",
    columns: usualColumns(catalogue),
  });
}

/** How long something said stays, in milliseconds. */
const SAID_MS = 4_000;

function useMessage(): { readonly message: string; readonly say: (text: string) => void } {
  const [message, setMessage] = useState("");
  const say = useCallback((text: string) => {
    setMessage(text);
    setTimeout(() => setMessage((now) => (now === text ? "" : now)), SAID_MS);
  }, []);
  return { message, say };
}

/** Puts a condition on a value into the filter of the view. */
function useWish(
  source: Source | null,
  filter: string,
  show: Actions["show"],
  box: Explorer["box"],
): Actions["wish"] {
  return useCallback(
    (name: string, value: FacetValue, kind: Wish) => {
      const field = source === null ? undefined : clickedField(source.fields.catalogue, name);
      if (field === undefined) return;
      const condition = conditionOf(field, value, kind !== "out");
      const opposite = conditionOf(field, value, kind === "out");
      show({ filter: kind === "only" ? condition : withCondition(filter, condition, opposite), event: "" });
      box.current?.focus();
    },
    [source, filter, show],
  );
}
