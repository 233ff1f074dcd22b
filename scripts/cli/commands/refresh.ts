/** `eventstore refresh`: does what is put off while events are stored. */
import { Option, type Command } from "commander";
import { stopSignal, type CliContext } from "../context.js";
import { UsageError } from "../errors.js";
import { examples, formatOption, warningLines, type ReportFormat } from "../help.js";
import { formatEvents } from "../render/numbers.js";
import { setUp, withStorage } from "../setup.js";
import { jsonText } from "../render/json.js";

interface RefreshCliOptions {
  readonly ahead?: number;
  readonly format: ReportFormat;
}

/** Most days ahead that get partitions. */
const MAX_AHEAD = 7;

/** Reads `--ahead`. @throws UsageError */
export function daysAhead(text: string): number {
  const days = Number(text);
  if (!/^\d+$/.test(text) || days > MAX_AHEAD)
    throw new UsageError(`--ahead is a whole number of days from 0 to ${MAX_AHEAD}, not "${text}"`);
  return days;
}

/** Adds `refresh`. */
export function addRefreshCommand(program: Command, context: CliContext): void {
  program
    .command("refresh")
    .summary("bring roll-ups, lists, indexes and days up to date")
    .description(
      "Compute the roll-ups and lists of the hours and days that changed, sort what waits in their indexes, and give days that lie in the " +
        "default partition partitions of their own. Reading is right without it, but slower; once every few minutes is enough.",
    )
    .addOption(
      new Option(
        "--ahead <DAYS>",
        "also make the partitions of today and of this many days after it",
      ).argParser(daysAhead),
    )
    .addOption(formatOption())
    .addHelpText(
      "after",
      examples([["eventstore refresh --ahead 2", "in a timer, for writers that may make no tables"]]),
    )
    .action(async (_, command: Command) => {
      const setup = await setUp<RefreshCliOptions>(context, command);
      const signal = stopSignal(context);
      const { ahead, format } = setup.options;
      const { stdout, stderr } = context;
      await withStorage(setup, async (storage) => {
        const hours = await storage.refresh({ signal, ...(ahead === undefined ? {} : { ahead }) });
        if (format === "text") await stdout.write(`${formatEvents(hours, "hour")} brought up to date\n`);
        const { warnings } = await storage.databaseStatus({ signal });
        if (format === "json") return stdout.writeLines([jsonText({ hours, warnings }, stdout)]);
        return stderr.writeLines(warningLines(warnings, context));
      });
    });
}
