/** `eventstore clean`: removes what is older than it has to be kept. */
import { Option, type Command } from "commander";
import type { EventStorage } from "../../../runtime/store/types.js";
import { confirm } from "../confirm.js";
import { stopSignal, type CliContext } from "../context.js";
import { examples, formatOption, type ReportFormat } from "../help.js";
import { timeAgo } from "../options.js";
import { formatCount, formatEvents } from "../render/numbers.js";
import { printable } from "../render/text.js";
import { formatDate } from "../render/time.js";
import { setUp, withStorage, type Setup } from "../setup.js";
import { jsonText } from "../render/json.js";

interface CleanCliOptions {
  readonly olderThan: string;
  readonly yes?: boolean;
  readonly filter?: string;
  readonly format: ReportFormat;
}

/** Table and column whose times retention goes by. */
const EVENTS = { table: "events", column: "detect_time" } as const;

/** Events deleted in one transaction, where a filter chooses them. */
const BATCH = 10_000;

/** @throws FilterError for a filter that does not compile */
export async function refuseInvalidFilter(
  filter: string,
  { filterOptions }: Pick<Setup<unknown>, "filterOptions">,
): Promise<void> {
  const { compileFilter } = await import("../../../compiler/compile.js");
  compileFilter(filter, filterOptions);
}

/** Deletes the events that match a filter and were detected before a time; returns how many there were. */
export async function cleanMatching(
  storage: EventStorage,
  filter: string,
  before: Date,
  signal: AbortSignal,
): Promise<number> {
  const { andFilters } = await import("../../../compiler/compose.js");
  const old = andFilters(filter, `${EVENTS.column} < ${before.toISOString()}`);
  return storage.deleteEvents({ filter: old, batch: BATCH, signal });
}

/** Adds `clean`. */
export function addCleanCommand(program: Command, context: CliContext): void {
  program
    .command("clean")
    .summary("delete old events and expired thresholds")
    .description(
      "Delete the events that were detected longer ago than they have to be kept, and the thresholding records that have expired. " +
        "Asks before it does; without a terminal it wants --yes.",
    )
    .addOption(new Option("--older-than <TIME>", "age from which events go: 90d, 12mo, 2y").default("90d"))
    .option("--filter <FILTER>", "delete only events that match this; thresholds stay as they are")
    .option("-y, --yes", "do not ask")
    .addOption(formatOption())
    .addHelpText(
      "after",
      examples([
        ["eventstore clean --older-than 1y", "keep a year"],
        ["eventstore clean --older-than 90d --yes", "in a nightly job"],
        ["eventstore clean --filter 'category = Test' --older-than 7d --yes", "tests go sooner"],
      ]),
    )
    .action(async (_, command: Command) => {
      const setup = await setUp<CleanCliOptions>(context, command);
      const { olderThan, yes, filter, format } = setup.options;
      const { stdout } = context;
      const now = context.now();
      const limit = timeAgo("--older-than", olderThan, { now, timeZone: setup.timeZone });
      const shown = `${formatDate(limit, setup.timeZone)} ${setup.timeZone}`;
      const signal = stopSignal(context);
      // A filter that does not compile is reported before anything is asked or opened.
      if (filter !== undefined) await refuseInvalidFilter(filter, setup);
      const what =
        filter === undefined ? "all events" : `the events that match ${printable(filter)} and were`;
      if (yes !== true) await confirm(context, `Delete ${what} detected before ${shown}?`);
      if (filter !== undefined) {
        const deleted = await withStorage(setup, (storage) => cleanMatching(storage, filter, limit, signal));
        return stdout.writeLines([
          format === "json"
            ? jsonText({ before: limit, events: deleted }, stdout)
            : `${formatEvents(deleted)} from before ${shown} deleted`,
        ]);
      }
      const cleaned = await withStorage(setup, async (storage) => ({
        events: await storage.tableCleanup(EVENTS.table, EVENTS.column, limit, { signal }),
        thresholds: await storage.thresholdsClean(now, { signal }),
        thresholded: await storage.thresholdedEventsClean({ signal }),
      }));
      if (format === "json") return stdout.writeLines([jsonText({ before: limit, ...cleaned }, stdout)]);
      await stdout.writeLines([
        `${formatEvents(cleaned.events)} from before ${shown} deleted`,
        `${formatCount(cleaned.thresholds)} expired thresholds and ${formatCount(cleaned.thresholded)} of their events deleted`,
      ]);
    });
}
