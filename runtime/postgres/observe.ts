/** Tells the log and metrics hook about each call. */
import { mapError } from "./errors.js";
import type { EventHook, ExecutionEvent } from "./session.js";

/** What a call is called, and how often it was repeated so far. */
export interface Observed {
  readonly operation: string;
  readonly statement: string | null;
  retries: number;
}

/** Reports the end of a call: the rows of its result, or its error. */
type Ended = (rows: number, error: unknown) => void;

/** Starts the clock of a call; the function that comes back reports it. */
export function stopwatch(hook: EventHook | undefined, call: Observed): Ended {
  if (hook === undefined) return ignore;
  const started = performance.now();
  return (rows, error) => {
    const { operation, statement, retries } = call;
    const durationMs = performance.now() - started;
    const event = { operation, statement, durationMs, rows, retries };
    emit(hook, error === undefined ? event : { ...event, error: mapError(error, { operation }) });
  };
}

function emit(hook: EventHook, event: ExecutionEvent): void {
  try {
    hook(event);
  } catch {
    // A broken log must not break the storage.
  }
}

function ignore(): void {}
