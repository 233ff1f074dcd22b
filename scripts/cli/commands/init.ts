/** `eventstore init`: makes the tables and indexes, or brings them up to date. */
import { Option, type Command } from "commander";
import { stopSignal, type CliContext } from "../context.js";
import { examples } from "../help.js";
import { setUp, withStorage } from "../setup.js";

interface InitCliOptions {
  readonly distributed?: "citus";
}

/** Adds `init`. */
export function addInitCommand(program: Command, context: CliContext): void {
  program
    .command("init")
    .summary("make the tables, or bring them up to date")
    .description(
      "Make the tables and indexes of the store, or bring older ones up to date. Doing it twice changes nothing.",
    )
    .addOption(new Option("--distributed <KIND>", "prepare the tables for a cluster").choices(["citus"]))
    .addHelpText(
      "after",
      examples([
        ["eventstore init", "the private store in .eventstore"],
        ["eventstore init --database postgres://idea@db.example.org/idea", "a database with ip4r"],
      ]),
    )
    .action(async (_, command: Command) => {
      const setup = await setUp<InitCliOptions>(context, command);
      const { distributed } = setup.options;
      await withStorage(setup, async (storage) => {
        const { version, changes } = await storage.databaseCreate({
          signal: stopSignal(context),
          distributed,
        });
        await context.stderr.writeLines(changes);
        const state = changes.length === 0 ? "is up to date" : "is ready";
        await context.stdout.write(`${storage.description} ${state} (schema version ${version})\n`);
      });
    });
}
