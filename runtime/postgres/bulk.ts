/**
 * Bulk work: any source of items, prepared one by one, sent in batches over a few connections, in constant memory.
 */
import { canceled } from "./abort.js";
import { sendHalving, sendReplaying, type Halving, type ReplayOptions } from "./replay.js";
import { untilAborted } from "./until-aborted.js";

/** An item as it will be sent, or why it can't be. */
export type Prepared<E, J> =
  | { readonly kind: "encoded"; readonly value: E; readonly bytes: number }
  | { readonly kind: "rejected"; readonly rejection: J };

/** What happened to one item of a batch. */
export type Outcome<J> =
  | { readonly kind: "inserted" | "duplicate" | "different" }
  | { readonly kind: "rejected"; readonly rejection: J };

/** What became of the items whose fate is known since the last progress. */
export interface BulkStep<E, J> {
  /** Those that were stored. */
  readonly inserted: readonly E[];
  /** Those that were there before. */
  readonly duplicates: readonly E[];
  /** Those of which another with the same identity and other content was there. */
  readonly different: readonly E[];
  /** Those that cannot be stored. */
  readonly rejected: readonly J[];
}

/** How to do a bulk. `T` is an item, `E` its encoded form, `J` a rejection. */
export interface BulkOptions<T, E, J> extends ReplayOptions {
  /** Encodes or rejects an item; `index` counts from 0. What it throws ends the bulk: it is a fault of the program, not of the item. */
  readonly prepare: (item: T, index: number) => Prepared<E, J>;
  /**
   * Stores a batch as a whole or not at all and reports what became of each item, in order. By contract idempotent: a batch whose
   * acknowledgement was lost is sent again, and its items that are already there count as duplicates or inserted as `send` says.
   * `replay` counts the earlier attempts at this batch.
   */
  readonly send: (batch: readonly E[], replay: number) => Promise<readonly Outcome<J>[]>;
  /** The rejection of an item that `send` refused when it stood alone; null when the error isn't about the item and ends the bulk. */
  readonly refuse: (error: unknown, index: number, value: E) => J | null;
  /** Most items in a batch; 128 when absent. */
  readonly batchSize?: number | undefined;
  /** Most encoded bytes in a batch; 4 MiB when absent. */
  readonly batchBytes?: number | undefined;
  /** Milliseconds without a further item after which a batch is sent that is not full; 200 when absent. */
  readonly quietMs?: number | undefined;
  /** Batches on their way at a time; 2 when absent. */
  readonly concurrency?: number | undefined;
  /** Told after each acknowledged batch. */
  readonly onProgress?: ((step: BulkStep<E, J>) => void) | undefined;
  /** Told what became of all items so far where the bulk ends early; the error is thrown after that. */
  readonly onFailure?: ((error: unknown, partial: BulkResult<J>) => void) | undefined;
  /** Aborting it ends the bulk after the batches on their way. */
  readonly signal?: AbortSignal | undefined;
}

/** What became of all items. `rejected` is in the order of the source. */
export interface BulkResult<J> {
  /** Items that were stored. */
  readonly inserted: number;
  /** Items that were there before. */
  readonly duplicates: number;
  /** Items of which another with the same identity was there. */
  readonly different: number;
  /** Items that cannot be stored, in the order of the input. */
  readonly rejected: readonly J[];
}

interface Encoded<E> {
  readonly index: number;
  readonly value: E;
}

/** A larger batch saves the server little, and what waits for it is copied by each collection of young objects. */
const DEFAULT_BATCH_SIZE = 128;
const DEFAULT_BATCH_BYTES = 4 * 1024 * 1024;
const DEFAULT_CONCURRENCY = 2;
const DEFAULT_QUIET_MS = 200;

/**
 * Sends all items of a source. Reads ahead no further than the batches on their way. Rejects, after those have settled and the source was
 * told to end, when the signal is aborted (QueryCanceledError), when the source or `prepare` throws, or when `send` fails for good.
 */
export async function runBulk<T, E, J>(
  source: Iterable<T> | AsyncIterable<T>,
  options: BulkOptions<T, E, J>,
): Promise<BulkResult<J>> {
  const tally = createTally<E, J>(options.onProgress);
  try {
    await sendAll(source, options, tally);
  } catch (error) {
    options.onFailure?.(error, tally.result());
    throw error;
  }
  tally.report();
  return tally.result();
}

