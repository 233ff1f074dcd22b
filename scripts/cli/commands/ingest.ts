/** `eventstore ingest`: stores the events of files, folders or standard input, or of a folder as they arrive. */
import { stat } from "node:fs/promises";
import { Option, type Command } from "commander";
import type { EventStorage } from "../../../runtime/store/types.js";
import { stopSignal, type CliContext } from "../context.js";
import { CliError, Exit, EXIT, UsageError } from "../errors.js";
import { examples, formatOption, type ReportFormat } from "../help.js";
import { findConverter, FORMAT_NAMES } from "../ingest/converter.js";
import type { IngestResult, Rejection } from "../ingest/ingest.js";
import { findInputs, type MissingInput } from "../ingest/inputs.js";
import { writeRejections } from "../ingest/rejections.js";
import { rejectionLines, summaryLine, summaryOf } from "../ingest/report.js";
import { readWardenConfig } from "../ingest/warden-config.js";
import { takeFromWarden } from "../ingest/warden.js";
import { watchedPlace } from "../ingest/claim.js";
import { watchFolder, type FinishedFiles, type WatchEvent, type WatchOptions } from "../ingest/watch.js";
import { ingestWithProgress } from "../ingest/with-progress.js";
import { optionalLogOption, withLog, type LogFormat } from "../log.js";
import { durationOption } from "../options.js";
import { jsonText } from "../render/json.js";
import { formatElapsed, formatEvents } from "../render/numbers.js";
import { printable } from "../render/text.js";
import { setUp, withStorage } from "../setup.js";

interface IngestCliOptions {
  readonly watch?: boolean;
  readonly interval: number;
  readonly delete?: boolean;
  readonly keep?: number;
  readonly rejected?: string;
  readonly from?: string;
  readonly converter?: string;
  readonly warden?: string;
  readonly format: ReportFormat;
  readonly log?: LogFormat;
}

const DESCRIPTION =
  "Store the events of files (NDJSON, JSON lists, single events), of all event files in a folder, or of standard input.\n\n" +
  "Events that are there already are counted, not stored twice; what cannot be stored is listed with its line and reason, " +
  "and the exit code is then 1. The tables are made if they are not there.\n\n" +
  "With --watch it works on one folder until it is stopped: it takes files as they are renamed into it (finished, with an ending " +
  ".json, .ndjson, .jsonl or .idea), and moves each to done/ once all of its events are committed, or to errors/ with a report " +
  "beside it. Several workers may share the folder. SIGTERM lets it finish the files under way.\n\n" +
  "With --from it converts records of another format: alerts of Suricata, notices of Zeek, events of IntelMQ. Records of other " +
  "kinds are counted as skipped, and the same record read again is stored once. Files may be compressed by gzip or zstd.";

/** Adds `ingest`. */
export function addIngestCommand(program: Command, outer: CliContext): void {
  program
    .command("ingest")
    .summary("store the events of files, folders or standard input")
    .description(DESCRIPTION)
    .argument("[FILE...]", "files or folders; `-` is standard input")
    .option("-w, --watch", "keep taking files out of a folder as they arrive")
    .addOption(
      new Option("--interval <TIME>", "with --watch: time between looks into the folder")
        .argParser(durationOption)
        .default(500, "500ms"),
    )
    .option("--delete", "with --watch: delete files once all of their events are stored")
    .addOption(
      new Option(
        "--keep <TIME>",
        "with --watch: delete files from done/ after so long, for example 7d",
      ).argParser(durationOption),
    )
    .option(
      "--rejected <FILE>",
      "write every rejected event with its place and reason into this file, as NDJSON",
    )
    .option("--from <FORMAT>", `format of the input: ${FORMAT_NAMES.join(", ")} (default: idea)`)
    .option(
      "--warden <CONFIG>",
      "take events from a Warden server; the JSON file is that of Warden's own client",
    )
    .addOption(formatOption())
    .addOption(optionalLogOption())
    .option("--converter <FILE>", "module whose default export turns a record into an IDEA event")
    .addHelpText(
      "after",
      examples([
        ["eventstore ingest alerts.ndjson", "one file"],
        ["zcat alerts.ndjson.gz | eventstore ingest -", "from a pipe"],
        ["eventstore ingest eve.json --from eve", "the alerts of Suricata"],
        ["eventstore ingest --warden warden_client.cfg --watch", "from Warden, as a service"],
        ["eventstore ingest rejected.ndjson", "what --rejected wrote, once it is mended"],
        ["eventstore ingest /var/spool/idea --watch --keep 7d", "as a service"],
      ]),
    )
    .action((names: readonly string[], _, command: Command) => takeIn(names, command, outer));
}

