/** The command line: all subcommands, help, and the way from arguments to an exit code. */
import { Command, CommanderError, Option } from "commander";
import { addCancelCommand } from "./commands/cancel.js";
import { addCardCommand } from "./commands/card.js";
import { addCatalogueCommand } from "./commands/catalogue.js";
import { addCheckCommand } from "./commands/check.js";
import { addCleanCommand } from "./commands/clean.js";
import { addCompletionCommand } from "./commands/completion.js";
import { addCompleteCommand } from "./commands/complete.js";
import { addConvertCommand } from "./commands/convert.js";
import { addCountCommand } from "./commands/count.js";
import { addDbCommand } from "./commands/db.js";
import { addDeleteCommand } from "./commands/delete.js";
import { addExportCommand } from "./commands/export.js";
import { addExplainCommand } from "./commands/explain.js";
import { addFieldsCommand } from "./commands/fields.js";
import { addFormatCommand } from "./commands/fmt.js";
import { addGenerateCommand } from "./commands/generate.js";
import { addHealthCommand } from "./commands/health.js";
import { addHighlightCommand } from "./commands/highlight.js";
import { addImportCommand } from "./commands/import.js";
import { addIngestCommand } from "./commands/ingest.js";
import { addInitCommand } from "./commands/init.js";
import { addLspCommand } from "./commands/lsp.js";
import { addMaintainCommand } from "./commands/maintain.js";
import { addQueriesCommand } from "./commands/queries.js";
import { addRefreshCommand } from "./commands/refresh.js";
import { addSearchCommand } from "./commands/search.js";
import { addServeCommand } from "./commands/serve.js";
import { addShowCommand } from "./commands/show.js";
import { addStatusCommand } from "./commands/status.js";
import { addTimelineCommand } from "./commands/timeline.js";
import { addTopCommand } from "./commands/top.js";
import { addVerifyCommand } from "./commands/verify.js";
import type { CliContext } from "./context.js";
import { EXIT, reportError } from "./errors.js";
import { examples } from "./help.js";
import { OutputClosed, type Output } from "./render/output.js";
import { drawingWidth } from "./render/terminal.js";
import type { GlobalOptions } from "./setup.js";

/** Adds one subcommand. */
type AddCommand = (program: Command, context: CliContext, version: string) => void;

/** The subcommands by what one wants to do. */
const GROUPS: readonly (readonly [heading: string, commands: readonly AddCommand[]])[] = [
  ["Put events in:", [addInitCommand, addIngestCommand, addImportCommand]],
  [
    "Find events:",
    [
      addSearchCommand,
      addCountCommand,
      addShowCommand,
      addTopCommand,
      addTimelineCommand,
      addExportCommand,
      addServeCommand,
    ],
  ],
  [
    "Write filters:",
    [
      addCardCommand,
      addFieldsCommand,
      addCheckCommand,
      addExplainCommand,
      addFormatCommand,
      addHighlightCommand,
      addCompleteCommand,
      addConvertCommand,
      addGenerateCommand,
      addCatalogueCommand,
      addLspCommand,
    ],
  ],
  [
    "Look after the store:",
    [
      addStatusCommand,
      addHealthCommand,
      addVerifyCommand,
      addRefreshCommand,
      addMaintainCommand,
      addQueriesCommand,
      addCancelCommand,
      addDeleteCommand,
      addCleanCommand,
      addDbCommand,
      addCompletionCommand,
    ],
  ],
];

/** The program with all its subcommands. What it says goes through `say`. */
function createProgram(context: CliContext, version: string, say: Messages): Command {
  const { stdout, stderr } = context;
  const program = new Command("eventstore")
    .description(
      "Store IDEA security events in PostgreSQL and find them with a filter language made for network data.",
    )
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .addOption(new Option("--database <URL>", "PostgreSQL to use; DATABASE_URL when absent"))
    .addOption(new Option("--data <FOLDER>", "folder of the private store (default: .eventstore)"))
    .addOption(new Option("--sets <FILE.json>", 'named sets: {"campus": ["192.0.2.0/24"]} is @campus'))
    .addOption(new Option("--filters <FOLDER>", "saved filters: noise.filter is @noise"))
    .addOption(new Option("--catalogue <FILE>", "module with the catalogue of another table than IDEA's"))
    .addOption(new Option("--zone <ZONE>", "time zone of times read and shown (default: UTC)"))
    .addOption(new Option("--trust", "load the catalogue that eventstore.config.json names; it is code"))
    .addOption(new Option("--debug", "show the causes of an error"))
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true, sortOptions: false })
    .configureOutput({
      writeOut: (text) => say.add(stdout, text),
      writeErr: (text) => say.add(stderr, text),
      outputError: (text, write) => write(text.replace(/^error:/, stderr.paint("red", "error:"))),
      getOutHelpWidth: () => drawingWidth(stdout, 110),
      getErrHelpWidth: () => drawingWidth(stderr, 110),
      getOutHasColors: () => stdout.color,
      getErrHasColors: () => stderr.color,
    })
    .exitOverride()
    .addHelpText(
      "after",
      examples([
        ["eventstore ingest alerts.ndjson", "store the events of a file"],
        ["eventstore search 'source.ip in 195.113.0.0/16'", "the newest 100 from a network"],
        ["eventstore count 'category under Recon and target.port = 22'", "how many scans of SSH"],
        ["eventstore top source.ip 'detect_time in last 24h'", "who is loudest today"],
        ["eventstore card", "the filter language on one screen"],
      ]),
    );
  for (const [heading, commands] of GROUPS) {
    program.commandsGroup(heading);
    for (const add of commands) add(program, context, version);
  }
  program.helpCommand("help [COMMAND]", "show help for a command");
  return program;
}

/** What commander says, in order; it has no notion of a stream that makes it wait. */
interface Messages {
  readonly add: (output: Output, text: string) => void;
  readonly flush: () => Promise<void>;
}

function createMessages(): Messages {
  const waiting: (readonly [Output, string])[] = [];
  return {
    add: (output, text) => void waiting.push([output, text]),
    flush: async () => {
      for (const [output, text] of waiting.splice(0)) await output.write(text);
    },
  };
}

/**
 * Runs the command with these arguments (without node and script).
 *
 * @returns the exit code: 0 fine, 1 failed, 2 called wrongly or a filter that does not compile, 130 after Ctrl-C
 */
export async function runCli(
  args: readonly string[],
  context: CliContext,
  version = "0.0.0",
): Promise<number> {
  const messages = createMessages();
  const program = createProgram(context, version, messages);
  try {
    try {
      await program.parseAsync(args.length === 0 ? ["--help"] : args, { from: "user" });
    } finally {
      await messages.flush();
    }
    return EXIT.fine;
  } catch (error) {
    if (error instanceof OutputClosed) return EXIT.fine;
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    if (context.interrupt.aborted) return EXIT.interrupted;
    if (context.terminate.aborted) return EXIT.terminated;
    const debug = program.opts<GlobalOptions>().debug ?? false;
    return reportError(error, context.stderr, debug);
  }
}
