/** `eventstore import mentat`: moves the events of Mentat's database. */
import { Option, type Command } from "commander";
import type { EventStorage } from "../../../runtime/store/types.js";
import { stopSignal, type CliContext } from "../context.js";
import { Exit, EXIT } from "../errors.js";
import { examples, formatOption, type ReportFormat } from "../help.js";
import type { ComparisonReport, storeDifferences } from "../import/compare.js";
import type { CopyProgress, CopyResult } from "../import/copy.js";
import type { MentatSource } from "../import/source.js";
import { openRejections } from "../ingest/rejections.js";
import { rejectionLines } from "../ingest/report.js";
import { jsonText } from "../render/json.js";
import { formatClock, formatCount, formatElapsed, formatEvents } from "../render/numbers.js";
import type { Output } from "../render/output.js";
import { createProgressLine } from "../render/progress.js";
import { printable } from "../render/text.js";
import { setUp, withStorage } from "../setup.js";

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
  program
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
    .option("--rejected <FILE>", "write every rejected event with the reason into this file, as NDJSON")
    .addOption(formatOption())
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
    .action((_, command: Command) => importMentat(command, outer));
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
interface Copied {
  readonly stored: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly thresholds: number;
  readonly thresholded: number;
}

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
  const file = await openRejections(rejected, "new");
  await storage.databaseCreate({ signal });
  const progress = progressReport(stderr);
  const start = Date.now();
  const result = await copyEvents(source, storage, {
    since,
    signal,
    onProgress: progress.update,
    onResume: (time) => stderr.write(`Going on after the events stored at ${time} UTC.\n`),
  }).catch(async (error: unknown) => {
    if (!signal.aborted) throw error;
    await progress.clear();
    await stderr.write(
      `Stopped after ${formatEvents(progress.done())}; the same command again copies the rest.\n`,
    );
    throw new Exit(context.interrupt.aborted ? EXIT.interrupted : EXIT.terminated);
  });
  await progress.clear();
  const counts = await copyThresholds(source, storage);
  await tellCopied(result, Date.now() - start, context);
  await stdout.write(
    `${formatCount(counts.thresholds)} thresholds and ${formatCount(counts.thresholded)} thresholded events copied\n`,
  );
  await file.add(result.rejections);
  await file.close();
  const { stored, duplicates, rejections } = result;
  return { stored, duplicates, rejected: rejections.length, ...counts };
}

async function tellCopied(
  { stored, duplicates, rejections }: CopyResult,
  elapsedMs: number,
  { stdout, stderr }: CliContext,
): Promise<void> {
  await stderr.writeLines(
    rejectionLines(rejections).map((line) => `${stderr.paint("red", "rejected:")} ${line}`),
  );
  const all = stored + duplicates + rejections.length;
  const rate = elapsedMs > 0 ? `, ${formatCount((all * 1000) / elapsedMs)} a second` : "";
  await stdout.write(
    `${formatEvents(all)} read in ${formatElapsed(elapsedMs)}${rate}: ${formatCount(stored)} stored, ` +
      `${formatCount(duplicates)} already there, ${formatCount(rejections.length)} rejected\n`,
  );
}

/** Milliseconds between lines of progress where no person looks. */
const LINE_MS = 10_000;

/** A progress line on a terminal, else a line of text now and then. */
function progressReport(stderr: Output) {
  const line = createProgressLine(stderr);
  const start = Date.now();
  let written = start;
  let reached = 0;
  return {
    done: () => reached,
    clear: line.clear,
    update: ({ done, total }: CopyProgress): void => {
      reached = done;
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
  const report: ComparisonReport = await compareStores(source, storage, {
    since,
    signal: stopSignal(context),
    filters: RANDOM_FILTERS,
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
