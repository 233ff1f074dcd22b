/** `eventstore generate`: filters as typed functions of a project of one's own. */
import type { Command } from "commander";
import type { CliContext } from "../context.js";
import { Exit, EXIT, UsageError } from "../errors.js";
import { examples } from "../help.js";
import { formatEvents } from "../render/numbers.js";
import { setUp } from "../setup.js";

interface GenerateCliOptions {
  readonly out: string;
}

/** Adds `generate`. */
export function addGenerateCommand(program: Command, context: CliContext): void {
  program
    .command("generate")
    .summary("compile filters into typed functions")
    .description(
      "Compile every *.filter file of the folder of --filters into a TypeScript module with typed parameters. " +
        "With --database each filter is also tried on that store. Where one filter is wrong nothing is written.",
    )
    .requiredOption("--out <FOLDER>", "folder for the modules; made when it is not there")
    .addHelpText(
      "after",
      examples([
        [
          "eventstore generate --filters filters --out src/filters",
          "noise.filter becomes src/filters/noise.ts",
        ],
        ["eventstore generate --filters filters --out src/filters --sets sets.json", "with named sets"],
      ]),
    )
    .action(async (_, command: Command) => {
      const setup = await setUp<GenerateCliOptions>(context, command);
      const { filters, out, database } = setup.options;
      if (filters === undefined) throw new UsageError("which filters? name their folder with --filters");
      // The generator brings a TypeScript compiler along, which no other command needs.
      const { generateFilters } = await import("../../generate/filters.js");
      const { catalogue, sets, timeZone } = setup.filterOptions;
      const color = context.stderr.color;
      const result = await generateFilters({ filters, out, database, color, catalogue, sets, timeZone });
      if (result.kind === "written") {
        await context.stderr.write(`${formatEvents(result.files.length, "file")} written\n`);
        return context.stdout.writeLines(result.files);
      }
      await context.stderr.writeLines(result.reports);
      throw new Exit(EXIT.usage);
    });
}
