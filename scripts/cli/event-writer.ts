/** Writes events in the formats of `search`: table, NDJSON, JSON, CSV. */
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { csvColumns, eventColumns, shorten, tableColumns, type TimeStyle } from "./event-columns.js";
import type { OutputFormat } from "./help.js";
import { recordLines } from "./render/cards.js";
import { csvLine, type CsvStyle } from "./render/csv.js";
import type { Output } from "./render/output.js";
import { renderTable } from "./render/table.js";
import { printable, printableJson } from "./render/text.js";

/** Takes events page by page, as the JSON texts that are stored. */
export interface EventWriter {
  readonly page: (events: readonly string[]) => Promise<void>;
  /** Writes what is kept back. Pages may follow, but for json. */
  readonly end: () => Promise<void>;
}

/** What a writer needs to know. */
export interface WriterOptions {
  readonly format: OutputFormat;
  /** Names of the columns of a table or of CSV; those of the format when absent. */
  readonly columns?: readonly string[] | undefined;
  readonly catalogue: Catalogue;
  readonly times: TimeStyle;
  /** Of the table: one event below the other, with all values. Narrow terminals get that anyway. */
  readonly expanded?: boolean | undefined;
  /** Of csv; `safe` when absent. */
  readonly csv?: CsvStyle | undefined;
}

/**
 * The writer of a format.
 *
 * @throws UsageError for a column that does not exist
 */
export function eventWriter(output: Output, options: WriterOptions): EventWriter {
  switch (options.format) {
    case "table":
      return options.expanded === true || output.width < CARD_WIDTH
        ? cardWriter(output, options)
        : tableWriter(output, options);
    case "csv":
      return csvWriter(output, options);
    case "ndjson":
      return {
        page: (events) => output.writeLines(events.map((event) => jsonLine(event, output))),
        end: nothing,
      };
    case "json":
      return jsonWriter(output);
  }
}

const nothing = (): Promise<void> => Promise.resolve();

/** The stored text on one line. A line break of JSON is between tokens, never in a string. */
export function jsonLine(event: string, output: Pick<Output, "isTerminal">): string {
  const line = event.replace(/\s*[\r\n]\s*/g, " ").trim();
  return output.isTerminal ? printableJson(line) : line;
}

/** Columns below which a table has no room. */
const CARD_WIDTH = 60;

/** Writes each event as a card under its identifier, as it comes. */
function cardWriter(
  output: Output,
  { catalogue, times, columns = tableColumns(catalogue) }: WriterOptions,
): EventWriter {
  const read = eventColumns(columns, catalogue, times);
  const [first] = read;
  const title = read.find(({ name }) => name === "id") ?? first;
  let isFirst = true;
  return {
    page: async (events) => {
      for (const event of events.map(parse)) {
        const fields = read
          .filter((column) => column !== title)
          .map((column) => ({ name: column.name, value: column.read(event).join(", ") }));
        const lines = recordLines(title?.read(event).join(", ") ?? "", fields, output);
        await output.writeLines(isFirst ? lines : ["", ...lines]);
        isFirst = false;
      }
    },
    end: nothing,
  };
}

/** Values of a list that a cell of the table shows. */
const SHOWN_VALUES = 2;

/** Rows are kept until the end, so that all of them fit one set of widths; a search for very many is a matter for NDJSON. */
function tableWriter(
  output: Output,
  { catalogue, times, columns = tableColumns(catalogue) }: WriterOptions,
): EventWriter {
  const read = eventColumns(columns, catalogue, times);
  const rows: string[][] = [];
  let isStarted = false;
  return {
    page: async (events) => {
      for (const event of events.map(parse))
        rows.push(read.map((column) => shorten(column.read(event), SHOWN_VALUES, ", ")));
    },
    end: async () => {
      const lines = renderTable(
        read.map(({ table }) => table),
        rows.splice(0),
        output,
      );
      // Of a table that goes on the titles are there already.
      if (lines.length > 1) await output.writeLines(isStarted ? lines.slice(1) : lines);
      isStarted ||= lines.length > 1;
    },
  };
}

function csvWriter(
  output: Output,
  { catalogue, columns = csvColumns(catalogue), times, csv }: WriterOptions,
): EventWriter {
  // Times of a zone that was asked for are as people write them; else as programs do.
  const style: TimeStyle = times.kind === "zone" && times.timeZone !== "UTC" ? times : { kind: "iso" };
  const read = eventColumns(columns, catalogue, style);
  const safe = output.isTerminal ? printable : (text: string) => text;
  const line = (event: unknown): string =>
    safe(
      csvLine(
        read.map((column) => column.read(event).join(";")),
        csv,
      ),
    );
  let isStarted = false;
  const start = async (): Promise<void> => {
    if (!isStarted) await output.writeLines([csvLine(columns)]);
    isStarted = true;
  };
  return {
    page: async (events) => {
      await start();
      await output.writeLines(events.map((event) => line(parse(event))));
    },
    end: start,
  };
}

function jsonWriter(output: Output): EventWriter {
  let written = 0;
  return {
    page: async (events) => {
      if (events.length === 0) return;
      const texts = events.map((event) => jsonLine(event, output));
      await output.write(`${written === 0 ? "[" : ","}\n${texts.join(",\n")}`);
      written += events.length;
    },
    end: () => output.write(written === 0 ? "[]\n" : "\n]\n"),
  };
}

function parse(text: string): unknown {
  return JSON.parse(text);
}
