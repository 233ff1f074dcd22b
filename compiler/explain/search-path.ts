/** How a search by a filter goes about it: for `explain`. What it finds on the way depends on the events and is not known here. */
import type { Execution } from "../values/execution.js";
import { formatMicros } from "../values/time.js";
import type { Catalogue } from "../catalogue/model.js";
import { isIndexable, listsAsked } from "../index-support.js";
import { timeBounds, withoutBounds } from "../time-bounds.js";
import type { Condition } from "../tree.js";

/** `[from, to)` outside of which nothing is looked at, in ISO 8601; null is open, or unknown where a `$parameter` has no value. */
export interface SearchedTime {
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * - `nothing`: no event can match, so none is looked at.
 * - `newest`: every event of the time matches, so the newest are the page.
 * - `indexes`: the newest events are looked at; where too few of them match, each day is searched through the indexes of the conditions.
 * - `rows`: the newest events are looked at; where too few of them match, all events of each day are read until the page is full.
 */
export interface SearchPath {
  readonly kind: "nothing" | "newest" | "indexes" | "rows";
  readonly time: SearchedTime;
  /** Fields of which the store's lists are asked which values meet the tests, so that an index finds the events with these. */
  readonly listed: readonly string[];
}

/** The path of a search. `execution` is null where not all parameters have a value. */
export function searchPath(
  condition: Condition,
  catalogue: Catalogue,
  execution: Execution | null,
): SearchPath {
  return {
    kind: kindOf(condition, catalogue),
    time: timeOf(condition, catalogue, execution),
    listed: listsAsked(condition, catalogue),
  };
}

function kindOf(condition: Condition, catalogue: Catalogue): SearchPath["kind"] {
  const field = catalogue.table.roles?.time;
  // The bounds select days; within a day they narrow nothing.
  const rest = field === undefined ? condition : withoutBounds(condition, field);
  if (rest.kind === "constant") return rest.value ? "newest" : "nothing";
  return isIndexable(rest, catalogue) ? "indexes" : "rows";
}

function timeOf(condition: Condition, catalogue: Catalogue, execution: Execution | null): SearchedTime {
  const field = catalogue.table.roles?.time;
  if (execution === null || field === undefined) return { from: null, to: null };
  const { from, to } = timeBounds(condition, field, execution);
  const text = (micros: bigint | null): string | null => (micros === null ? null : formatMicros(micros));
  return { from: text(from), to: text(to) };
}

/** The path in words, a sentence for each thing that there is to say. */
export function searchPathWords({ kind, time: { from, to }, listed }: SearchPath): readonly string[] {
  const limits = [from === null ? [] : [`from ${from}`], to === null ? [] : [`before ${to}`]].flat();
  const days = limits.length === 0 ? [] : [`Only events ${limits.join(" and ")} are looked at.`];
  const lists =
    listed.length === 0
      ? []
      : [`Which values of ${listed.join(", ")} are meant is asked of the store's list of values.`];
  return kind === "nothing" ? [WORDS.nothing] : [WORDS[kind], ...lists, ...days];
}

const NEWEST = "A search looks at the newest events; where too few of them match, ";

const WORDS: Readonly<Record<SearchPath["kind"], string>> = {
  nothing: "A search looks at no event.",
  newest: "A search takes the newest events.",
  indexes: `${NEWEST}an index narrows each day.`,
  rows: `${NEWEST}all events of each day are read, as no index narrows them.`,
};
