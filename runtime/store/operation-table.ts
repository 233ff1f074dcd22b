/**
 * The table of operations: how each is called, where it may run, and what it is within a restriction and over a table that something else
 * keeps. Calls are checked by it, reads are sent to standbys, and what has no meaning somewhere is refused there.
 */
import {
  anything,
  callback,
  columnText,
  date,
  either,
  flag,
  listOf,
  oneOf,
  record,
  text,
  type Check,
} from "../../compiler/values/checks.js";
import * as options from "./arguments/options.js";
import type { EventOperations, EventStorage } from "./types.js";

/** An argument by its name, and what it has to be. */
export type Parameter = readonly [name: string, check: Check, optional?: "optional"];

/** How an operation is called. */
export interface Signature {
  /** The arguments in their order, before the options. */
  readonly parameters: readonly Parameter[];
  /** What one object in their place may hold, and the options after it: the operation can be called with names as well as by position. */
  readonly named?: Pick<Signature, "parameters" | "options">;
  readonly options: Readonly<Record<string, Check>>;
  /** A wrong call of what gives a promise rejects, of what gives an iterable fails at its first item, of what gives a value throws. */
  readonly gives?: "iterable" | "value";
  /** Options that have to be given, and so the options themselves. */
  readonly required?: readonly string[];
}

/** An operation of a store and a transaction. */
interface OperationRow extends Signature {
  /** It only reads what a standby has too, so it may run on one. Absent: what it decides or changes needs the primary. */
  readonly reads?: "standby";
  /** Why a restricted view refuses it. */
  readonly restricted?: string;
  /** Why it is refused over a table that something else keeps. */
  readonly foreign?: string;
}

const seconds: Check = (value) =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? null : "a number of seconds";

const source: Check = (value) =>
  typeof value === "object" && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value)
    ? null
    : "a list or another iterable of events";

const list: Check = (value) => (Array.isArray(value) ? null : "a list of values");

const KEYS = either(columnText, listOf(columnText, "such texts"));

const THRESHOLDED: readonly Parameter[] = [
  ["eventId", columnText],
  ["key", KEYS],
  ["group", columnText],
  ["severity", columnText],
  ["createTime", date],
];

const THRESHOLD: readonly Parameter[] = [
  ["key", KEYS],
  ["thresholdTime", date],
  ["relapseTime", date],
  ["ttl", date],
];

const TIME = ["ttl", date] as const;
const ID = ["id", text] as const;
const FIELD = ["field", text] as const;

const UNFILTERED = "is not available in a restricted view of the store";
const KEPT = "it is written by what keeps it";
const THRESHOLDS = { restricted: UNFILTERED, foreign: "it has no tables for thresholds" } as const;

/** Of what a store and a transaction offer. */
export const OPERATIONS = {
  insertEvent: { foreign: KEPT, parameters: [["event", anything]], options: options.INSERT },
  insertEvents: { foreign: KEPT, parameters: [["events", source]], options: options.BULK },
  fetchEvent: { reads: "standby", parameters: [ID], options: options.FETCH },
  deleteEvent: { foreign: KEPT, parameters: [ID], options: options.CALL },
  countEvents: { reads: "standby", parameters: [], options: options.COUNT },
  searchEvents: { reads: "standby", parameters: [], options: options.SEARCH },
  streamEvents: { reads: "standby", parameters: [], options: options.STREAM, gives: "iterable" },
  streamEventIds: { reads: "standby", parameters: [], options: options.STREAM_IDS, gives: "iterable" },
  deleteEvents: { foreign: KEPT, parameters: [], options: options.DELETE },
  aggregateEvents: { reads: "standby", parameters: [], options: options.AGGREGATE, required: ["by"] },
  timelineEvents: { reads: "standby", parameters: [], options: options.TIMELINE },
  pivotEvents: { reads: "standby", parameters: [], options: options.PIVOT, required: ["row", "column"] },
  summarizeEvents: { reads: "standby", parameters: [], options: options.SUMMARY, required: ["by"] },
  distinctValues: { reads: "standby", parameters: [FIELD], options: options.FILTERED },
  refresh: {
    restricted: UNFILTERED,
    foreign: "it has no roll-ups",
    parameters: [],
    options: options.REFRESH,
  },
  searchColumnWith: {
    reads: "standby",
    parameters: [FIELD, ["aggregate", oneOf("min", "max"), "optional"]],
    options: options.FILTERED,
  },
  watchdogEvents: { parameters: [["interval", seconds]], options: options.CALL },
  tableCleanup: {
    restricted: UNFILTERED,
    foreign: KEPT,
    parameters: [["table", text], ["column", text], TIME],
    options: options.CALL,
  },
  thresholdSet: {
    ...THRESHOLDS,
    parameters: THRESHOLD,
    named: { parameters: [...THRESHOLD, ["label", columnText, "optional"]], options: options.CALL },
    options: options.THRESHOLD,
  },
  thresholdCheck: {
    ...THRESHOLDS,
    parameters: [["key", either(text, listOf(text, "texts"))], TIME],
    options: options.CALL,
  },
  thresholdSave: {
    ...THRESHOLDS,
    parameters: THRESHOLDED,
    named: {
      parameters: [...THRESHOLDED, ["target", flag, "optional"], ["shadow", flag, "optional"]],
      options: options.CALL,
    },
    options: options.WITHHELD,
  },
  thresholdsCount: { ...THRESHOLDS, parameters: [], options: options.CALL },
  thresholdsClean: { ...THRESHOLDS, parameters: [TIME], options: options.CALL },
  thresholdedEventsCount: { ...THRESHOLDS, parameters: [], options: options.CALL },
  thresholdedEventsClean: { ...THRESHOLDS, parameters: [], options: options.CLEAN_THRESHOLDED },
  searchRelapsedEvents: {
    ...THRESHOLDS,
    parameters: [["group", text], ["severity", text], TIME],
    options: options.RELAPSES,
  },
  expireThresholds: { ...THRESHOLDS, parameters: [["time", date]], options: options.EXPIRE },
  query: {
    restricted: UNFILTERED,
    parameters: [
      ["text", text],
      ["values", list, "optional"],
    ],
    options: options.QUERY,
  },
  transaction: { parameters: [["work", callback]], options: options.TRANSACTION },
} as const satisfies Readonly<Record<keyof EventOperations, OperationRow>>;

