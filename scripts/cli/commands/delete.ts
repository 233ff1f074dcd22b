/** `eventstore delete`: removes the events that match a filter. */
import type { Command } from "commander";
import { confirm } from "../confirm.js";
import type { CliContext } from "../context.js";
import { UsageError } from "../errors.js";
import { addQueryOptions, examples, formatOption, type ReportFormat } from "../help.js";
import { positiveInteger } from "../options.js";
import { formatEvents } from "../render/numbers.js";
import { callOptions, readFilter, setUp, withStorage, type QueryCliOptions } from "../setup.js";
import { jsonText } from "../render/json.js";

interface DeleteCliOptions extends QueryCliOptions {
  readonly all?: boolean;
  readonly yes?: boolean;
  readonly batch?: number;
  readonly format: ReportFormat;
}

/** Adds `delete`. */
export function addDeleteCommand(program: Command, context: CliContext): void {
  const command = program
    .command("delete")
    .summary("delete the events that match a filter")
    .description(
      "Delete the events that match a filter. Asks before it does; without a terminal it wants --yes.",
    )
    .argument("[FILTER...]", "filter, best in single quotes; `-` reads it from standard input")
    .option("--all", "needed where the filter matches every event")
    .option("-y, --yes", "do not ask")
    .option("--batch <N>", "delete N at a time, each slice committed by itself", positiveInteger)
    .addOption(formatOption());
  addQueryOptions(command)
    .addHelpText(
      "after",
      examples([
        ["eventstore delete 'category = Test'", "counts, asks, deletes"],
        ["eventstore delete 'detect_time < now-2y' --yes --batch 10000", "in a job, in slices"],
        ["eventstore delete --all", "every event"],
      ]),
    )
    .action(async (words: readonly string[], _options: unknown, self: Command) => {
      const setup = await setUp<DeleteCliOptions>(context, self);
      const { all, yes, batch, format } = setup.options;
      const given = await readFilter(words, setup);
      const { condition } = given.filter;
      if (all !== true && condition.kind === "constant" && condition.value)
        throw new UsageError(
          "this would delete every event",
          "write --all if that is what you want, else a filter",
        );
      const deleted = await withStorage(setup, async (storage) => {
        const call = { ...given, ...callOptions(setup) };
        if (yes !== true) {
          const count = await storage.countEvents(call);
          if (count === 0) return 0;
          await confirm(context, `Delete ${formatEvents(count)} for good?`);
        }
        return storage.deleteEvents({ ...call, all, batch });
      });
      const { stdout } = context;
      await stdout.writeLines([
        format === "json" ? jsonText({ deleted }, stdout) : `${formatEvents(deleted)} deleted`,
      ]);
    });
}
