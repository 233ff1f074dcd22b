/** What the statements of a store are made of: its tables and the columns that the layout rests on, as SQL identifiers. */
import type { Catalogue } from "../catalogue/model.js";
import { isSpread } from "../catalogue/spread.js";
import type { TableNames } from "../catalogue/table-names.js";
import { SEQ } from "../catalogue/table-parts.js";
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
  /** The columns by which rows of the tables of an event belong together. */
  readonly eventKey: readonly string[];
  /**
   * Ends a lateral subquery that is to be run row by row, before anything around it. Workers are sent no such subquery with an offset: there the
   * planner has a free hand.
   */
  readonly fence: string;
  /** What EXISTS selects: a server has no need of a column, workers want one. */
  readonly anything: string;
}

/** A condition: the row `one` of a table of events and the row `other` of another are of the same event. `at`: the time in `other`. */
export function sameEvent({ eventKey, time }: StoreNames, one: string, other: string, at = time): string {
  return eventKey.map((key) => `${one}.${key} = ${other}.${key === time ? at : key}`).join(" and ");
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
    eventKey: (isSpread(catalogue)
      ? [tables.roles.id.column, SEQ.name, tables.roles.time.column]
      : [SEQ.name, tables.roles.time.column]
    ).map(identifier),
    fence: isSpread(catalogue) ? "" : " offset 0",
    anything: isSpread(catalogue) ? "select 1" : "select",
  };
  known.set(catalogue, names);
  return names;
}
