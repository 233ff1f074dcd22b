/** What is said where there are no events to show. */
import { useEffect, useState } from "preact/hooks";
import type { ViewQuery } from "../shared/answers.js";
import { conjuncts } from "../shared/conditions.js";
import type { Actions, Source } from "./app-context.js";
import type { BackendError } from "./backend.js";
import { eventsText } from "./texts.js";

export interface NothingFoundProps {
  readonly source: Source;
  readonly query: ViewQuery;
  readonly actions: Actions;
}

/** Nothing matches: which condition takes most away? */
export function NothingFound({ source, query, actions }: NothingFoundProps) {
  const isStoreEmpty = source.status?.events === 0;
  const without = useWithout(source, query);
  if (isStoreEmpty)
    return (
      <div class="state">
        <h2>No events yet</h2>
        <p>
          The store is empty: there are no events. <code>eventstore ingest FILE.ndjson</code> puts some in; or
          drop a file on this page.
        </p>
      </div>
    );
  return (
    <div class="state">
      <h2>No events match</h2>
      {query.from !== null && (
        <p>
          <button type="button" onClick={() => actions.show({ from: "", to: "" })}>
            Look at all time
          </button>
        </p>
      )}
      {without.length > 0 && (
        <>
          <p>Without one of the conditions there would be:</p>
          <ul class="without">
            {without.map(({ condition, filter, count }) => (
              <li key={condition}>
                <button type="button" disabled={count === 0} onClick={() => actions.show({ filter })}>
                  {eventsText(count)}
                </button>{" "}
                without <code>{condition}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

interface Without {
  readonly condition: string;
  readonly filter: string;
  readonly count: number;
}

/** Conditions that are tried, one count each. */
const TRIED = 6;

function useWithout({ backend }: Source, query: ViewQuery): readonly Without[] {
  const [without, setWithout] = useState<readonly Without[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    setWithout([]);
    const parts = conjuncts(query.filter);
    if (parts.length < 2) return;
    const counts = parts.slice(0, TRIED).map(async (condition, index): Promise<Without> => {
      const filter = parts.filter((_, other) => other !== index).join(" and ");
      return { condition, filter, count: await backend.count({ ...query, filter }, controller.signal) };
    });
    Promise.all(counts).then(
      (found) => {
        if (!controller.signal.aborted) setWithout(found.toSorted((a, b) => b.count - a.count));
      },
      // The page goes without this help.
      () => undefined,
    );
    return () => controller.abort();
  }, [backend, query]);
  return without;
}

export interface FailureProps {
  readonly error: BackendError;
  readonly onAgain: () => void;
}

/** Milliseconds after which a server that is away is asked again. */
const RETRY_MS = 5_000;

export function Failure({ error, onAgain }: FailureProps) {
  const { code } = error.problem;
  const isAway = error.status === 0 || error.status === 503;
  const [since] = useState(() => new Date());
  useEffect(() => {
    if (!isAway) return;
    const timer = setTimeout(onAgain, RETRY_MS);
    return () => clearTimeout(timer);
  }, [error, isAway]);
  return (
    <div class="state" role="alert">
      <h2>{titleOf(error)}</h2>
      <p>{error.message}</p>
      {code === "query_timeout" && (
        <ul>
          <li>Look at a shorter time: the last hours instead of all.</li>
          <li>
            Add a condition that an index serves: an address, a category, a port. Explain says which do.
          </li>
        </ul>
      )}
      {isAway && (
        <p class="muted">
          Since {since.toLocaleTimeString()}; asked again every {RETRY_MS / 1000} seconds.
        </p>
      )}
      {code === "token_missing" ? (
        <p>Open the address that the command printed.</p>
      ) : (
        <button type="button" onClick={onAgain}>
          Try again
        </button>
      )}
    </div>
  );
}

function titleOf({ status, problem }: BackendError): string {
  if (problem.code === "object_missing") return "There is no store yet";
  if (problem.code === "query_timeout") return "That took too long";
  if (status === 0) return "The server does not answer";
  if (status === 503) return "The database does not answer";
  if (status === 401 || status === 403) return "Not let in";
  if (status === 429) return "Too many queries at once";
  return status === 400 ? "This cannot be asked" : "Something went wrong";
}
