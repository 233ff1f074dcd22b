/** Reads on standbys: what the table of operations lets go there, and what happens where one fails. */
import {
  DataError,
  EventStorageError,
  QueryCanceledError,
  StorageConnectionError,
} from "../../postgres/errors.js";
import { OPERATIONS, type EventOperations } from "../operations.js";

/** A standby that a read may use. */
export interface Reader {
  /** The operations over this standby. */
  readonly operations: EventOperations;
  /** The read has ended; with the error that it failed with. */
  readonly done: (error?: unknown) => void;
}

type Method = (...given: readonly unknown[]) => unknown;
type Choose = (signal: AbortSignal | undefined) => Promise<Reader | null>;

/**
 * The operations of the primary, of which those that read run on a standby where `choose` gives one. What fails there for a reason of the standby
 * runs once more on the primary, with the time that is left; a stream only as long as nothing was handed out.
 *
 * @param limitMs milliseconds allowed to a call that sets none
 */
export function routedOperations(
  primary: EventOperations,
  choose: Choose,
  limitMs: number | undefined,
): EventOperations {
  const routed = Object.entries(OPERATIONS).flatMap(([name, row]) => {
    if (row.runsOn !== "standby") return [];
    const call: Call = { name, optionsAt: row.parameters.length, limitMs, primary, choose };
    return [[name, "gives" in row ? routedStream(call) : routedCall(call)] as const];
  });
  return { ...primary, ...(Object.fromEntries(routed) as Partial<EventOperations>) };
}

interface Call {
  readonly name: string;
  readonly optionsAt: number;
  readonly limitMs: number | undefined;
  readonly primary: EventOperations;
  readonly choose: Choose;
}

function routedCall({ name, optionsAt, limitMs, primary, choose }: Call): Method {
  return async (...given) => {
    const started = performance.now();
    const signal = limitsOf(given[optionsAt]).signal;
    const reader = await choose(signal);
    if (reader === null) return methodOf(primary, name)(...given);
    try {
      const result = await methodOf(reader.operations, name)(...given);
      reader.done();
      return result;
    } catch (error) {
      reader.done(error);
      if (!isOfStandby(error, signal)) throw error;
      const left = timeLeft(limitsOf(given[optionsAt]).timeoutMs ?? limitMs, started);
      if (left !== undefined && left <= 0) throw error;
      return methodOf(primary, name)(...withTime(given, optionsAt, left));
    }
  };
}

function routedStream({ name, optionsAt, primary, choose }: Call): Method {
  return async function* (...given): AsyncGenerator<unknown, void, undefined> {
    const signal = limitsOf(given[optionsAt]).signal;
    const reader = await choose(signal);
    let isUntouched = true;
    if (reader !== null) {
      let failure: unknown;
      try {
        for await (const item of methodOf(reader.operations, name)(...given) as AsyncIterable<unknown>) {
          isUntouched = false;
          yield item;
        }
        return;
      } catch (error) {
        failure = error;
        if (!isUntouched || !isOfStandby(error, signal)) throw error;
      } finally {
        reader.done(failure);
      }
    }
    yield* methodOf(primary, name)(...given) as AsyncIterable<unknown>;
  };
}

function methodOf(operations: EventOperations, name: string): Method {
  return Reflect.get(operations, name) as Method;
}

/** Whether a read failed for a reason that the primary may not have. */
export function isOfStandby(error: unknown, signal?: AbortSignal): boolean {
  if (signal?.aborted === true || !(error instanceof EventStorageError) || error instanceof DataError)
    return false;
  if (error instanceof QueryCanceledError) return error.retryable;
  return !["query_timeout", "lock_timeout", "storage_closed"].includes(error.code);
}

/** Whether it says that the standby is away. */
export function isLoss(error: unknown): boolean {
  return (
    error instanceof StorageConnectionError &&
    error.code !== "pool_exhausted" &&
    error.code !== "storage_closed"
  );
}

interface GivenLimits {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

function limitsOf(options: unknown): GivenLimits {
  return typeof options === "object" && options !== null ? options : {};
}

function timeLeft(limitMs: number | undefined, started: number): number | undefined {
  return limitMs === undefined || limitMs <= 0 ? undefined : limitMs - (performance.now() - started);
}

/** The arguments, whose options have this much time. */
function withTime(given: readonly unknown[], at: number, timeoutMs: number | undefined): readonly unknown[] {
  if (timeoutMs === undefined) return given;
  const padded = [...given, ...Array.from({ length: Math.max(0, at + 1 - given.length) }, () => undefined)];
  return padded.with(at, { ...limitsOf(given[at]), timeoutMs });
}
