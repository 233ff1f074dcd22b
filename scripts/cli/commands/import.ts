/** `eventstore import mentat`: moves the events of Mentat's database. */
import { Option, type Command } from "commander";
import type { EventStorage } from "../../../runtime/store/types.js";
import { stopSignal, type CliContext } from "../context.js";
import { Exit, EXIT } from "../errors.js";
import { examples, formatOption, type ReportFormat } from "../help.js";
import type { ComparisonReport, storeDifferences } from "../import/compare.js";
import type { CopyProgress, CopyResult } from "../import/copy.js";
import type { MentatSource } from "../import/source.js";
import type { ThresholdCounts } from "../import/thresholds.js";
import type { Rejection } from "../ingest/ingest.js";
import { openRejections } from "../ingest/rejections.js";
import { LISTED, rejectionLines } from "../ingest/report.js";
import { optionRules } from "../option-rules.js";
import { jsonText } from "../render/json.js";
import { formatClock, formatCount, formatElapsed, formatEvents } from "../render/numbers.js";
import type { Output } from "../render/output.js";
import { createProgressLine } from "../render/progress.js";
import { printable } from "../render/text.js";
import { prepareStore, setUp, withStorage } from "../setup.js";

interface ImportCliOptions {
  readonly from: string;
  readonly since?: string;
  readonly verify?: boolean;
  readonly rejected?: string;
  readonly format: ReportFormat;
}

/** Filters of the comparison at the end. */
const RANDOM_FILTERS = 20;

/** Adds `import` with its subcommand `mentat`. */
export function addImportCommand(program: Command, outer: CliContext): void {
  const command = program
    .command("import")
    .summary("move the events of another store")
    .description("Move the events of another store into this one.")
    .command("mentat")
    .summary("move the events of Mentat's database")
    .description(
      "Copy events, thresholds and thresholded events of a database of Mentat's, of the older schema or the newer, in the order of storage " +
        "time. Nothing is changed there. It goes on where it was after any stop, and a second run copies what came since.\n\n" +
        "At the end it compares both sides: counts by day, category and severity, and 20 random filters. Rows that cannot be read or stored " +
        "are listed and stop nothing; the exit code is then 1, as where the sides differ.",
    )
    .addOption(
      new Option(
        "--from <URL>",
        "the database of Mentat: postgresql://USER@HOST/mentat_events",
      ).makeOptionMandatory(),
    )
    .option("--since <TIME>", "only events whose storage time is at or after it: 2024-05-01, now-30d")
    .option("--verify", "copy nothing, only compare")
    .option("--rejected <FILE>", "add every rejected event with the reason to this file, as NDJSON")
    .addOption(formatOption());
  optionRules(command, [
    { option: "--verify", without: ["--rejected"], why: "it copies nothing, so that nothing is rejected" },
  ])
    .addHelpText(
      "after",
      examples([
        ["eventstore import mentat --from postgresql://mentat@db/mentat_events", "all events"],
        [
          "eventstore import mentat --from postgresql://mentat@db/mentat_events --since now-30d",
          "the last 30 days",
        ],
        ["eventstore import mentat --from postgresql://mentat@db/mentat_events --verify", "only compare"],
      ]),
    )
    .action((_, self: Command) => importMentat(self, outer));
}

async function importMentat(command: Command, outer: CliContext): Promise<void> {
  const setup = await setUp<ImportCliOptions>(outer, command);
  const { from, since: sinceText, verify, rejected, format } = setup.options;
  // What people read goes to standard error where standard output has the JSON.
  const context = format === "json" ? { ...outer, stdout: outer.stderr } : outer;
  const { instantOption } = await import("../instant-option.js");
  const since =
    sinceText === undefined ? null : instantOption("--since", sinceText, context.now(), setup.filterOptions);
  const { openMentat } = await import("../import/source.js");
  const source = await openMentat(from);
  try {
    await withStorage(
      setup,
      async (storage) => {
        const copied = verify === true ? null : await copyAll(source, storage, { since, rejected }, context);
        const compared = await compare(source, storage, since, context);
        if (format === "json") await outer.stdout.writeLines([jsonText({ copied, compared }, outer.stdout)]);
        if ((copied?.rejected ?? 0) > 0 || compared.differences.length > 0) throw new Exit(EXIT.failed);
      },
      { missing: verify === true ? "refuse" : "create" },
    );
  } finally {
    await source.close();
  }
}

/** How much was copied. */
type Copied = CopyResult & ThresholdCounts;

