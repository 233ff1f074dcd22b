/** The page: one filter, its events over time, their values, each of them. */
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { LanguageService } from "../../codemirror/service.js";
import type { IdeaObject, StatusAnswer } from "../shared/answers.js";
import { conditionOf, withCondition, type FacetValue, type Wish } from "../shared/conditions.js";
import { firstView, readView, writeView, type View } from "../shared/view-state.js";
import { ActionBar } from "./action-bar.js";
import type { Actions, Source } from "./app-context.js";
import { BackendError, type Backend } from "./backend.js";
import { ColumnsDialog } from "./columns-dialog.js";
import { EventDetail } from "./event-detail.js";
import { EventTable } from "./event-table.js";
import { ExplainDialog } from "./explain-dialog.js";
import { Facets } from "./facets.js";
import { FilterBox, type FilterBoxHandle } from "./filter-box.js";
import { FiltersMenu } from "./filters-menu.js";
import { HelpDialog } from "./help-dialog.js";
import { rememberFilter } from "./remembered.js";
import { configureLanguage, openDropped } from "./remote.js";
import type { Remote } from "./rpc.js";
import { RunStatus } from "./run-status.js";
import { idOf } from "./texts.js";
import { Failure, NothingFound } from "./states.js";
import { moved, TimeBar, widened } from "./time-bar.js";
import { TimelineChart } from "./timeline-chart.js";
import { useAnswers } from "./use-answers.js";
import { useDrop } from "./use-drop.js";
import { usePageKeys } from "./use-page-keys.js";
import { useTail } from "./use-tail.js";

export interface AppProps {
  /** What the page shows at first; null: nothing but a place to drop a file on. */
  readonly backend: Backend;
  readonly remote: Remote;
  readonly language: LanguageService;
}

type Panel = "explain" | "filters" | "help" | "columns";

