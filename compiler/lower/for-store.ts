/** The SQL of compiled filters within statements of a store, which has more than the searched table. Made once a filter. */
import type { CompiledFilter } from "../compile.js";
import { cheapestFirst } from "./cheapest-first.js";
import { lowerCondition } from "./condition.js";
import { render, type Fragment } from "../sql/fragment.js";

const searched = new WeakMap<CompiledFilter, Fragment>();
const walked = new WeakMap<CompiledFilter, Fragment | null>();

/** The condition where indexes find the rows. {@link CompiledFilter.sql} is the same in terms of the searched table alone. */
export function lowerForStore(filter: CompiledFilter): Fragment {
  const known = searched.get(filter);
  if (known !== undefined) return known;
  const fragment = lowerCondition(filter.condition, filter.catalogue, { prefilters: "store" });
  searched.set(filter, fragment);
  return fragment;
}

/** The condition where rows are looked at one by one, its cheap tests first; null where it is that of {@link lowerForStore}. */
export function lowerForRows(filter: CompiledFilter): Fragment | null {
  const known = walked.get(filter);
  if (known !== undefined) return known;
  const fragment = lowerCondition(cheapestFirst(filter.condition), filter.catalogue, { prefilters: "rows" });
  const other = render(fragment).text === render(lowerForStore(filter)).text ? null : fragment;
  walked.set(filter, other);
  return other;
}
