/** Records one below the other, for narrow terminals and for those who want to see all of each. */
import type { StyleName, Terminal } from "./terminal.js";
import { displayWidth, printable } from "./text.js";

/** A value of a record. */
export interface CardField {
  readonly name: string;
  readonly value: string;
}

/**
 * The lines of a record: its title, then each value that is not empty after its name. What is too long goes on in the next line, so that nothing wraps.
 *
 * @returns lines without line ends
 */
export function recordLines(
  title: string,
  fields: readonly CardField[],
  { width, paint }: Pick<Terminal, "width" | "paint">,
): string[] {
  const shown = fields.filter(({ value }) => value !== "");
  return [paint("bold", printable(title)), ...fieldLines(shown, { width, paint }, "dim")];
}

/** Columns that a value needs beside its name; with fewer it comes below. */
const MIN_ROOM = 16;

/** A line for each value after its name, as many as it takes. @returns lines without line ends */
export function fieldLines(
  fields: readonly CardField[],
  { width, paint }: Pick<Terminal, "width" | "paint">,
  style: StyleName,
): string[] {
  const label = fields.reduce((most, { name }) => Math.max(most, displayWidth(name)), 0);
  const room = width - label - 2;
  return fields.flatMap(({ name, value }) => {
    const text = printable(value);
    if (room < MIN_ROOM && displayWidth(text) > room)
      return [paint(style, name), ...pieces(text, Math.max(8, width - 2)).map((piece) => `  ${piece}`)];
    return pieces(text, Math.max(8, room)).map(
      (piece, index) => `${paint(style, (index === 0 ? name : "").padEnd(label))}  ${piece}`,
    );
  });
}

/** The text in pieces of at most `width` columns, broken at blanks where there are some. */
function pieces(text: string, width: number): string[] {
  if (displayWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const character of text) {
    const more = displayWidth(character);
    if (used + more > width) {
      const blank = line.lastIndexOf(" ");
      const cut = blank > width / 2 ? blank : line.length;
      lines.push(line.slice(0, cut).trimEnd());
      line = line.slice(cut).trimStart();
      used = displayWidth(line);
    }
    line += character;
    used += more;
  }
  return [...lines, line];
}
