/** `eventstore catalogue`: the description of a table that is there. */
import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import type { CliContext } from "../context.js";
import { CliError, UsageError } from "../errors.js";
import { examples, formatOption, type ReportFormat } from "../help.js";
import { withPackage } from "../optional-package.js";
import { jsonText } from "../render/json.js";
import { setUp } from "../setup.js";

interface CatalogueCliOptions {
  readonly table: string;
  readonly out: string;
  readonly force?: boolean;
  readonly format: ReportFormat;
}

/** Adds `catalogue`. */
export function addCatalogueCommand(program: Command, context: CliContext): void {
  program
    .command("catalogue")
    .summary("describe a table that is there, for searching it")
    .description(
      "Read the columns, indexes and comments of a table at --database and write them as a catalogue, a module to edit: with it, --catalogue " +
        "searches the table, and `generate --catalogue` writes a typed client. Columns that no type of the language reads are left out and named.",
    )
    .requiredOption("--table <NAME>", "the table, as SQL writes it")
    .requiredOption("--out <FILE>", "the module: .ts, or .js or .mjs")
    .option("--force", "write over a file that is there")
    .addOption(formatOption())
    .addHelpText(
      "after",
      examples([
        [
          "eventstore catalogue --database postgresql:///netflow --table flows --out flows.ts",
          "describe the table",
        ],
        [
          "eventstore search --catalogue flows.ts --database postgresql:///netflow 'src in 10.0.0.0/8'",
          "search it",
        ],
      ]),
    )
    .action((_, command: Command) => describe(command, context));
}

async function describe(command: Command, context: CliContext): Promise<void> {
  const setup = await setUp<CatalogueCliOptions>(context, command);
  const { table: name, out, force } = setup.options;
  const url = setup.options.database ?? process.env["DATABASE_URL"];
  if (url === undefined) throw new UsageError("which database? name it with --database or DATABASE_URL");
  const { readTable } = await import("../../catalogue/read-table.js");
  const { describeTable } = await import("../../catalogue/describe.js");
  const { catalogueModule } = await withPackage(
    "ts-morph",
    "catalogue",
    () => import("../../catalogue/module-text.js"),
  );
  const table = await readTable(url, name);
  const described = describeTable(table);
  if (described === null)
    throw new CliError(
      `${name} has no column of type timestamptz or timestamp, which pages and timelines go by`,
    );
  // What is written has to be read again.
  indexCatalogue({
    name: table.name,
    table: {
      name: table.name,
      plain: { time: described.time, ...(described.key === undefined ? {} : { key: described.key }) },
    },
    fields: described.fields,
    groups: [],
    unionGroups: [],
    enumerations: [],
  });
  await writeModule(out, catalogueModule(table, described, out), force === true);
  const { stderr } = context;
  for (const { column, type } of described.omitted)
    await stderr.write(`${column} is left out: no type of the language reads ${type}\n`);
  const { stdout } = context;
  const isJson = setup.options.format === "json";
  await stdout.writeLines([isJson ? jsonText({ file: out, omitted: described.omitted }, stdout) : out]);
}

async function writeModule(path: string, text: string, force: boolean): Promise<void> {
  await writeFile(path, text, { flag: force ? "w" : "wx" }).catch((error: unknown) => {
    const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
    throw isThere
      ? new CliError(`${path} is there already`, "write over it with --force")
      : new CliError(`${path} cannot be written`, undefined, { cause: error });
  });
}
