/** Deleting and archiving events: the operations, how they are called, and their methods. */
import type { Filter } from "../../../compiler/compose.js";
import { date, text } from "../../../compiler/values/checks.js";
import { carefulSession } from "../../postgres/patient.js";
import type { CallOptions } from "../../postgres/statement.js";
import * as checks from "../arguments/options.js";
import { KEPT, UNFILTERED, type OperationRows } from "../operation-row.js";
import type { WritingScope, UpkeepScope } from "../scope.js";
import { deleteById } from "../search/by-id.js";
import type { DeleteOptions, WithFilter } from "../types/events.js";
import type { ArchiveOptions, ArchiveReport } from "../types/upkeep.js";
import { archivePartitions } from "./archive.js";
import { tableCleanup } from "./cleanup.js";
import { deleteEvents } from "./delete.js";

/** The operations that delete events. */
export interface RetentionOperations {
  /** Deletes one event. Returns whether there was one with this id. */
  deleteEvent(id: string, options?: CallOptions): Promise<boolean>;
  /**
   * Deletes the events that match and returns how many there were. With `batch` in slices, each committed by itself.
   *
   * @throws DataError when every event would match and `all: true` is missing
   * @throws FilterError when the filter does not compile
   */
  deleteEvents<const F extends Filter | undefined = undefined>(
    options?: WithFilter<DeleteOptions, F>,
  ): Promise<number>;
  /**
   * Removes the rows whose time in a column lies before `ttl` and returns how many there were. Whole days of events are dropped.
   *
   * @param table a table of the store by its name: the events, the thresholds, or the events that were withheld
   * @param column one of its time columns
   * @throws DataError for a table or a column that is not cleaned
   */
  tableCleanup(table: string, column: string, ttl: Date, options?: CallOptions): Promise<number>;
}

/** How they are called. */
export const RETENTION_OPERATIONS = {
  deleteEvent: {
    runsOn: "primary, after a look",
    unanswered: "the event may have been deleted",
    foreign: KEPT,
    parameters: [["id", text]],
    options: checks.CALL,
  },
  deleteEvents: {
    runsOn: "primary, after a patient look",
    foreign: KEPT,
    parameters: [],
    options: checks.DELETE,
  },
  tableCleanup: {
    runsOn: "primary, after a patient look",
    restricted: UNFILTERED,
    foreign: KEPT,
    parameters: [
      ["table", text],
      ["column", text],
      ["ttl", date],
    ],
    options: checks.CALL,
  },
} as const satisfies OperationRows<RetentionOperations>;

/** Their methods. */
export function retentionMethods({ context, inserter, within, going }: WritingScope): RetentionOperations {
  return {
    deleteEvent: (id, options) => deleteById(within(options), context, id, options),
    deleteEvents: (options: DeleteOptions = {}) =>
      deleteEvents(going(options, carefulSession), context, options),
    tableCleanup: async (table, column, ttl, options) => {
      inserter.days.forget();
      const sessions = { dropping: going(options), deleting: going(options, carefulSession) };
      return tableCleanup(sessions, context, { table, column, ttl }, options);
    },
  };
}

/** What only a store offers: archives. */
export interface RetentionUpkeep {
  /**
   * Writes the events of partitions of the past somewhere else, and drops each once it is written. `insertEvents` takes them back; `eventstore archive`
   * does both with files.
   */
  archivePartitions(options: ArchiveOptions): Promise<ArchiveReport>;
}

/** How it is called. */
export const RETENTION_UPKEEP = {
  archivePartitions: {
    runsOn: "primary, after a patient look",
    restricted: UNFILTERED,
    foreign: "its partitions belong to what keeps it",
    parameters: [],
    options: checks.ARCHIVE,
    required: ["before", "write"],
  },
} as const satisfies OperationRows<RetentionUpkeep>;

/** Its method. */
export function retentionUpkeep({ context, inserter, going }: UpkeepScope): RetentionUpkeep {
  return {
    archivePartitions: (options) => {
      inserter.days.forget();
      return archivePartitions(going(options), context, options);
    },
  };
}
