/**
 * The second line to the server: a connection or two beside the pool, over which queries are watched and cancelled, also when every
 * connection of the pool is busy.
 */
import { QueryTimeoutError } from "../errors.js";
import { exchange } from "./exchange.js";
import type { Message, Reply } from "./exchange.js";
import { createPool } from "./pool.js";
import type { SessionSettings } from "./settings.js";
import { sessionSettings } from "./settings.js";
import type { ExecutorOptions } from "./session.js";

/** Sends short statements over the second line. */
export interface Control {
  /** One implicit transaction; rejects after `graceMs` at the latest. */
  readonly send: (operation: string, messages: readonly Message[]) => Promise<readonly Reply[]>;
  readonly close: () => Promise<void>;
}

/** A control line that allows `graceMs` milliseconds to connect and as many to answer. */
export function createControl(options: ExecutorOptions, graceMs: number): Control {
  const settings: SessionSettings = sessionSettings({ ...options, timeoutMs: graceMs });
  const pool = createPool(settings, { max: 2, acquireTimeoutMs: graceMs });

  const send = async (operation: string, messages: readonly Message[]): Promise<readonly Reply[]> => {
    const client = await pool.acquire(operation);
    let clean = false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = new QueryTimeoutError(`${operation}: the server doesn't answer`, { operation });
      timer = setTimeout(() => reject(error), graceMs);
    });
    try {
      const replies = await Promise.race([exchange(client, messages), late]);
      clean = true;
      return replies;
    } finally {
      clearTimeout(timer);
      pool.release(client, clean);
    }
  };

  return { send, close: () => pool.close(graceMs) };
}