export function App({ backend, remote, language }: AppProps) {
  const { source, failure, retry, open, close, opening } = useSource(backend, remote);
  const usual = useMemo(() => firstView(source?.fields.timeZone ?? "UTC"), [source?.fields.timeZone]);
  const [view, setView] = useView(usual);
  const [panel, setPanel] = useState<Panel | null>(null);
  const [message, setMessage] = useState("");
  const [isRight, setRight] = useState<boolean | null>(null);
  const answers = useAnswers(failure === null ? source : null, view);
  const tail = useTail(source, view, answers);
  const box = useRef<FilterBoxHandle>(null);
  const scheme = useScheme();
  const selected = useSelected(source, view, answers.rows?.events);

  const say = useCallback((text: string) => {
    setMessage(text);
    setTimeout(() => setMessage((now) => (now === text ? "" : now)), 4_000);
  }, []);
  const show = useCallback((change: Partial<View>) => setView((now) => ({ ...now, ...change })), [setView]);
  const wish = useCallback(
    (name: string, value: FacetValue, kind: Wish) => {
      const field = source?.fields.catalogue.fields.find((one) => one.name === name);
      if (field === undefined) return;
      const condition = conditionOf(field, value, kind !== "out");
      const opposite = conditionOf(field, value, kind === "out");
      show({
        filter: kind === "only" ? condition : withCondition(view.filter, condition, opposite),
        event: "",
      });
      box.current?.focus();
    },
    [source, view.filter, show],
  );
  const actions: Actions = useMemo(() => ({ show, wish, say }), [show, wish, say]);
  const run = useCallback(
    (filter: string) => {
      rememberFilter(filter);
      if (filter === view.filter) answers.again();
      else show({ filter, event: "" });
    },
    [view.filter, show, answers.again],
  );
  const closeEvent = useCallback(() => show({ event: "" }), [show]);
  usePageKeys({
    focusFilter: () => box.current?.focus(),
    earlier: () => show(moved(view, -1)),
    later: () => show(moved(view, 1)),
    explain: () => setPanel("explain"),
    help: () => setPanel("help"),
    escape: () => {
      if (panel === null && view.event !== "") closeEvent();
    },
    isBusy: panel !== null,
  });
  const { isOver, drop } = useDrop((file) => void open(file, say));

  if (failure !== null)
    return (
      <main class="page">
        <Failure error={failure} onAgain={retry} />
      </main>
    );
  const { rows, timeline, facets, query, isRunning, error } = answers;
  const isWrong = error?.problem.code === "filter_invalid";
  const isStale = isRunning || error !== null;
  const events =
    tail.events.length === 0 ? rows : rows && { ...rows, events: [...tail.events, ...rows.events] };
  return (
    <div class={isOver ? "page over" : "page"} {...drop}>
      <div class={isRunning && source !== null ? "progress running" : "progress"} aria-hidden="true" />
      <header class="top">
        <h1 class="brand">
          event<span>store</span>
        </h1>
        <FilterBox
          ref={box}
          filter={view.filter}
          language={language}
          isDark={scheme === "dark"}
          onRun={run}
          onJudged={setRight}
        />
        <RunStatus
          answers={answers}
          isRight={isRight}
          added={tail.events.length}
          onRun={() => run(box.current?.text() ?? "")}
        />
      </header>
      {source?.backend.kind === "file" && backend.kind === "server" && (
        <div class="banner">
          <span>
            Looking at the file <strong>{source.status?.description}</strong>; it stays in this browser.
          </span>
          <button type="button" onClick={close}>
            Back to the store
          </button>
        </div>
      )}
      {opening !== null && (
        <div class="banner" role="status">
          Reading {opening} …
        </div>
      )}
      {source !== null && <TimeBar view={view} catalogue={source.fields.catalogue} onShow={show} />}
      {timeline !== null && timeline.buckets.length > 0 ? (
        <TimelineChart
          timeline={timeline}
          by={view.by}
          zone={view.zone}
          scheme={scheme}
          isDimmed={isStale}
          onZoom={(from, to) => show({ from: from.toISOString(), to: to.toISOString() })}
          onZoomOut={() => show(widened(view))}
        />
      ) : (
        <div class="chart empty" />
      )}
      <main class={selected.event === null ? "columns" : "columns with-detail"}>
        <FacetPanel>
          {facets !== null && <Facets facets={facets} isDimmed={isStale} actions={actions} />}
        </FacetPanel>
        <section class="results" aria-label="Results" aria-busy={isRunning}>
          {error !== null && !isWrong ? (
            <Failure error={error} onAgain={answers.again} />
          ) : answers.isCancelled ? (
            <div class="state" role="alert">
              <h2>Cancelled</h2>
              <p>The query was ended, on the server too.</p>
              <button type="button" onClick={answers.again}>
                Run it again
              </button>
            </div>
          ) : isWrong ? (
            <div class="state">
              <h2>The filter has a mistake</h2>
              <p>{error.message}</p>
            </div>
          ) : events === null ? (
            <p class="state muted">Loading …</p>
          ) : events.events.length === 0 && !isRunning && source !== null && query !== null ? (
            <NothingFound source={source} query={query} actions={actions} />
          ) : (
            source !== null && (
              <EventTable
                rows={events}
                total={timeline?.total ?? null}
                view={view}
                catalogue={source.fields.catalogue}
                isDimmed={isStale}
                onOpen={(event) => show({ event: idOf(event) })}
                onMore={answers.more}
                onSort={() =>
                  show({ sort: view.sort === "detect_time.asc" ? "detect_time.desc" : "detect_time.asc" })
                }
              />
            )
          )}
        </section>
        {selected.event !== null && source !== null && (
          <EventDetail
            event={selected.event}
            catalogue={source.fields.catalogue}
            zone={view.zone}
            actions={actions}
            onClose={closeEvent}
          />
        )}
      </main>
      {source !== null && (
        <ActionBar
          source={source}
          query={query}
          tail={tail}
          actions={actions}
          durationMs={answers.durationMs}
          onPanel={setPanel}
          onFormat={() => box.current?.format()}
          onFile={(file) => void open(file, say)}
        />
      )}
      <div class="said" role="status" aria-live="polite">
        {message}
      </div>
      {panel === "help" && <HelpDialog onClose={() => setPanel(null)} />}
      {panel === "explain" && source !== null && query !== null && (
        <ExplainDialog source={source} query={query} actions={actions} onClose={() => setPanel(null)} />
      )}
      {panel === "columns" && source !== null && (
        <ColumnsDialog
          catalogue={source.fields.catalogue}
          columns={view.columns}
          onChange={(columns) => show({ columns })}
          onClose={() => setPanel(null)}
        />
      )}
      {panel === "filters" && (
        <FiltersMenu
          saved={source?.fields.filters ?? {}}
          current={box.current?.text() ?? ""}
          onChoose={(filter) => {
            setPanel(null);
            run(filter);
          }}
          onClose={() => setPanel(null)}
        />
      )}
    </div>
  );
}

