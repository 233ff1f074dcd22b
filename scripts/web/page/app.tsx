/** The page: one filter, its events over time, their values, each of them. */
import { useEffect, useState } from "preact/hooks";
import type { LanguageService } from "../../codemirror/service.js";
import { ActionBar } from "./action-bar.js";
import type { Backend } from "./backend.js";
import { EventDetail } from "./event-detail.js";
import { FacetPanel } from "./facet-panel.js";
import { Facets } from "./facets.js";
import { FilterBox } from "./filter-box.js";
import { Panels } from "./panels.js";
import { ParameterBoxes, type ParameterBox } from "./parameter-boxes.js";
import { Results } from "./results.js";
import type { Remote } from "./rpc.js";
import { RunStatus } from "./run-status.js";
import { Failure } from "./states.js";
import { TimeBar, widened } from "./time-bar.js";
import { TimelineChart } from "./timeline-chart.js";
import { useDrop } from "./use-drop.js";
import { useExplorer, type Explorer } from "./use-explorer.js";
import { useScheme } from "./use-scheme.js";

export interface AppProps {
  /** What the page shows at first; null: nothing but a place to drop a file on. */
  readonly backend: Backend;
  readonly remote: Remote;
  readonly language: LanguageService;
}

interface Part {
  readonly explorer: Explorer;
}

export function App({ backend, remote, language }: AppProps) {
  const explorer = useExplorer(backend, remote);
  const { source, failure, retry, view, answers, actions, message } = explorer;
  const { isOver, drop } = useDrop(explorer.openFile);
  if (failure !== null)
    return (
      <main class="page">
        <Failure error={failure} onAgain={retry} />
      </main>
    );
  const isRunning = answers.isRunning && source !== null;
  return (
    <div class={isOver ? "page over" : "page"} {...drop}>
      <div class={isRunning ? "progress running" : "progress"} aria-hidden="true" />
      <Header explorer={explorer} language={language} remote={remote} />
      <Banners explorer={explorer} isServer={backend.kind === "server"} />
      {source !== null && <TimeBar view={view} catalogue={source.fields.catalogue} onShow={actions.show} />}
      <Chart explorer={explorer} />
      <Columns explorer={explorer} />
      <Footer explorer={explorer} />
      <div class="said" role="status" aria-live="polite">
        {message}
      </div>
      <Panels explorer={explorer} />
    </div>
  );
}

function Header({ explorer, language, remote }: Part & Pick<AppProps, "language" | "remote">) {
  const { view, answers, tail, run, box } = explorer;
  const [isRight, setRight] = useState<boolean | null>(null);
  const [boxes, setBoxes] = useState<readonly ParameterBox[]>([]);
  const [params, setParams] = useState(view.params);
  useEffect(() => setParams(view.params), [view.params]);
  const judged = (right: boolean | null, text: string): void => {
    setRight(right);
    if (right !== true) return;
    // Asked of the worker, as everything about the language.
    remote("parameters", [text]).then(
      (found) => setBoxes(found as readonly ParameterBox[]),
      () => setBoxes([]),
    );
  };
  const runWith = (text: string): void => run(text, params);
  const scheme = useScheme();
  return (
    <header class="top">
      <h1 class="brand">
        event<span>store</span>
      </h1>
      <FilterBox
        ref={box}
        filter={view.filter}
        language={language}
        isDark={scheme === "dark"}
        onRun={runWith}
        onJudged={judged}
      >
        <ParameterBoxes
          boxes={boxes}
          values={params}
          onChange={setParams}
          onRun={() => runWith(box.current?.text() ?? "")}
        />
      </FilterBox>
      <RunStatus
        answers={answers}
        isRight={isRight}
        added={tail.events.length}
        onRun={() => runWith(box.current?.text() ?? "")}
      />
    </header>
  );
}

/** That a file is looked at, or being read. */
function Banners({ explorer, isServer }: Part & { readonly isServer: boolean }) {
  const { source, opening, close } = explorer;
  return (
    <>
      {source?.backend.kind === "file" && isServer && (
        <section class="banner" aria-label="Open file">
          <span>
            Looking at the file <strong>{source.status?.description}</strong>; it stays in this browser.
          </span>
          <button type="button" onClick={close}>
            Back to the store
          </button>
        </section>
      )}
      {opening !== null && (
        <div class="banner" role="status">
          Reading {opening} …
        </div>
      )}
    </>
  );
}

/** The answers on the page are those of another question, or of none. */
const isStale = ({ answers }: Explorer): boolean => answers.isRunning || answers.error !== null;

function Chart({ explorer }: Part) {
  const { view, answers, actions } = explorer;
  const { timeline } = answers;
  const scheme = useScheme();
  if (timeline === null || timeline.buckets.length === 0) return <div class="chart empty" />;
  return (
    <TimelineChart
      timeline={timeline}
      by={view.by}
      zone={view.zone}
      scheme={scheme}
      isDimmed={isStale(explorer)}
      onZoom={(from, to) => actions.show({ from: from.toISOString(), to: to.toISOString() })}
      onZoomOut={() => actions.show(widened(view))}
    />
  );
}

function Columns({ explorer }: Part) {
  const { source, view, answers, selected, actions, closeEvent } = explorer;
  const { facets } = answers;
  return (
    <main class={selected === null ? "columns" : "columns with-detail"}>
      <FacetPanel>
        {facets !== null && <Facets facets={facets} isDimmed={isStale(explorer)} actions={actions} />}
      </FacetPanel>
      <Results explorer={explorer} />
      {selected !== null && source !== null && (
        <EventDetail
          event={selected}
          catalogue={source.fields.catalogue}
          zone={view.zone}
          actions={actions}
          onClose={closeEvent}
        />
      )}
    </main>
  );
}

function Footer({ explorer }: Part) {
  const { source, answers, tail, actions, box } = explorer;
  if (source === null) return null;
  return (
    <ActionBar
      source={source}
      query={answers.query}
      columns={explorer.view.columns}
      tail={tail}
      actions={actions}
      durationMs={answers.durationMs}
      onPanel={explorer.setPanel}
      onFormat={() => box.current?.format()}
      onFile={explorer.openFile}
    />
  );
}
