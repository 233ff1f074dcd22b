/** `eventstore convert`: filters of older tools in this language. */
import { Option, type Command } from "commander";
import type { Change } from "../../../compiler/convert/convert.js";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import type { CliContext } from "../context.js";
import { Exit, EXIT } from "../errors.js";
import { examples, formatOption, type ReportFormat } from "../help.js";
import { highlightFilterText } from "../render/highlight.js";
import { filterText, setUp } from "../setup.js";
import { jsonText } from "../render/json.js";

interface ConvertCliOptions {
  readonly from: (typeof SOURCES)[number];
  readonly format: ReportFormat;
}

const SOURCES = ["pynspect", "ransack", "search-parameters"] as const;

/** Adds `convert`. */
export function addConvertCommand(program: Command, context: CliContext): void {
  program
    .command("convert")
    .summary("translate a filter of an older tool")
    .description(
      "Translate a filter of an older tool into this language. Changes of meaning are listed on standard error. " +
        "What cannot be said here is refused with the place and the reason.",
    )
    .argument(
      "<TEXT...>",
      "the old filter; for search-parameters a JSON object; `-` reads it from standard input",
    )
    .addOption(
      new Option("--from <LANGUAGE>", "what it is written in").choices(SOURCES).makeOptionMandatory(),
    )
    .addOption(formatOption())
    .addHelpText(
      "after",
      examples([
        [
          "eventstore convert --from pynspect '(Source.IP4 in [10.0.0.0/8]) and (Category in [\"Recon.Scanning\"])'",
        ],
        ["eventstore convert --from ransack 'Source.IP4 in 10.0.0.0/8 and ConnCount > 10'"],
        [
          'eventstore convert --from search-parameters \'{"source_addrs": ["10.0.0.0/8"], "severities": ["high"]}\'',
        ],
      ]),
    )
    .action(async (words: readonly string[], _, command: Command) => {
      const setup = await setUp<ConvertCliOptions>(context, command);
      const { stdout, stderr } = context;
      const given = await filterText(words, context);
      const { convertFilter } = await import("../../../compiler/convert/convert.js");
      const { ConversionError } = await import("../../../compiler/convert/refusal.js");
      const { diagnosticsText } = await import("../render/diagnostics.js");
      try {
        const converted = convertFilter(given, setup.options.from, {
          catalogue: setup.filterOptions.catalogue,
        });
        const { text, changes } = converted;
        if (setup.options.format === "json") return await stdout.writeLines([jsonText(converted, stdout, 2)]);
        if (changes.length > 0)
          await stderr.write(diagnosticsText(given, changes.map(asWarning), stderr) + "\n");
        await stdout.write(highlightFilterText(text, stdout.paint) + "\n");
      } catch (error) {
        if (!(error instanceof ConversionError)) throw error;
        await stderr.write(diagnosticsText(given, error.diagnostics, stderr) + "\n");
        throw new Exit(EXIT.usage);
      }
    });
}

/** A change of meaning as the renderer takes it, with the filters to write instead among its notes. */
function asWarning({ code, message, span, notes, fixes }: Change): Diagnostic {
  const proposals = fixes.map(({ title, text }) => `${title}: ${text}`);
  return { code, severity: "warning", message, span, notes: [...notes, ...proposals], fixes: [] };
}
