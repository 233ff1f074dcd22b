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
  /** The partitioning time as it is sent. */
  readonly time: string;
  /** The JSON text as it is kept. Bytes, as they lie outside of the heap that is collected while a batch waits. */
  readonly packed: Buffer;
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
    encode: (events) => {
      const rows = [...events].sort(byTime);
      return [
        ...Array.from({ length: columns }, (_, column) => encodeColumn(rows, column)),
        encodePlainArray(rows.map(({ packed }) => packed.toString("base64"))),
      ];
    },
  };
}

/**
 * Events of a time come from detectors that take seconds and from others that take minutes. Rows in the order of their time fill pages that
 * a search newest first reads one after the other; in the order of arrival it would change the page with nearly every row. Times are in
 * UTC, so that their texts sort nearly as they do, which is all that is wanted.
 */
function byTime(a: EncodedEvent, b: EncodedEvent): number {
  return a.time < b.time ? -1 : a.time > b.time ? 1 : 0;
}

/** One column of all events. Half of the columns are empty in most batches: no element stands for nulls only, as unnest pads with null. */
function encodeColumn(events: readonly EncodedEvent[], column: number): string {
  const values = events.map((event) => event.columns[column] ?? null);
  return values.every((value) => value === null) ? "{}" : encodeArray(values);
}
