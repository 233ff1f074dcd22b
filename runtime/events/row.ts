/** An IDEA event as a row of the searched table. */
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { columnReader, type ColumnFormat, type ColumnReader } from "./column-reader.js";
import { toScalar, type ElementValue, type ScalarValue } from "./column-value.js";

/** What one column holds: null for no value, also where the column is a list. */
export type ColumnValue = ScalarValue | readonly ScalarValue[] | readonly ElementValue[] | null;

/** A row of the searched table by column, as plain JSON. */
export type EventRow = Readonly<Record<string, ColumnValue>>;

const JSON_VALUES: ColumnFormat<ColumnValue> = {
  scalar: (field) => (value) => toScalar(value, field),
  list: (field) => (values) => values.map((value) => toScalar(value, field)),
  count: (count) => count,
  elements: (elements) => elements,
  tokens: (tokens) => tokens,
};

const readers = new WeakMap<Catalogue, ColumnReader<ColumnValue>>();

/**
 * The row of an event: what can be stored is stored in its normalised form, what cannot is remarked on in the inspection errors.
 * The storage time is null where the event has none; it is stamped when the row is written.
 *
 * @throws IdeaError when the event cannot be stored: no object, no identifier, no time of detection (operations.md, 5)
 */
export function eventToRow(event: unknown, catalogue: Catalogue = IDEA_CATALOGUE): EventRow {
  let reader = readers.get(catalogue);
  if (reader === undefined) readers.set(catalogue, (reader = columnReader(catalogue, JSON_VALUES)));
  const values = reader.read(event);
  return Object.fromEntries(reader.columns.map(({ name }, index) => [name, values[index] ?? null]));
}
