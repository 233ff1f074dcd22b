/** The command line: all subcommands, help, and the way from arguments to an exit code. */
import { Command, CommanderError, Option } from "commander";
import { nearest } from "../../compiler/values/suggest.js";
import { redactUrl } from "../../runtime/postgres/redact.js";
import { addCommands, COMMAND_NAMES, type WantedCommands } from "./commands.js";
import { builtCommands } from "./completion/known.js";
import type { CliContext } from "./context.js";
import { CliError, errorLines, Exit, EXIT } from "./errors.js";
import { examples } from "./help.js";
import { optionRules } from "./option-rules.js";
import { OutputClosed, type Output } from "./render/output.js";
import { drawingWidth } from "./render/terminal.js";
import { foldLines } from "./render/text.js";
import type { GlobalOptions } from "./global-options.js";

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
    .addOption(new Option("--schema <NAME>", "schema of the store in the database"))
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
      outputError: (text, write) =>
        write(redactUrl(text).replace(/^error:/, () => stderr.paint("red", "error:"))),
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
  return optionRules(program, [
    { option: "--database", without: ["--data"], why: "the store is at a URL or in a folder" },
  ]);
}

/** Where the subcommand is among the arguments, after global options and their values; -1 where there is none. */
function commandPosition(program: Command, args: readonly string[]): number {
  const takesValue = (flag: string): boolean =>
    program.options.some(({ long, short, required }) => required && (long === flag || short === flag));
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? "";
    if (word === "--") return index + 1 < args.length ? index + 1 : -1;
    if (!word.startsWith("-") || word === "-") return index;
    if (takesValue(word)) index++;
  }
  return -1;
}

/** The scripts of `completion` have the options of all commands, which the build lists; the help, and what is said of an unknown command, have their names. */
function wantedCommands(word: string | null): WantedCommands {
  if (word === null || !COMMAND_NAMES.includes(word)) return { kind: "listed" };
  return word === "completion" && builtCommands() === null ? { kind: "all" } : { kind: "one", name: word };
}

/** Parses the arguments and runs the subcommand, of which only the called one is loaded. */
async function run(program: Command, given: readonly string[], context: CliContext): Promise<void> {
  const args = given.length === 0 ? ["--help"] : given;
  const position = commandPosition(program, args);
  const word = args[position] ?? null;
  const isKnown = word !== null && COMMAND_NAMES.includes(word);
  const helped = word === "help" ? args.slice(position + 1).find((arg) => !arg.startsWith("-")) : undefined;
  const wanted = wantedCommands(helped ?? word);
  await addCommands(program, context, { version: program.version() ?? "", wanted });
  program.helpCommand("help [COMMAND]", "show help for a command");
  const inner = program.commands.find(({ commands }) => wanted.kind === "one" && commands.length > 0);
  const innerWord = args.slice(position + 1).find((arg) => !arg.startsWith("-"));
  const isInnerKnown =
    inner === undefined || innerWord === undefined || inner.commands.some((one) => one.name() === innerWord);
  if (word === null || (isKnown && isInnerKnown) || word === "help") {
    checkHelp(program, word === "help" ? args.slice(position + 1) : []);
    await program.parseAsync(args, { from: "user" });
    return;
  }
  // With --help too a command that is not there is wrong usage.
  await program.parseAsync(
    args.filter((arg) => arg !== "--help" && arg !== "-h"),
    { from: "user" },
  );
}

/** `help` of a command that is not there is wrong usage as well. */
function checkHelp(program: Command, names: readonly string[]): void {
  const [name] = names.filter((word) => !word.startsWith("-"));
  if (name === undefined || name === "help" || COMMAND_NAMES.includes(name)) return;
  program.error(`error: unknown command '${name}'${suggestion(name)}`, { code: "commander.unknownCommand" });
}

function suggestion(name: string): string {
  const near = nearest(name, COMMAND_NAMES);
  return near === undefined ? "" : `\n(Did you mean ${near}?)`;
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
      for (const [output, text] of waiting.splice(0)) await output.write(foldLines(text, output.width));
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
      await run(program, args, context);
    } finally {
      await messages.flush();
    }
    return context.interrupt.aborted ? EXIT.interrupted : EXIT.fine;
  } catch (error) {
    if (error instanceof OutputClosed) return EXIT.fine;
    if (context.interrupt.aborted) return EXIT.interrupted;
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    if (context.terminate.aborted) return EXIT.terminated;
    if (error instanceof Exit) return error.exitCode;
    const debug = program.opts<GlobalOptions>().debug ?? false;
    if (error instanceof CliError && !debug) {
      // Without what the other errors need to be told apart: the compiler among it.
      await context.stderr.writeLines(errorLines(context.stderr, error.message, error.hint));
      return error.exitCode;
    }
    const { reportError } = await import("./report-error.js");
    return reportError(error, context.stderr, debug ? "causes" : "message");
  }
}
