/** `eventstore cancel`: ends a running query by its name. */
import type { Command } from "commander";
import type { CliContext } from "../context.js";
import { CliError } from "../errors.js";
import { examples, formatOption, type ReportFormat } from "../help.js";
import { setUp, withStorage } from "../setup.js";
import { jsonText } from "../render/json.js";

/** Adds `cancel`. */
export function addCancelCommand(program: Command, context: CliContext): void {
  program
    .command("cancel")
    .summary("end a running query by its name")
    .description("End the running query of this name, and only that one, whoever started it.")
    .argument("<NAME>", "name that the query was given with --name, or by a program")
    .addOption(formatOption())
    .addHelpText("after", examples([["eventstore cancel report-7", "end what `--name report-7` started"]]))
    .action(async (name: string, _, command: Command) => {
      const setup = await setUp<{ readonly format: ReportFormat }>(context, command);
      const isCanceled = await withStorage(setup, (storage) => storage.queryCancel(name));
      if (!isCanceled)
        throw new CliError(
          `no query with the name ${JSON.stringify(name)} is running`,
          "`eventstore queries` shows what is",
        );
      const { stdout } = context;
      const isJson = setup.options.format === "json";
      await stdout.writeLines([isJson ? jsonText({ name, canceled: true }, stdout) : `${name} was canceled`]);
    });
}