/** Copies everything and says what became of it. */
async function copyAll(
  source: MentatSource,
  storage: EventStorage,
  { since, rejected }: { readonly since: Date | null; readonly rejected: string | undefined },
  context: CliContext,
): Promise<Copied> {
  const { stdout, stderr } = context;
  const signal = stopSignal(context);
  const { copyEvents } = await import("../import/copy.js");
  const { copyThresholds } = await import("../import/thresholds.js");
  // What an earlier run that was stopped has rejected is not read again: the file keeps it.
  const file = await openRejections(rejected, "append");
  const progress = progressReport(stderr);
  const start = Date.now();
  const first: Rejection[] = [];
  try {
    await prepareStore(storage, context);
    const result = await copyEvents(source, storage, {
      since,
      signal,
      onProgress: progress.update,
      onResume: (time) => stderr.write(`Going on after the events stored at ${time} UTC.\n`),
      onRejected: async (rejections) => {
        first.push(...rejections.slice(0, LISTED - first.length));
        await file.add(rejections);
      },
    });
    const counts = await copyThresholds(source, storage, signal);
    await progress.clear();
    await stderr.writeLines(rejectedLines(first, result, stderr));
    await stdout.write(copiedLine(result, Date.now() - start));
    await stdout.write(
      `${formatCount(counts.thresholds)} thresholds and ${formatCount(counts.thresholded)} thresholded events copied\n`,
    );
    return { ...result, ...counts };
  } catch (error) {
    if (!signal.aborted) throw error;
    await progress.clear();
    await stderr.writeLines(rejectedLines(first, progress.result(), stderr));
    await stderr.write(`Stopped. ${copiedLine(progress.result(), Date.now() - start)}`);
    await stderr.write("The same command again copies the rest, and nothing twice.\n");
    throw error;
  } finally {
    await file.close();
  }
}

function rejectedLines(first: readonly Rejection[], { rejected }: CopyResult, { paint }: Output): string[] {
  return rejectionLines(first, LISTED, rejected).map((line) => `${paint("red", "rejected:")} ${line}`);
}

function copiedLine({ stored, duplicates, rejected }: CopyResult, elapsedMs: number): string {
  const all = stored + duplicates + rejected;
  const rate = elapsedMs > 0 ? `, ${formatCount((all * 1000) / elapsedMs)} a second` : "";
  return (
    `${formatEvents(all)} read in ${formatElapsed(elapsedMs)}${rate}: ${formatCount(stored)} stored, ` +
    `${formatCount(duplicates)} already there, ${formatCount(rejected)} rejected\n`
  );
}

/** Milliseconds between lines of progress where no person looks. */
const LINE_MS = 10_000;

/** A progress line on a terminal, else a line of text now and then. */
function progressReport(stderr: Output) {
  const line = createProgressLine(stderr);
  const start = Date.now();
  let written = start;
  let reached: CopyResult = { stored: 0, duplicates: 0, rejected: 0 };
  return {
    result: () => reached,
    clear: line.clear,
    update: ({ done, total, result }: CopyProgress): void => {
      reached = result;
      const elapsedMs = Date.now() - start;
      line.update({ label: "import", done, total, items: done, elapsedMs });
      if (stderr.isTerminal || Date.now() - written < LINE_MS) return;
      written = Date.now();
      const left = done > 0 ? `, ${formatClock((elapsedMs / done) * Math.max(0, total - done))} left` : "";
      const rate = formatCount((done * 1000) / elapsedMs);
      void stderr.write(`import: ${formatCount(done)} of about ${formatEvents(total)}, ${rate}/s${left}\n`);
    },
  };
}

/** The comparison of both sides. */
interface Compared {
  readonly counts: number;
  readonly differences: ReturnType<typeof storeDifferences>;
}

/** Compares both sides and shows every difference. */
async function compare(
  source: MentatSource,
  storage: EventStorage,
  since: Date | null,
  context: CliContext,
): Promise<Compared> {
  const { compareStores, storeDifferences } = await import("../import/compare.js");
  const signal = stopSignal(context);
  const report: ComparisonReport = await compareStores(source, storage, {
    since,
    signal,
    filters: RANDOM_FILTERS,
  }).catch(async (error: unknown) => {
    if (signal.aborted)
      await context.stderr.write("Stopped while both sides were being compared; --verify does that alone.\n");
    throw error;
  });
  const found = storeDifferences(report);
  const { stdout } = context;
  await stdout.writeLines(
    found.map(({ what, source: before, store }) =>
      printable(`differs: ${what}: ${formatCount(before)} in Mentat, ${formatCount(store)} here`),
    ),
  );
  const counts = `${formatCount(report.length)} counts compared`;
  await stdout.write(
    found.length === 0 ? `${counts}: no difference\n` : `${counts}: ${formatCount(found.length)} differ\n`,
  );
  return { counts: report.length, differences: found };
}
