/** `eventstore check`: what is wrong or worth knowing about a filter. */
import { Option, type Command } from "commander";
import type { CliContext } from "../context.js";
import { Exit, EXIT, UsageError } from "../errors.js";
import { examples } from "../help.js";
import { collect } from "../options.js";
import { filterText, setUp } from "../setup.js";
import { jsonText } from "../render/json.js";
import { checkPrograms } from "./check-source.js";

interface CheckCliOptions {
  readonly format: "text" | "json";
  readonly source?: readonly string[];
}

/** Adds `check`. */
export function addCheckCommand(program: Command, context: CliContext): void {
  program
    .command("check")
    .summary("say what is wrong with a filter")
    .description(
      "Say what is wrong or worth knowing about a filter, all of it at once, and how it reads mended. Exit code 0: it compiles; 2: it does not.",
    )
    .argument("[FILTER...]", "filter, best in single quotes; `-` reads it from standard input")
    .option(
      "--source <GLOB>",
      "check the filters inside of programs, path:line:column for each error; in quotes, may be given several times",
      collect,
    )
    .addOption(
      new Option("-f, --format <FORMAT>", "text, or json with places and fixes")
        .choices(["text", "json"])
        .default("text"),
    )
    .addHelpText(
      "after",
      examples([
        ["eventstore check 'sorce.ip in 10.0.0.0/8'", "did you mean source.ip?"],
        ["eventstore check - < noise.filter", "a saved filter"],
        ["eventstore check --source 'src/**/*.ts'", "every filter of a program; needs ts-morph"],
      ]),
    )
    .action(async (words: readonly string[], _, command: Command) => {
      const setup = await setUp<CheckCliOptions>(context, command);
      const { stdout } = context;
      // Words beside it are further files: a pattern that the shell has resolved.
      if (setup.options.source !== undefined)
        return checkPrograms([...setup.options.source, ...words], setup, setup.options.format);
      if (words.length === 0)
        throw new UsageError("which filter? write it after check, or programs after --source");
      const text = await filterText(words, context);
      const { analyseFilter } = await import("../../../compiler/compile.js");
      const { diagnosticsText } = await import("../render/diagnostics.js");
      const { diagnostics } = analyseFilter(text, setup.filterOptions);
      if (setup.options.format === "json") await stdout.write(jsonText(diagnostics, stdout, 2) + "\n");
      else if (diagnostics.length > 0)
        await stdout.write(diagnosticsText(text, diagnostics, stdout, { fixes: true }) + "\n");
      if (diagnostics.some(({ severity }) => severity === "error")) throw new Exit(EXIT.usage);
      if (diagnostics.length === 0 && setup.options.format === "text")
        await context.stderr.write("The filter is fine.\n");
    });
}
