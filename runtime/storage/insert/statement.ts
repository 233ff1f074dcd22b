/** The generated statement that stores events, fed from events that are encoded column by column. */
import { searchedColumns } from "../../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { insertText } from "../../../compiler/operations/events.js";
import { encodeArray, encodePlainArray } from "../../codecs/array.js";
import type { Statement, WireValue } from "../../statement.js";
import { dynamicStatement, required } from "../dynamic-statement.js";

/** An event ready to be sent: the texts of its columns in the order of `searchedColumns`, and its JSON. */
export interface EncodedEvent {
  readonly id: string;
  /** UTC day of the partitioning time, in days since 1970-01-01. */
  readonly day: number;
  readonly columns: readonly WireValue[];
  /** The JSON text. */
  readonly json: string;
  /** The JSON text as it is kept, in base64. */
  readonly packed: string;
}

/**
 * The statement of a catalogue: stores events with different ids, returns the ids of those that were not there yet. For the IDEA catalogue it is
 * `insertEvents` of generated/, with the same text and name.
 */
export function insertStatement(catalogue: Catalogue): Statement<readonly EncodedEvent[], string, "many"> {
  const columns = searchedColumns(catalogue).length;
  const statement = dynamicStatement(insertText(catalogue), {
    operation: "insertEvents",
    cardinality: "many",
    idempotent: false,
    decode: ([id]) => required(id),
  });
  return {
    ...statement,
    encode: (events) => [
      ...Array.from({ length: columns }, (_, column) => encodeColumn(events, column)),
      encodePlainArray(events.map(({ packed }) => packed)),
    ],
  };
}

/** One column of all events. Half of the columns are empty in most batches: no element stands for nulls only, as unnest pads with null. */
function encodeColumn(events: readonly EncodedEvent[], column: number): string {
  const values = events.map((event) => event.columns[column] ?? null);
  return values.every((value) => value === null) ? "{}" : encodeArray(values);
}
