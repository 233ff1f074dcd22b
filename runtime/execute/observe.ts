/** Tells the log and metrics hook about each call. */
import { mapError } from "../errors.js";
import type { EventHook, ExecutionEvent } from "./session.js";

/** What a call is called, and how often it was repeated so far. */
export interface Observed {
  readonly operation: string;
  readonly statement: string | null;
  retries: number;
}

/** Runs a call and reports it. `rowsOf` counts the rows of its result. The error of the call is thrown as it came. */
export async function observe<T>(
  hook: EventHook | undefined,
  call: Observed,
  work: () => Promise<T>,
  rowsOf: (result: T) => number,
): Promise<T> {
  if (hook === undefined) return work();
  const finish = stopwatch(hook, call);
  try {
    const result = await work();
    finish(rowsOf(result), undefined);
    return result;
  } catch (error) {
    finish(0, error);
    throw error;
  }
}

/** Starts the clock of a call; the function that comes back reports it. */
export function stopwatch(
  hook: EventHook | undefined,
  call: Observed,
): (rows: number, error: unknown) => void {
  const started = performance.now();
  return (rows, error) => {
    const { operation, statement, retries } = call;
    const durationMs = performance.now() - started;
    const event = { operation, statement, durationMs, rows, retries };
    emit(hook, error === undefined ? event : { ...event, error: mapError(error, { operation }) });
  };
}

function emit(hook: EventHook | undefined, event: ExecutionEvent): void {
  try {
    hook?.(event);
  } catch {
    // A broken log must not break the storage.
  }
}
