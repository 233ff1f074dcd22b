/** `eventstore export`: all events that match a filter, oldest first, for other programs. */
import { Option, type Command } from "commander";
import type { EventStorage, SearchResult } from "../../../runtime/store/types.js";
import type { CliContext } from "../context.js";
import { addQueryOptions, examples, FILTER_HELP, RAW_RULE, rawOption } from "../help.js";
import { nameList } from "../filter-arguments.js";
import { optionRules } from "../option-rules.js";
import { formatEvents } from "../render/numbers.js";
import { createOutput, type Output } from "../render/output.js";
import type { TextStream } from "../render/terminal.js";
import { openReplaced } from "../written-file.js";
import { callOptions, readFilter, setUp, withStorage, type QueryCliOptions } from "../setup.js";

interface ExportCliOptions extends QueryCliOptions {
  readonly format: "ndjson" | "csv" | "parquet";
  readonly columns?: readonly string[];
  readonly out?: string;
  readonly raw?: boolean;
}

/** Events fetched at a time. */
const PAGE_SIZE = 1000;

/** Adds `export`. */
export function addExportCommand(program: Command, context: CliContext): void {
  const command = program
    .command("export")
    .summary("write all events that match a filter, for other programs")
    .description(
      "Write all events that match a filter to standard output, or into a file, the oldest first, as they are stored.",
    )
    .argument("[FILTER...]", FILTER_HELP)
    .addOption(
      new Option("-f, --format <FORMAT>", "how they are written")
        .choices(["ndjson", "csv", "parquet"])
        .default("ndjson"),
    )
    .addOption(
      new Option("-c, --columns <NAMES>", "fields of csv and parquet, with commas").argParser(nameList),
    )
    .option("-o, --out <FILE>", "write into a file; parquet, which is no text, needs one")
    .addOption(rawOption());
  optionRules(addQueryOptions(command), [
    { option: "--columns", with: ["--format csv|parquet"], why: "ndjson has whole events" },
    RAW_RULE,
  ])
    .addHelpText(
      "after",
      examples([
        ["eventstore export 'detect_time in last 24h' > day.ndjson", "a day"],
        ["eventstore export --format parquet --out events.parquet", "for data frames"],
      ]),
    )
    .action((words: readonly string[], _options: unknown, self: Command) =>
      exportEvents(words, self, context),
    );
}

async function exportEvents(words: readonly string[], command: Command, context: CliContext): Promise<void> {
  const setup = await setUp<ExportCliOptions>(context, command);
  const { format, columns, out, raw } = setup.options;
  const given = await readFilter(words, setup);
  const { csvColumns } = await import("../event-columns.js");
  const { eventWriter } = await import("../event-writer.js");
  const file = out === undefined || format === "parquet" ? null : await fileOutput(out);
  const writer =
    format === "parquet"
      ? await (
          await import("../parquet-writer.js")
        ).parquetWriter(out, { ...setup, columns: columns ?? csvColumns(setup.catalogue) })
      : eventWriter(file?.output ?? context.stdout, {
          ...setup,
          format,
          columns,
          csv: raw === true ? "raw" : "safe",
        });
  const write = async (storage: EventStorage): Promise<number> => {
    let written = 0;
    for (let after: string | undefined; ;) {
      const page: SearchResult<string> = await storage.searchEvents({
        ...given,
        ...callOptions(setup),
        sort: "detect_time.asc",
        limit: PAGE_SIZE,
        after,
        raw: true,
      });
      await writer.page(page.events);
      written += page.events.length;
      if (page.next === null || !page.hasMore) return written;
      after = page.next;
    }
  };
  const count = await withStorage(setup, write).catch(async (error: unknown) => {
    await file?.leave();
    throw error;
  });
  await writer.end();
  await file?.close();
  await context.stderr.write(`${formatEvents(count)} written.\n`);
}

/** A file as an output. `leave` closes it where nothing came to be written, `close` where what was written is all. */
interface FileOutput {
  readonly output: Output;
  readonly close: () => Promise<void>;
  readonly leave: () => Promise<void>;
}

/** @throws CliError when it cannot be written */
async function fileOutput(path: string): Promise<FileOutput> {
  const file = await openReplaced("--out", path);
  const write: TextStream["write"] = (text, done) => {
    file.write(text).then(
      () => done?.(),
      (error: unknown) => done?.(error as Error),
    );
    return true;
  };
  const close = (): Promise<void> => file.write("").finally(file.close);
  return { output: createOutput({ write, on: () => undefined }, {}), close, leave: file.close };
}
