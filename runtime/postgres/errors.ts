/**
 * Errors of the storage: one class for each thing that a caller can react to, over the base class of compiler/values, and the mapping from what
 * `pg` and PostgreSQL report. Messages are one line, name the operation and never contain a password; the original error is the `cause`.
 */

import {
  adviceFor,
  connectionFailure,
  otherFailure,
  readReport,
  wasWorkerEnded,
  type ReadOnlyReason,
} from "./failures.js";
import { redactUrl } from "./redact.js";
import { DataError, EventStorageError, type StorageErrorDetails } from "../../compiler/values/errors.js";

export {
  DataError,
  EventStorageError,
  type StorageErrorCode,
  type StorageErrorDetails,
} from "../../compiler/values/errors.js";

/** A constraint refused the change: a duplicate key, a missing reference, a failed check. */
export class StorageIntegrityError extends EventStorageError {
  /** Name of the constraint in the database, when the server gave it. */
  readonly constraint: string | undefined;

  constructor(
    message: string,
    details: StorageErrorDetails & { readonly constraint?: string | undefined } = {},
  ) {
    super(message, { code: "integrity_violation", ...details });
    this.constraint = details.constraint;
  }
}

/** The server cannot be reached, refused the session, or went away; also: no free connection in time. */
export class StorageConnectionError extends EventStorageError {
  constructor(message: string, details: StorageErrorDetails = {}) {
    super(message, { code: "connection_lost", retryable: true, ...details });
  }
}

/** The query was cancelled: by its AbortSignal, by name, or by an administrator. Never repeated by itself. */
export class QueryCanceledError extends EventStorageError {
  constructor(message: string, details: StorageErrorDetails = {}) {
    super(message, { code: "query_canceled", ...details });
  }
}

/** The query, or its wait for a lock, took longer than allowed. Never repeated by itself. */
export class QueryTimeoutError extends EventStorageError {
  constructor(message: string, details: StorageErrorDetails = {}) {
    super(message, { code: "query_timeout", ...details });
  }
}

/** Serialization failure (40001) or deadlock (40P01): the transaction had no effect and may be run again as a whole. */
export class TransactionConflictError extends EventStorageError {
  constructor(message: string, details: StorageErrorDetails = {}) {
    super(message, { code: "transaction_conflict", retryable: true, ...details });
  }
}

/** What the caller of {@link mapError} knows about the failed call. */
export interface ErrorContext {
  /** Name of the operation that failed. */
  readonly operation: string;
  /** The call's AbortSignal was aborted: a 57014 is a cancellation. */
  readonly aborted?: boolean | undefined;
  /** The call's signal: the reason of one that was aborted is the cause of the error. */
  readonly signal?: AbortSignal | undefined;
  /** The call ran at least as long as its timeout: a 57014 whose message is in another language is a timeout. */
  readonly expired?: boolean | undefined;
  /** Why nothing can be written there, should that be the error; `unknown` when absent. */
  readonly readOnly?: ReadOnlyReason | undefined;
}

/**
 * The error of the family for anything that a call to the database can throw. An EventStorageError comes back unchanged.
 * Classes follow SQLSTATE (PostgreSQL manual, appendix A) and the codes of Node's network errors.
 */
export function mapError(error: unknown, context: ErrorContext): EventStorageError {
  if (error instanceof EventStorageError) return error;
  const report = readReport(error);
  const text = oneLine(
    `${context.operation}: ${report.message}${report.detail === "" ? "" : ` (${report.detail})`}${adviceFor(report, context.readOnly)}`,
  );
  const details = { operation: context.operation, sqlState: report.sqlState, cause: error };
  const state = report.sqlState ?? "";

  if (state === "57014") return interrupted(text, details, context, report.message);
  if (state === "55P03")
    return new QueryTimeoutError(text, { ...details, code: "lock_timeout", retryable: true });
  if (state === "25P03" || state === "25P04") return new QueryTimeoutError(text, details);
  if (state === "40001" || state === "40P01") return new TransactionConflictError(text, details);
  if (state.startsWith("23"))
    return new StorageIntegrityError(text, { ...details, constraint: report.constraint });
  if (state.startsWith("22") || state === "21000") return new DataError(text, details);
  if (wasWorkerEnded(report)) return new QueryCanceledError(text, { ...details, retryable: true });
  const connection = connectionFailure(report);
  if (connection !== null) return new StorageConnectionError(text, { ...details, ...connection });
  return new EventStorageError(text, { ...details, ...otherFailure(report) });
}

/** True for errors after which the connection is gone, so that nothing is known about a statement that was on its way. */
export function isConnectionLoss(error: unknown): boolean {
  return error instanceof StorageConnectionError && error.code === "connection_lost";
}

/**
 * True for errors that a value in the statement can be the cause of, so that a batch without it may succeed: bad data, constraints,
 * program limits (54), errors raised by triggers (P0), and whatever isn't an error of the database.
 */
export function isItemError(error: unknown): boolean {
  if (!(error instanceof EventStorageError)) return true;
  if (error instanceof DataError || error instanceof StorageIntegrityError) return true;
  return /^(54|P0|44)/u.test(error.sqlState ?? "");
}

/** One line without control characters and without the passwords of connection strings: fit for messages and logs. */
export function oneLine(text: string): string {
  return redactUrl(text)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

function interrupted(
  text: string,
  details: StorageErrorDetails,
  context: ErrorContext,
  message: string,
): EventStorageError {
  if (context.aborted === true) {
    const reason: unknown = context.signal?.reason;
    return new QueryCanceledError(text, { ...details, cause: reason ?? details.cause });
  }
  if (/statement timeout/u.test(message)) return new QueryTimeoutError(text, details);
  if (/user request/u.test(message)) return new QueryCanceledError(text, details);
  return context.expired === true
    ? new QueryTimeoutError(text, details)
    : new QueryCanceledError(text, details);
}
