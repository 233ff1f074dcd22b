/** `eventstore complete`: what may be written at a place of a filter. */
import { Option, type Command } from "commander";
import type { CliContext } from "../context.js";
import { UsageError } from "../errors.js";
import { examples } from "../help.js";
import { renderTable } from "../render/table.js";
import { setUp } from "../setup.js";
import { jsonText } from "../render/json.js";

interface CompleteCliOptions {
  readonly format: "table" | "json";
}

/** Adds `complete`. */
export function addCompleteCommand(program: Command, context: CliContext): void {
  program
    .command("complete")
    .summary("list what may be written at a place of a filter")
    .description("List what may be written at a place of a filter, the best first, for editors and shells.")
    .argument("<TEXT>", "filter, complete or not")
    .argument("[OFFSET]", "place in UTF-16 code units from 0; the end when absent")
    .addOption(
      new Option("-f, --format <FORMAT>", "how they are shown").choices(["table", "json"]).default("table"),
    )
    .addHelpText(
      "after",
      examples([
        ["eventstore complete 'sour'", "fields"],
        ["eventstore complete 'severity >= '", "values"],
        ["eventstore complete 'sour and severity >= high' 4 -f json", "in the middle, for a program"],
      ]),
    )
    .action(async (text: string, offset: string | undefined, _, command: Command) => {
      const setup = await setUp<CompleteCliOptions>(context, command);
      const place = offset === undefined ? text.length : Number(offset);
      if (!Number.isSafeInteger(place) || place < 0 || place > text.length)
        throw new UsageError(`OFFSET is a whole number from 0 to ${text.length}, the length of the text`);
      const { completeFilter } = await import("../../../compiler/complete.js");
      const completions = completeFilter(text, place, setup.filterOptions);
      const { stdout, stderr } = context;
      if (setup.options.format === "json") return stdout.write(jsonText(completions, stdout, 2) + "\n");
      if (completions.length === 0) return stderr.write("Nothing to propose here.\n");
      const rows = completions.map(({ label, kind, detail }) => [label, kind, detail]);
      const columns = [{ title: "text" }, { title: "kind" }, { title: "what it is", minWidth: 20 }];
      return stdout.writeLines(renderTable(columns, rows, stdout));
    });
}
