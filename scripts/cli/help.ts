/** Parts of help and options that several commands share. */
import { Option, type Command } from "commander";
import type { OptionRule } from "./option-rules.js";
import { collect, durationOption } from "./options.js";
import type { Terminal } from "./render/terminal.js";
import { printable } from "./render/text.js";

/** Text for the end of a help page: commands to try, each with what it does where that is not plain. */
export function examples(entries: readonly (readonly [command: string, meaning?: string])[]): string {
  const lines = entries.flatMap(([command, meaning]) =>
    meaning === undefined ? [`  ${command}`] : [`  ${command}`, `      ${meaning}`],
  );
  return ["", "Examples:", ...lines].join("\n");
}

/** The option of commands that take a filter with parameters. */
export function paramOption(): Option {
  const option = new Option("-p, --param <NAME=VALUE>", "value of a $NAME in the filter; may be repeated");
  return option.argParser(collect);
}

/** Adds the options of commands that run a query with a filter. */
export function addQueryOptions(command: Command): Command {
  return command
    .addOption(paramOption())
    .addOption(
      new Option("--timeout <TIME>", "give up after so long, for example 30s").argParser(durationOption),
    )
    .addOption(new Option("--name <NAME>", "name of the query, for `eventstore cancel`"));
}

/** The option of commands that write csv. */
export function rawOption(): Option {
  return new Option("--raw", "with csv: leave cells as they are that a spreadsheet would take for a formula");
}

/** What holds of it in each of them. */
export const RAW_RULE: OptionRule = {
  option: "--raw",
  with: ["--format csv"],
  why: "it is about cells that a spreadsheet would take for a formula",
};

/** Formats of events. */
export const EVENT_FORMATS = ["table", "ndjson", "json", "csv"] as const;

/** One of {@link EVENT_FORMATS}. */
export type OutputFormat = (typeof EVENT_FORMATS)[number];

/** Formats of what a command has done or found where it is no table. */
export type ReportFormat = "text" | "json";

/** The option that chooses between a text and one JSON value. */
export function formatOption(): Option {
  return new Option("-f, --format <FORMAT>", "how it is shown").choices(["text", "json"]).default("text");
}

/** Warnings about the store as lines for standard error. */
export function warningLines(
  warnings: readonly string[],
  { stderr }: { readonly stderr: Pick<Terminal, "paint"> },
): readonly string[] {
  return warnings.map((warning) => `${stderr.paint("yellow", "warning:")} ${printable(warning)}`);
}

/** What FILTER arguments are, for the help of commands that take one. */
export const FILTER_HELP =
  "filter, best in single quotes; `-` reads it from standard input; none: every event";