async function sendAll<T, E, J>(
  source: Iterable<T> | AsyncIterable<T>,
  options: BulkOptions<T, E, J>,
  tally: Tally<E, J>,
): Promise<void> {
  const { signal, batchSize = DEFAULT_BATCH_SIZE, batchBytes = DEFAULT_BATCH_BYTES } = options;
  const sendBatch = createBatchSender(options, tally);
  const failing = new AbortController();
  const lanes = createLanes(options.concurrency ?? DEFAULT_CONCURRENCY, () => failing.abort());
  const stop = signal === undefined ? failing.signal : AbortSignal.any([signal, failing.signal]);
  let batch: Encoded<E>[] = [];
  let bytes = 0;
  let index = 0;
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const full = batch;
    batch = [];
    bytes = 0;
    await lanes.start(() => sendBatch(full));
  };

  // A live source may keep its next item back for hours; what it gave is stored meanwhile.
  const quietMs = options.quietMs ?? DEFAULT_QUIET_MS;
  let quiet: NodeJS.Timeout | undefined;
  const flushWhenQuiet = (): void => {
    if (lanes.isFree()) void flush().catch(() => undefined);
    else quiet?.refresh();
  };

  try {
    for await (const item of untilAborted(source, stop)) {
      const prepared = options.prepare(item, index);
      if (prepared.kind === "rejected") tally.reject(index, prepared.rejection);
      else {
        if (bytes + prepared.bytes > batchBytes) await flush();
        batch.push({ index, value: prepared.value });
        bytes += prepared.bytes;
      }
      index += 1;
      if (batch.length >= batchSize) await flush();
      if (batch.length === 0) continue;
      if (quiet === undefined) quiet = setTimeout(flushWhenQuiet, quietMs);
      else quiet.refresh();
    }
    clearTimeout(quiet);
    throwIfAborted(stop);
    await flush();
  } catch (error) {
    clearTimeout(quiet);
    await lanes.settle();
    // A batch that failed for good has stopped the reading; its error is the cause.
    lanes.throwIfFailed();
    throw error;
  }
  await lanes.settle();
  lanes.throwIfFailed();
}

type Kind = Exclude<Outcome<never>["kind"], "rejected">;

interface Tally<E, J> {
  readonly count: (kind: Kind, value: E) => void;
  readonly reject: (index: number, rejection: J) => void;
  /** Reports what is new since the last time, if anything is. */
  readonly report: () => void;
  readonly result: () => BulkResult<J>;
}

function createTally<E, J>(onProgress: ((step: BulkStep<E, J>) => void) | undefined): Tally<E, J> {
  const counts: Record<Kind, number> = { inserted: 0, duplicate: 0, different: 0 };
  const rejected: { readonly index: number; readonly rejection: J }[] = [];
  let step = emptyStep<E, J>();
  return {
    count: (kind, value) => {
      counts[kind] += 1;
      if (onProgress !== undefined) step[kind].push(value);
    },
    reject: (index, rejection) => {
      rejected.push({ index, rejection });
      if (onProgress !== undefined) step.rejected.push(rejection);
    },
    report: () => {
      const { inserted, duplicate: duplicates, different, rejected: refused } = step;
      if (inserted.length + duplicates.length + different.length + refused.length === 0) return;
      step = emptyStep();
      onProgress?.({ inserted, duplicates, different, rejected: refused });
    },
    result: () => ({
      inserted: counts.inserted,
      duplicates: counts.duplicate,
      different: counts.different,
      rejected: rejected.toSorted((a, b) => a.index - b.index).map(({ rejection }) => rejection),
    }),
  };
}

interface OpenStep<E, J> extends Record<Kind, E[]> {
  readonly rejected: J[];
}

function emptyStep<E, J>(): OpenStep<E, J> {
  return { inserted: [], duplicate: [], different: [], rejected: [] };
}

/** Runs at most `limit` jobs at a time. After the first failure no job is started. */
function createLanes(limit: number, onFailure: () => void) {
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | null = null;
  const throwIfFailed = (): void => {
    if (failure !== null) throw failure.error;
  };
  return {
    /** Resolves as soon as the job has a lane. */
    start: async (job: () => Promise<void>): Promise<void> => {
      while (running.size >= limit) await Promise.race(running);
      throwIfFailed();
      const done = job()
        .catch((error: unknown) => {
          failure ??= { error };
          onFailure();
        })
        .then(() => void running.delete(done));
      running.add(done);
    },
    isFree: (): boolean => running.size < limit,
    settle: async (): Promise<void> => {
      await Promise.all(running);
    },
    throwIfFailed,
  };
}

function createBatchSender<T, E, J>(
  options: BulkOptions<T, E, J>,
  tally: Tally<E, J>,
): (batch: readonly Encoded<E>[]) => Promise<void> {
  const { refuse, signal } = options;

  const attempt = (values: readonly E[], replay: number): Promise<readonly Outcome<J>[]> => {
    throwIfAborted(signal);
    return options.send(values, replay);
  };

  const halving: Halving<Encoded<E>, Outcome<J>> = {
    send: (batch) => {
      const values = batch.map(({ value }) => value);
      return sendReplaying(async (replay) => attempt(values, replay), options);
    },
    settle: (batch, outcomes) => {
      batch.forEach(({ index, value }, position) => {
        const outcome = outcomes[position];
        if (outcome?.kind === "rejected") tally.reject(index, outcome.rejection);
        else if (outcome !== undefined) tally.count(outcome.kind, value);
      });
      tally.report();
    },
    isItemError: (error, [first]) => first !== undefined && refuse(error, first.index, first.value) !== null,
    fail: (batch, error) => {
      const [first] = batch;
      const rejection = first === undefined ? null : refuse(error, first.index, first.value);
      if (first === undefined || rejection === null || batch.length > 1) throw error;
      tally.reject(first.index, rejection);
      tally.report();
    },
  };
  return (batch) => sendHalving(batch, halving);
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw canceled("canceled", "bulk", signal);
}
