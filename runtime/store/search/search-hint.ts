/** What the last search by a filter needed, so that the next one asks for no more. A guess about time, never about what is found. */
import type { CompiledFilter } from "../../../compiler/compile.js";
import type { BoundFilter } from "../filter-argument.js";

/**
 * `recent`: the newest rows filled the page. `days`: they did not, but the days of the first statement did. `far`: the page was not full after
 * these either.
 */
export type SearchHint = "recent" | "days" | "far";

/** What a store has learnt about the filters that it was asked for. */
export interface SearchHints {
  /** @param order - the sort column and its direction, as text */
  readonly of: (filter: BoundFilter, order: string) => SearchHint | null;
  /** @param hint - null: nothing that is worth remembering */
  readonly learn: (filter: BoundFilter, order: string, hint: SearchHint | null) => void;
}

/** Arguments of one filter that are remembered; where there are more, it begins anew. */
const KEPT = 100;

/** A memory that knows nothing. What it knows of a filter goes with the filter. */
export function createSearchHints(): SearchHints {
  const filters = new WeakMap<CompiledFilter, Map<string, SearchHint>>();
  return {
    of: (filter, order) => filters.get(filter.compiled)?.get(keyOf(filter, order)) ?? null,
    learn: (filter, order, hint) => {
      let known = filters.get(filter.compiled);
      const key = keyOf(filter, order);
      if (hint === null) return void known?.delete(key);
      if (known === undefined || known.size >= KEPT)
        filters.set(filter.compiled, (known = new Map<string, SearchHint>()));
      known.set(key, hint);
    },
  };
}

/** Arguments that look alike share what is known, which costs time at most. So long ones are cut, and lists go by their length and first value. */
function keyOf({ args }: BoundFilter, order: string): string {
  return [order, ...Object.entries(args).map(([name, value]) => `${name}=${lookOf(value)}`)].join(" ");
}

/** Takes any value: what is wrong with an argument is reported where it is bound. */
function lookOf(value: unknown): string {
  if (Array.isArray(value)) return `${value.length} ${scalarLook(value[0])}`;
  return scalarLook(value);
}

const LOOK = 100;

function scalarLook(value: unknown): string {
  if (typeof value === "string") return value.slice(0, LOOK);
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  return value instanceof Date ? String(value.getTime()) : typeof value;
}