async function takeIn(names: readonly string[], command: Command, outer: CliContext): Promise<void> {
  const options = command.opts<IngestCliOptions>();
  const context = withLog(outer, options.log);
  const { watch, interval, rejected, from, converter: path, warden, format } = options;
  const finished = finishedFiles(options);
  if (warden !== undefined) return takeWarden(warden, names, command, context);
  if (names.length === 0) throw new UsageError("ingest takes files, folders or - for standard input");
  const converter = await findConverter({ from, converter: path });
  const setup = await setUp<IngestCliOptions>(context, command);
  if (watch === true) {
    const folder = await watchedFolder(names);
    await withStorage(
      setup,
      (storage) => runWatch(storage, folder, { intervalMs: interval, converter, finished }, context),
      { missing: "create" },
    );
    return;
  }
  const { inputs, missing } = await findInputs(names, context);
  if (inputs.length === 0) throw nothingToRead(missing);
  const result = await withStorage(
    setup,
    (storage) => ingestWithProgress(storage, inputs, context, converter),
    { missing: "create" },
  );
  const rejections = [
    ...missing.map(({ name, reason }) => ({ file: name, line: 0, reason })),
    ...result.rejections,
  ];
  await tellResult({ ...result, rejections }, { rejected, format }, context);
}

/** What becomes of finished files. @throws UsageError where the options contradict each other */
function finishedFiles({ watch, delete: isDeleted, keep, warden }: IngestCliOptions): FinishedFiles {
  if (isDeleted !== true && keep === undefined) return { kind: "kept" };
  if (watch !== true || warden !== undefined)
    throw new UsageError("--delete and --keep are about the files of a folder with --watch");
  if (isDeleted === true && keep !== undefined)
    throw new UsageError("--delete and --keep exclude each other: files go at once, or after a time");
  return keep === undefined ? { kind: "deleted" } : { kind: "kept-for", milliseconds: keep };
}

/** Takes what a Warden server has, with --watch until it is stopped. */
async function takeWarden(
  path: string,
  names: readonly string[],
  command: Command,
  context: CliContext,
): Promise<void> {
  const { watch, rejected, from, converter } = command.opts<IngestCliOptions>();
  if (names.length > 0 || from !== undefined || converter !== undefined)
    throw new UsageError("--warden takes no files and no converter: events come from the server");
  const config = await readWardenConfig(path);
  const setup = await setUp<IngestCliOptions>(context, command);
  const { stdout, stderr, interrupt, terminate } = context;
  const rejections: Rejection[] = [];
  await withStorage(
    setup,
    async (storage) => {
      await storage.databaseCreate({ signal: stopSignal(context) });
      await takeFromWarden(storage, config, {
        interrupt,
        terminate,
        mode: watch === true ? "forever" : "once",
        onBatch: async (result, lastId) => {
          // A service would gather them without end.
          if (watch !== true) rejections.push(...result.rejections);
          await stdout.write(`Warden up to ${lastId}: ${summaryLine(result)}\n`);
          await stderr.writeLines(
            rejectionLines(result.rejections).map((line) => `${stderr.paint("red", "rejected:")} ${line}`),
          );
        },
        onRetry: (reason, afterMs) => stderr.write(`${reason}; trying again in ${formatElapsed(afterMs)}.\n`),
      });
    },
    { missing: "create" },
  );
  if (rejected !== undefined) await writeRejections(rejected, rejections);
  if (rejections.length > 0) throw new Exit(EXIT.failed);
}

