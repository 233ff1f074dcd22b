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
  const waiting = waitUnless(signal);
  let ended = false;
  try {
    for (;;) {
      const result = await waiting.for(() => iterator.next());
      if (result.done === true) {
        ended = true;
        return;
      }
      yield result.value;
    }
  } finally {
    waiting.end();
    if (!ended) void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

/** Waiting for one thing after the other. */
interface Waiting {
  /** What the work comes to, unless the signal is aborted before. */
  readonly for: <R>(work: () => R | Promise<R>) => Promise<R>;
  readonly end: () => void;
}

/** One listener for all items, which knows the one that is waited for: a race against one long-lived promise would keep every item in memory. */
function waitUnless(signal: AbortSignal): Waiting {
  let interrupt: ((error: Error) => void) | null = null;
  const aborted = (): Error => canceled("canceled", "bulk", signal);
  const end = onAbort(signal, () => interrupt?.(aborted()));
  return {
    for: (work) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(aborted());
        interrupt = reject;
        Promise.resolve(work()).then(resolve, reject);
      }),
    end,
  };
}
