/** Ingest as a person sees it: a progress line, and how far it was when it is stopped. */
import type { EventStorage } from "../../../runtime/store/types.js";
import { stopSignal, type CliContext } from "../context.js";
import { Exit, EXIT } from "../errors.js";
import { formatEvents } from "../render/numbers.js";
import { createProgressLine } from "../render/progress.js";
import type { FeedConverter } from "./converter.js";
import { ingest, type IngestProgress, type IngestResult } from "./ingest.js";
import type { Input } from "./inputs.js";

/** Stores the events of the inputs with a progress line. @throws Exit after an interruption, once it has said how far it was */
export async function ingestWithProgress(
  storage: Pick<EventStorage, "databaseCreate" | "insertEvents">,
  inputs: readonly Input[],
  context: CliContext,
  converter?: FeedConverter,
): Promise<IngestResult> {
  const { stderr } = context;
  await storage.databaseCreate({ signal: stopSignal(context) });
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
    const result = await ingest(storage, inputs, { stop, onProgress, converter });
    if (!stop.aborted) return result;
    await line.clear();
    await stderr.write(
      `Stopped. ${formatEvents(result.stored)} stored, all that had been read; the same command again stores the rest and nothing twice.\n`,
    );
    throw new Exit(context.interrupt.aborted ? EXIT.interrupted : EXIT.terminated);
  } catch (error) {
    if (!stop.aborted || error instanceof Exit) throw error;
    await line.clear();
    await stderr.write(
      `Stopped. ${formatEvents(reached.stored)} stored; the same command again stores the rest and nothing twice.\n`,
    );
    throw error;
  } finally {
    await line.clear();
  }
}
