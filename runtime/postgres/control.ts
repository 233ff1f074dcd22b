/**
 * The second line to the server: a connection or two beside the pool, over which queries are watched and cancelled, also when every
 * connection of the pool is busy.
 */
import { canceled } from "./abort.js";
import { besideApplication } from "./application.js";
import { QueryTimeoutError, mapError } from "./errors.js";
import type { EventStorageError } from "./errors.js";
import { exchange } from "./exchange.js";
import type { Message, Reply } from "./exchange.js";
import { attend } from "./interrupt.js";
import type { InterruptReason } from "./interrupt.js";
import { cutOff } from "./connect.js";
import { createPool } from "./pool.js";
import { sessionSettings } from "./settings.js";
import type { ConnectionSource } from "./source.js";
import type { ExecutorOptions, StatusOptions } from "./session.js";

/** Sends short statements over the second line. */
export interface Control {
  /** One implicit transaction; rejects after `graceMs` at the latest, or when the limits say so. */
  readonly send: (
    operation: string,
    messages: readonly Message[],
    limits?: StatusOptions,
  ) => Promise<readonly Reply[]>;
  readonly close: () => Promise<void>;
}

/** A control line that allows `graceMs` milliseconds to connect and as many to answer. */
export function createControl(options: ExecutorOptions, graceMs: number): Control {
  const pool = secondLine(options, graceMs);

  const send: Control["send"] = async (operation, messages, limits = {}) => {
    const { signal, timeoutMs = 0 } = limits;
    const limitMs = timeoutMs > 0 ? Math.min(timeoutMs, graceMs) : graceMs;
    const client = await pool.acquire(operation, signal, limitMs);
    const { outcome, reason } = await attend(exchange(client, messages), {
      signal,
      limitMs,
      graceMs: 0,
      // Nothing that is sent here runs for long: a line that doesn't answer is cut off.
      cancel: () => Promise.resolve(),
      cutOff: () => cutOff(client),
    });
    pool.release(client, outcome.status === "fulfilled");
    if (outcome.status === "fulfilled") return outcome.value;
    throw failure(operation, reason, outcome.reason, signal);
  };

  return { send, close: () => pool.close(graceMs) };
}

function secondLine(options: ExecutorOptions, graceMs: number): ConnectionSource {
  const { connections, pooler } = options;
  if (connections !== undefined) return besideApplication(connections, graceMs);
  return createPool(sessionSettings({ ...options, timeoutMs: graceMs }), {
    max: 2,
    acquireTimeoutMs: graceMs,
    pooler,
  });
}

function failure(
  operation: string,
  reason: InterruptReason | null,
  cause: unknown,
  signal: AbortSignal | undefined,
): EventStorageError {
  if (reason === "aborted") return canceled("canceled", operation, signal, { cause });
  if (reason === "expired")
    return new QueryTimeoutError(`${operation}: the server doesn't answer`, { operation, cause });
  return mapError(cause, { operation });
}
