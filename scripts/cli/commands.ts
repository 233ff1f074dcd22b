/** The subcommands: their order and their lines in the help, and where each is. One is loaded when it is called, none for the list of all. */
import type { Command } from "commander";
import type { CliContext } from "./context.js";

/** Adds one subcommand to the program. */
export type AddCommand = (program: Command, context: CliContext, version: string) => void;

/** A subcommand by its name. */
interface Entry {
  readonly name: string;
  /** The name with its arguments, as the list of all commands shows it. */
  readonly term: string;
  /** What the command does, as it says itself. */
  readonly summary: string;
  readonly load: () => Promise<AddCommand>;
}

const entry = (term: string, summary: string, load: Entry["load"]): Entry => ({
  name: term.split(" ", 1)[0] ?? "",
  term,
  summary,
  load,
});

/** The subcommands by what one wants to do. */
export const COMMAND_GROUPS: readonly (readonly [heading: string, entries: readonly Entry[]])[] = [
  [
    "Put events in:",
    [
      entry(
        "init [options]",
        "make the tables, or bring them up to date",
        async () => (await import("./commands/init.js")).addInitCommand,
      ),
      entry(
        "ingest [options] [FILE...]",
        "store the events of files, folders or standard input",
        async () => (await import("./commands/ingest.js")).addIngestCommand,
      ),
      entry(
        "import",
        "move the events of another store",
        async () => (await import("./commands/import.js")).addImportCommand,
      ),
    ],
  ],
  [
    "Find events:",
    [
      entry(
        "search [options] [FILTER...]",
        "show the events that match a filter",
        async () => (await import("./commands/search.js")).addSearchCommand,
      ),
      entry(
        "count [options] [FILTER...]",
        "count the events that match a filter",
        async () => (await import("./commands/count.js")).addCountCommand,
      ),
      entry(
        "show [options] <ID>",
        "show one event",
        async () => (await import("./commands/show.js")).addShowCommand,
      ),
      entry(
        "top [options] <FIELD> [FILTER...]",
        "show the most frequent values of a field",
        async () => (await import("./commands/top.js")).addTopCommand,
      ),
      entry(
        "timeline [options] [FILTER...]",
        "draw how many events there are over time",
        async () => (await import("./commands/timeline.js")).addTimelineCommand,
      ),
      entry(
        "export [options] [FILTER...]",
        "write all events that match a filter, for other programs",
        async () => (await import("./commands/export.js")).addExportCommand,
      ),
      entry(
        "serve [options]",
        "show the events on a page in the browser",
        async () => (await import("./commands/serve.js")).addServeCommand,
      ),
    ],
  ],
  [
    "Write filters:",
    [
      entry(
        "card [options]",
        "show the filter language on one screen",
        async () => (await import("./commands/card.js")).addCardCommand,
      ),
      entry(
        "fields [options] [NAME]",
        "list the fields, or describe one",
        async () => (await import("./commands/fields.js")).addFieldsCommand,
      ),
      entry(
        "check [options] [FILTER...]",
        "say what is wrong with a filter",
        async () => (await import("./commands/check.js")).addCheckCommand,
      ),
      entry(
        "explain [options] <FILTER...>",
        "say what a filter means and how it runs",
        async () => (await import("./commands/explain.js")).addExplainCommand,
      ),
      entry(
        "fmt [options] <FILTER...>",
        "write a filter in its canonical form",
        async () => (await import("./commands/fmt.js")).addFormatCommand,
      ),
      entry(
        "highlight [options] <FILTER...>",
        "print a filter in colour",
        async () => (await import("./commands/highlight.js")).addHighlightCommand,
      ),
      entry(
        "complete [options] <TEXT> [OFFSET]",
        "list what may be written at a place of a filter",
        async () => (await import("./commands/complete.js")).addCompleteCommand,
      ),
      entry(
        "convert [options] <TEXT...>",
        "translate a filter of an older tool",
        async () => (await import("./commands/convert.js")).addConvertCommand,
      ),
      entry(
        "generate [options]",
        "compile filters into typed functions, and a catalogue into a client",
        async () => (await import("./commands/generate.js")).addGenerateCommand,
      ),
      entry(
        "catalogue [options]",
        "describe a table that is there, for searching it",
        async () => (await import("./commands/catalogue.js")).addCatalogueCommand,
      ),
      entry(
        "lsp [options]",
        "serve editors: mistakes, completion, hover, rename",
        async () => (await import("./commands/lsp.js")).addLspCommand,
      ),
    ],
  ],
  [
    "Look after the store:",
    [
      entry(
        "status [options]",
        "show where the events are, how many, how large",
        async () => (await import("./commands/status.js")).addStatusCommand,
      ),
      entry(
        "health [options]",
        "say in one line whether events arrive",
        async () => (await import("./commands/health.js")).addHealthCommand,
      ),
      entry(
        "verify [options]",
        "look whether everything in the store fits together, and mend it",
        async () => (await import("./commands/verify.js")).addVerifyCommand,
      ),
      entry(
        "partitions",
        "merge or split the partitions of the past",
        async () => (await import("./commands/partitions.js")).addPartitionsCommand,
      ),
      entry(
        "archive [options] <PLACE...>",
        "move old events into files, and take them back",
        async () => (await import("./commands/archive.js")).addArchiveCommand,
      ),
      entry(
        "refresh [options]",
        "bring roll-ups, lists, indexes and days up to date",
        async () => (await import("./commands/refresh.js")).addRefreshCommand,
      ),
      entry(
        "maintain [options]",
        "do all upkeep on a schedule, until it is stopped",
        async () => (await import("./commands/maintain.js")).addMaintainCommand,
      ),
      entry(
        "queries [options]",
        "show what is running on the database",
        async () => (await import("./commands/queries.js")).addQueriesCommand,
      ),
      entry(
        "cancel [options] <NAME>",
        "end a running query by its name",
        async () => (await import("./commands/cancel.js")).addCancelCommand,
      ),
      entry(
        "delete [options] [FILTER...]",
        "delete the events that match a filter",
        async () => (await import("./commands/delete.js")).addDeleteCommand,
      ),
      entry(
        "clean [options]",
        "delete old events and expired thresholds",
        async () => (await import("./commands/clean.js")).addCleanCommand,
      ),
      entry(
        "db",
        "start, stop or look at the private server",
        async () => (await import("./commands/db.js")).addDbCommand,
      ),
      entry(
        "completion [options] <SHELL>",
        "print a script that completes commands and options in a shell",
        async () => (await import("./commands/completion.js")).addCompletionCommand,
      ),
    ],
  ],
];

/** Names of all subcommands. */
export const COMMAND_NAMES: readonly string[] = COMMAND_GROUPS.flatMap(([, entries]) =>
  entries.map(({ name }) => name),
);

/** Which subcommands are added: one by its name, all, or only what the list of all shows of them. */
export type WantedCommands =
  { readonly kind: "one"; readonly name: string } | { readonly kind: "all" | "listed" };

/** Adds subcommands under their headings. */
export async function addCommands(
  program: Command,
  context: CliContext,
  { version, wanted }: { readonly version: string; readonly wanted: WantedCommands },
): Promise<void> {
  for (const [heading, entries] of COMMAND_GROUPS) {
    program.commandsGroup(heading);
    if (wanted.kind === "listed") {
      for (const { term, summary } of entries) program.command(term).summary(summary);
      continue;
    }
    const chosen = wanted.kind === "one" ? entries.filter(({ name }) => name === wanted.name) : entries;
    for (const add of await Promise.all(chosen.map(({ load }) => load()))) add(program, context, version);
  }
}
