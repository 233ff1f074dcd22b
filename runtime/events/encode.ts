/** An IDEA event as the texts that PostgreSQL reads: the fast path of ingest. */
import type { SearchedColumn } from "../../compiler/catalogue/columns.js";
import type { Catalogue, FieldType, StoredField } from "../../compiler/catalogue/model.js";
import type { StoredValue, StoredValues } from "../../compiler/extract/value.js";
import { encodeArray, encodePlainArray } from "../../compiler/values/array.js";
import { formatMicros, type Micros } from "../../compiler/values/time.js";
import type { WireValue } from "../postgres/statement.js";
import { columnReader, type ColumnFormat } from "./column-reader.js";
import { toScalar } from "./column-value.js";

/**
 * Encodes an event as one text for each of {@link searchedColumns}, in their order: what `$n::text[]` carries into `unnest` and a
 * cast to the column's type reads. `storedAt` is the storage time of an event that has none, in microseconds.
 *
 * @throws IdeaError when the event cannot be stored
 */
export type EventEncoder = (event: unknown, storedAt: Micros) => readonly WireValue[];

/** The encoder of a catalogue's events; made once, used for every event. It holds the same values as {@link eventToRow}. */
export function eventEncoder(catalogue: Catalogue): EventEncoder {
  const { columns, read } = columnReader(catalogue, TEXT);
  const stamped = [...columns.keys()].filter((index) => isStamped(columns[index]));
  return (event, storedAt) => {
    const texts = read(event);
    for (const index of stamped) texts[index] ??= formatMicros(storedAt);
    return texts;
  };
}

const isStamped = (column: SearchedColumn | undefined): boolean =>
  column?.kind === "field" && column.field.stamped === true;

/** Types whose values are words or free text, which may need quotes in an array. */
const QUOTED: ReadonlySet<FieldType> = new Set(["text", "enum", "ordered", "hierarchy", "id"]);

const TEXT: ColumnFormat<string> = {
  scalar: (field) => (value) => String(toScalar(value, field)),
  list: listEncoder,
  count: String,
  elements: (elements) => JSON.stringify(elements),
  tokens: encodePlainArray,
};

function listEncoder(field: StoredField): (values: StoredValues) => string {
  const write = (value: StoredValue) => toScalar(value, field);
  if (!QUOTED.has(field.type)) return (values) => encodePlainArray(values.map(write));
  return (values) => encodeArray(values.map(String));
}
