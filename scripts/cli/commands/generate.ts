/** `eventstore generate`: filters as typed functions of a project of one's own. */
import type { Command } from "commander";
import type { GenerateFiltersResult } from "../../generate/filters.js";
import type { CliContext } from "../context.js";
import { Exit, EXIT, UsageError } from "../errors.js";
import { examples } from "../help.js";
import { withPackage } from "../optional-package.js";
import { formatEvents } from "../render/numbers.js";
import { setUp } from "../setup.js";

interface GenerateCliOptions {
  readonly out: string;
  readonly check?: boolean;
}

/** Adds `generate`. */
export function addGenerateCommand(program: Command, context: CliContext): void {
  program
    .command("generate")
    .summary("compile filters into typed functions")
    .description(
      "Compile every *.filter file of the folder of --filters into a TypeScript module with typed parameters. " +
        "With --database each filter is also tried on that store. Where one filter is wrong nothing is written. " +
        "With --check the modules are compared with what would be written, and the exit code is 1 when one differs, is missing " +
        "or is left of a filter that is gone.",
    )
    .requiredOption("--out <FOLDER>", "folder for the modules; made when it is not there")
    .option("--check", "write nothing; compare the modules byte for byte, for CI")
    .addHelpText(
      "after",
      examples([
        [
          "eventstore generate --filters filters --out src/filters",
          "noise.filter becomes src/filters/noise.ts",
        ],
        ["eventstore generate --filters filters --out src/filters --sets sets.json", "with named sets"],
        ["eventstore generate --filters filters --out src/filters --check", "in CI: are they up to date?"],
      ]),
    )
    .action(async (_, command: Command) => {
      const setup = await setUp<GenerateCliOptions>(context, command);
      const { filters, out, check, database } = setup.options;
      if (filters === undefined) throw new UsageError("which filters? name their folder with --filters");
      // The generator brings a TypeScript compiler along, which no other command needs.
      const { generateFilters } = await withPackage(
        "ts-morph",
        "generate",
        () => import("../../generate/filters.js"),
      );
      const { catalogue, sets, timeZone } = setup.filterOptions;
      const color = context.stderr.color;
      const result = await generateFilters({
        filters,
        out,
        check,
        database,
        color,
        catalogue,
        sets,
        timeZone,
      });
      await tell(result, context);
    });
}

async function tell(result: GenerateFiltersResult, { stdout, stderr }: CliContext): Promise<void> {
  switch (result.kind) {
    case "refused":
      await stderr.writeLines(result.reports);
      throw new Exit(EXIT.usage);
    case "checked":
      if (result.differences.length === 0)
        return stderr.write(`${formatEvents(result.files, "file")} up to date\n`);
      await stdout.writeLines(result.differences);
      await stderr.write("run it without --check to write the files anew\n");
      throw new Exit(EXIT.failed);
    case "written":
      await stderr.write(`${formatEvents(result.files.length, "file")} written\n`);
      for (const path of result.stale)
        await stderr.write(`${path} is of a filter that is gone; delete it when nothing imports it\n`);
      return stdout.writeLines(result.files);
  }
}