/** Beside the events where there is room, else folded. */
function FacetPanel({ children }: { readonly children: preact.ComponentChildren }) {
  const [isWide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const query = matchMedia(WIDE);
    const change = (): void => setWide(query.matches);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, []);
  if (isWide)
    return (
      <aside class="facet-panel" aria-label="Most frequent values" tabIndex={0}>
        {children}
      </aside>
    );
  return (
    <details class="facet-panel">
      <summary>Most frequent values</summary>
      {children}
    </details>
  );
}

const WIDE = "(min-width: 900px)";

/** The view of the address; each other one is an entry of the browser's history. */
function useView(usual: View): readonly [View, (change: (now: View) => View) => void] {
  const [view, setView] = useState(() => readView(location.search, usual));
  useEffect(() => setView(readView(location.search, usual)), [usual]);
  useEffect(() => {
    const back = (): void => setView(readView(location.search, usual));
    addEventListener("popstate", back);
    return () => removeEventListener("popstate", back);
  }, [usual]);
  const change = useCallback(
    (next: (now: View) => View) => {
      const now = readView(location.search, usual);
      const view = next(now);
      const parameters = writeView(view, usual);
      if (parameters === writeView(now, usual)) return;
      history.pushState(null, "", parameters === "" ? location.pathname : `?${parameters}`);
      setView(view);
    },
    [usual],
  );
  return [view, change];
}

interface SourceState {
  readonly source: Source | null;
  readonly failure: BackendError | null;
  readonly retry: () => void;
  readonly open: (file: File, say: (text: string) => void) => Promise<void>;
  readonly close: () => void;
  /** Name of the file that is being read. */
  readonly opening: string | null;
}

function useSource(backend: Backend, remote: Remote): SourceState {
  const [server, setServer] = useState<Source | null>(null);
  const [file, setFile] = useState<Source | null>(null);
  const [failure, setFailure] = useState<BackendError | null>(null);
  const [opening, setOpening] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const { signal } = new AbortController();
    const load = async (): Promise<void> => {
      const fields = await backend.fields(signal);
      const { catalogue, sets, filters, timeZone } = fields;
      await configureLanguage(remote, { catalogue, sets, filters, timeZone });
      setServer({ backend, fields, status: null });
      setFailure(null);
      // How many there are in all is wanted only where nothing is found.
      const status = await backend.status(signal).catch((): StatusAnswer | null => null);
      setServer({ backend, fields, status });
    };
    load().catch((error: unknown) =>
      setFailure(
        error instanceof BackendError
          ? error
          : new BackendError(500, { code: "page_error", message: String(error) }),
      ),
    );
  }, [backend, remote, turn]);
  const open = async (dropped: File, say: (text: string) => void): Promise<void> => {
    const { signal } = new AbortController();
    setOpening(dropped.name);
    try {
      const { backend: events, status } = await openDropped(remote, dropped, signal);
      setFile({ backend: events, fields: await events.fields(signal), status });
    } catch (error) {
      say(error instanceof Error ? error.message : "the file cannot be read");
    } finally {
      setOpening(null);
    }
  };
  return {
    source: file ?? server,
    failure,
    retry: () => setTurn(turn + 1),
    open,
    close: () => setFile(null),
    opening,
  };
}

/** The event of the view: from the rows, else asked for. */
function useSelected(
  source: Source | null,
  view: View,
  events: readonly IdeaObject[] | undefined,
): { readonly event: IdeaObject | null } {
  const [event, setEvent] = useState<IdeaObject | null>(null);
  useEffect(() => {
    if (view.event === "" || source === null) return setEvent(null);
    if (event?.["ID"] === view.event) return;
    const known = events?.find((one) => one["ID"] === view.event);
    if (known !== undefined) return setEvent(known);
    const controller = new AbortController();
    source.backend.event(view.event, controller.signal).then(setEvent, () => undefined);
    return () => controller.abort();
  }, [view.event, source, events]);
  return { event: view.event === "" ? null : event };
}

/** Light or dark, as the system has it. */
function useScheme(): "light" | "dark" {
  const [isDark, setDark] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const change = (): void => setDark(query.matches);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, []);
  return isDark ? "dark" : "light";
}
