/** What is looked at: the view of the address, and its event. */
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { IdeaObject } from "../shared/answers.js";
import { idReader } from "../shared/catalogue-view.js";
import { readView, writeView, type View } from "../shared/view-state.js";
import type { Source } from "./app-context.js";

/** The view of the address; each other one is an entry of the browser's history. */
export function useView(usual: View): readonly [View, (change: (now: View) => View) => void] {
  const [search, setSearch] = useState(() => location.search);
  // Made while rendering: an effect would let the view be asked for once as it was before the usual one was known.
  const view = useMemo(() => readView(search, usual), [search, usual]);
  useEffect(() => {
    const back = (): void => setSearch(location.search);
    addEventListener("popstate", back);
    return () => removeEventListener("popstate", back);
  }, []);
  const change = useCallback(
    (next: (now: View) => View) => {
      const now = readView(location.search, usual);
      const parameters = writeView(next(now), usual);
      if (parameters === writeView(now, usual)) return;
      history.pushState(null, "", parameters === "" ? location.pathname : `?${parameters}`);
      setSearch(location.search);
    },
    [usual],
  );
  return [view, change];
}

/** The event of the view: from the rows, else asked for. */
export function useSelected(
  source: Source | null,
  view: View,
  events: readonly IdeaObject[] | undefined,
): { readonly event: IdeaObject | null } {
  const [event, setEvent] = useState<IdeaObject | null>(null);
  const catalogue = source?.fields.catalogue;
  const idOf = useMemo(() => (catalogue === undefined ? () => "" : idReader(catalogue)), [catalogue]);
  useEffect(() => {
    if (view.event === "" || source === null) return setEvent(null);
    if (event !== null && idOf(event) === view.event) return;
    const known = events?.find((one) => idOf(one) === view.event);
    if (known !== undefined) return setEvent(known);
    const controller = new AbortController();
    source.backend.event(view.event, controller.signal).then(setEvent, () => undefined);
    return () => controller.abort();
  }, [view.event, source, events]);
  return { event: view.event === "" ? null : event };
}
