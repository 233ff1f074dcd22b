/**
 * Ending work on the server before its time: when its AbortSignal is aborted, or when the server's own timeout doesn't end it.
 */
import { setTimeout as delay } from "node:timers/promises";
import { onAbort } from "./abort.js";

/** Why work was interrupted. */
export type InterruptReason = "aborted" | "expired";

/** How to interrupt. */
export interface InterruptOptions {
  readonly signal: AbortSignal | undefined;
  /** Milliseconds after which the work is interrupted here; 0 for never. */
  readonly limitMs: number;
  /** Milliseconds from the interruption to the end of patience. */
  readonly graceMs: number;
  /** Asks the server to cancel. A request can come between two messages and be lost, so it is made again until the work ends. */
  readonly cancel: () => Promise<unknown>;
  /** Cuts the connection off; the work then rejects. */
  readonly cutOff: () => void;
}

/** How the work ended. */
export interface Attended<T> {
  readonly outcome: PromiseSettledResult<T>;
  readonly reason: InterruptReason | null;
}

/** Milliseconds between the first two requests to cancel; it doubles up to {@link LONGEST_PAUSE_MS}. */
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;

/**
 * Waits for `work`, interrupting it when that is due. Settles only when no request to cancel is under way any more: what runs next on the
 * connection can't be hit.
 */
export async function attend<T>(work: Promise<T>, options: InterruptOptions): Promise<Attended<T>> {
  const watch: Watch = { options, reason: null, insisting: null };
  const { signal, limitMs } = options;
  const timer = limitMs > 0 ? setTimeout(interrupt, limitMs, watch, "expired") : undefined;
  const leave = signal === undefined ? undefined : listen(signal, watch);
  const outcome = await outcomeOf(work);
  clearTimeout(timer);
  leave?.();
  if (watch.insisting !== null) await stop(watch.insisting);
  return { outcome, reason: watch.reason };
}

/** Work that is waited for. */
interface Watch {
  readonly options: InterruptOptions;
  reason: InterruptReason | null;
  insisting: Insisting | null;
}

interface Insisting {
  readonly ended: AbortController;
  readonly done: Promise<void>;
}

function interrupt(watch: Watch, why: InterruptReason): void {
  watch.reason ??= why;
  watch.insisting ??= startInsisting(watch.options);
}

/** Interrupts when the signal is aborted; the function that comes back ends that. */
function listen(signal: AbortSignal, watch: Watch): () => void {
  const interrupted = (): void => interrupt(watch, "aborted");
  if (signal.aborted) interrupted();
  return onAbort(signal, interrupted);
}

async function outcomeOf<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
  try {
    return { status: "fulfilled", value: await work };
  } catch (reason) {
    return { status: "rejected", reason };
  }
}

function startInsisting(options: InterruptOptions): Insisting {
  const ended = new AbortController();
  return { ended, done: insist(ended.signal, options) };
}

async function stop(insisting: Insisting): Promise<void> {
  insisting.ended.abort();
  await insisting.done;
}

async function insist(ended: AbortSignal, options: InterruptOptions): Promise<void> {
  const deadline = Date.now() + options.graceMs;
  for (let pauseMs = FIRST_PAUSE_MS; !ended.aborted; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const patienceMs = deadline - Date.now();
    if (patienceMs <= 0 || !(await answered(options.cancel(), patienceMs))) return options.cutOff();
    await delay(pauseMs, undefined, { signal: ended }).catch(ignore);
  }
}

/** False when the request has neither succeeded nor failed in time: it may still arrive, so the connection must not be used again. */
async function answered(request: Promise<unknown>, patienceMs: number): Promise<boolean> {
  const over = new AbortController();
  const late = delay(patienceMs, false, { signal: over.signal }).catch(() => false);
  const done = request.then(
    () => true,
    () => true,
  );
  const inTime = await Promise.race([done, late]);
  over.abort();
  return inTime;
}

function ignore(): void {}
