/** `eventstore count`: how many events match a filter. */
import type { Command } from "commander";
import type { CliContext } from "../context.js";
import { addQueryOptions, examples, FILTER_HELP, formatOption, type ReportFormat } from "../help.js";
import { callOptions, readFilter, setUp, withStorage, type QueryCliOptions } from "../setup.js";
import { jsonText } from "../render/json.js";

interface CountCliOptions extends QueryCliOptions {
  readonly approximate?: boolean;
  readonly format: ReportFormat;
}

/** Adds `count`. */
export function addCountCommand(program: Command, context: CliContext): void {
  const command = program
    .command("count")
    .summary("count the events that match a filter")
    .description("Print how many events match a filter.")
    .argument("[FILTER...]", FILTER_HELP)
    .option("--approximate", "the planner's estimate, at once, instead of a count")
    .addOption(formatOption());
  addQueryOptions(command)
    .addHelpText(
      "after",
      examples([
        ["eventstore count 'category = Attempt.Login'", "failed logins"],
        ["eventstore count", "all events"],
        ["eventstore count 'detect_time >= today' --zone Europe/Prague", "since midnight in Prague"],
      ]),
    )
    .action(async (words: readonly string[], _options: unknown, self: Command) => {
      const setup = await setUp<CountCliOptions>(context, self);
      const given = await readFilter(words, setup);
      const { approximate, format } = setup.options;
      const count = await withStorage(setup, (storage) =>
        storage.countEvents({ ...given, ...callOptions(setup), approximate }),
      );
      const { stdout } = context;
      await stdout.writeLines([format === "json" ? jsonText({ count }, stdout) : String(count)]);
    });
}
