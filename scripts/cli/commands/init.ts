/** `eventstore init`: makes the tables and indexes, or brings them up to date. */
import { Option, type Command } from "commander";
import { stopSignal, type CliContext } from "../context.js";
import { examples } from "../help.js";
import { schemaStatements } from "../../../compiler/schema/steps.js";
import { DatabaseSourceError } from "../../../runtime/server/errors.js";
import { setUp, withStorage, type Setup } from "../setup.js";

interface InitCliOptions {
  readonly distributed?: "citus";
  readonly roles?: string;
  readonly dryRun?: boolean;
}

/** Adds `init`. */
export function addInitCommand(program: Command, context: CliContext): void {
  program
    .command("init")
    .summary("make the tables, or bring them up to date")
    .description(
      "Make the tables and indexes of the store, or bring older ones up to date. Doing it twice changes nothing.",
    )
    .addOption(new Option("--distributed <KIND>", "prepare the tables for a cluster").choices(["citus"]))
    .option(
      "--roles <PREFIX>",
      "also make the roles PREFIX_owner, PREFIX_writer and PREFIX_reader, each with just its rights",
    )
    .option("--dry-run", "print the SQL that it would run, and change nothing")
    .addHelpText(
      "after",
      examples([
        ["eventstore init --roles idea", "and roles for the programs that read and write"],
        ["eventstore init --dry-run > schema.sql", "what an administrator would have to run"],
        ["eventstore init", "the private store in .eventstore"],
        ["eventstore init --database postgres://idea@db.example.org/idea", "a database with ip4r"],
      ]),
    )
    .action(async (_, command: Command) => {
      const setup = await setUp<InitCliOptions>(context, command);
      const { distributed, roles, dryRun } = setup.options;
      if (dryRun === true) return context.stdout.writeLines(await pendingSql(setup));
      await withStorage(
        setup,
        async (storage) => {
          const { version, changes } = await storage.databaseCreate({
            signal: stopSignal(context),
            distributed,
          });
          await context.stderr.writeLines(changes);
          if (roles !== undefined) {
            const report = await storage.rolesCreate({ prefix: roles, signal: stopSignal(context) });
            await context.stderr.writeLines([`roles ${report.owner}, ${report.writer}, ${report.reader}`]);
          }
          const state = changes.length === 0 ? "is up to date" : "is ready";
          await context.stdout.write(`${storage.description} ${state} (schema version ${version})\n`);
          const { warnings } = await storage.databaseStatus({ signal: stopSignal(context) });
          await context.stderr.writeLines(
            warnings.map((warning) => `${context.stderr.paint("yellow", "warning:")} ${warning}`),
          );
        },
        { missing: "create" },
      );
    });
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
        distributed: options.distributed,
        dryRun: true,
      });
      return (statements ?? []).map((sql) => `${sql};`);
    });
  } catch (error) {
    if (!(error instanceof DatabaseSourceError) || error.code !== "no-store") throw error;
    const extensions = EXTENSIONS.map((name) => `create extension if not exists ${name}`);
    return [...extensions, ...schemaStatements(catalogue).map(({ sql }) => sql)].map((sql) => `${sql};`);
  }
}
