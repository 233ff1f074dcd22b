/**
 * The layout of a store on a Citus cluster: the same catalogue with the rows of its events spread over workers by their identifiers. Tables,
 * schema and statements are derived from such a catalogue as from any other. Its content is that of the catalogue that it was made of, so that
 * filters compiled for the one are filters of the other.
 */
import type { Catalogue } from "./model.js";

const spreads = new WeakMap<Catalogue, Catalogue>();
const made = new WeakSet<Catalogue>();

/** The catalogue for a store that is spread over workers, made once for each; itself where it is one. */
export function spreadCatalogue(catalogue: Catalogue): Catalogue {
  if (made.has(catalogue)) return catalogue;
  let spread = spreads.get(catalogue);
  if (spread === undefined) {
    spread = { ...catalogue };
    spreads.set(catalogue, spread);
    made.add(spread);
  }
  return spread;
}

/** Whether the rows of a store of this catalogue are spread over workers. */
export function isSpread(catalogue: Catalogue): boolean {
  return made.has(catalogue);
}

/**
 * Name of `jsonb_to_recordset` as a function of the store, declared immutable: it depends on a setting only for types that elements don't have,
 * and Citus sends no other table function to its workers.
 */
export function elementsFunction({ table }: Catalogue): string {
  return `${table.name}_elements`;
}
