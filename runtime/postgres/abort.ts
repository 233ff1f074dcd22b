/** The signals of callers: listening to one that is shared by many calls, and the error of a call that one has ended. */
import { EventStorageError, QueryCanceledError, type StorageErrorDetails } from "./errors.js";

/** What is to be done when a signal is aborted. */
const listeners = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Does the work when the signal is aborted; the function that comes back ends that. A signal has one listener of ours, whatever the number of
 * calls: Node takes more than ten for a leak.
 */
export function onAbort(signal: AbortSignal | undefined, work: () => void): () => void {
  if (signal === undefined) return () => undefined;
  const own = listeners.get(signal) ?? listenTo(signal);
  // Two calls may wait with the same function.
  const entry = (): void => work();
  own.add(entry);
  return () => {
    own.delete(entry);
    if (own.size > 0 || listeners.get(signal) !== own) return;
    listeners.delete(signal);
    stops.get(own)?.();
  };
}

const stops = new WeakMap<Set<() => void>, () => void>();

function listenTo(signal: AbortSignal): Set<() => void> {
  const own = new Set<() => void>();
  const abort = (): void => {
    for (const work of [...own]) work();
  };
  signal.addEventListener("abort", abort, { once: true });
  listeners.set(signal, own);
  stops.set(own, () => signal.removeEventListener("abort", abort));
  return own;
}

/**
 * The error of a call whose signal was aborted. Its cause is the signal's reason: of `AbortSignal.timeout` a DOMException with the name TimeoutError. A
 * session that ends says why itself.
 */
export function canceled(
  problem: string,
  operation: string,
  signal: AbortSignal | undefined,
  details: StorageErrorDetails = {},
): EventStorageError {
  const reason: unknown = signal?.reason;
  if (reason instanceof EventStorageError) return reason;
  return new QueryCanceledError(`${operation}: ${problem}`, {
    ...details,
    operation,
    cause: reason ?? details.cause,
  });
}
