/** Long work in pieces: whoever else needs the thread gets it in between, and the work can be given up. */

/** To be awaited once for each event: hands over the thread when a piece has taken its time. Rejects when the work was given up. */
export type Pause = () => Promise<void> | void;

/** Milliseconds of a piece: half a frame. */
const PIECE_MS = 8;

/** Events between two looks at the clock. */
const BATCH = 128;

/** A {@link Pause} for one piece of work; `yieldThread` resolves when the thread is free again. */
export function pausing(signal: AbortSignal, yieldThread: () => Promise<void>): Pause {
  let countdown = BATCH;
  let started = performance.now();
  const rest = async (): Promise<void> => {
    await yieldThread();
    signal.throwIfAborted();
    started = performance.now();
  };
  return () => {
    if (--countdown > 0) return;
    countdown = BATCH;
    signal.throwIfAborted();
    if (performance.now() - started >= PIECE_MS) return rest();
  };
}

/** Lets timers, input and messages have their turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
