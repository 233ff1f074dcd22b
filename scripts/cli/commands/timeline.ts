/** `eventstore timeline`: events over time. */
import { Option, type Command } from "commander";
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import type { Timeline } from "../../../runtime/store/types.js";
import type { CliContext } from "../context.js";
import { addQueryOptions, examples, FILTER_HELP, RAW_RULE, rawOption } from "../help.js";
import { optionRules } from "../option-rules.js";
import { positiveInteger } from "../options.js";
import { csvLine, type CsvStyle } from "../render/csv.js";
import type { Output } from "../render/output.js";
import { formatDate } from "../render/time.js";
import { timelineLines } from "../render/timeline.js";
import { callOptions, readFilter, setUp, withStorage, type QueryCliOptions, type Setup } from "../setup.js";
import { COUNT_FORMATS, rowLabel, rowName } from "./top.js";
import { jsonText } from "../render/json.js";

interface TimelineCliOptions extends QueryCliOptions {
  readonly by?: string;
  readonly step?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
  readonly raw?: boolean;
  readonly format: (typeof COUNT_FORMATS)[number];
}

/** Adds `timeline`. */
export function addTimelineCommand(program: Command, context: CliContext): void {
  const command = program
    .command("timeline")
    .summary("draw how many events there are over time")
    .description("Draw how many events match over time, by their detect_time.")
    .argument("[FILTER...]", FILTER_HELP)
    .option("--by <FIELD>", "one line for each of the most frequent values of this field")
    .option("--step <TIME>", "length of a bucket: 5m, 1h, 1d, 1w, 1mo; chosen to fit when absent")
    .option("--from <TIME>", "start: 2024-05-01, 2024-05-01T08:00, now-7d/d; the oldest event when absent")
    .option("--to <TIME>", "end, itself not included; the newest event when absent")
    .addOption(new Option("-n, --limit <N>", "most values with --by").argParser(positiveInteger).default(8))
    .addOption(new Option("-f, --format <FORMAT>", "how it is shown").choices(COUNT_FORMATS).default("chart"))
    .addOption(rawOption());
  optionRules(addQueryOptions(command), [
    { option: "--limit", with: ["--by"], why: "it is the number of values that get a line each" },
    RAW_RULE,
  ])
    .addHelpText(
      "after",
      examples([
        ["eventstore timeline --from now-7d/d", "the last week"],
        ["eventstore timeline 'category under Recon' --by target.port --step 1h", "scans, port by port"],
        ["eventstore timeline --step 1d --zone Europe/Prague --format csv", "events a day as days are there"],
      ]),
    )
    .action(async (words: readonly string[], _options: unknown, self: Command) => {
      const setup = await setUp<TimelineCliOptions>(context, self);
      const { by, step, limit, format, raw } = setup.options;
      const index = indexCatalogue(setup.catalogue);
      const known =
        by === undefined
          ? undefined
          : (index.fields.get(by.toLowerCase()) ?? index.aliases.get(by.toLowerCase()));
      if (by !== undefined && known === undefined)
        throw (await import("../event-columns.js")).unknownField(by, index);
      const given = await readFilter(words, setup);
      const from = await instantOf("--from", setup.options.from, setup);
      const to = await instantOf("--to", setup.options.to, setup);
      const timeline = await withStorage(setup, (storage) =>
        storage.timelineEvents({
          ...given,
          ...callOptions(setup),
          from,
          to,
          step,
          by: known?.name,
          limit,
          timeZone: setup.timeZone,
        }),
      );
      if (timeline.total === 0) await context.stderr.write("No event matches.\n");
      await writeTimeline(
        timeline,
        { format, timeZone: setup.timeZone, csv: raw === true ? "raw" : "safe" },
        context.stdout,
      );
    });
}

async function instantOf(
  name: string,
  text: string | undefined,
  setup: Setup<TimelineCliOptions>,
): Promise<Date | undefined> {
  if (text === undefined) return undefined;
  const { instantOption } = await import("../instant-option.js");
  return instantOption(name, text, setup.context.now(), setup.filterOptions);
}

async function writeTimeline(
  timeline: Timeline,
  { format, timeZone, csv }: CsvOptions & Pick<TimelineCliOptions, "format">,
  stdout: Output,
): Promise<void> {
  switch (format) {
    case "chart":
      return stdout.writeLines(timelineLines(timeline, timeZone, stdout, rowLabel));
    case "csv":
      return stdout.writeLines(csvLines(timeline, { timeZone, csv }));
    case "json":
      return stdout.write(jsonText(timeline, stdout, 2) + "\n");
    case "ndjson":
      return stdout.writeLines(timeline.buckets.map((bucket) => jsonText(bucket, stdout)));
  }
}

interface CsvOptions {
  readonly timeZone: string;
  readonly csv: CsvStyle;
}

/** A line for each bucket; with values one column for each. */
function csvLines({ buckets, values = [] }: Timeline, { timeZone, csv }: CsvOptions): string[] {
  // Times of a zone that was asked for are as people write them; else as programs do.
  const time = (date: Date): string =>
    timeZone === "UTC" ? date.toISOString() : formatDate(date, timeZone, "minute");
  return [
    csvLine(["from", "to", "count", ...values.map(rowName)], csv),
    ...buckets.map(({ from, to, count, values: parts = [] }) =>
      csvLine([
        time(from),
        time(to),
        String(count),
        ...values.map((_, index) => String(parts[index]?.count ?? 0)),
      ]),
    ),
  ];
}
