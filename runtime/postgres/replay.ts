/** Batches that are sent again: as they are after failures that pass, in halves after those that one of their items is the cause of. */
import { RECOVERY_MS, backoffMs, pause } from "./backoff.js";

/** When a batch is sent again as it is. */
export interface ReplayOptions {
  /** True for errors after which the same batch may be sent again: a lost connection or a deadlock, when sending it twice does no harm. */
  readonly replay: (error: unknown) => boolean;
  /**
   * Most attempts after the first. When absent, a batch is sent again for 30 seconds from its first failure, which outlasts a restart of the
   * server, and 8 times at any rate, however long each attempt takes.
   */
  readonly maxReplays?: number | undefined;
  /** Aborting it ends a pause between two attempts. */
  readonly signal?: AbortSignal | undefined;
}

const MIN_REPLAYS = 8;
const BACKOFF = { firstMs: 100, longestMs: 2_000 };

/** Sends until it succeeds or fails for good. `send` is told how often it was called before. */
export async function sendReplaying<R>(
  send: (replay: number) => Promise<R>,
  { replay, maxReplays, signal }: ReplayOptions,
): Promise<R> {
  let firstFailure: number | undefined;
  for (let replays = 0; ; replays += 1)
    try {
      return await send(replays);
    } catch (error) {
      firstFailure ??= performance.now();
      const isOver =
        maxReplays === undefined
          ? replays >= MIN_REPLAYS && performance.now() - firstFailure >= RECOVERY_MS
          : replays >= maxReplays;
      if (isOver || !replay(error)) throw error;
      await pause(backoffMs(BACKOFF, replays), signal);
    }
}

/** How a batch is sent and settled. */
export interface Halving<T, R> {
  /** Sends a batch as a whole or not at all; one result for each item, in order. */
  readonly send: (batch: readonly T[]) => Promise<readonly R[]>;
  /** Takes the results of a batch that was sent. */
  readonly settle: (batch: readonly T[], results: readonly R[]) => void;
  /** Takes a batch that has failed for good: a single item, or several of which none is the cause. */
  readonly fail: (batch: readonly T[], error: unknown) => void;
  /** Whether an item of the batch may be the cause of the error. */
  readonly isItemError: (error: unknown, batch: readonly T[]) => boolean;
}

/** Sends a batch. One bad item fails all of it, so it is halved until the bad one is alone. */
export async function sendHalving<T, R>(batch: readonly T[], halving: Halving<T, R>): Promise<void> {
  let results: readonly R[];
  try {
    results = await halving.send(batch);
  } catch (error) {
    if (batch.length === 1 || !halving.isItemError(error, batch)) return halving.fail(batch, error);
    const middle = batch.length >> 1;
    await sendHalving(batch.slice(0, middle), halving);
    return sendHalving(batch.slice(middle), halving);
  }
  if (results.length === batch.length) return halving.settle(batch, results);
  // What sends batches is wrong, not an item: nothing is sent again.
  halving.fail(batch, new Error(`a batch of ${batch.length} items gave ${results.length} results`));
}
