/**
 * All tables of the event store, as data: those of the events, and those of the storage layout around them. DDL, migrations, statements and
 * status reports are derived from this description.
 */
import { eventTables } from "./event-tables.js";
import type { Catalogue } from "./model.js";
import { plainRoles, plainTables } from "./plain-tables.js";
import { storageRoles } from "./storage-roles.js";
import type { StoreTable, StoreTables } from "./table-model.js";
import { tableNames } from "./table-names.js";
import { thresholdTables, upkeepTables } from "./upkeep-tables.js";

export type * from "./table-model.js";

/** The partitioned tables of a store, in the order in which they are locked. */
export function partitionedTables(tables: StoreTables): readonly StoreTable[] {
  return [tables.events, tables.json];
}

/** All tables, in the order of creation. */
export function allTables(tables: StoreTables): readonly StoreTable[] {
  return [
    tables.versions,
    ...partitionedTables(tables),
    tables.ids,
    tables.hours,
    tables.rollups,
    tables.rollupHours,
    tables.topDays,
    tables.words,
    tables.thresholds,
    tables.thresholded,
  ];
}

/** {@link StoreTables.rollupHours}: version of an hour that was dropped, which no hour has; its roll-ups are still to be swept. */
export const DROPPED_VERSION = -1;

/** {@link StoreTables.words}: the value that says that the list of a field is complete. */
export const COMPLETE = "";

/** Sessions that count into the same hour at the same time use different rows, so that they don't wait for each other. */
export const HOUR_SHARDS = 16;

const known = new WeakMap<Catalogue, StoreTables>();

/**
 * The tables of a catalogue, made once for each. The names of all follow from that of the searched table (compiler/catalogue/table-names.ts),
 * so that stores of several catalogues can live side by side in one schema.
 *
 * @throws Error when the catalogue names no scalar fields for the roles of the layout, uses a name of the layout for a column, or has a table
 *   whose name is too long or would share a table with another store
 */
export function storeTables(catalogue: Catalogue): StoreTables {
  let tables = known.get(catalogue);
  if (tables === undefined) known.set(catalogue, (tables = describeTables(catalogue)));
  return tables;
}

function describeTables(catalogue: Catalogue): StoreTables {
  const names = tableNames(catalogue);
  const { plain } = catalogue.table;
  const roles = plain === undefined ? storageRoles(catalogue) : plainRoles(catalogue, plain);
  return {
    ...upkeepTables(names),
    ...thresholdTables(names),
    ...(plain === undefined ? eventTables(catalogue, names, roles) : plainTables(catalogue, names, plain)),
    roles,
    sequence: names.sequence,
  };
}
