/** Events that come in while one looks. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { IdeaObject } from "../shared/answers.js";
import { idReader } from "../shared/catalogue-view.js";
import type { View } from "../shared/view-state.js";
import type { Source } from "./app-context.js";
import { queryOf, type Answers } from "./use-answers.js";

export interface Tail {
  readonly isOn: boolean;
  readonly toggle: () => void;
  /** The newest first; none of those that the rows have. */
  readonly events: readonly IdeaObject[];
}

/** What the live events go with. */
export interface TailedView {
  readonly source: Source | null;
  readonly view: View;
  readonly answers: Answers;
  /** Told why no more events come in. */
  readonly say: (text: string) => void;
}

/** Events that are kept: who wants all of them runs the filter again. */
const KEPT = 500;

export function useTail({ source, view, answers: { rows, query }, say }: TailedView): Tail {
  const [isOn, setOn] = useState(false);
  const [events, setEvents] = useState<readonly IdeaObject[]>([]);
  const catalogue = source?.fields.catalogue;
  const idOf = useMemo(() => (catalogue === undefined ? () => "" : idReader(catalogue)), [catalogue]);
  useEffect(() => setEvents([]), [query]);
  useEffect(() => {
    const tail = source?.backend.tail;
    if (!isOn || tail == null) return;
    return tail(queryOf(view, new Date()), {
      events: (found) => setEvents((before) => [...found.toReversed(), ...before].slice(0, KEPT)),
      problem: (message) => {
        setOn(false);
        say(`Live events have ended: ${message}.`);
      },
    });
  }, [isOn, source, view.filter, view.params, view.zone, say]);
  const known = new Set(rows?.events.map(idOf));
  return { isOn, toggle: () => setOn(!isOn), events: events.filter((event) => !known.has(idOf(event))) };
}
