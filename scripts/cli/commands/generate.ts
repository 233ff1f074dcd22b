/** `eventstore generate`: filters as typed functions of a project of one's own. */
import type { Command } from "commander";
import type { GenerateFiltersResult } from "../../generate/filters.js";
import type { CliContext } from "../context.js";
import { Exit, EXIT, UsageError } from "../errors.js";
import { examples, formatOption, type ReportFormat } from "../help.js";
import { optionRules } from "../option-rules.js";
import { withPackage } from "../optional-package.js";
import { jsonText } from "../render/json.js";
import { formatEvents } from "../render/numbers.js";
import { setUp } from "../setup.js";

interface GenerateCliOptions {
  readonly out: string;
  readonly check?: boolean;
  readonly live?: boolean;
  readonly format: ReportFormat;
}

/** Adds `generate`. */
export function addGenerateCommand(program: Command, context: CliContext): void {
  const command = program
    .command("generate")
    .summary("compile filters into typed functions, and a catalogue into a client")
    .description(
      "Compile every *.filter file of the folder of --filters into a TypeScript module with typed parameters. " +
        "With --database each filter is also tried on that store. Where one filter is wrong nothing is written. " +
        "With --catalogue the client of a catalogue of one's own is written: its types, prepared statements, functions and reference. " +
        "With --check the modules are compared with what would be written, and the exit code is 1 when one differs, is missing " +
        "or is left of a filter that is gone.",
    )
    .requiredOption("--out <FOLDER>", "folder for the modules; made when it is not there")
    .option("--check", "write nothing; compare the modules, for CI")
    .option("--live", "with --check: also hold the database of --database, or a new one, against the client")
    .addOption(formatOption());
  optionRules(command, [
    { option: "--live", with: ["--check"], why: "it holds a database against the client that is there" },
  ])
    .addHelpText(
      "after",
      examples([
        [
          "eventstore generate --filters filters --out src/filters",
          "noise.filter becomes src/filters/noise.ts",
        ],
        ["eventstore generate --filters filters --out src/filters --sets sets.json", "with named sets"],
        ["eventstore generate --filters filters --out src/filters --check", "in CI: are they up to date?"],
        [
          "eventstore generate --catalogue flows.ts --out src/flows",
          "the client of a catalogue of one's own",
        ],
        [
          "eventstore generate --catalogue flows.ts --out src/flows --check --live --database postgres://…",
          "is it up to date, and does the database agree?",
        ],
      ]),
    )
    .action((_, self: Command) => generate(self, context));
}

async function generate(command: Command, context: CliContext): Promise<void> {
  const setup = await setUp<GenerateCliOptions>(context, command);
  const { filters, out, check, live, catalogue } = setup.options;
  // That of the configuration is for events: a client is held against a database only when that is asked for.
  const { database } = setup.given;
  if (filters === undefined && catalogue === undefined)
    throw new UsageError(
      "generate what? name a folder of filters with --filters, a catalogue with --catalogue, or both",
    );
  if (live === true && catalogue === undefined)
    throw new UsageError("--live goes with --catalogue FILE", "it holds a database against its client");
  // The generator brings a TypeScript compiler along, which no other command needs.
  const { generateProject } = await withPackage(
    "ts-morph",
    "generate",
    () => import("../../generate/project.js"),
  );
  const own = catalogue === undefined ? undefined : setup.catalogue;
  const { sets, timeZone } = setup.filterOptions;
  const { stderr } = context;
  const result = await generateProject({
    filters,
    own,
    out,
    check,
    live,
    database,
    color: stderr.color && setup.options.format !== "json",
    sets,
    timeZone,
    onProgress: (message) => void stderr.write(stderr.paint("dim", message) + "\n"),
  });
  await (setup.options.format === "json" ? tellJson : tell)(result, context);
}

/** What was done as one JSON value; the exit code is as with the text. */
async function tellJson(result: GenerateFiltersResult, { stdout }: CliContext): Promise<void> {
  await stdout.writeLines([jsonText(result, stdout)]);
  if (result.kind === "refused") throw new Exit(EXIT.usage);
  if (result.kind === "checked" && result.differences.length > 0) throw new Exit(EXIT.failed);
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
