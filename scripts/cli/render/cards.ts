/** Records one below the other, for narrow terminals and for those who want to see all of each. */
import type { Terminal } from "./terminal.js";
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
  const label = shown.reduce((most, { name }) => Math.max(most, displayWidth(name)), 0);
  const room = Math.max(8, width - label - 2);
  return [
    paint("bold", printable(title)),
    ...shown.flatMap(({ name, value }) =>
      pieces(printable(value), room).map(
        (piece, index) => `${paint("dim", (index === 0 ? name : "").padEnd(label))}  ${piece}`,
      ),
    ),
  ];
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
