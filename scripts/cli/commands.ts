/** The subcommands: their order in the help, and where each is. One is loaded when it is called, all of them for the help. */
import type { Command } from "commander";
import type { CliContext } from "./context.js";

/** Adds one subcommand to the program. */
export type AddCommand = (program: Command, context: CliContext, version: string) => void;

/** A subcommand by its name. */
interface Entry {
  readonly name: string;
  readonly load: () => Promise<AddCommand>;
}

const entry = (name: string, load: Entry["load"]): Entry => ({ name, load });

/** The subcommands by what one wants to do. */
export const COMMAND_GROUPS: readonly (readonly [heading: string, entries: readonly Entry[]])[] = [
  [
    "Put events in:",
    [
      entry("init", async () => (await import("./commands/init.js")).addInitCommand),
      entry("ingest", async () => (await import("./commands/ingest.js")).addIngestCommand),
      entry("import", async () => (await import("./commands/import.js")).addImportCommand),
    ],
  ],
  [
    "Find events:",
    [
      entry("search", async () => (await import("./commands/search.js")).addSearchCommand),
      entry("count", async () => (await import("./commands/count.js")).addCountCommand),
      entry("show", async () => (await import("./commands/show.js")).addShowCommand),
      entry("top", async () => (await import("./commands/top.js")).addTopCommand),
      entry("timeline", async () => (await import("./commands/timeline.js")).addTimelineCommand),
      entry("export", async () => (await import("./commands/export.js")).addExportCommand),
      entry("serve", async () => (await import("./commands/serve.js")).addServeCommand),
    ],
  ],
  [
    "Write filters:",
    [
      entry("card", async () => (await import("./commands/card.js")).addCardCommand),
      entry("fields", async () => (await import("./commands/fields.js")).addFieldsCommand),
      entry("check", async () => (await import("./commands/check.js")).addCheckCommand),
      entry("explain", async () => (await import("./commands/explain.js")).addExplainCommand),
      entry("fmt", async () => (await import("./commands/fmt.js")).addFormatCommand),
      entry("highlight", async () => (await import("./commands/highlight.js")).addHighlightCommand),
      entry("complete", async () => (await import("./commands/complete.js")).addCompleteCommand),
      entry("convert", async () => (await import("./commands/convert.js")).addConvertCommand),
      entry("generate", async () => (await import("./commands/generate.js")).addGenerateCommand),
      entry("catalogue", async () => (await import("./commands/catalogue.js")).addCatalogueCommand),
      entry("lsp", async () => (await import("./commands/lsp.js")).addLspCommand),
    ],
  ],
  [
    "Look after the store:",
    [
      entry("status", async () => (await import("./commands/status.js")).addStatusCommand),
      entry("health", async () => (await import("./commands/health.js")).addHealthCommand),
      entry("verify", async () => (await import("./commands/verify.js")).addVerifyCommand),
      entry("partitions", async () => (await import("./commands/partitions.js")).addPartitionsCommand),
      entry("archive", async () => (await import("./commands/archive.js")).addArchiveCommand),
      entry("refresh", async () => (await import("./commands/refresh.js")).addRefreshCommand),
      entry("maintain", async () => (await import("./commands/maintain.js")).addMaintainCommand),
      entry("queries", async () => (await import("./commands/queries.js")).addQueriesCommand),
      entry("cancel", async () => (await import("./commands/cancel.js")).addCancelCommand),
      entry("delete", async () => (await import("./commands/delete.js")).addDeleteCommand),
      entry("clean", async () => (await import("./commands/clean.js")).addCleanCommand),
      entry("db", async () => (await import("./commands/db.js")).addDbCommand),
      entry("completion", async () => (await import("./commands/completion.js")).addCompletionCommand),
    ],
  ],
];

/** Names of all subcommands. */
export const COMMAND_NAMES: readonly string[] = COMMAND_GROUPS.flatMap(([, entries]) =>
  entries.map(({ name }) => name),
);

/** Adds one subcommand, or all of them under their headings. */
export async function addCommands(
  program: Command,
  context: CliContext,
  { version, only }: { readonly version: string; readonly only: string | null },
): Promise<void> {
  for (const [heading, entries] of COMMAND_GROUPS) {
    program.commandsGroup(heading);
    const chosen = entries.filter(({ name }) => only === null || name === only);
    for (const add of await Promise.all(chosen.map(({ load }) => load()))) add(program, context, version);
  }
}
