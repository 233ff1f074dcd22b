/** `ingest --watch` as a service: it waits for a database that is away, also at its start, and logs what it does. */
import { pause } from "../../../runtime/postgres/backoff.js";
import type { EventStorage } from "../../../runtime/store/types.js";
import { stopSignal } from "../context.js";
import { Exit, EXIT, reasonText } from "../errors.js";
import type { ReportFormat } from "../help.js";
import { jsonText } from "../render/json.js";
import { formatElapsed, formatEvents } from "../render/numbers.js";
import { printable } from "../render/text.js";
import { prepareStore, withStorage, type Setup } from "../setup.js";
import type { FeedConverter } from "./converter.js";
import { openRejections } from "./rejections.js";
import { rejectionLines, summaryLine, summaryOf } from "./report.js";
import { mayComeBack, RETRY_MS, watchFolder, type FinishedFiles, type WatchEvent } from "./watch.js";

/** Settings of {@link watchAsService}. */
export interface WatchService {
  /** Milliseconds between looks into the folder. */
  readonly interval: number;
  readonly converter?: FeedConverter | undefined;
  readonly finished: FinishedFiles;
  /** File that gets what is rejected. */
  readonly rejected?: string;
  readonly format: ReportFormat;
}

/** Works on a folder until it is stopped. @throws Exit after Ctrl-C; EventStorageError when the database refuses for good */
export async function watchAsService<Options>(
  setup: Setup<Options>,
  folder: string,
  { interval, converter, finished, rejected, format }: WatchService,
): Promise<void> {
  const { context } = setup;
  const { stdout, stderr, interrupt, terminate } = context;
  const file = await openRejections(rejected, "append");
  await stderr.write(`Watching ${printable(folder)}; Ctrl-C ends it.\n`);
  const sum = { stored: 0, files: 0 };
  const start = Date.now();
  const onEvent = async (event: WatchEvent): Promise<void> => {
    if (event.kind === "batch") {
      sum.stored += event.result.stored;
      sum.files += event.files.length;
      await file.add(event.files.flatMap(({ rejections }) => rejections));
      if (format === "json") {
        const names = event.files.map(({ name }) => name);
        await stdout.writeLines([jsonText({ files: names, ...summaryOf(event.result) }, stdout)]);
      }
    }
    await stderr.writeLines(watchLines(event));
  };
  try {
    await withPatience(setup, (storage) =>
      watchFolder(storage, folder, {
        interrupt,
        terminate,
        intervalMs: interval,
        converter,
        finished,
        onEvent,
      }),
    );
  } catch (error) {
    if (!interrupt.aborted) throw error;
  } finally {
    await file.close();
  }
  await stderr.write(
    `Stopped after ${formatElapsed(Date.now() - start)}: ${formatEvents(sum.files, "file")}, ${formatEvents(sum.stored)} stored.\n`,
  );
  if (interrupt.aborted) throw new Exit(EXIT.interrupted);
}

/**
 * Opens the store, made where it is not there, and works with it. A database that is away or starting is waited for; a stop ends the waiting.
 *
 * @throws EventStorageError when the database refuses for good
 */
export async function withPatience<Options>(
  setup: Setup<Options>,
  work: (storage: EventStorage) => Promise<void>,
): Promise<void> {
  const { context } = setup;
  const signal = stopSignal(context);
  const state = { isReady: false };
  const isStopped = (): boolean => signal.aborted;
  while (!isStopped()) {
    try {
      await withStorage(
        setup,
        async (storage) => {
          await prepareStore(storage, context);
          state.isReady = true;
          await work(storage);
        },
        { missing: "create" },
      );
      return;
    } catch (error) {
      // Once it works, the work itself knows what is worth waiting for.
      if (state.isReady || (!isStopped() && !mayComeBack(error))) throw error;
      if (isStopped()) return;
      await context.stderr.write(retryLine(reasonText(error), RETRY_MS) + "\n");
      await pause(RETRY_MS, signal);
    }
  }
}

/** What is said of a failure that is tried again. */
export const retryLine = (reason: string, afterMs: number): string =>
  `${reason}; trying again in ${formatElapsed(afterMs)}.`;

/** What the log of a worker says about an event: a line a batch, one for each file with errors. */
function watchLines(event: WatchEvent): string[] {
  switch (event.kind) {
    case "reclaimed":
      return [`Took back ${formatEvents(event.files, "file")} from a worker that is gone.`];
    case "removed":
      return [`Deleted ${formatEvents(event.files, "file")} of done/ that had been kept long enough.`];
    case "skipped":
      return [...new Set(event.files.map(({ why }) => why))].map((reason) => {
        const names = event.files.filter(({ why }) => why === reason).map(({ name }) => printable(name));
        return `Not taken: ${names.join(", ")} (${reason})`;
      });
    case "retry":
      return [retryLine(event.reason, event.afterMs)];
    case "batch": {
      const [only] = event.files;
      const what =
        event.files.length === 1 && only !== undefined ? only.name : formatEvents(event.files.length, "file");
      const failed = event.files.filter(({ rejections }) => rejections.length > 0);
      return [
        `${printable(what)}: ${summaryLine(event.result)}`,
        ...failed.map(
          ({ name, rejections }) =>
            `${printable(name)}: moved to errors/, ${rejectionLines(rejections, 1).join(", ")}`,
        ),
      ];
    }
  }
}
