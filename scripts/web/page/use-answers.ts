/** Asks for rows, chart and facets of a view, each by itself, and keeps the last answers until there are new ones. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { highlightTokens } from "../../../grammar/tokens.js";
import type { IdeaObject, SummaryAnswer, TimelineAnswer, ViewQuery } from "../shared/answers.js";
import { facetFields } from "../shared/catalogue-view.js";
import { boundOf, type View } from "../shared/view-state.js";
import type { Source } from "./app-context.js";
import { BackendError } from "./backend.js";

/** Rows so far, and how to go on. */
export interface Rows {
  readonly events: readonly IdeaObject[];
  readonly next: string | null;
  readonly isLoading: boolean;
}

/** What is there to show. */
export interface Answers {
  readonly rows: Rows | null;
  readonly timeline: TimelineAnswer | null;
  readonly facets: SummaryAnswer | null;
  /** The question that is under way or was asked last. */
  readonly query: ViewQuery | null;
  readonly isRunning: boolean;
  /** Milliseconds of the last complete answer. */
  readonly durationMs: number | null;
  readonly error: BackendError | null;
  readonly isCancelled: boolean;
}

const NOTHING: Answers = {
  rows: null,
  timeline: null,
  facets: null,
  query: null,
  isRunning: true,
  durationMs: null,
  error: null,
  isCancelled: false,
};

const PAGE = 100;

export interface AskedAnswers extends Answers {
  readonly cancel: () => void;
  readonly again: () => void;
  readonly more: () => void;
}

/** The values of the parameters that the filter has: those of a filter before it stay in the boxes. */
function paramsOf({ filter, params }: View): readonly string[] {
  // A saved filter may have parameters, too; which ones only the compiler knows.
  const isSaved = filter.includes("@");
  const named = new Set(
    highlightTokens(filter).flatMap(({ kind, start, end }) =>
      kind === "parameter" ? [filter.slice(start + 1, end)] : [],
    ),
  );
  return Object.entries(params)
    .filter(([name, value]) => value !== "" && (isSaved || named.has(name)))
    .map(([name, value]) => `${name}=${value}`);
}

/** The question of a view at this moment. */
export function queryOf(view: View, now: Date): ViewQuery {
  return {
    filter: view.filter,
    params: paramsOf(view),
    from: boundOf(view.from, now),
    to: boundOf(view.to, now),
    zone: view.zone,
  };
}

/** The answers for a view of a source; none while there is no source. */
export function useAnswers(source: Source | null, view: View): AskedAnswers {
  const [answers, setAnswers] = useState<Answers>(NOTHING);
  const [turn, setTurn] = useState(0);
  const running = useRef<AbortController | null>(null);
  const { filter, from, to, zone, by, sort } = view;

  useEffect(() => {
    if (source === null) return;
    const controller = new AbortController();
    running.current = controller;
    ask(source, view, controller, (change) => {
      if (!controller.signal.aborted) setAnswers((before) => ({ ...before, ...change }));
    });
    return () => controller.abort();
  }, [source?.backend, filter, JSON.stringify(view.params), from, to, zone, by, sort, turn]);

  const cancel = useCallback(() => {
    running.current?.abort();
    setAnswers((before) => ({ ...before, isRunning: false, isCancelled: true }));
  }, []);
  const again = useCallback(() => setTurn((count) => count + 1), []);
  const more = useCallback(() => {
    const { rows, query } = answers;
    const signal = running.current?.signal;
    if (source === null || query === null || signal?.aborted !== false) return;
    if (rows?.next == null || rows.isLoading) return;
    setAnswers((before) => ({ ...before, rows: { ...rows, isLoading: true } }));
    source.backend.search({ ...query, sort, limit: PAGE, after: rows.next }, signal).then(
      ({ events, next }) =>
        setAnswers((before) =>
          before.query === query
            ? { ...before, rows: { events: [...rows.events, ...events], next, isLoading: false } }
            : before,
        ),
      (error: unknown) => {
        const failed = { rows: { ...rows, isLoading: false }, error: knownError(error) };
        if (!signal.aborted) setAnswers((before) => ({ ...before, ...failed }));
      },
    );
  }, [answers, source, sort]);
  return { ...answers, cancel, again, more };
}

/** Asks the three questions of a view; each answer is shown as it comes. */
function ask(
  { backend, fields }: Source,
  view: View,
  controller: AbortController,
  update: (change: Partial<Answers>) => void,
): void {
  const { signal } = controller;
  const query = queryOf(view, new Date());
  const started = performance.now();
  update({ query, isRunning: true, error: null, isCancelled: false });
  // A range that ends in the present has its axis end there, too.
  const axis = query.from !== null && query.to === null ? { ...query, to: new Date().toISOString() } : query;
  const facetNames = facetFields(fields.catalogue);
  const parts = [
    backend
      .search({ ...query, sort: view.sort, limit: PAGE, after: null }, signal)
      .then(({ events, next }) => {
        update({ rows: { events, next, isLoading: false } });
      }),
    backend.timeline(axis, view.by, signal).then((timeline) => update({ timeline })),
    backend.summary(query, facetNames, signal).then((facets) => update({ facets })),
  ];
  Promise.all(parts).then(
    () => update({ isRunning: false, durationMs: performance.now() - started }),
    (error: unknown) => {
      update({ isRunning: false, error: knownError(error) });
      // What else was asked has no more use.
      controller.abort();
    },
  );
}

function knownError(error: unknown): BackendError {
  if (error instanceof BackendError) return error;
  return new BackendError(500, {
    code: "page_error",
    message: error instanceof Error ? error.message : "something went wrong in the page",
  });
}
