/** `eventstore card`: the filter language on one screen. */
import type { Command } from "commander";
import { CARD } from "../card.js";
import type { CliContext } from "../context.js";
import { examples, formatOption, type ReportFormat } from "../help.js";
import { largest } from "../render/bars.js";
import { highlightFilterText } from "../render/highlight.js";
import type { Paint, Terminal } from "../render/terminal.js";
import { foldLines } from "../render/text.js";
import { jsonText } from "../render/json.js";

/** Adds `card`. */
export function addCardCommand(program: Command, context: CliContext): void {
  program
    .command("card")
    .summary("show the filter language on one screen")
    .description("Show the filter language on one screen.")
    .addOption(formatOption())
    .addHelpText("after", examples([["eventstore card", "to have it at hand"]]))
    .action(({ format }: { readonly format: ReportFormat }) => {
      const { stdout } = context;
      return stdout.writeLines(format === "json" ? [jsonText(CARD, stdout, 2)] : cardLines(stdout));
    });
}

const INDENT = "  ";

/** What a filter means comes below it. */
function narrowLines(paint: Paint, width: number): string[] {
  const lines = CARD.flatMap(({ title, entries }) => [
    paint("bold", title),
    ...entries.flatMap(({ filter, meaning }) => [
      INDENT + highlightFilterText(filter, paint),
      `${INDENT}${INDENT}${paint("dim", meaning)}`,
    ]),
  ]);
  return [...lines, MORE].flatMap((line) => foldLines(line, width).split("\n"));
}

const MORE = "More: eventstore fields, eventstore explain FILTER";

/** The lines of the card. */
export function cardLines({ paint, width: room }: Pick<Terminal, "paint" | "width">): string[] {
  const width = largest(CARD.flatMap(({ entries }) => entries.map(({ filter }) => filter.length)));
  const meanings = largest(CARD.flatMap(({ entries }) => entries.map(({ meaning }) => meaning.length)));
  if (room < INDENT.length + width + 2 + meanings) return narrowLines(paint, room);
  return [
    ...CARD.flatMap(({ title, entries }) => [
      paint("bold", title),
      ...entries.map(({ filter, meaning }) => {
        const blanks = " ".repeat(width - filter.length);
        return `${INDENT}${highlightFilterText(filter, paint)}${blanks}  ${paint("dim", meaning)}`;
      }),
    ]),
    MORE,
  ];
}