type StoreOnly = Exclude<keyof EventStorage, keyof EventOperations | "description" | "filterOptions">;

/** Of what only a store offers. */
export const STORE_OPERATIONS = {
  compile: { parameters: [["filter", text]], options: {}, gives: "value" },
  restricted: {
    parameters: [
      ["filter", options.filterArgument],
      ["args", record, "optional"],
    ],
    options: {},
    gives: "value",
  },
  databaseCreate: {
    restricted: UNFILTERED,
    foreign: "its schema belongs to what keeps it",
    parameters: [],
    options: options.CREATE,
  },
  verify: {
    restricted: UNFILTERED,
    foreign: "its tables are looked after by what keeps it",
    parameters: [],
    options: options.VERIFY,
  },
  databaseDrop: {
    restricted: UNFILTERED,
    foreign: "its schema belongs to what keeps it",
    parameters: [],
    options: options.CALL,
  },
  indexCreate: {
    restricted: UNFILTERED,
    foreign: "its indexes belong to what keeps it",
    parameters: [],
    options: options.INDEXES,
  },
  indexDrop: {
    restricted: UNFILTERED,
    foreign: "its indexes belong to what keeps it",
    parameters: [],
    options: options.INDEXES,
  },
  mergePartitions: {
    restricted: UNFILTERED,
    foreign: "its partitions belong to what keeps it",
    parameters: [],
    options: options.MERGE_PARTITIONS,
  },
  splitPartitions: {
    restricted: UNFILTERED,
    foreign: "its partitions belong to what keeps it",
    parameters: [],
    options: options.SPLIT_PARTITIONS,
  },
  archivePartitions: {
    restricted: UNFILTERED,
    foreign: "its partitions belong to what keeps it",
    parameters: [],
    options: options.ARCHIVE,
    required: ["before", "write"],
  },
  rolesCreate: {
    restricted: UNFILTERED,
    foreign: "its roles belong to what keeps it",
    parameters: [],
    options: options.ROLES,
  },
  tableStatus: {
    restricted: UNFILTERED,
    foreign: "it has none of the tables whose state is shown",
    parameters: [
      ["table", text],
      ["column", text, "optional"],
    ],
    options: options.CALL,
  },
  databaseStatus: {
    restricted: UNFILTERED,
    foreign: "it has none of the tables whose state is shown",
    parameters: [],
    options: options.DATABASE_STATUS,
  },
  queriesStatus: { restricted: UNFILTERED, parameters: [], options: options.STATUS },
  queryStatus: { restricted: UNFILTERED, parameters: [["name", text]], options: options.STATUS },
  queryCancel: { restricted: UNFILTERED, parameters: [["name", text]], options: options.STATUS },
  mogrify: {
    parameters: [
      ["text", text],
      ["values", list, "optional"],
    ],
    options: {},
    gives: "value",
  },
  close: { parameters: [], options: {} },
} as const satisfies Readonly<Record<StoreOnly, Omit<OperationRow, "reads">>>;

/** The operations of a table that give a reason to be refused somewhere. */
export type RefusedOperation<Table, Where extends "restricted" | "foreign"> = {
  [Name in keyof Table]: Table[Name] extends Readonly<Record<Where, string>> ? Name : never;
}[keyof Table];

/** A method for each operation that is refused in a restricted view (`restricted`) or over a foreign table (`foreign`); it rejects with `refusal`. */
export function refusedMethods<Table extends object, Where extends "restricted" | "foreign">(
  table: Table,
  where: Where,
  refusal: (operation: string, reason: string) => Error,
): Readonly<Record<RefusedOperation<Table, Where>, () => Promise<never>>> {
  const methods = Object.entries(table).flatMap(([operation, row]: [string, OperationRow]) => {
    const reason = row[where];
    return reason === undefined
      ? []
      : [[operation, () => Promise.reject(refusal(operation, reason))] as const];
  });
  return Object.fromEntries(methods) as Record<RefusedOperation<Table, Where>, () => Promise<never>>;
}
