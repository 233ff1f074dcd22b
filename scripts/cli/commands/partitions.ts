/** `eventstore partitions merge|split`: changes how wide the partitions of the past are. */
import { Option, type Command } from "commander";
import { WIDTHS } from "../../../runtime/store/schema/widths.js";
import type { EventStorage, PartitionReport } from "../../../runtime/store/index.js";
import { stopSignal, type CliContext } from "../context.js";
import { examples, formatOption, type ReportFormat } from "../help.js";
import { jsonText } from "../render/json.js";
import { setUp, withStorage } from "../setup.js";

interface PartitionsCliOptions {
  readonly width?: string;
  readonly from?: string;
  readonly to?: string;
  readonly format: ReportFormat;
}

type Change = (storage: EventStorage, options: ChangeOptions) => Promise<PartitionReport>;

interface ChangeOptions {
  readonly width?: string;
  readonly from?: Date;
  readonly to?: Date;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly onProgress: (message: string) => void;
}

/** Adds `partitions`. */
export function addPartitionsCommand(program: Command, context: CliContext): void {
  const partitions = program
    .command("partitions")
    .summary("merge or split the partitions of the past")
    .description(
      "Change how many days a partition of the past holds, beside ingest and searches. With few events a day wide partitions are faster and " +
        "smaller, with many narrow ones; `eventstore init --partitions` says how wide new ones are.",
    );
  addChange(partitions, context, {
    name: "merge",
    summary: "put narrow partitions together",
    widths: ["week", "month"],
    example: ["eventstore partitions merge --to 2024-06-01", "a partition for each month before June"],
    change: (storage, { width, ...options }) =>
      storage.mergePartitions({ ...options, ...(width === undefined ? {} : { width: width as "month" }) }),
  });
  addChange(partitions, context, {
    name: "split",
    summary: "take wide partitions apart",
    widths: ["day", "week"],
    example: ["eventstore partitions split --width week", "a partition for each past week"],
    change: (storage, { width, ...options }) =>
      storage.splitPartitions({ ...options, ...(width === undefined ? {} : { width: width as "day" }) }),
  });
}

interface ChangeCommand {
  readonly name: string;
  readonly summary: string;
  readonly widths: readonly (typeof WIDTHS)[number][];
  readonly example: readonly [command: string, does: string];
  readonly change: Change;
}

function addChange(
  partitions: Command,
  context: CliContext,
  { name, summary, widths, example, change }: ChangeCommand,
): void {
  partitions
    .command(name)
    .summary(summary)
    .description(`${summary[0]!.toUpperCase()}${summary.slice(1)}. What holds today is left alone.`)
    .addOption(new Option("--width <WIDTH>", "width of the new partitions").choices(widths))
    .option("--from <TIME>", "leave alone what begins before, for example 2024-01-01 or now-1y")
    .option("--to <TIME>", "leave alone what ends after")
    .addOption(formatOption())
    .addHelpText("after", examples([example]))
    .action(async (_, command: Command) => {
      const setup = await setUp<PartitionsCliOptions>(context, command);
      const { stdout, stderr } = context;
      const { width, format } = setup.options;
      // Partitions begin and end with days of UTC.
      const reading = { ...setup.filterOptions, timeZone: "UTC" };
      const { instantOption } = await import("../instant-option.js");
      const instant = (name: "from" | "to"): { readonly [key in typeof name]?: Date } => {
        const text = setup.options[name];
        return text === undefined ? {} : { [name]: instantOption(`--${name}`, text, context.now(), reading) };
      };
      const bounds = { ...instant("from"), ...instant("to") };
      await withStorage(setup, async (storage) => {
        const report = await change(storage, {
          ...(width === undefined ? {} : { width }),
          ...bounds,
          signal: stopSignal(context),
          timeoutMs: 0,
          onProgress: (message) => void stderr.writeLines([message]),
        });
        return stdout.writeLines([
          format === "json" ? jsonText(report, stdout) : `${report.before} partitions became ${report.after}`,
        ]);
      });
    });
}
