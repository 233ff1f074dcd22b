/** `eventstore cancel`: ends a running query by its name. */
import type { Command } from "commander";
import type { CliContext } from "../context.js";
import { CliError } from "../errors.js";
import { examples } from "../help.js";
import { setUp, withStorage } from "../setup.js";

/** Adds `cancel`. */
export function addCancelCommand(program: Command, context: CliContext): void {
  program
    .command("cancel")
    .summary("end a running query by its name")
    .description("End the running query of this name, and only that one, whoever started it.")
    .argument("<NAME>", "name that the query was given with --name, or by a program")
    .addHelpText("after", examples([["eventstore cancel report-7", "end what `--name report-7` started"]]))
    .action(async (name: string, _, command: Command) => {
      const setup = await setUp(context, command);
      const isCanceled = await withStorage(setup, (storage) => storage.queryCancel(name));
      if (!isCanceled)
        throw new CliError(
          `no query with the name ${JSON.stringify(name)} is running`,
          "`eventstore queries` shows what is",
        );
      await context.stdout.write(`${name} was canceled\n`);
    });
}
