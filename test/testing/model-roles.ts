/** What a model of a store has to know of an event: its identifier, its time, and which of two comes first. */
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { storeTables } from "../../compiler/catalogue/tables.js";
import { dateToMicros, microsToDate, parsePgTimestamp, type Micros } from "../../compiler/values/time.js";
import { eventToRow } from "../../runtime/events/row.js";

/** Identifier and time of the events of a catalogue. */
export interface ModelRoles {
  readonly catalogue: Catalogue;
  /** Name of the field that partitions and orders go by, and its column. */
  readonly time: string;
  readonly timeColumn: string;
  readonly idOf: (event: unknown) => string;
  /** The time, cut to milliseconds. */
  readonly dateOf: (event: unknown) => Date;
  readonly isBefore: (event: unknown, limit: Date) => boolean;
  /** By time, then by the bytes of the identifier. */
  readonly compare: (one: unknown, other: unknown) => number;
}

/** A row has identifiers and times as texts. */
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Times of rows are printed as ISO 8601 has them, those of servers with a blank. */
const microsOf = (text: string): Micros => parsePgTimestamp(text.replace("T", " ").replace("Z", "+00"));

/** @throws Error when the catalogue describes no table that a store makes and keeps */
export function modelRoles(catalogue: Catalogue): ModelRoles {
  const { id, time } = storeTables(catalogue).roles;
  const rows = new WeakMap<object, { readonly id: string; readonly micros: Micros }>();
  const rowOf = (event: unknown) => {
    const known = rows.get(event as object);
    if (known !== undefined) return known;
    const row = eventToRow(event, catalogue);
    const made = { id: textOf(row[id.column]), micros: microsOf(textOf(row[time.column])) };
    rows.set(event as object, made);
    return made;
  };
  return {
    catalogue,
    time: time.name,
    timeColumn: time.column,
    idOf: (event) => rowOf(event).id,
    dateOf: (event) => microsToDate(rowOf(event).micros),
    isBefore: (event, limit) => rowOf(event).micros < dateToMicros(limit),
    compare: (one, other) => {
      const [first, second] = [rowOf(one), rowOf(other)];
      if (first.micros !== second.micros) return first.micros < second.micros ? -1 : 1;
      return Buffer.compare(Buffer.from(first.id), Buffer.from(second.id));
    },
  };
}
