/** What the operations of one store share. */
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { storeTables, type StoreTables } from "../../compiler/catalogue/tables.js";
import type { FilterOptions } from "../../compiler/compile.js";
import type { StoreModule } from "./client.js";
import { createKnownPartitions, type KnownPartitions } from "./search/days.js";
import { createSearchHints, type SearchHints } from "./search/search-hint.js";

/** One for each open storage. */
export interface StoreContext extends StoreModule {
  readonly catalogue: Catalogue;
  readonly tables: StoreTables;
  readonly filterOptions: FilterOptions;
  readonly partitions: KnownPartitions;
  readonly hints: SearchHints;
  /** The statements over roll-ups that read no event besides, where it is worth asking these first: on a cluster; null elsewhere. */
  readonly alone: StoreModule["connect"] | null;
  /** The session is a transaction: it keeps the locks of all its statements. */
  readonly inTransaction: boolean;
  /** Milliseconds allowed to a call that sets none, all of its statements together; undefined or 0: no limit. */
  readonly limitMs: number | undefined;
}

/** The context of a store that knows nothing yet. @throws Error as storeTables does */
export function createContext(
  client: StoreModule,
  filterOptions: FilterOptions,
  limitMs?: number,
): StoreContext {
  const tables = storeTables(client.catalogue);
  return {
    ...client,
    tables,
    filterOptions: { ...filterOptions, catalogue: client.catalogue },
    partitions: createKnownPartitions(client, tables),
    hints: createSearchHints(),
    alone: null,
    inTransaction: false,
    limitMs,
  };
}
