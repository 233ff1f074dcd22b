/** The errors of a connection's requests. */
import { EventStorageError, QueryTimeoutError, StorageConnectionError, mapError } from "./errors.js";
import { canceled } from "./abort.js";
import type { ReadOnlyReason } from "./failures.js";
import type { InterruptReason } from "./interrupt.js";
import { reworded } from "./reworded-error.js";

/** Nothing was sent, because the connection had been lost; `cause`: what the server said when it hung up. */
export function unsent(operation: string, cause: unknown): StorageConnectionError {
  const message = `${operation}: the connection was lost before anything was sent`;
  const sqlState = cause === undefined ? undefined : mapError(cause, { operation }).sqlState;
  return new StorageConnectionError(message, { code: "connection_failed", operation, sqlState, cause });
}

/** What ended a request before its time. */
export interface Interruption {
  readonly reason: InterruptReason | null;
  readonly expired: boolean;
  /** The caller's. */
  readonly signal: AbortSignal | undefined;
  readonly readOnly: ReadOnlyReason;
}

/** The error of a request; a connection that was cut off because its query didn't end is not a lost connection to its caller. */
export function failure(
  cause: unknown,
  operation: string,
  { reason, expired, signal, readOnly }: Interruption,
): EventStorageError {
  const error = mapError(cause, { operation, aborted: reason === "aborted", expired, signal, readOnly });
  if (!(error instanceof StorageConnectionError)) return error;
  if (reason === null) return error.code === "connection_lost" ? reworded(error, { uncertain: true }) : error;
  const dropped = "the connection was dropped before the server answered the cancellation";
  const details = { operation, cause, uncertain: true };
  return reason === "aborted"
    ? canceled(`canceled; ${dropped}`, operation, signal, details)
    : new QueryTimeoutError(`${operation}: timed out; ${dropped}`, details);
}

/** A statement that the server had forgotten failed the transaction around it, which succeeds when it is run again. */
export function retryInTransaction(error: unknown): unknown {
  if (!(error instanceof EventStorageError)) return error;
  const { message, code, operation, sqlState, cause } = error;
  return new EventStorageError(message, { code, operation, sqlState, cause, retryable: true });
}
