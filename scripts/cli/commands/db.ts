/** `eventstore db`: starts and stops the private server of a data folder. */
import type { Command } from "commander";
import type { serverStatus, SharedServerOptions } from "../../../runtime/server/index.js";
import { redactUrl } from "../../../runtime/server/redact.js";
import type { CliContext } from "../context.js";
import { UsageError } from "../errors.js";
import { examples, formatOption, type ReportFormat } from "../help.js";
import { jsonText } from "../render/json.js";
import { setUp, type Setup } from "../setup.js";

/** Adds `db start`, `db stop` and `db status`. */
export function addDbCommand(program: Command, context: CliContext): void {
  const db = program
    .command("db")
    .summary("start, stop or look at the private server")
    .description(
      "The private server of a data folder. Without it each command starts the server and stops it again, and has the folder for itself; " +
        "with it commands answer sooner, and any number of them run at a time.",
    )
    .addHelpText(
      "after",
      examples([
        ["eventstore db start", "leave the server of .eventstore running"],
        ["eventstore db status", "is it running, and since when?"],
        ["eventstore db stop", "stop it; the events stay"],
      ]),
    );
  addStart(db, context);
  addStop(db, context);
  addStatus(db, context);
}

function addStart(db: Command, context: CliContext): void {
  db.command("start")
    .description("Start the server and leave it running, for every command on this folder.")
    .addOption(formatOption())
    .option("--show-url", "print the URL with its password, for other programs")
    .addHelpText("after", examples([["eventstore db start --data /var/lib/idea", "a folder of your own"]]))
    .action(async (_, command: Command) => {
      const setup = await setUp<DbCliOptions & { readonly showUrl?: boolean }>(context, command);
      const { startServer } = await serverParts();
      const server = await startServer(serverOptions(setup));
      const state = server.wasRunning ? "was running already" : "is running";
      const url =
        setup.options.showUrl === true ? server.connectionString : redactUrl(server.connectionString);
      if (setup.options.format === "json") return writeJson({ ...server, connectionString: url }, context);
      await context.stdout.writeLines([
        `PostgreSQL ${server.serverVersion} (${server.source}) ${state}, process ${server.pid}, data in ${server.dataDir}`,
        url,
      ]);
    });
}

function addStop(db: Command, context: CliContext): void {
  db.command("stop")
    .addOption(formatOption())
    .description("Stop the server. The events stay in the folder.")
    .addHelpText("after", examples([["eventstore db stop", "the server of .eventstore"]]))
    .action(async (_, command: Command) => {
      const setup = await setUp<DbCliOptions>(context, command);
      const { stopServer } = await serverParts();
      const stopped = await stopServer(serverOptions(setup));
      if (setup.options.format === "json") return writeJson(stopped, context);
      await context.stdout.write(
        stopped.kind === "stopped"
          ? `Stopped process ${stopped.pid} of ${stopped.dataDir}\n`
          : `No server is running on ${stopped.dataDir}\n`,
      );
    });
}

function addStatus(db: Command, context: CliContext): void {
  db.command("status")
    .addOption(formatOption())
    .description("Say whether the server is running.")
    .addHelpText("after", examples([["eventstore db status", "the server of .eventstore"]]))
    .action(async (_, command: Command) => {
      const setup = await setUp<DbCliOptions>(context, command);
      const parts = await serverParts();
      const status = await parts.serverStatus(serverOptions(setup));
      if (setup.options.format === "json")
        return writeJson(
          status.kind === "shared"
            ? { ...status, connectionString: redactUrl(status.connectionString) }
            : status,
          context,
        );
      await context.stdout.writeLines([describe(status)]);
    });
}

interface DbCliOptions {
  readonly format: ReportFormat;
}

function writeJson(value: object, { stdout }: CliContext): Promise<void> {
  return stdout.writeLines([jsonText(value, stdout, 2)]);
}

/** What the server functions take. The server of a URL is somebody else's. */
function serverOptions({ options, given, context }: Setup<unknown>): SharedServerOptions {
  if (given.database !== undefined)
    throw new UsageError(
      "--database names a server that is not started and stopped here",
      "name a folder with --data",
    );
  if (options.database !== undefined)
    throw new UsageError(
      `the configuration names a server that is not started and stopped here: ${redactUrl(options.database)}`,
      "name a folder with --data",
    );
  const { stderr } = context;
  return {
    dataDir: options.data,
    onProgress: (message) => void stderr.write(stderr.paint("dim", message) + "\n"),
  };
}

/** What starts and stops servers: the help does without it. */
const serverParts = () => import("../../../runtime/server/index.js");

function describe(status: Awaited<ReturnType<typeof serverStatus>>): string {
  switch (status.kind) {
    case "not-running":
      return `No server is running on ${status.dataDir}`;
    case "shared":
      return `Running since ${status.since}, process ${status.pid}, data in ${status.dataDir}, ${redactUrl(status.connectionString)}`;
    case "process":
      return `Process ${status.pid} has ${status.dataDir} for itself since ${status.since}: ${status.command}`;
    case "abandoned":
      return `A server without owner, process ${status.pid}, runs on ${status.dataDir}; the next command, or \`eventstore db stop\`, ends it`;
  }
}
