/** An IDEA event as a row of the searched table. */
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { columnReader, type ColumnReader, type ColumnValue } from "./column-reader.js";

export type { ColumnValue } from "./column-reader.js";

/** A row of the searched table by column, as plain JSON. */
export type EventRow = Readonly<Record<string, ColumnValue>>;

const readers = new WeakMap<Catalogue, ColumnReader>();

/**
 * The row of an event: what can be stored is stored in its normalised form, what cannot is remarked on in the inspection errors.
 * The storage time is null where the event has none; it is stamped when the row is written.
 *
 * @throws IdeaError when the event cannot be stored: no object, no identifier, no time of detection (operations.md, 5)
 */
export function eventToRow(event: unknown, catalogue: Catalogue = IDEA_CATALOGUE): EventRow {
  let reader = readers.get(catalogue);
  if (reader === undefined) readers.set(catalogue, (reader = columnReader(catalogue)));
  const values = reader.read(event);
  return Object.fromEntries(reader.columns.map(({ name }, index) => [name, values[index] ?? null]));
}
