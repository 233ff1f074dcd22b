/** What every error of the storage carries. */

/** Stable identifiers of what went wrong, for programs; the messages are for people. */
export type StorageErrorCode =
  | "storage_error"
  | "configuration_invalid"
  | "data_invalid"
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
  | "argument_invalid";

/** What an error carries beside its message; everything is optional. */
export interface StorageErrorDetails {
  readonly code?: StorageErrorCode | undefined;
  /** Operation that failed, as in the statement's `operation`: `insertEvent`. */
  readonly operation?: string | undefined;
  /** Five characters of SQLSTATE, when the server reported the error. */
  readonly sqlState?: string | undefined;
  /** True when the same call may succeed if it is made again. */
  readonly retryable?: boolean | undefined;
  /** True when it is not known whether the server did what was asked. */
  readonly uncertain?: boolean | undefined;
  readonly cause?: unknown;
}
