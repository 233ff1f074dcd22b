/** Ingest as a person sees it: a progress line, and how far it was when it is stopped. */
import type { EventStorage } from "../../../runtime/store/types.js";
import { stopSignal, type CliContext } from "../context.js";
import { formatEvents } from "../render/numbers.js";
import { createProgressLine } from "../render/progress.js";
import { prepareStore } from "../setup.js";
import type { FeedConverter } from "./converter.js";
import { ingest, type IngestProgress, type IngestResult } from "./ingest.js";
import type { Input } from "./inputs.js";

/** What is said after a stop. */
export const stoppedLine = (stored: number, what?: string): string =>
  `Stopped. ${formatEvents(stored)} stored${what === undefined ? "" : `, ${what}`}; the same command again stores the rest and nothing twice.`;

/**
 * Stores the events of the inputs with a progress line. A stop ends the reading: what had been read is stored, and is the result.
 *
 * @throws whatever the database says, once it has said how far it was where it was being stopped
 */
export async function ingestWithProgress(
  storage: Pick<EventStorage, "databaseCreate" | "insertEvents">,
  inputs: readonly Input[],
  context: CliContext,
  converter?: FeedConverter,
): Promise<IngestResult> {
  const { stderr } = context;
  await prepareStore(storage, context);
  const line = createProgressLine(stderr);
  const sizes = inputs.map(({ size }) => size);
  const total = sizes.includes(null) ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const start = Date.now();
  let reached: IngestProgress = { bytes: 0, events: 0, stored: 0 };
  const onProgress = (progress: IngestProgress): void => {
    reached = progress;
    const { bytes, events } = progress;
    line.update({ label: "ingest", done: bytes, total, items: events, elapsedMs: Date.now() - start });
  };
  const stop = stopSignal(context);
  try {
    return await ingest(storage, inputs, { stop, onProgress, converter });
  } catch (error) {
    if (!stop.aborted) throw error;
    await line.clear();
    await stderr.write(stoppedLine(reached.stored) + "\n");
    throw error;
  } finally {
    await line.clear();
  }
}
