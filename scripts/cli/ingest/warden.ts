/** Takes events from a Warden server until it is stopped, or until there is nothing new. Each batch is acknowledged after its COMMIT. */
import { open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { EventStorageError } from "../../../runtime/postgres/errors.js";
import { pause } from "../../../runtime/postgres/backoff.js";
import { withRaw } from "../../../runtime/store/insert/encode.js";
import { rejectedText } from "../../../runtime/store/insert/rejected-text.js";
import type { EventOperations } from "../../../runtime/store/types.js";
import { CliError } from "../errors.js";
import type { IngestResult, Rejection } from "./ingest.js";
import { fetchEvents, WardenUnavailable, type WardenBatch } from "./warden-client.js";
import type { WardenConfig } from "./warden-config.js";

/** Settings of {@link takeFromWarden}. */
export interface WardenOptions {
  /** Aborted: give up at once. */
  readonly interrupt: AbortSignal;
  /** Aborted: store what was fetched, then return. */
  readonly terminate: AbortSignal;
  /** Go on asking when there is nothing new. */
  readonly mode: "once" | "forever";
  /** Told of every batch, after it was committed and its identifier kept. */
  readonly onBatch: (result: IngestResult, lastId: number) => Promise<void>;
  /** Told of trouble that may pass. */
  readonly onRetry: (reason: string, afterMs: number) => Promise<void>;
  /** Milliseconds to wait after trouble; 5,000 when absent. */
  readonly retryMs?: number;
}

/**
 * Works until it is told to stop, or until the server has nothing new.
 *
 * @throws CliError when the server refuses the client; EventStorageError when the database refuses for good
 */
export async function takeFromWarden(
  storage: Pick<EventOperations, "insertEvents">,
  config: WardenConfig,
  options: WardenOptions,
): Promise<void> {
  const { interrupt, terminate, mode, retryMs = 5_000 } = options;
  const stop = AbortSignal.any([interrupt, terminate]);
  let lastId = await readLastId(config.idStore);
  const isStopped = (): boolean => stop.aborted;
  while (!isStopped()) {
    try {
      const batch = await fetchEvents(config, lastId, stop);
      if (batch.events.length > 0) {
        const result = await storeBatch(storage, batch, config, interrupt);
        await keepLastId(config.idStore, batch.lastId);
        await options.onBatch(result, batch.lastId);
      } else if (batch.lastId !== lastId) await keepLastId(config.idStore, batch.lastId);
      const isNew = batch.lastId !== lastId;
      lastId = batch.lastId;
      if (batch.events.length > 0 && isNew) continue;
      if (mode === "once") return;
      await pause(config.pollMs, stop);
    } catch (error) {
      if (isStopped() && !interrupt.aborted) return;
      const mayPass =
        error instanceof WardenUnavailable || (error instanceof EventStorageError && error.retryable);
      if (!mayPass || mode === "once") throw error;
      await options.onRetry(error.message, retryMs);
      await pause(retryMs, stop);
    }
  }
}

async function storeBatch(
  storage: Pick<EventOperations, "insertEvents">,
  { events }: WardenBatch,
  config: WardenConfig,
  signal: AbortSignal,
): Promise<IngestResult> {
  const items = events.map(({ event, raw }) => withRaw(event, raw));
  const result = await storage.insertEvents(items, { onConflict: "ignore", signal });
  const rejections = result.rejected.map((rejection): Rejection => ({
    file: config.url,
    line: rejection.index + 1,
    reason: rejection.path === "$" ? rejection.reason : `${rejection.path}: ${rejection.reason}`,
    id: rejection.id,
    event: rejectedText(rejection),
  }));
  return {
    stored: result.inserted,
    duplicates: result.duplicates,
    different: result.different,
    skipped: new Map(),
    rejections,
  };
}

/** The identifier that was kept; null where none was. @throws CliError when the file holds something else */
async function readLastId(path: string): Promise<number | null> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new CliError(`--warden: ${path} cannot be read`, undefined, { cause: error });
  });
  if (text === null) return null;
  if (!/^\s*\d{1,15}\s*$/.test(text))
    throw new CliError(
      `--warden: ${path} holds no identifier`,
      "remove it to begin with what the server still has",
    );
  return Number(text);
}

/** Replaces the file by one that is complete and on disk, so that no crash leaves half of it. */
async function keepLastId(path: string, lastId: number): Promise<void> {
  try {
    const aside = `${path}.new`;
    const file = await open(aside, "w", 0o600);
    try {
      await file.write(`${lastId}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    throw new CliError(`--warden: ${path} cannot be written in ${dirname(path)}`, undefined, {
      cause: error,
    });
  }
}
