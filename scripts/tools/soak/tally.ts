/** What became of the calls of a soak test. */
import { setTimeout as delay } from "node:timers/promises";
import { EventStorageError } from "../../../runtime/postgres/errors.js";

const REFUSED_PAUSE_MS = 2_000;

/** Counts calls and keeps their longest waits. */
export interface SoakTally {
  /** Runs a call; undefined when it failed with an error of the store. @throws whatever else it rejects with */
  readonly run: <T>(operation: string, call: () => Promise<T>) => Promise<T | undefined>;
  /** Lines of a table. */
  readonly lines: () => readonly string[];
  /** What the first error of each code said. */
  readonly messages: ReadonlyMap<string, string>;
  /** Errors that are none of ours: each is a defect. */
  readonly foreign: readonly string[];
}

interface Counts {
  calls: number;
  longestMs: number;
  readonly errors: Map<string, number>;
}

/** An empty tally. */
export function createTally(): SoakTally {
  const counts = new Map<string, Counts>();
  const foreign: string[] = [];
  const messages = new Map<string, string>();
  const of = (operation: string): Counts => {
    const found = counts.get(operation) ?? { calls: 0, longestMs: 0, errors: new Map<string, number>() };
    counts.set(operation, found);
    return found;
  };
  return {
    foreign,
    messages,
    run: async (operation, call) => {
      const own = of(operation);
      const started = performance.now();
      own.calls++;
      try {
        return await call();
      } catch (error) {
        const code = error instanceof EventStorageError ? error.code : "foreign";
        if (!messages.has(code)) messages.set(code, String(error));
        if (code === "foreign") foreign.push(`${operation}: ${String(error)}`);
        own.errors.set(code, (own.errors.get(code) ?? 0) + 1);
        // A server that recovers refuses at once: nobody calls it in a loop.
        if (code === "connection_refused") await delay(REFUSED_PAUSE_MS);
        return undefined;
      } finally {
        own.longestMs = Math.max(own.longestMs, performance.now() - started);
      }
    },
    lines: () => [
      "| operation | calls | answered | longest ms | errors |",
      "|---|---:|---:|---:|---|",
      ...[...counts].sort().map(([operation, { calls, longestMs, errors }]) => {
        const failed = [...errors].map(([code, number]) => `${code} ${number}`).join(", ");
        const answered = calls - [...errors.values()].reduce((sum, number) => sum + number, 0);
        return `| ${operation} | ${calls} | ${answered} | ${Math.round(longestMs)} | ${failed} |`;
      }),
    ],
  };
}
