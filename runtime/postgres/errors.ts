/**
 * Errors of the storage: one base class, one class for each thing that a caller can react to, and the mapping from what `pg` and
 * PostgreSQL report. Messages are one line, name the operation and never contain a password; the original error is the `cause`.
 */

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
  | "read_only"
  | "statement_invalid";

/** What an error carries beside its message; everything is optional. */
export interface StorageErrorDetails {
  readonly code?: StorageErrorCode | undefined;
  /** Operation that failed, as in the statement's `operation`: `insertEvent`. */
  readonly operation?: string | undefined;
  /** Five characters of SQLSTATE, when the server reported the error. */
  readonly sqlState?: string | undefined;
  /** True when the same call may succeed if it is made again. */
  readonly retryable?: boolean | undefined;
  readonly cause?: unknown;
}

/** Base of every error of the storage. */
export class EventStorageError extends Error {
  /** Stable identifier, the same in every release. */
  readonly code: StorageErrorCode;
  readonly operation: string | undefined;
  readonly sqlState: string | undefined;
  /** True when the same call may succeed if it is made again. Nothing is repeated on the strength of it alone. */
  readonly retryable: boolean;

  constructor(message: string, details: StorageErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = details.code ?? "storage_error";
    this.operation = details.operation;
    this.sqlState = details.sqlState;
    this.retryable = details.retryable ?? false;
  }
}

/** A value that the database cannot take, or a result that is not what the statement promises. */
export class DataError extends EventStorageError {
  constructor(message: string, details: StorageErrorDetails = {}) {
    super(message, { code: "data_invalid", ...details });
  }
}

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
  readonly operation: string;
  /** The call's AbortSignal was aborted: a 57014 is a cancellation. */
  readonly aborted?: boolean | undefined;
  /** The call ran at least as long as its timeout: a 57014 whose message is in another language is a timeout. */
  readonly expired?: boolean | undefined;
}

/**
 * The error of the family for anything that a call to the database can throw. An EventStorageError comes back unchanged.
 * Classes follow SQLSTATE (PostgreSQL manual, appendix A) and the codes of Node's network errors.
 */
export function mapError(error: unknown, context: ErrorContext): EventStorageError {
  if (error instanceof EventStorageError) return error;
  const report = readReport(error);
  const text = oneLine(
    `${context.operation}: ${report.message}${report.detail === "" ? "" : ` (${report.detail})`}`,
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
  const connection = connectionFailure(report);
  if (connection !== null) return new StorageConnectionError(text, { ...details, ...connection });
  return new EventStorageError(text, { ...details, ...otherFailure(state) });
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
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#]*@/giu, "$1***@")
    .replace(/(password\s*=\s*)('[^']*'|[^\s&'"]+)/giu, "$1***")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

interface Report {
  readonly message: string;
  readonly detail: string;
  readonly sqlState: string | undefined;
  readonly constraint: string | undefined;
  /** `code` of a network error: ECONNREFUSED. */
  readonly network: string | undefined;
}

const SQL_STATE = /^[0-9A-Z]{5}$/u;

function readReport(error: unknown): Report {
  // Node reports a name with several addresses as an AggregateError with an empty message and the code of the first attempt.
  const gathered: readonly unknown[] =
    error instanceof AggregateError && error.message === "" ? error.errors : [error];
  const source = gathered[0];
  const fields: Readonly<Record<string, unknown>> =
    typeof source === "object" && source !== null ? textsOf(source) : {};
  const text = (key: string): string | undefined =>
    typeof fields[key] === "string" ? fields[key] : undefined;
  const code = text("code");
  // A server error has a severity; Node's EPIPE would otherwise pass for a SQLSTATE.
  const fromServer = text("severity") !== undefined && code !== undefined && SQL_STATE.test(code);
  return {
    message: text("message") ?? String(source),
    detail: fromServer ? (text("detail") ?? "") : "",
    sqlState: fromServer ? code : undefined,
    constraint: text("constraint"),
    network: fromServer ? undefined : code,
  };
}

function textsOf(source: object): Readonly<Record<string, unknown>> {
  const keys = ["message", "code", "severity", "detail", "constraint"];
  return Object.fromEntries(keys.map((key): [string, unknown] => [key, Reflect.get(source, key)]));
}

function interrupted(
  text: string,
  details: StorageErrorDetails,
  context: ErrorContext,
  message: string,
): EventStorageError {
  if (context.aborted === true) return new QueryCanceledError(text, details);
  if (/statement timeout/u.test(message)) return new QueryTimeoutError(text, details);
  if (/user request/u.test(message)) return new QueryCanceledError(text, details);
  return context.expired === true
    ? new QueryTimeoutError(text, details)
    : new QueryCanceledError(text, details);
}

type Failure = Pick<StorageErrorDetails, "code" | "retryable">;

/** Messages that pg and pg-pool throw without a code. */
const LOST_MESSAGE =
  /^(connection terminated|client has encountered a connection error|client was closed|cannot use a pool|this socket|server closed)/iu;

function connectionFailure(report: Report): Failure | null {
  const state = report.sqlState ?? "";
  if (state.startsWith("57P0") && state !== "57P03") return { code: "connection_lost" };
  if (state === "57P03" || state === "53300") return { code: "connection_refused" };
  if (state.startsWith("28") || state === "3D000") return { code: "connection_refused", retryable: false };
  if (state.startsWith("08")) return { code: "connection_lost" };
  if (state !== "") return null;
  switch (report.network) {
    case "ECONNREFUSED":
    case "ENOENT":
      return { code: "connection_refused" };
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EACCES":
      return { code: "connection_failed" };
    case "ECONNRESET":
    case "ECONNABORTED":
    case "EPIPE":
    case "ETIMEDOUT":
    case "ERR_STREAM_DESTROYED":
      return { code: "connection_lost" };
    default:
      break;
  }
  if (/^timeout exceeded when trying to connect/u.test(report.message)) return { code: "pool_exhausted" };
  if (/timeout expired|due to connection timeout|SSL|certificate/u.test(report.message)) {
    return { code: "connection_failed" };
  }
  return LOST_MESSAGE.test(report.message) ? { code: "connection_lost" } : null;
}

function otherFailure(state: string): Failure {
  if (state === "42501") return { code: "privilege_missing" };
  if (["42P01", "42883", "42704", "42703", "3F000"].includes(state)) return { code: "object_missing" };
  if (state === "25006") return { code: "read_only" };
  if (state === "25P02") return { code: "transaction_aborted" };
  if (state.startsWith("53") || state === "58030") return { code: "resources_exhausted", retryable: true };
  if (state.startsWith("42")) return { code: "statement_invalid" };
  return { code: "storage_error" };
}
