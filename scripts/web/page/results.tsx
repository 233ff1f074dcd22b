/** The events found, or why there are none. */
import { useMemo } from "preact/hooks";
import { Failure, NothingFound } from "./states.js";
import { EventTable, type EventTableProps } from "./event-table.js";
import { idReader } from "../shared/catalogue-view.js";
import type { Explorer } from "./use-explorer.js";

export function Results({ explorer }: { readonly explorer: Explorer }) {
  return (
    <section class="results" aria-label="Results" aria-busy={explorer.answers.isRunning}>
      <Outcome explorer={explorer} />
    </section>
  );
}

function Outcome({ explorer }: { readonly explorer: Explorer }) {
  const { source, answers, tail, actions } = explorer;
  const { rows, query, isRunning, error } = answers;
  if (error?.problem.code === "filter_invalid")
    return (
      <div class="state">
        <h2>The filter has a mistake</h2>
        <p>{error.message}</p>
      </div>
    );
  if (error !== null) return <Failure error={error} onAgain={answers.again} />;
  if (answers.isCancelled) return <Cancelled onAgain={answers.again} />;
  if (rows === null) return <p class="state muted">Loading …</p>;
  if (source === null) return null;
  const events = [...tail.events, ...rows.events];
  if (events.length === 0 && !isRunning && query !== null)
    return <NothingFound source={source} query={query} actions={actions} />;
  return <Found explorer={explorer} rows={{ ...rows, events }} catalogue={source.fields.catalogue} />;
}

function Cancelled({ onAgain }: { readonly onAgain: () => void }) {
  return (
    <div class="state" role="alert">
      <h2>Cancelled</h2>
      <p>The query was ended, on the server too.</p>
      <button type="button" onClick={onAgain}>
        Run it again
      </button>
    </div>
  );
}

interface FoundProps extends Pick<EventTableProps, "rows" | "catalogue"> {
  readonly explorer: Explorer;
}

function Found({ explorer, rows, catalogue }: FoundProps) {
  const { view, answers, actions } = explorer;
  const idOf = useMemo(() => idReader(catalogue), [catalogue]);
  return (
    <EventTable
      idOf={idOf}
      rows={rows}
      total={answers.timeline?.total ?? null}
      view={view}
      catalogue={catalogue}
      isDimmed={answers.isRunning}
      onOpen={(event) => actions.show({ event: idOf(event) })}
      onMore={answers.more}
      onSort={() =>
        actions.show({ sort: view.sort === "detect_time.asc" ? "detect_time.desc" : "detect_time.asc" })
      }
    />
  );
}
