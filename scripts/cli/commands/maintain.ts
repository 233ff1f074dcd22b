/** `eventstore maintain`: the upkeep of a store in one process that is left alone. */
import { setTimeout as delay } from "node:timers/promises";
import { Option, type Command } from "commander";
import type { EventStorage } from "../../../runtime/store/types.js";
import { EventStorageError } from "../../../runtime/postgres/errors.js";
import { stopSignal, type CliContext } from "../context.js";
import { Exit, EXIT, reasonText } from "../errors.js";
import { examples } from "../help.js";
import { createLog, logOption, type Log, type LogFormat } from "../log.js";
import { durationOption, timeAgo } from "../options.js";
import { setUp, withStorage, type Setup } from "../setup.js";
import { daysAhead } from "./refresh.js";

interface MaintainCliOptions {
  readonly every: number;
  readonly keep?: string;
  readonly ahead: number;
  readonly once?: boolean;
  readonly log: LogFormat;
}

/** Adds `maintain`. */
export function addMaintainCommand(program: Command, context: CliContext): void {
  program
    .command("maintain")
    .summary("do all upkeep on a schedule, until it is stopped")
    .description(
      "Make the days ahead, bring roll-ups, lists and indexes up to date, and with --keep delete what is older. It waits for a database that " +
        "is away, goes on after errors, and may run twice: the work is the same whoever does it. SIGTERM ends it.",
    )
    .addOption(
      new Option("--every <TIME>", "time between two rounds")
        .argParser(durationOption)
        .default(300_000, "5m"),
    )
    .addOption(new Option("--keep <TIME>", "delete events detected longer ago, and expired thresholds"))
    .addOption(new Option("--ahead <DAYS>", "days to make beforehand").argParser(daysAhead).default(2))
    .option("--once", "one round, then end; exit code 1 when something failed")
    .addOption(logOption())
    .addHelpText("after", examples([["eventstore maintain --keep 90d", "as a service"]]))
    .action(async (_, command: Command) => {
      const setup = await setUp<MaintainCliOptions>(context, command);
      const { every, once, log: format, keep } = setup.options;
      if (keep !== undefined) timeAgo(keep, context.now(), setup.timeZone);
      const log = createLog(context, format);
      const stop = stopSignal(context);
      for (;;) {
        const isFine = await round(setup, log, stop);
        if (once === true) {
          if (!isFine) throw new Exit(EXIT.failed);
          return;
        }
        await delay(every, undefined, { signal: stop }).catch(() => undefined);
        if (stop.aborted) break;
      }
      await log.info("stopped");
      if (context.interrupt.aborted) throw new Exit(EXIT.interrupted);
    });
}

/** One round; false when a part of it failed. The parts are tried whatever became of those before. */
async function round(setup: Setup<MaintainCliOptions>, log: Log, signal: AbortSignal): Promise<boolean> {
  try {
    return await withStorage(setup, async (storage) => {
      let isFine = true;
      const isStopped = (): boolean => signal.aborted;
      for (const [name, work] of Object.entries(tasks(setup, storage, signal))) {
        if (isStopped()) return isFine;
        const started = Date.now();
        try {
          await log.info(await work(), { task: name, ms: Date.now() - started });
        } catch (error) {
          if (isStopped()) return isFine;
          isFine = false;
          const code = error instanceof EventStorageError ? error.code : "error";
          await log.error(reasonText(error), { task: name, code });
        }
      }
      return isFine;
    });
  } catch (error) {
    if (signal.aborted) return true;
    await log.error(reasonText(error), { task: "open" });
    return false;
  }
}

type Task = () => Promise<string>;

function tasks(
  { options, context, timeZone }: Setup<MaintainCliOptions>,
  storage: EventStorage,
  signal: AbortSignal,
): Readonly<Record<string, Task>> {
  const { keep, ahead } = options;
  const clean = async (): Promise<string> => {
    const now = context.now();
    const limit = timeAgo(keep ?? "", now, timeZone);
    const events = await storage.tableCleanup("events", "detect_time", limit, { signal });
    const thresholds = await storage.thresholdsClean(now, { signal });
    const thresholded = await storage.thresholdedEventsClean({ signal });
    return `deleted ${events} events, ${thresholds} thresholds, ${thresholded} withheld events`;
  };
  return {
    refresh: async () => `brought ${await storage.refresh({ ahead, signal })} hours up to date`,
    ...(keep === undefined ? {} : { clean }),
    status: async () => {
      const { warnings } = await storage.databaseStatus({ signal });
      return warnings.length === 0 ? "no warnings" : `warning: ${warnings.join("; ")}`;
    },
  };
}
