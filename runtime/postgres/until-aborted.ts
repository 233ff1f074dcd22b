/** Reading a source that may never give its next item. */
import { canceled, onAbort } from "./abort.js";

/**
 * The items of a source until the signal is aborted; then QueryCanceledError, even while the source is still thinking. However the loop
 * over it ends before the source does, the source's `return()` is called, and not waited for: a source that hangs would hang there, too.
 */
export async function* untilAborted<T>(
  source: Iterable<T> | AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const iterator =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let ended = false;
  try {
    for (;;) {
      const result = await orAborted(iterator, signal);
      if (result.done === true) {
        ended = true;
        return;
      }
      yield result.value;
    }
  } finally {
    if (!ended) void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

/** A listener for each item, taken off again: a race against one long-lived promise would keep every item in memory. */
function orAborted<T>(
  iterator: Iterator<T> | AsyncIterator<T>,
  signal: AbortSignal,
): Promise<IteratorResult<T>> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(canceled("canceled", "bulk", signal));
    if (signal.aborted) return abort();
    const settle = onAbort(signal, abort);
    new Promise<IteratorResult<T>>((next) => next(iterator.next())).finally(settle).then(resolve, reject);
  });
}
