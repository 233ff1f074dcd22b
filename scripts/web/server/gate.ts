/** How many queries run at a time. */
import { stopIfAborted } from "../engine/pause.js";
import { RequestError } from "./problem.js";

/** Lets a number of callers through at a time; as many as `mostWaiting` may wait in line. */
export interface Gate {
  /** Runs the work when it is its turn. @throws RequestError 429 when too many wait already; DOMException when it is given up in line */
  readonly pass: <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>;
  readonly running: () => number;
  readonly waiting: () => number;
}

/** A gate. */
export function createGate(most: number, mostWaiting: number): Gate {
  const line: (() => void)[] = [];
  let running = 0;
  const enter = (signal: AbortSignal): Promise<void> => {
    if (running < most) {
      running++;
      return Promise.resolve();
    }
    if (line.length >= mostWaiting)
      throw new RequestError(429, "too_many_queries", "too many queries are running; try again in a moment");
    return new Promise((resolve, reject) => {
      const turn = (): void => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = (): void => {
        line.splice(line.indexOf(turn), 1);
        reject(new DOMException("given up", "AbortError"));
      };
      line.push(turn);
      signal.addEventListener("abort", leave, { once: true });
    });
  };
  const exit = (): void => {
    const next = line.shift();
    // The next one takes the place over.
    if (next === undefined) running--;
    else next();
  };
  return {
    pass: async (signal, work) => {
      stopIfAborted(signal);
      await enter(signal);
      try {
        return await work();
      } finally {
        exit();
      }
    },
    running: () => running,
    waiting: () => line.length,
  };
}
