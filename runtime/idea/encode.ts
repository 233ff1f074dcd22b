/** An IDEA event as the texts that PostgreSQL reads: the fast path of ingest. */
import type { SearchedColumn } from "../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { encodeArray, encodeNumberArray } from "../codecs/array.js";
import { formatMicros, type Micros } from "../codecs/time.js";
import type { WireValue } from "../statement.js";
import { columnReader, type ColumnValue } from "./column-reader.js";

/**
 * Encodes an event as one text for each of {@link searchedColumns}, in their order: what `$n::text[]` carries into `unnest` and a
 * cast to the column's type reads. `storedAt` is the storage time of an event that has none, in microseconds.
 *
 * @throws IdeaError when the event cannot be stored
 */
export type EventEncoder = (event: unknown, storedAt: Micros) => readonly WireValue[];

/** The encoder of a catalogue's events; made once, used for every event. It holds the same values as {@link eventToRow}. */
export function eventEncoder(catalogue: Catalogue): EventEncoder {
  const { columns, read } = columnReader(catalogue);
  const stamped = columns.map((column) => column.kind === "field" && column.field.stamped === true);
  return (event, storedAt) =>
    read(event).map((value, index) => {
      if (value === null) return stamped[index] === true ? formatMicros(storedAt) : null;
      return encodeValue(value, columns[index]?.kind);
    });
}

function encodeValue(value: NonNullable<ColumnValue>, kind: SearchedColumn["kind"] | undefined): string {
  if (kind === "elements") return JSON.stringify(value);
  if (typeof value !== "object") return String(value);
  return value.every(isNumber) ? encodeNumberArray(value) : encodeArray(value.map(String));
}

const isNumber = (value: unknown): value is number => typeof value === "number";
