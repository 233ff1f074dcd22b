/** `eventstore fmt`: a filter in its canonical form. */
import type { Command } from "commander";
import type { CliContext } from "../context.js";
import { examples, formatOption, type ReportFormat } from "../help.js";
import { highlightFilterText } from "../render/highlight.js";
import { filterText, setUp } from "../setup.js";
import { jsonText } from "../render/json.js";

/** Adds `fmt`. */
export function addFormatCommand(program: Command, context: CliContext): void {
  program
    .command("fmt")
    .summary("write a filter in its canonical form")
    .description(
      "Print a filter in its canonical form: one spelling of each operator, even blanks, long filters over several lines.",
    )
    .argument("<FILTER...>", "filter, best in single quotes; `-` reads it from standard input")
    .addOption(formatOption())
    .addHelpText(
      "after",
      examples([
        ["eventstore fmt 'source.ip  IN [10.0.0.0/8,192.168.0.0/16]&&severity>=high'", "tidy up"],
        ["eventstore fmt - < noise.filter", "a file, comments kept"],
      ]),
    )
    .action(async (words: readonly string[], _, command: Command) => {
      const { stdout } = context;
      const { catalogue, options } = await setUp<{ readonly format: ReportFormat }>(context, command);
      const given = await filterText(words, context);
      const { FilterError } = await import("../../../grammar/filter-error.js");
      const { formatWithCatalogue } = await import("../../../compiler/format.js");
      const { text, diagnostics } = formatWithCatalogue(given, catalogue);
      if (diagnostics.length > 0) throw new FilterError(given, diagnostics);
      if (options.format === "json") return stdout.writeLines([jsonText({ text }, stdout)]);
      return stdout.write(highlightFilterText(text, stdout.paint) + "\n");
    });
}
