/** Long work in pieces: whoever else needs the thread gets it in between, and the work can be given up. */

/** To be awaited once for each event: hands over the thread when a piece has taken its time. Rejects when the work was given up. */
export interface Pause {
  (): Promise<void> | void;
  readonly signal: AbortSignal;
}

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
    stopIfAborted(signal);
    started = performance.now();
  };
  const pause = (): Promise<void> | void => {
    if (--countdown > 0) return;
    countdown = BATCH;
    stopIfAborted(signal);
    if (performance.now() - started >= PIECE_MS) return rest();
  };
  return Object.assign(pause, { signal });
}

/** Ends work that was given up, by an error of one kind: the signal's reason is whatever the library gave that aborted it. */
export function stopIfAborted({ aborted }: AbortSignal): void {
  if (aborted) throw new DOMException("given up", "AbortError");
}

/**
 * A result that several wait for and one of them makes. Where that one gives up, another makes it anew; `start` begins the work, or joins the one that is
 * under way.
 */
export async function shared<T>(signal: AbortSignal, start: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await start();
    } catch (error) {
      const isGivenUp = error instanceof DOMException && error.name === "AbortError";
      if (signal.aborted || !isGivenUp) throw error;
      await nextTurn();
    }
  }
}

/** Lets timers, input and messages have their turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
