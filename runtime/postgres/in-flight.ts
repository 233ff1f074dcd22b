/** What is under way, so that closing can wait for it. */

/** Counts work. */
export interface InFlight {
  readonly enter: () => void;
  readonly leave: () => void;
  /** Resolves when everything that entered has left. */
  readonly quiet: () => Promise<void>;
}

/** Nothing under way. */
export function createInFlight(): InFlight {
  let running = 0;
  let waiting: (() => void)[] = [];
  return {
    enter: () => void (running += 1),
    leave: () => {
      running -= 1;
      if (running > 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    quiet: () => (running === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
