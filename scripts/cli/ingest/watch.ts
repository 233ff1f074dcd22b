/** Takes files out of a folder as they arrive, and acknowledges each after its events are committed. */
import { pause } from "../../../runtime/postgres/backoff.js";
import { EventStorageError } from "../../../runtime/postgres/errors.js";
import type { EventOperations } from "../../../runtime/store/types.js";
import type { FeedConverter } from "./converter.js";
import { fileOfSize } from "./inputs.js";
import { ingest, type IngestResult, type Rejection } from "./ingest.js";
import { rejectionLine } from "./report.js";
import {
  acknowledge,
  claimFiles,
  closeSpool,
  openSpool,
  reclaimStale,
  removeClaim,
  removeDone,
  signOfLife,
  skippedFiles,
  type Claim,
  type SkippedFile,
  type Spool,
} from "./claim.js";

/** Files and bytes stored at a time: many small files cost little more than one. */
const BATCH = { files: 200, bytes: 16 * 1024 * 1024 };

/** Milliseconds between signs of life, and between looks for dead workers. */
const ALIVE_MS = 10_000;

/** Milliseconds to wait for a database that does not answer. */
export const RETRY_MS = 5_000;

/** What a worker tells about. */
export type WatchEvent =
  | { readonly kind: "batch"; readonly files: readonly FileOutcome[]; readonly result: IngestResult }
  | { readonly kind: "reclaimed"; readonly files: number }
  /** Files of `done/` that were kept long enough. */
  | { readonly kind: "removed"; readonly files: number }
  /** What lies in the folder and is never taken; each is reported once. */
  | { readonly kind: "skipped"; readonly files: readonly SkippedFile[] }
  | { readonly kind: "retry"; readonly reason: string; readonly afterMs: number };

/** What became of a file. */
export interface FileOutcome {
  readonly name: string;
  readonly rejections: readonly Rejection[];
}

/** What becomes of files whose events are stored. */
export type FinishedFiles =
  | { readonly kind: "kept" }
  | { readonly kind: "kept-for"; readonly milliseconds: number }
  | { readonly kind: "deleted" };

/** Settings of {@link watchFolder}. */
export interface WatchOptions {
  /** Aborted: give up the files under way; they go back. */
  readonly interrupt: AbortSignal;
  /** Aborted: finish the files under way, then return. */
  readonly terminate: AbortSignal;
  /** Milliseconds between looks into the folder. */
  readonly intervalMs: number;
  readonly onEvent: (event: WatchEvent) => Promise<void>;
  /** Milliseconds to wait before a failed batch is tried again; 5,000 when absent. */
  readonly retryMs?: number | undefined;
  /** What becomes of files that are stored: they stay in `done/`, for this many milliseconds or for good, or are deleted. Kept for good when absent. */
  readonly finished?: FinishedFiles | undefined;
  /** What makes events of the records of the files; absent for events. */
  readonly converter?: FeedConverter | undefined;
}

/**
 * Works until it is told to stop.
 *
 * @throws EventStorageError when the database refuses for good; the files under way have gone back
 */
export async function watchFolder(
  storage: Pick<EventOperations, "insertEvents">,
  folder: string,
  options: WatchOptions,
): Promise<void> {
  const spool = await openSpool(folder);
  const stop = AbortSignal.any([options.interrupt, options.terminate]);
  const heartbeat = setInterval(() => void signOfLife(spool), ALIVE_MS);
  const told = new Set<string>();
  let lookedAt = -Infinity;
  try {
    while (!stop.aborted) {
      if (Date.now() - lookedAt >= ALIVE_MS) {
        lookedAt = Date.now();
        await lookAround(spool, told, options);
      }
      const claims = await claimFiles(spool, BATCH);
      if (claims.length > 0) await storeClaims(storage, spool, claims, options);
      else await pause(options.intervalMs, stop);
    }
  } finally {
    clearInterval(heartbeat);
    await closeSpool(spool);
  }
}

/** What is done now and then: files of dead workers come back, old ones go, and what is never taken is reported. */
async function lookAround(spool: Spool, told: Set<string>, options: WatchOptions): Promise<void> {
  const files = await reclaimStale(spool);
  if (files > 0) await options.onEvent({ kind: "reclaimed", files });
  const { finished } = options;
  if (finished?.kind === "kept-for") {
    const removed = await removeDone(spool, Date.now() - finished.milliseconds);
    if (removed > 0) await options.onEvent({ kind: "removed", files: removed });
  }
  const skipped = (await skippedFiles(spool)).filter(({ name }) => !told.has(name));
  for (const { name } of skipped) told.add(name);
  if (skipped.length > 0) await options.onEvent({ kind: "skipped", files: skipped });
}

/** Stores the files of a batch, as often as it takes, and moves each to where it belongs. */
async function storeClaims(
  storage: Pick<EventOperations, "insertEvents">,
  spool: Spool,
  claims: readonly Claim[],
  options: WatchOptions,
): Promise<void> {
  const { interrupt, terminate, onEvent, retryMs = RETRY_MS } = options;
  const stop = AbortSignal.any([interrupt, terminate]);
  for (;;) {
    try {
      const inputs = claims.map(({ path, size }) => fileOfSize(path, size));
      const result = await ingest(storage, inputs, { signal: interrupt, converter: options.converter });
      const files = outcomes(claims, result.rejections);
      for (const [index, claim] of claims.entries()) {
        const rejections = files[index]?.rejections ?? [];
        if (rejections.length > 0) await acknowledge(spool, claim, "errors", report(rejections));
        else if (options.finished?.kind === "deleted") await removeClaim(claim);
        else await acknowledge(spool, claim, "done");
      }
      await onEvent({ kind: "batch", files, result });
      return;
    } catch (error) {
      if (interrupt.aborted || terminate.aborted || !mayComeBack(error)) throw error;
      const { message: reason } = error;
      await onEvent({ kind: "retry", reason, afterMs: retryMs });
      await pause(retryMs, stop);
      if (stop.aborted) return;
    }
  }
}

/** What an operator or the server itself may put right while the worker waits, beside what is worth another try anyway. */
const PASSING: ReadonlySet<string> = new Set([
  "read_only",
  "query_canceled",
  "query_timeout",
  "lock_timeout",
  "resources_exhausted",
  "pool_exhausted",
  "connection_refused",
  "connection_failed",
  "connection_lost",
]);

/** Whether it may go well a little later, without a change of what was asked. */
export function mayComeBack(error: unknown): error is EventStorageError {
  return error instanceof EventStorageError && (error.retryable || PASSING.has(error.code));
}

/** The rejections of each file, under the name it came with. */
function outcomes(claims: readonly Claim[], rejections: readonly Rejection[]): FileOutcome[] {
  return claims.map(({ name, path }) => ({
    name,
    rejections: rejections
      .filter(({ file }) => file === path)
      .map((rejection) => ({ ...rejection, file: name })),
  }));
}

function report(rejections: readonly Rejection[]): string {
  return rejections.map((rejection) => rejectionLine(rejection) + "\n").join("");
}
