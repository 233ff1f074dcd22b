/** Pauses between the attempts at something that failed. */
import { setTimeout as delay } from "node:timers/promises";

/** Milliseconds for which something is tried again, from its first failure: a server that recovers or is restarted is back by then. */
export const RECOVERY_MS = 30_000;

/** How long to pause: the longest first pause doubles with each failure. */
export interface Backoff {
  /** Milliseconds of the longest first pause. */
  readonly firstMs: number;
  /** Milliseconds of the longest pause of all. */
  readonly longestMs: number;
}

/** Milliseconds to pause after a failure, by how many came before it. They are random, so that those who failed together don't come back together. */
export function backoffMs({ firstMs, longestMs }: Backoff, earlier: number): number {
  return Math.random() * Math.min(firstMs * 2 ** earlier, longestMs);
}

/** Waits this many milliseconds, or until the signal is aborted: the caller looks at it before the next attempt. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}
