/**
 * Rows one by one out of an open portal, block by block. One block is fetched ahead while the consumer works on the last; so no more than
 * two are in memory, however slow the consumer is.
 */
import { EventStorageError, QueryCanceledError } from "./errors.js";
import type { WireRow } from "./statement.js";
import type { Reply } from "./exchange.js";

/** Where the blocks come from. */
export interface BlockSource {
  /** The next block; not called again once a block wasn't `suspended`. */
  readonly next: (signal: AbortSignal) => Promise<Reply>;
  /** Gives everything back; called once. `completed`: every row was read. */
  readonly end: (completed: boolean) => Promise<void>;
}

/** How a stream is opened and watched. */
export interface StreamRun<R> {
  readonly operation: string;
  readonly open: (signal: AbortSignal) => Promise<BlockSource>;
  readonly decode: (row: WireRow) => R;
  /** Aborted by the caller, or by the executor when it closes: ends the work, also while nobody asks for rows. */
  readonly signal: AbortSignal;
  /** Called once at the end, with the number of rows that were handed out. */
  readonly report: (rows: number, error: unknown) => void;
}

/** The rows of a stream. Nothing is opened before the first row is asked for. */
export async function* streamRows<R>(run: StreamRun<R>): AsyncGenerator<R, void, undefined> {
  const leaving = new AbortController();
  const signal = AbortSignal.any([run.signal, leaving.signal]);
  let source: BlockSource | null = null;
  let block: Promise<Reply> | null = null;
  let ending: Promise<void> | null = null;
  let rows = 0;
  let error: unknown;

  const fetchNext = (from: BlockSource): Promise<Reply> => {
    const next = signal.aborted ? Promise.reject(endedBefore(run.operation, signal)) : from.next(signal);
    // Its failure is reported when the consumer gets there.
    next.catch(() => undefined);
    return next;
  };
  const end = (completed: boolean): Promise<void> => {
    // Leaving cancels the block that is being fetched ahead; the connection is given back after it.
    leaving.abort();
    const fetched = Promise.allSettled([block]);
    ending ??= fetched.then(() => source?.end(completed));
    return ending;
  };
  const onAbort = (): void => void end(false).catch(() => undefined);

  try {
    source = await run.open(signal);
    run.signal.addEventListener("abort", onAbort, { once: true });
    block = fetchNext(source);
    while (block !== null) {
      const { rows: wireRows, suspended }: Reply = await block;
      block = suspended ? fetchNext(source) : null;
      for (const row of wireRows) {
        rows += 1;
        yield run.decode(row);
      }
    }
    await end(true);
  } catch (failure) {
    error = failure;
    throw failure;
  } finally {
    run.signal.removeEventListener("abort", onAbort);
    await end(false).catch(() => undefined);
    run.report(rows, error);
  }
}

/** A session that ends says why; an aborted call was canceled. */
function endedBefore(operation: string, signal: AbortSignal): EventStorageError {
  if (signal.reason instanceof EventStorageError) return signal.reason;
  return new QueryCanceledError(`${operation}: the stream was canceled`, { operation });
}
