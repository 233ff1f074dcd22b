/** Errors with another message: they also say what became of the call, or name the call that somebody made. */
import {
  EventStorageError,
  QueryCanceledError,
  QueryTimeoutError,
  StorageConnectionError,
  TransactionConflictError,
} from "./errors.js";

/** The same error, of the same class, whose message also says what became of the call. */
export function addToMessage(error: EventStorageError, addition: string): EventStorageError {
  return changed(error, `${error.message}; ${addition}`, error.operation);
}

/** The same error, of the same class, of the operation that was called: it happened to a statement that this sends first. */
export function ofOperation(error: EventStorageError, operation: string): EventStorageError {
  const prefix = `${error.operation}: `;
  const message = error.message.startsWith(prefix)
    ? `${operation}: ${error.message.slice(prefix.length)}`
    : error.message;
  return changed(error, message, operation);
}

function changed(
  error: EventStorageError,
  message: string,
  operation: string | undefined,
): EventStorageError {
  const { code, sqlState, retryable, uncertain, cause } = error;
  const details = { code, operation, sqlState, retryable, uncertain, cause };
  const classes = [QueryCanceledError, QueryTimeoutError, TransactionConflictError, StorageConnectionError];
  const Class = classes.find((one) => error instanceof one) ?? EventStorageError;
  return new Class(message, details);
}
