/** The generated statements that store events, fed from events that are encoded column by column. */
import { searchedColumns } from "../../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { encodeArray } from "../../../compiler/values/array.js";
import { encodeByteaArray } from "../../postgres/bytea-array.js";
import type { SentValue, Statement, WireRow, WireValue } from "../../postgres/statement.js";
import { readText } from "../../postgres/wire.js";
import type { StoreStatements } from "../client.js";

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

/** The statements that store events which are not there yet; each gives the ids of those that were stored. */
export interface InsertStatements {
  /** Leaves alone what `many` might take: an id whose event went with its day. */
  readonly one: Statement<EncodedEvent, string, "optional">;
  /** The same for an event whose values are listed. To see that they are would take a tenth of the time. */
  readonly oneOfKnownWords: Statement<EncodedEvent, string, "optional">;
  /** Ids must differ. */
  readonly many: Statement<readonly EncodedEvent[], string, "many">;
  /** The same, but for leaving alone what `one` leaves alone. */
  readonly manyNew: Statement<readonly EncodedEvent[], string, "many">;
}

/** The statements of a store, fed with what is encoded already: values in the order of the columns, instead of one by name for each. */
export function insertStatements(catalogue: Catalogue, statements: StoreStatements): InsertStatements {
  const columns = searchedColumns(catalogue).length;
  const single = (
    statement: StoreStatements["insertEvent" | "insertListedEvent"],
  ): InsertStatements["one"] => ({
    ...statement,
    cardinality: "optional",
    idempotent: false,
    encode: ({ columns: values, packed }) => [...values, packed],
    decode: readId,
  });
  const several = (
    statement: StoreStatements["insertEvents" | "insertNewEvents"],
  ): InsertStatements["many"] => ({
    ...statement,
    cardinality: "many",
    idempotent: false,
    decode: readId,
    encode: (events) => encodeEvents([...events].sort(byTime), columns),
  });
  return {
    one: single(statements.insertEvent),
    oneOfKnownWords: single(statements.insertListedEvent),
    many: several(statements.insertEvents),
    manyNew: several(statements.insertNewEvents),
  };
}

/** An array for each column, and one for the JSON. */
export function encodeEvents(events: readonly EncodedEvent[], columns: number): readonly SentValue[] {
  return [
    ...Array.from({ length: columns }, (_, column) => encodeColumn(events, column)),
    encodeByteaArray(events.map(({ packed }) => packed)),
  ];
}

function readId([id]: WireRow): string {
  return readText(id);
}

/**
 * Events of a time come from detectors that take seconds and from others that take minutes. Rows in the order of their time fill pages that
 * a search newest first reads one after the other; in the order of arrival it would change the page with nearly every row. Times are in
 * UTC, so that their texts sort nearly as they do, which is all that is wanted.
 */
export function byTime(a: EncodedEvent, b: EncodedEvent): number {
  return a.time < b.time ? -1 : a.time > b.time ? 1 : 0;
}

/** One column of all events. Half of the columns are empty in most batches: no element stands for nulls only, as unnest pads with null. */
export function encodeColumn(events: readonly EncodedEvent[], column: number): string {
  const values = events.map((event) => event.columns[column] ?? null);
  return values.every((value) => value === null) ? "{}" : encodeArray(values);
}
