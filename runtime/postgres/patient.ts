/**
 * Upkeep that goes on: each statement and each transaction of a call that takes minutes is a step of its own, and a step that a lost connection, a
 * deadlock or a held lock has ended is made again, so that the call continues where it was.
 */
import { canceled } from "./abort.js";
import { RECOVERY_MS, backoffMs, pause } from "./backoff.js";
import { EventStorageError, StorageConnectionError } from "./errors.js";
import type { Session } from "./session.js";
import type { CallOptions } from "./statement.js";

const BACKOFF = { firstMs: 10, longestMs: 2_000 };

/** The limits of a call. */
type Limits = Pick<CallOptions, "signal" | "timeoutMs">;

/** Which failures of a step are worth another attempt. */
type Passes = (error: EventStorageError) => boolean;

/**
 * The session, each of whose steps is made again after failures that pass, within the limits of the call. For calls whose steps may all be made twice: the
 * second changes nothing. A query with `idempotent: false` is none of these; a transaction with a `retry` of its own is made again after lost
 * connections only. Streams stay as they are. Not for a session that is a transaction: what it lost is gone.
 */
export function patientSession(session: Session, limits: Limits): Session {
  return repeating(session, limits, mayPass);
}

/**
 * The same for calls whose result counts what their steps have done: a step is made again only where it has certainly had no effect, so that
 * nothing is counted too low.
 */
export function carefulSession(session: Session, limits: Limits): Session {
  return repeating(session, limits, hadNoEffect);
}

function repeating(session: Session, limits: Limits, passes: Passes): Session {
  const steps = createSteps(limits);
  return {
    ...session,
    run: (statement, params, options) =>
      steps(() => session.run(statement, params, options), statement.idempotent ? mayPass : passes),
    query: (text, values, options) => {
      const attempt = () => session.query(text, values, options);
      if (options?.idempotent === false) return attempt();
      return steps(attempt, options?.idempotent === true ? mayPass : passes);
    },
    transaction: (work, options) =>
      steps(
        () => session.transaction(work, options),
        options?.retry === undefined ? isUndone(passes) : (error) => isUndone(passes)(error) && isLoss(error),
      ),
  };
}

/** Makes a step that consists of several statements, again as a whole where it fails for a reason that passes. It may be made twice. */
export function patiently<T>(limits: Limits, step: () => Promise<T>): Promise<T> {
  return createSteps(limits)(step, mayPass);
}

/** Runs steps until the end of the call, which begins now. */
function createSteps({ signal, timeoutMs }: Limits) {
  const end = timeoutMs !== undefined && timeoutMs > 0 ? performance.now() + timeoutMs : Infinity;
  return async <T>(step: () => Promise<T>, passes: Passes): Promise<T> => {
    let until = end;
    for (let failures = 0; ; failures += 1)
      try {
        return await step();
      } catch (error) {
        if (!(error instanceof EventStorageError) || !passes(error)) throw error;
        if (failures === 0) until = Math.min(end, performance.now() + RECOVERY_MS);
        const pauseMs = backoffMs(BACKOFF, failures);
        if (performance.now() + pauseMs >= until) throw error;
        await pause(pauseMs, signal);
        if (signal?.aborted === true)
          throw canceled("canceled while it waited", error.operation ?? "upkeep", signal, { cause: error });
      }
  };
}

/** Whether the same may succeed a little later, whatever became of it: what a call in the middle of its work waits for. */
export function mayPass(error: unknown): error is EventStorageError {
  if (!(error instanceof EventStorageError)) return false;
  // A full disk takes somebody to make room.
  if (error.code === "resources_exhausted") return false;
  return error.retryable || isLoss(error);
}

/** The connection was refused or lost, with the answer of a COMMIT perhaps. */
function isLoss(error: EventStorageError): boolean {
  return error instanceof StorageConnectionError && (error.retryable || error.uncertain);
}

/** A failure after which nothing is left of a statement alone. */
function hadNoEffect(error: EventStorageError): boolean {
  return mayPass(error) && !error.uncertain && error.code !== "connection_lost";
}

/** The same of a transaction: with its connection everything is rolled back, unless it was the COMMIT that had no answer, which is not retryable. */
const isUndone =
  (passes: Passes): Passes =>
  (error) =>
    passes(error) || (mayPass(error) && error.retryable);
