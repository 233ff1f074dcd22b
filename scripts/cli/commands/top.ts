/** `eventstore top`: the most frequent values of a field. */
import { Option, type Command } from "commander";
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import type { AggregateRow } from "../../../runtime/store/types.js";
import type { CliContext } from "../context.js";
import { addQueryOptions, examples, FILTER_HELP, RAW_RULE, rawOption } from "../help.js";
import { optionRules } from "../option-rules.js";
import { positiveInteger } from "../options.js";
import { bar, largest } from "../render/bars.js";
import { csvLine, type CsvStyle } from "../render/csv.js";
import { jsonText } from "../render/json.js";
import { formatCount } from "../render/numbers.js";
import type { Output } from "../render/output.js";
import { drawingWidth, type Terminal } from "../render/terminal.js";
import { displayWidth, fit, printable } from "../render/text.js";
import { callOptions, readFilter, setUp, withStorage, type QueryCliOptions } from "../setup.js";

interface TopCliOptions extends QueryCliOptions {
  readonly limit: number;
  readonly format: (typeof COUNT_FORMATS)[number];
  readonly raw?: boolean;
}

/** Formats of counts: a drawing, or data. */
export const COUNT_FORMATS = ["chart", "csv", "json", "ndjson"] as const;

/** Adds `top`. */
export function addTopCommand(program: Command, context: CliContext): void {
  const command = program
    .command("top")
    .summary("show the most frequent values of a field")
    .description("Show the most frequent values of a field with their counts. Of a list every value counts.")
    .argument("<FIELD>", "a field; `eventstore fields` lists them")
    .argument("[FILTER...]", FILTER_HELP)
    .addOption(new Option("-n, --limit <N>", "most values shown").argParser(positiveInteger).default(10))
    .addOption(
      new Option("-f, --format <FORMAT>", "how they are shown").choices(COUNT_FORMATS).default("chart"),
    )
    .addOption(rawOption());
  optionRules(addQueryOptions(command), [RAW_RULE])
    .addHelpText(
      "after",
      examples([
        ["eventstore top category", "what kinds of event there are"],
        ["eventstore top source.ip 'target.port = 22 and detect_time in last 24h'", "who tries SSH today"],
        ["eventstore top target.port -n 50 --format csv > ports.csv", "data for a spreadsheet"],
      ]),
    )
    .action(async (field: string, words: readonly string[], _options: unknown, self: Command) => {
      const setup = await setUp<TopCliOptions>(context, self);
      const index = indexCatalogue(setup.catalogue);
      const known = index.fields.get(field.toLowerCase()) ?? index.aliases.get(field.toLowerCase());
      if (known === undefined) throw (await import("../event-columns.js")).unknownField(field, index);
      const given = await readFilter(words, setup);
      const { limit, format, raw } = setup.options;
      const rows = await withStorage(setup, (storage) =>
        storage.aggregateEvents({
          ...given,
          ...callOptions(setup),
          by: known.name,
          limit,
          remainder: format === "chart",
        }),
      );
      const { stdout, stderr } = context;
      if (rows.length === 0) await stderr.write("No event matches.\n");
      await writeCounts(rows, { field: known.name, format, csv: raw === true ? "raw" : "safe" }, stdout);
    });
}

async function writeCounts(
  rows: readonly AggregateRow[],
  { field, format, csv }: { field: string; format: TopCliOptions["format"]; csv: CsvStyle },
  stdout: Output,
): Promise<void> {
  switch (format) {
    case "chart":
      return stdout.writeLines(topLines(rows, stdout));
    case "csv":
      return stdout.writeLines([
        csvLine([field, "count"]),
        ...rows.map(({ value, count }) => csvLine([value === null ? "" : String(value), String(count)], csv)),
      ]);
    case "json":
      return stdout.write(jsonText(rows, stdout, 2) + "\n");
    case "ndjson":
      return stdout.writeLines(rows.map((row) => jsonText(row, stdout)));
  }
}

/** What a row counts. */
export function rowName({ value, remainder }: AggregateRow): string {
  if (remainder === true) return "(all others)";
  return value === null ? "(none)" : String(value);
}

/** The same for people: on one line, and harmless. */
export function rowLabel(row: AggregateRow): string {
  return printable(rowName(row));
}

const MAX_LABEL = 40;
/** Columns that bars have at least: with fewer they tell nothing apart. */
const MIN_BAR = 8;

/** Values, counts and bars. The row of the others has no bar: it would dwarf the rest. */
export function topLines(rows: readonly AggregateRow[], terminal: Terminal): string[] {
  const { unicode, paint } = terminal;
  const labels = rows.map(rowLabel);
  const counts = rows.map(({ count }) => formatCount(count));
  const countWidth = largest(counts.map((count) => count.length));
  const room = drawingWidth(terminal, 100) - countWidth - 4;
  const labelWidth = Math.min(MAX_LABEL, largest(labels.map(displayWidth)), room - MIN_BAR);
  const barWidth = room - labelWidth;
  const most = largest(rows.filter(({ remainder }) => remainder !== true).map(({ count }) => count));
  return rows.map((row, index) => {
    const isPlain = row.value === null;
    const label = fit(labels[index] ?? "", labelWidth, "left", unicode ? "…" : "~");
    const drawn = row.remainder === true ? "" : bar(row.count, most, barWidth, unicode);
    const count = (counts[index] ?? "").padStart(countWidth);
    return `${paint(isPlain ? "dim" : null, label)}  ${count}  ${paint("cyan", drawn)}`.trimEnd();
  });
}
