/** Errors once more, with something that only their caller knows: what became of the call, or which call it was. */
import {
  EventStorageError,
  QueryCanceledError,
  QueryTimeoutError,
  StorageConnectionError,
  TransactionConflictError,
  type StorageErrorDetails,
} from "./errors.js";

/** The same error, of the same class, whose message also says what became of the call. */
export function addToMessage(error: EventStorageError, addition: string): EventStorageError {
  return reworded(error, { message: `${error.message}; ${addition}` });
}

/** The same error, of the same class, of the operation that was called: it happened to a statement that this sends first. */
export function ofOperation(error: EventStorageError, operation: string): EventStorageError {
  const prefix = `${error.operation}: `;
  const message = error.message.startsWith(prefix)
    ? `${operation}: ${error.message.slice(prefix.length)}`
    : error.message;
  return reworded(error, { message, operation });
}

/** The same error, of the same class, with other details. */
export function reworded(
  error: EventStorageError,
  change: Pick<StorageErrorDetails, "operation" | "uncertain"> & { readonly message?: string },
): EventStorageError {
  const { code, operation, sqlState, retryable, uncertain, cause } = error;
  const details = { code, operation, sqlState, retryable, uncertain, cause, ...change };
  const classes = [QueryCanceledError, QueryTimeoutError, TransactionConflictError, StorageConnectionError];
  const Class = classes.find((one) => error instanceof one) ?? EventStorageError;
  return new Class(change.message ?? error.message, details);
}
