/** Filters that were compiled ahead, as data: what `eventstore generate --filters` writes, and every place that takes a filter. */
import type { Catalogue } from "./catalogue/model.js";
import { compileFilter, type CompiledFilter, type FilterOptions } from "./compile.js";
import type { NamedSets, SavedFilters } from "./resolve/context.js";
import type { Binding } from "./values/binding.js";

/** A filter as it was compiled ahead, and all that its text refers to. */
export interface FilterDefinition {
  /** Tells it from a compiled filter. */
  readonly kind: "saved";
  /** Text in the filter language. */
  readonly source: string;
  /** Boolean SQL expression with `$1` … for its values. */
  readonly text: string;
  /** How the values are made from arguments and clock. */
  readonly bindings: readonly Binding[];
  /** Named sets of the source. */
  readonly sets?: NamedSets;
  /** Other filters that the source may refer to. */
  readonly filters?: SavedFilters;
  /** Zone of times without offset; UTC when absent. */
  readonly timeZone?: string;
  /** The catalogue, where it is not IDEA's. */
  readonly catalogue?: Catalogue;
}

/** Whether a value is a {@link FilterDefinition}. */
export function isSaved(filter: unknown): filter is FilterDefinition {
  return typeof filter === "object" && filter !== null && "kind" in filter && filter.kind === "saved";
}

const known = new WeakMap<FilterDefinition, WeakMap<Catalogue, CompiledFilter>>();

/**
 * The filter for a store of a catalogue, with the sets, filters and zone that it was generated with; made once.
 *
 * @throws FilterError when the catalogue lacks what the filter is about
 */
export function compileSaved(saved: FilterDefinition, options: FilterOptions): CompiledFilter {
  const { source, sets, filters, timeZone } = saved;
  const { catalogue } = options;
  const compile = () => compileFilter(source, { ...options, sets, filters, timeZone });
  if (catalogue === undefined) return compile();
  const own = known.get(saved) ?? new WeakMap<Catalogue, CompiledFilter>();
  known.set(saved, own);
  const compiled = own.get(catalogue) ?? compile();
  own.set(catalogue, compiled);
  return compiled;
}
