/** `eventstore highlight`: a filter in colour, or its tokens. */
import { Option, type Command } from "commander";
import { highlightTokens } from "../../../grammar/tokens.js";
import type { CliContext } from "../context.js";
import { examples } from "../help.js";
import { highlightFilterText } from "../render/highlight.js";
import { painter } from "../render/terminal.js";
import { harmless } from "../render/text.js";
import { filterText } from "../setup.js";

interface HighlightCliOptions {
  readonly format: "ansi" | "json";
}

/** Adds `highlight`. */
export function addHighlightCommand(program: Command, context: CliContext): void {
  program
    .command("highlight")
    .summary("print a filter in colour")
    .description(
      "Print a filter in colour, into a pipe too, or its tokens as JSON for an editor. Takes any text.",
    )
    .argument("<FILTER...>", "filter, best in single quotes; `-` reads it from standard input")
    .addOption(
      new Option("-f, --format <FORMAT>", "ansi colours, or json tokens")
        .choices(["ansi", "json"])
        .default("ansi"),
    )
    .addHelpText(
      "after",
      examples([
        ["eventstore highlight 'severity >= high and not tlp = red'", "in colour"],
        ["eventstore highlight -f json 'severity >= high'", "kind, start and end of each token"],
      ]),
    )
    .action(async (words: readonly string[], { format }: HighlightCliOptions) => {
      const { stdout } = context;
      const text = await filterText(words, context);
      if (format === "json") return stdout.write(JSON.stringify(highlightTokens(text)) + "\n");
      // The colours are for a terminal, wherever they are kept until then.
      return stdout.write(highlightFilterText(harmless(text), painter(true)) + "\n");
    });
}
