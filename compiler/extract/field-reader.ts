/** Reads the values of one field out of an event. */
import type { Catalogue, StoredField } from "../catalogue/model.js";
import { eventReader } from "./event-reader.js";
import { pathReader, type FieldReader } from "./path-reader.js";

/**
 * The reader of a stored field, as the row mapping and the in-memory evaluation both use it: a field's column holds exactly these
 * values. Problems are found only for a log. A field that takes the mapping's remarks is read by mapping the whole event.
 *
 * @throws Error when the catalogue contradicts itself
 */
export function fieldReader(field: StoredField, catalogue: Catalogue): FieldReader {
  if (field.remarks !== true) return pathReader(field, field.paths, catalogue);
  const { fields, read } = eventReader(catalogue);
  const position = fields.indexOf(field);
  return (event) => read(event).values[position] ?? [];
}
