/** `eventstore init`: makes the tables and indexes, or brings them up to date. */
import { Option, type Command } from "commander";
import { stopSignal, type CliContext } from "../context.js";
import { examples, formatOption, warningLines, type ReportFormat } from "../help.js";
import { optionRules } from "../option-rules.js";
import { positiveInteger } from "../options.js";
import { spreadStatements } from "../../../runtime/store/schema/layout.js";
import { spreadCatalogue } from "../../../compiler/catalogue/spread.js";
import { newStoreStatements } from "../../../runtime/store/schema/create.js";
import { WIDTHS, type WidthChoice } from "../../../runtime/store/schema/widths.js";
import { DatabaseSourceError } from "../../../runtime/server/errors.js";
import {
  createExtensionText,
  createSchemaText,
  schemaFirstText,
} from "../../../runtime/server/sql/preparation.js";
import { setUp, withStorage, type Setup } from "../setup.js";
import { jsonText } from "../render/json.js";

interface InitCliOptions {
  readonly distributed?: "citus";
  readonly shards?: number;
  readonly partitions?: WidthChoice;
  readonly roles?: string;
  readonly dryRun?: boolean;
  readonly format: ReportFormat;
}

/** Adds `init`. */
export function addInitCommand(program: Command, context: CliContext): void {
  const command = program
    .command("init")
    .summary("make the tables, or bring them up to date")
    .description(
      "Make the tables and indexes of the store, or bring older ones up to date. Doing it twice changes nothing.",
    )
    .addOption(
      new Option("--distributed <KIND>", "spread a new store over the workers of a cluster").choices([
        "citus",
      ]),
    )
    .addOption(
      new Option("--shards <N>", "shards of a distributed store; two for each worker when absent").argParser(
        positiveInteger,
      ),
    )
    .addOption(
      new Option(
        "--partitions <WIDTH>",
        "how wide new partitions are: by the number of events (auto, for a new store), or always a day, week or month",
      ).choices(WIDTHS),
    )
    .option(
      "--roles <PREFIX>",
      "also make the roles PREFIX_owner, PREFIX_writer and PREFIX_reader, each with just its rights",
    )
    .addOption(formatOption())
    .option("--dry-run", "print the SQL that it would run, and change nothing");
  optionRules(command, [
    { option: "--shards", with: ["--distributed"], why: "only such a store has shards" },
    { option: "--dry-run", without: ["--roles"], why: "it prints the SQL of the tables, and makes no roles" },
  ])
    .addHelpText(
      "after",
      examples([
        ["eventstore init --roles idea", "and roles for the programs that read and write"],
        ["eventstore init --dry-run > schema.sql", "what an administrator would have to run"],
        ["eventstore init", "the private store in .eventstore"],
        ["eventstore init --database postgres://idea@db.example.org/idea", "a database with ip4r"],
      ]),
    )
    .action(async (_, self: Command) => initialise(await setUp<InitCliOptions>(context, self)));
}

async function initialise(setup: Setup<InitCliOptions>): Promise<void> {
  const { context } = setup;
  const { partitions, roles, dryRun, format } = setup.options;
  const distributed = distributedOption(setup.options);
  const { stdout, stderr } = context;
  if (dryRun === true) {
    const statements = await pendingSql(setup);
    return stdout.writeLines(
      format === "json" ? [jsonText({ statements }, stdout, 2)] : scriptOf(statements),
    );
  }
  await withStorage(
    setup,
    async (storage) => {
      const signal = stopSignal(context);
      const onProgress = (message: string): void => void stderr.writeLines([message]);
      const { version, changes } = await storage
        .databaseCreate({ signal, distributed, partitions, onProgress })
        .catch(async (error: unknown) => {
          if (signal.aborted) await stderr.write("Stopped. The same command goes on where it was.\n");
          throw error;
        });
      if (format === "text") await stderr.writeLines(changes);
      const report =
        roles === undefined
          ? null
          : await storage.rolesCreate({ prefix: roles, signal: stopSignal(context) });
      if (report !== null && format === "text")
        await stderr.writeLines([`roles ${report.owner}, ${report.writer}, ${report.reader}`]);
      const state = changes.length === 0 ? "is up to date" : "is ready";
      if (format === "text")
        await stdout.write(`${storage.description} ${state} (schema version ${version})\n`);
      const { warnings } = await storage.databaseStatus({ signal: stopSignal(context) });
      if (format === "json")
        return stdout.writeLines([jsonText({ version, changes, roles: report, warnings }, stdout, 2)]);
      return stderr.writeLines(warningLines(warnings, context));
    },
    { missing: "create" },
  );
}

function distributedOption({
  distributed,
  shards,
}: InitCliOptions): { readonly citus: { readonly shards: number | undefined } } | undefined {
  return distributed === undefined ? undefined : { citus: { shards } };
}

/** The statements as a script for psql. What takes values of the events, which only `init` itself reads, is none: it is commented out, all of it. */
function scriptOf(statements: readonly string[]): readonly string[] {
  const texts = statements.map((sql) => `${sql};`);
  if (!statements.some(takesValues)) return texts;
  const what =
    "Only `eventstore init` can do this: it reads events again from their JSON, and writes what it finds where $1 is.";
  return [`-- ${what}`, ...texts.flatMap((text) => text.split("\n")).map((line) => `-- ${line}`)];
}

/** Whether a statement has parameters: outside of texts and bodies of functions, which may have their own. */
function takesValues(sql: string): boolean {
  return /\$1\b/.test(sql.replaceAll(/'(?:[^']|'')*'|\$([A-Za-z_]*)\$.*?\$\1\$/gsu, ""));
}

/** Extensions that opening a store makes. */
const EXTENSIONS = ["ip4r", "btree_gin"];

/** The statements that would bring the store up to date: all of them where there is none yet. */
async function pendingSql(setup: Setup<InitCliOptions>): Promise<readonly string[]> {
  const { context, catalogue, options } = setup;
  try {
    return await withStorage(setup, async (storage) => {
      const { statements } = await storage.databaseCreate({
        signal: stopSignal(context),
        distributed: distributedOption(options),
        partitions: options.partitions,
        dryRun: true,
      });
      return statements ?? [];
    });
  } catch (error) {
    if (!(error instanceof DatabaseSourceError) || error.code !== "no-store") throw error;
    const extensions = EXTENSIONS.map(createExtensionText);
    const name = options.schema === undefined ? null : `"${options.schema.replaceAll('"', '""')}"`;
    const schema = name === null ? [] : [createSchemaText(name), schemaFirstText(name)];
    const layout = options.distributed === undefined ? catalogue : spreadCatalogue(catalogue);
    const tables = newStoreStatements(layout, options.partitions);
    const spread = options.distributed === undefined ? [] : spreadStatements(layout, options.shards);
    return [...extensions, ...schema, ...tables, ...spread];
  }
}
