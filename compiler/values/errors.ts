/**
 * The base of all errors of the store, and the error for wrong data and wrong arguments. They are leaves, so that the compiler refuses a wrong
 * option with the class that every operation of the store uses.
 */

/** What went wrong while a store was opened: looking for a database, or starting one. */
export type DatabaseSourceErrorCode =
  | "no-source"
  | "no-store"
  | "source-unavailable"
  | "connection-failed"
  | "server-too-old"
  | "ip4r-missing"
  | "extension-missing"
  | "initdb-failed"
  | "start-failed"
  | "stop-failed"
  | "data-folder-in-use"
  | "data-folder-unusable"
  | "container-failed";

/** Stable identifiers of what went wrong, for programs; the messages are for people. */
export type StorageErrorCode =
  | DatabaseSourceErrorCode
  | "storage_error"
  | "configuration_invalid"
  | "data_invalid"
  | "argument_invalid"
  | "rows_unexpected"
  | "integrity_violation"
  | "connection_failed"
  | "connection_lost"
  | "connection_refused"
  | "pool_exhausted"
  | "storage_closed"
  | "query_canceled"
  | "query_timeout"
  | "lock_timeout"
  | "transaction_conflict"
  | "transaction_aborted"
  | "transaction_closed"
  | "resources_exhausted"
  | "privilege_missing"
  | "object_missing"
  | "schema_newer"
  | "schema_foreign"
  | "read_only"
  | "statement_invalid"
  /** Diagnostics of the filter language that are about an argument or an option of the compiler. */
  | "E320"
  | "E600";

/** What an error carries beside its message; everything is optional. */
export interface StorageErrorDetails {
  /** `storage_error` when absent. */
  readonly code?: StorageErrorCode | undefined;
  /** Operation that failed, as in the statement's `operation`: `insertEvent`. */
  readonly operation?: string | undefined;
  /** Five characters of SQLSTATE, when the server reported the error. */
  readonly sqlState?: string | undefined;
  /** True when the same call may succeed if it is made again. */
  readonly retryable?: boolean | undefined;
  /** True when it is not known whether the server did what was asked. */
  readonly uncertain?: boolean | undefined;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/** Base of every error of the storage. */
export class EventStorageError extends Error {
  /** Stable identifier, the same in every release. */
  readonly code: StorageErrorCode;
  /** Operation that failed: `insertEvent`. */
  readonly operation: string | undefined;
  /** Five characters of SQLSTATE, when the server reported the error. */
  readonly sqlState: string | undefined;
  /** True when the same call may succeed if it is made again. Nothing is repeated on the strength of it alone. */
  readonly retryable: boolean;
  /** True when the answer was lost, so that the server may have done what was asked. */
  readonly uncertain: boolean;

  constructor(message: string, details: StorageErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = details.code ?? "storage_error";
    this.operation = details.operation;
    this.sqlState = details.sqlState;
    this.retryable = details.retryable ?? false;
    this.uncertain = details.uncertain ?? false;
  }
}

/**
 * A value that the database cannot take, or a result that is not what the statement promises (code `data_invalid`); or an argument or option
 * that makes no sense (code `argument_invalid`), which is reported before anything is sent.
 */
export class DataError extends EventStorageError {
  constructor(message: string, details: StorageErrorDetails = {}) {
    super(message, { code: "data_invalid", ...details });
  }
}

/** The error of a call with a wrong argument or option. @param problem names the argument and says what it has to be */
export function argumentError(operation: string, problem: string, cause?: unknown): DataError {
  return new DataError(`${operation}: ${problem}`, { code: "argument_invalid", operation, cause });
}
