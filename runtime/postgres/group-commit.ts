/**
 * Group commit: items that are submitted one by one are gathered, while earlier ones are on their way, and sent together. Each promise
 * resolves only when the batch that holds its item is stored.
 */
import { EventStorageError, isItemError } from "./errors.js";
import { sendHalving, sendReplaying, type Halving, type ReplayOptions } from "./replay.js";

/** What a group commit runs, and its bounds. No batch is sent again where `replay` is absent. */
export interface GroupCommitOptions<T, R> extends Partial<Omit<ReplayOptions, "signal">> {
  /** Stores a batch as a whole or not at all; one result for each item, in order, once it is durable. */
  readonly run: (batch: readonly T[]) => Promise<readonly R[]>;
  /** Most items in a batch; 500 when absent. */
  readonly maxBatch?: number | undefined;
  /** Most items that wait; further submits wait for a place. 10,000 when absent. */
  readonly maxQueue?: number | undefined;
  /** Milliseconds to wait for company before an idle lane sends; 0 when absent: what comes in the same turn goes together. */
  readonly maxDelayMs?: number | undefined;
  /** Batches on their way at a time; 1 when absent. With more, the order between batches is open. */
  readonly lanes?: number | undefined;
}

/** Takes items one by one. */
export interface GroupCommit<T, R> {
  /** Resolves with the item's result after its batch is stored; rejects with the error of this very item. */
  readonly submit: (item: T) => Promise<R>;
  /** Waits for everything submitted so far; later submits reject. */
  readonly close: () => Promise<void>;
  /** Items that wait, those that wait for a place included. */
  readonly pending: () => number;
}

interface Entry<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/** A group commit over `run`. */
export function createGroupCommit<T, R>(options: GroupCommitOptions<T, R>): GroupCommit<T, R> {
  const { maxBatch = 500, maxQueue = 10_000, maxDelayMs = 0, lanes = 1 } = options;
  const send = createSender(options);
  const queue: Entry<T, R>[] = [];
  /** Submits that found the queue full, in order. */
  const outside: Entry<T, R>[] = [];
  let busy = 0;
  let gathering = false;
  let closed = false;
  let drained: (() => void)[] = [];

  const pump = (): void => {
    while (busy < lanes && queue.length > 0) {
      const batch = queue.splice(0, maxBatch);
      queue.push(...outside.splice(0, maxQueue - queue.length));
      busy += 1;
      void send(batch).then(() => {
        busy -= 1;
        pump();
      });
    }
    if (busy > 0 || queue.length > 0) return;
    for (const resolve of drained) resolve();
    drained = [];
  };

  /** Lets the submits of the same turn, or of `maxDelayMs`, come together. */
  const gather = (): void => {
    if (gathering || busy >= lanes) return;
    gathering = true;
    const start = (): void => {
      gathering = false;
      pump();
    };
    if (maxDelayMs > 0 && queue.length < maxBatch) setTimeout(start, maxDelayMs);
    else setImmediate(start);
  };

  return {
    submit: (item) => {
      if (closed)
        return Promise.reject(new EventStorageError("the storage is closed", { code: "storage_closed" }));
      return new Promise<R>((resolve, reject) => {
        const full = queue.length >= maxQueue;
        (full ? outside : queue).push({ item, resolve, reject });
        gather();
      });
    },
    close: async () => {
      closed = true;
      if (busy === 0 && queue.length === 0) return;
      await new Promise<void>((resolve) => drained.push(resolve));
    },
    pending: () => queue.length + outside.length,
  };
}

/** Sends a batch and settles its entries; never rejects. */
function createSender<T, R>(
  options: GroupCommitOptions<T, R>,
): (batch: readonly Entry<T, R>[]) => Promise<void> {
  const { run, replay = () => false, maxReplays } = options;
  const halving: Halving<Entry<T, R>, R> = {
    send: (batch) => {
      const items = batch.map(({ item }) => item);
      return sendReplaying(() => run(items), { replay, maxReplays });
    },
    settle: (batch, results) => results.forEach((result, index) => batch[index]?.resolve(result)),
    // A full disk or a lost connection is no item's fault.
    isItemError,
    fail: rejectAll,
  };
  return (batch) => sendHalving(batch, halving);
}

function rejectAll<T, R>(batch: readonly Entry<T, R>[], error: unknown): void {
  for (const entry of batch) entry.reject(error);
}
