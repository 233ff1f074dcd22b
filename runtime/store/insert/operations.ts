/** Storing events: the operations, how they are called, and their methods. */
import { anything, type Check } from "../../../compiler/values/checks.js";
import type { CatalogueNames } from "../../client.js";
import * as checks from "../arguments/options.js";
import { KEPT, type OperationRows } from "../operation-row.js";
import type { WritingScope } from "../scope.js";
import type {
  BulkEvent,
  BulkOptions,
  BulkResult,
  CheckedEvent,
  IdeaNames,
  InsertOptions,
} from "../types/events.js";
import { insertEvent, insertEvents } from "./insert.js";

/** The operations that store events. */
export interface InsertOperations<N extends CatalogueNames = IdeaNames> {
  /**
   * Stores one event and returns its id once it is committed. Concurrent calls share a statement, except within a transaction, or with a
   * `signal`, a `name` or a time limit.
   *
   * @param event an IDEA event with at least what {@link StorableEvent} says, or what `withRaw` made of one; a value whose keys are not known to the
   * compiler is checked when it is stored
   * @throws DataError when the event cannot be stored, with the path of the value that is wrong
   * @throws StorageIntegrityError when its id is taken, unless `onConflict` is `ignore`
   */
  insertEvent<E>(event: E & CheckedEvent<E, N>, options?: InsertOptions): Promise<string>;
  /**
   * Stores many events, in batches that are committed one by one. A broken connection is replayed: no event is stored twice.
   *
   * @returns how many were stored, how many were already there, and which were rejected and why
   * @throws EventStorageError when the database fails; what `onProgress` has acknowledged is stored
   */
  insertEvents(
    events: Iterable<BulkEvent> | AsyncIterable<BulkEvent>,
    options?: BulkOptions,
  ): Promise<BulkResult>;
}

const source: Check = (value) =>
  typeof value === "object" && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value)
    ? null
    : "a list or another iterable of events";

/** How they are called. */
export const INSERT_OPERATIONS = {
  insertEvent: {
    runsOn: "primary",
    foreign: KEPT,
    parameters: [["event", anything]],
    options: checks.INSERT,
  },
  insertEvents: {
    runsOn: "primary",
    foreign: KEPT,
    parameters: [["events", source]],
    options: checks.BULK,
  },
} as const satisfies OperationRows<InsertOperations>;

/** Their methods. */
export function insertMethods({ session, inserter, gathering }: WritingScope): InsertOperations {
  return {
    insertEvent: (event, options) => insertEvent({ session, inserter, gathering }, event, options),
    insertEvents: (events, options) => insertEvents(session, inserter, events, options),
  };
}
