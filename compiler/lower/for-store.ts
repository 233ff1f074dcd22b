/** The SQL of compiled filters within statements of a store, which has more than the searched table. Made once a filter. */
import type { CompiledFilter } from "../compile.js";
import { cheapestFirst } from "./cheapest-first.js";
import { lowerCondition } from "./condition.js";
import { render, type Fragment } from "../sql/fragment.js";

/** No field is crowded. */
export const NONE_CROWDED: ReadonlySet<string> = new Set();

/** Whoever knows which fields are crowded keeps one set as long as they are the same. */
type Memory<T> = WeakMap<ReadonlySet<string>, WeakMap<CompiledFilter, T>>;

const searched: Memory<Fragment> = new WeakMap();
const walked: Memory<Fragment | null> = new WeakMap();

/**
 * The condition where indexes find the rows. {@link CompiledFilter.sql} is the same in terms of the searched table alone.
 *
 * @param crowded - names of fields with too many listed values: their lists are not asked
 */
export function lowerForStore(filter: CompiledFilter, crowded = NONE_CROWDED): Fragment {
  return remembered(searched, { filter, crowded }, () =>
    lowerCondition(filter.condition, filter.catalogue, { prefilters: "store", crowded }),
  );
}

/** The condition where rows are looked at one by one, its cheap tests first; null where it is that of {@link lowerForStore}. */
export function lowerForRows(filter: CompiledFilter, crowded = NONE_CROWDED): Fragment | null {
  return remembered(walked, { filter, crowded }, () => {
    const condition = cheapestFirst(filter.condition);
    const fragment = lowerCondition(condition, filter.catalogue, { prefilters: "rows", crowded });
    return render(fragment).text === render(lowerForStore(filter, crowded)).text ? null : fragment;
  });
}

interface MemoryKey {
  readonly filter: CompiledFilter;
  readonly crowded: ReadonlySet<string>;
}

function remembered<T>(memory: Memory<T>, { filter, crowded }: MemoryKey, make: () => T): T {
  const made = memory.get(crowded) ?? new WeakMap<CompiledFilter, T>();
  memory.set(crowded, made);
  const known = made.get(filter);
  if (known !== undefined) return known;
  const fresh = make();
  made.set(filter, fresh);
  return fresh;
}
