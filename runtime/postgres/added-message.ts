/** Errors whose message also says what became of the call. */
import {
  EventStorageError,
  QueryCanceledError,
  QueryTimeoutError,
  StorageConnectionError,
  TransactionConflictError,
} from "./errors.js";

/** The same error, of the same class, whose message also says what became of the call. */
export function addToMessage(error: EventStorageError, addition: string): EventStorageError {
  const { code, operation, sqlState, retryable, uncertain, cause } = error;
  const message = `${error.message}; ${addition}`;
  const details = { code, operation, sqlState, retryable, uncertain, cause };
  const classes = [QueryCanceledError, QueryTimeoutError, TransactionConflictError, StorageConnectionError];
  const Class = classes.find((one) => error instanceof one) ?? EventStorageError;
  return new Class(message, details);
}
