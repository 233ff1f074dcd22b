/**
 * Rows one by one out of an open portal, block by block. One block is fetched ahead while the consumer works on the last; so no more than
 * two are in memory, however slow the consumer is.
 */
import { canceled, onAbort } from "./abort.js";
import { StorageConnectionError, type EventStorageError } from "./errors.js";
import type { WireRow } from "./statement.js";
import type { Reply } from "./exchange.js";

/** Where the blocks come from. */
export interface BlockSource {
  /** The next block; not called again once a block wasn't `suspended`. */
  readonly next: (signal: AbortSignal) => Promise<Reply>;
  /** Gives everything back; called once. `completed`: every row was read. */
  readonly end: (completed: boolean) => Promise<void>;
}

/** Rows of a first block: what comes before all of them are there is not worked on meanwhile. */
const FIRST_BLOCK = 125;

/** Sizes of the blocks of a stream, one after the other: small ones first, so that the server and the reader of the rows soon work at the same time. */
export function blockSizes(most: number): () => number {
  let next = FIRST_BLOCK / 2;
  return () => Math.min(most, (next *= 2));
}

/** How a stream is opened and watched. */
export interface StreamRun<R> {
  readonly operation: string;
  readonly open: (signal: AbortSignal) => Promise<BlockSource>;
  readonly decode: (row: WireRow) => R;
  /** Opened once more when the connection was lost before anything was handed out. */
  readonly repeatable: boolean;
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
  const abort = (): void => void end(false).catch(() => undefined);
  let deaf = (): void => undefined;

  try {
    [source, block] = await openFirst(run, signal, (opened) => {
      source = opened;
      deaf();
      deaf = onAbort(run.signal, abort);
    });
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
    deaf();
    await end(false).catch(() => undefined);
    run.report(rows, error);
  }
}

/** Opens the source and waits for its first block. */
async function openFirst<R>(
  run: StreamRun<R>,
  signal: AbortSignal,
  onOpen: (source: BlockSource) => void,
): Promise<[BlockSource, Promise<Reply>]> {
  for (let attempt = 1; ; attempt += 1) {
    const source = endedOnce(
      await run.open(signal).catch((error: unknown) => {
        if (attempt === 1 && mayRepeat(run, error, signal)) return run.open(signal);
        throw error;
      }),
    );
    onOpen(source);
    try {
      const first = await source.next(signal);
      return [source, Promise.resolve(first)];
    } catch (error) {
      if (attempt > 1 || !mayRepeat(run, error, signal)) throw error;
      await source.end(false).catch(() => undefined);
    }
  }
}

function endedOnce(source: BlockSource): BlockSource {
  let ended: Promise<void> | null = null;
  return { next: source.next, end: (completed) => (ended ??= source.end(completed)) };
}

function mayRepeat<R>(run: StreamRun<R>, error: unknown, signal: AbortSignal): boolean {
  const lost = error instanceof StorageConnectionError && /^connection_(lost|failed)$/u.test(error.code);
  return lost && run.repeatable && !signal.aborted;
}
function endedBefore(operation: string, signal: AbortSignal): EventStorageError {
  return canceled("the stream was canceled", operation, signal);
}