function nothingToRead(missing: readonly MissingInput[]): CliError {
  return new CliError(missing.map(({ name, reason }) => `${name}: ${reason}`).join("; "));
}

async function watchedFolder(names: readonly string[]): Promise<string> {
  const [folder] = names;
  if (folder === undefined || names.length !== 1) throw new UsageError("--watch takes one folder");
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => null,
  );
  if (isFolder === null) throw new CliError(`${folder}: there is no such folder`);
  if (!isFolder) throw new UsageError(`--watch takes a folder, and ${folder} is none`);
  return watchedPlace(folder);
}

/** Lists what was rejected, says how many of what, and ends with 1 when anything was rejected. */
async function tellResult(
  result: IngestResult,
  { rejected, format }: Pick<IngestCliOptions, "rejected" | "format">,
  { stdout, stderr }: CliContext,
): Promise<void> {
  const { rejections } = result;
  if (rejected !== undefined) await writeRejections(rejected, rejections);
  const where = rejected === undefined ? "" : `; what was not is listed in ${rejected}`;
  await stderr.writeLines(
    rejectionLines(rejections).map((line) => `${stderr.paint("red", "rejected:")} ${line}`),
  );
  await stdout.write((format === "json" ? jsonText(summaryOf(result), stdout) : summaryLine(result)) + "\n");
  if (rejections.length === 0) return;
  await stderr.write(`Not everything could be read and stored${where}. Exit code 1.\n`);
  throw new Exit(EXIT.failed);
}

async function runWatch(
  storage: EventStorage,
  folder: string,
  options: Pick<WatchOptions, "intervalMs" | "converter" | "finished">,
  context: CliContext,
): Promise<void> {
  const { stderr, interrupt, terminate } = context;
  await storage.databaseCreate({ signal: stopSignal(context) });
  await stderr.write(`Watching ${folder}; Ctrl-C ends it.\n`);
  let stored = 0;
  let files = 0;
  const start = Date.now();
  await watchFolder(storage, folder, {
    interrupt,
    terminate,
    ...options,
    onEvent: async (event) => {
      if (event.kind === "batch") {
        stored += event.result.stored;
        files += event.files.length;
      }
      await stderr.writeLines(watchLines(event));
    },
  }).catch((error: unknown) => {
    if (!interrupt.aborted) throw error;
  });
  await stderr.write(
    `Stopped after ${formatElapsed(Date.now() - start)}: ${formatEvents(files, "file")}, ${formatEvents(stored)} stored.\n`,
  );
  if (interrupt.aborted) throw new Exit(EXIT.interrupted);
}

/** What the log of a worker says about an event: a line a batch, one for each file with errors. */
function watchLines(event: WatchEvent): string[] {
  switch (event.kind) {
    case "reclaimed":
      return [`Took back ${formatEvents(event.files, "file")} from a worker that is gone.`];
    case "removed":
      return [`Deleted ${formatEvents(event.files, "file")} of done/ that had been kept long enough.`];
    case "skipped":
      return [
        `Not taken: ${event.names.map(printable).join(", ")} (files end with .json, .ndjson, .jsonl or .idea)`,
      ];
    case "retry":
      return [`${event.reason}; trying again in ${formatElapsed(event.afterMs)}.`];
    case "batch": {
      const [only] = event.files;
      const what =
        event.files.length === 1 && only !== undefined ? only.name : formatEvents(event.files.length, "file");
      const failed = event.files.filter(({ rejections }) => rejections.length > 0);
      return [
        `${printable(what)}: ${summaryLine(event.result)}`,
        ...failed.map(
          ({ name, rejections }) =>
            `${printable(name)}: moved to errors/, ${rejectionLines(rejections, 1).join(", ")}`,
        ),
      ];
    }
  }
}
