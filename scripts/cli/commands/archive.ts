/** `eventstore archive`: old partitions become files, and files partitions again. */
import { stat } from "node:fs/promises";
import { Option, type Command } from "commander";
import { dayOfDate, dayStart } from "../../../compiler/schema/day.js";
import type { BulkResult, EventStorage } from "../../../runtime/store/index.js";
import { systemReason } from "../../../runtime/events/read-events.js";
import { readArchive, writeArchive } from "../archive-file.js";
import { confirm } from "../confirm.js";
import { stopSignal, type CliContext } from "../context.js";
import { CliError, Exit, EXIT, UsageError } from "../errors.js";
import { examples, formatOption, type ReportFormat } from "../help.js";
import { stoppedLine } from "../ingest/with-progress.js";
import { optionRules } from "../option-rules.js";
import { timeAgo } from "../options.js";
import { jsonText } from "../render/json.js";
import { formatEvents } from "../render/numbers.js";
import { formatDate } from "../render/time.js";
import { setUp, withStorage, type Setup } from "../setup.js";

interface ArchiveCliOptions {
  readonly olderThan: string;
  readonly restore?: boolean;
  readonly yes?: boolean;
  readonly format: ReportFormat;
}

/** Adds `archive`. */
export function addArchiveCommand(program: Command, context: CliContext): void {
  const command = program
    .command("archive")
    .summary("move old events into files, and take them back")
    .description(
      "Write each partition whose events are all older into a compressed file of the folder, then drop it from the store, beside ingest and " +
        "searches. What is dropped is what was written: a partition that changes meanwhile is written again. With --restore the events of such " +
        "files are stored again, with the times at which they were stored first; those that are there already are left alone.",
    )
    .argument("<PLACE...>", "the folder for the files; with --restore the files")
    .addOption(
      new Option("--older-than <TIME>", "age from which partitions go: 90d, 12mo, 2y").default("90d"),
    )
    .option("--restore", "take archives back")
    .option("-y, --yes", "do not ask")
    .addOption(formatOption());
  optionRules(command, [
    { option: "--restore", without: ["--older-than"], why: "all events of the files are taken back" },
  ])
    .addHelpText(
      "after",
      examples([
        ["eventstore archive /srv/archive --older-than 1y --yes", "keep a year in the store"],
        ["eventstore archive --restore /srv/archive/events_202401*.gz", "January 2024 is searched again"],
      ]),
    )
    .action(async (places: readonly string[], _, self: Command) => {
      const setup = await setUp<ArchiveCliOptions>(context, self);
      if (setup.options.restore === true) return restore(setup, places, context);
      const [folder, ...others] = places;
      if (folder === undefined || others.length > 0)
        throw new UsageError("archive takes one folder; with --restore it takes files");
      await archive(setup, folder, context);
    });
}

async function archive(setup: Setup<ArchiveCliOptions>, folder: string, context: CliContext): Promise<void> {
  const { stdout, stderr } = context;
  const { olderThan, yes, format } = setup.options;
  await requireFolder(folder);
  const today = dayStart(dayOfDate(context.now()));
  const limit = timeAgo("--older-than", olderThan, { now: context.now(), timeZone: setup.timeZone });
  const before = limit < today ? limit : today;
  const shown = `${formatDate(before, setup.timeZone)} ${setup.timeZone}`;
  if (yes !== true)
    await confirm(context, `Move all partitions that end by ${shown} out of the store into ${folder}?`);
  const files: string[] = [];
  let done = 0;
  const signal = stopSignal(context);
  const report = await withStorage(setup, (storage) =>
    storage.archivePartitions({
      before,
      write: async (partition) => void files.push(await writeArchive(folder, partition)),
      signal,
      onProgress: (message) => {
        done += 1;
        void stderr.writeLines([message]);
      },
    }),
  ).catch(async (error: unknown) => {
    if (signal.aborted)
      await stderr.write(
        `Stopped. ${formatEvents(done, "partition")} moved to ${folder}; the same command again moves the rest.\n`,
      );
    throw error;
  });
  await stdout.writeLines([
    format === "json"
      ? jsonText({ before, ...report, files }, stdout)
      : `${formatEvents(report.events)} of ${formatEvents(report.partitions, "partition")} from before ${shown} moved to ${folder}`,
  ]);
}

async function requireFolder(folder: string): Promise<void> {
  try {
    if (!(await stat(folder)).isDirectory())
      throw new UsageError(`archive takes a folder, and ${folder} is none`);
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(
      `${folder}: ${systemReason(error)}`,
      "make the folder first; where a disk is not mounted it is not there, and nothing is moved",
    );
  }
}

async function restore(
  setup: Setup<ArchiveCliOptions>,
  files: readonly string[],
  context: CliContext,
): Promise<void> {
  const { stdout, stderr } = context;
  const { rejected, ...counts } = await withStorage(setup, (storage) => takeBack(storage, files, context));
  await stderr.writeLines(
    rejected.map(({ id = "?", path, reason }) => `rejected: ${id}: ${path}: ${reason}`),
  );
  const { inserted, duplicates, different } = counts;
  await stdout.writeLines([
    setup.options.format === "json"
      ? jsonText({ ...counts, rejected }, stdout)
      : `${formatEvents(inserted)} stored again, ${formatEvents(duplicates + different)} were there, ${formatEvents(rejected.length)} rejected`,
  ]);
  if (rejected.length > 0) throw new Exit(EXIT.failed);
}

function takeBack(storage: EventStorage, files: readonly string[], context: CliContext): Promise<BulkResult> {
  async function* events() {
    for (const file of files) yield* readArchive(file);
  }
  const signal = stopSignal(context);
  return storage.insertEvents(events(), { onConflict: "ignore", signal }).catch(async (error: unknown) => {
    const { partial } = error as { readonly partial?: BulkResult };
    if (signal.aborted) await context.stderr.write(stoppedLine(partial?.inserted ?? 0) + "\n");
    throw error;
  });
}
