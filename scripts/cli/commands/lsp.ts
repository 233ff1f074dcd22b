/** `eventstore lsp`: the language server, for editors. */
import type { Command } from "commander";
import { loadCatalogue } from "../catalogue-file.js";
import { stopSignal, type CliContext } from "../context.js";
import { EXIT } from "../errors.js";
import { examples } from "../help.js";
import { setUpAlone } from "../setup.js";

/** Adds `lsp`. */
export function addLspCommand(program: Command, context: CliContext, version: string): void {
  program
    .command("lsp")
    .summary("serve editors: mistakes, completion, hover, rename")
    .description(
      "Serve an editor over standard input and output, by the language server protocol: *.filter files, and filters inside of programs. " +
        "Sets, saved filters and the catalogue come from eventstore.config.json. The catalogue is a module, which is code: it is loaded where " +
        "the editor calls the folder trusted (initializationOptions: {trusted: true}), or with --trust.",
    )
    .option("--stdio", "standard input and output, which is what it does anyway")
    .addHelpText(
      "after",
      examples([
        ["eventstore lsp", "what the editor starts"],
        ["eventstore lsp --filters filters --sets sets.json", "for a project without eventstore.config.json"],
      ]),
    )
    .action(async (_, command: Command) => {
      const { options, filterOptions } = await setUpAlone(context, command);
      // Only this command needs it.
      const { startLanguageServer } = await import("../../editor/server/main.js");
      await startLanguageServer(
        { input: process.stdin, output: process.stdout, stop: stopSignal(context) },
        {
          overrides: {
            sets: options.sets === undefined ? undefined : filterOptions.sets,
            filters: options.filters,
            timeZone: options.zone,
          },
          trusted: options.trust ?? false,
          loadCatalogue,
          version,
        },
      );
      // The connection watches whether the editor lives, which would keep this process alive.
      process.exit(context.interrupt.aborted ? EXIT.interrupted : EXIT.fine);
    });
}
