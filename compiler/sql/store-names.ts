/** What the statements of a store are made of: its tables and the columns that the layout rests on, as SQL identifiers. */
import type { Catalogue } from "../catalogue/model.js";
import type { TableNames } from "../catalogue/table-names.js";
import { storeTables } from "../catalogue/tables.js";
import { identifier } from "./fragment.js";

/** SQL identifiers, quoted where they have to be. */
export interface StoreNames extends TableNames {
  readonly events: string;
  /** Column of the identifier. */
  readonly id: string;
  /** Column of the time that partitions and the default order go by. */
  readonly time: string;
  /** Column of the time of storing. */
  readonly stored: string;
}

const known = new WeakMap<Catalogue, StoreNames>();

/** The names of a catalogue's store, made once for each. @throws Error as storeTables does */
export function storeNames(catalogue: Catalogue): StoreNames {
  const found = known.get(catalogue);
  if (found !== undefined) return found;
  const tables = storeTables(catalogue);
  const names: StoreNames = {
    events: identifier(tables.events.name),
    json: identifier(tables.json.name),
    ids: identifier(tables.ids.name),
    hours: identifier(tables.hours.name),
    rollups: identifier(tables.rollups.name),
    rollupHours: identifier(tables.rollupHours.name),
    topDays: identifier(tables.topDays.name),
    words: identifier(tables.words.name),
    thresholds: identifier(tables.thresholds.name),
    thresholded: identifier(tables.thresholded.name),
    versions: identifier(tables.versions.name),
    sequence: identifier(tables.sequence),
    id: identifier(tables.roles.id.column),
    time: identifier(tables.roles.time.column),
    stored: identifier(tables.roles.stored.column),
  };
  known.set(catalogue, names);
  return names;
}
