/** `eventstore ingest`: stores the events of files, folders or standard input, or of a folder as they arrive. */
import { stat } from "node:fs/promises";
import { Option, type Command } from "commander";
import type { EventStorage } from "../../../runtime/store/types.js";
import { stopSignal, type CliContext } from "../context.js";
import { CliError, Exit, EXIT, UsageError } from "../errors.js";
import { examples, formatOption, type ReportFormat } from "../help.js";
import { findConverter, FORMAT_NAMES, type FeedConverter } from "../ingest/converter.js";
import type { IngestResult, Rejection } from "../ingest/ingest.js";
import { findInputs, type MissingInput } from "../ingest/inputs.js";
import { openRejections } from "../ingest/rejections.js";
import { rejectionLines, summaryLine, summaryOf } from "../ingest/report.js";
import { readWardenConfig } from "../ingest/warden-config.js";
import { takeFromWarden } from "../ingest/warden.js";
import { watchedPlace } from "../ingest/claim.js";
import { retryLine, watchAsService, withPatience } from "../ingest/watch-service.js";
import type { FinishedFiles } from "../ingest/watch.js";
import { ingestWithProgress, stoppedLine } from "../ingest/with-progress.js";
import { optionalLogOption, withLog, type LogFormat } from "../log.js";
import { optionRules, type OptionRule } from "../option-rules.js";
import { durationOption } from "../options.js";
import { jsonText } from "../render/json.js";
import { prepareStore, setUp, withStorage, type Setup } from "../setup.js";

const FOLDER_ONLY = { with: ["--watch"], without: ["--warden"] } as const;

const RULES: readonly OptionRule[] = [
  { option: "--interval", ...FOLDER_ONLY, why: "it is the time between looks into a folder" },
  { option: "--delete", ...FOLDER_ONLY, why: "it is about the files of a folder" },
  { option: "--keep", ...FOLDER_ONLY, why: "it is about the files of a folder" },
  { option: "--delete", without: ["--keep"], why: "files go at once, or after a time" },
  { option: "--from", without: ["--converter"], why: "records are turned into events in one way" },
  {
    option: "--warden",
    without: ["FILE", "--from", "--converter"],
    why: "events come from the server, and are events already",
  },
];

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
  const command = program
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
      "write every rejected event with its place and reason into this file, as NDJSON; with --watch it grows",
    )
    .option("--from <FORMAT>", `format of the input: ${FORMAT_NAMES.join(", ")} (default: idea)`)
    .option(
      "--warden <CONFIG>",
      "take events from a Warden server; the JSON file is that of Warden's own client",
    )
    .addOption(formatOption())
    .addOption(optionalLogOption())
    .option("--converter <FILE>", "module whose default export turns a record into an IDEA event");
  optionRules(command, RULES)
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
    .action((names: readonly string[], _, self: Command) => takeIn(names, self, outer));
}

async function takeIn(names: readonly string[], command: Command, outer: CliContext): Promise<void> {
  const options = command.opts<IngestCliOptions>();
  await withLog(outer, options.log, async (context) => {
    const { watch, from, converter: path, warden } = options;
    const finished = finishedFiles(options);
    if (warden !== undefined) return takeWarden(warden, command, context);
    if (names.length === 0) throw new UsageError("ingest takes files, folders or - for standard input");
    const converter = await findConverter({ from, converter: path });
    const setup = await setUp<IngestCliOptions>(context, command);
    if (watch === true)
      return watchAsService(setup, await watchedFolder(names), { ...options, converter, finished });
    return takeOnce(names, setup, converter);
  });
}

/** Takes what the arguments name, once. */
async function takeOnce(
  names: readonly string[],
  setup: Setup<IngestCliOptions>,
  converter: FeedConverter | undefined,
): Promise<void> {
  const { context } = setup;
  const { rejected, format } = setup.options;
  const { inputs, missing } = await findInputs(names, context);
  if (inputs.length === 0) throw nothingToRead(missing);
  const paths = inputs.map(({ name }) => name);
  const file = await openRejections(rejected, "new", paths);
  try {
    const result = await withStorage(
      setup,
      (storage) => ingestWithProgress(storage, inputs, context, converter),
      { missing: "create" },
    );
    const rejections = [
      ...missing.map(({ name, reason }) => ({ file: name, line: 0, reason })),
      ...result.rejections,
    ];
    await file.add(rejections);
    await tellResult({ ...result, rejections }, { rejected, format }, context);
  } finally {
    await file.close();
  }
}

/** What becomes of finished files. */
function finishedFiles({ delete: isDeleted, keep }: IngestCliOptions): FinishedFiles {
  if (isDeleted === true) return { kind: "deleted" };
  return keep === undefined ? { kind: "kept" } : { kind: "kept-for", milliseconds: keep };
}

/** Takes what a Warden server has, with --watch until it is stopped. */
async function takeWarden(path: string, command: Command, context: CliContext): Promise<void> {
  const { watch, rejected, format } = command.opts<IngestCliOptions>();
  const config = await readWardenConfig(path);
  const setup = await setUp<IngestCliOptions>(context, command);
  const file = await openRejections(rejected, watch === true ? "append" : "new");
  const { stdout, stderr } = context;
  const seen = { rejected: false };
  const take = (storage: EventStorage): Promise<void> =>
    takeFromWarden(storage, config, {
      interrupt: context.interrupt,
      terminate: context.terminate,
      mode: watch === true ? "forever" : "once",
      onBatch: async (result, lastId) => {
        seen.rejected ||= result.rejections.length > 0;
        await file.add(result.rejections);
        await stdout.writeLines([
          format === "json"
            ? jsonText({ lastId, ...summaryOf(result) }, stdout)
            : `Warden up to ${lastId}: ${summaryLine(result)}`,
        ]);
        await stderr.writeLines(rejectedLines(result.rejections, context));
      },
      onRetry: (reason, afterMs) => stderr.write(retryLine(reason, afterMs) + "\n"),
    });
  try {
    if (watch === true) await withPatience(setup, take);
    else
      await withStorage(
        setup,
        async (storage) => {
          await prepareStore(storage, context);
          await take(storage);
        },
        { missing: "create" },
      );
  } finally {
    await file.close();
  }
  // A service that was stopped has done its work.
  if (watch !== true && seen.rejected) throw new Exit(EXIT.failed);
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

/**
 * Lists what was rejected, says how many of what, and ends with 1 when anything was rejected, or with the code of the signal that stopped it.
 */
async function tellResult(
  result: IngestResult,
  { rejected, format }: Pick<IngestCliOptions, "rejected" | "format">,
  context: CliContext,
): Promise<void> {
  const { rejections } = result;
  const { stdout, stderr } = context;
  const where = rejected === undefined ? "" : `; what was not is listed in ${rejected}`;
  await stderr.writeLines(rejectedLines(rejections, context));
  await stdout.write((format === "json" ? jsonText(summaryOf(result), stdout) : summaryLine(result)) + "\n");
  if (stopSignal(context).aborted) {
    await stderr.writeLines([stoppedLine(result.stored, "all that had been read")]);
    throw new Exit(context.interrupt.aborted ? EXIT.interrupted : EXIT.terminated);
  }
  if (rejections.length === 0) return;
  await stderr.write(`Not everything could be read and stored${where}. Exit code 1.\n`);
  throw new Exit(EXIT.failed);
}

function rejectedLines(rejections: readonly Rejection[], { stderr }: CliContext): string[] {
  return rejectionLines(rejections).map((line) => `${stderr.paint("red", "rejected:")} ${line}`);
}
