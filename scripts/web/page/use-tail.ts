/** Events that come in while one looks. */
import { useEffect, useState } from "preact/hooks";
import type { IdeaObject } from "../shared/answers.js";
import type { View } from "../shared/view-state.js";
import type { Source } from "./app-context.js";
import { queryOf, type Answers } from "./use-answers.js";

export interface Tail {
  readonly isOn: boolean;
  readonly toggle: () => void;
  /** The newest first; none of those that the rows have. */
  readonly events: readonly IdeaObject[];
}

/** Events that are kept: who wants all of them runs the filter again. */
const KEPT = 500;

export function useTail(source: Source | null, view: View, { rows, query }: Answers): Tail {
  const [isOn, setOn] = useState(false);
  const [events, setEvents] = useState<readonly IdeaObject[]>([]);
  useEffect(() => setEvents([]), [query]);
  useEffect(() => {
    const tail = source?.backend.tail;
    if (!isOn || tail == null) return;
    return tail(queryOf(view, new Date()), {
      events: (found) => setEvents((before) => [...found.toReversed(), ...before].slice(0, KEPT)),
      problem: () => setOn(false),
    });
  }, [isOn, source, view.filter, view.zone]);
  const known = new Set(rows?.events.map((event) => event["ID"]));
  return { isOn, toggle: () => setOn(!isOn), events: events.filter((event) => !known.has(event["ID"])) };
}
