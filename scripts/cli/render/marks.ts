/**
 * Styles within a text on its way to a stream. What steers a terminal is written by the output alone, in the place of marks that no text from outside
 * can hold: they have a number of this process in them. So an event, a filter or the name of a file colours, hides and erases nothing, whatever is in it.
 */

/** Begins a mark: a character that Unicode keeps for the use within programs, and a number that nobody knows beforehand. */
const OPEN = `\ufdd0${crypto.getRandomValues(new Uint32Array(2)).join("-")}:`;

const MARK = new RegExp(`${OPEN}([0-9;]*)([mK])`, "g");

/** Takes the line away that was written last, so that the next text comes in its place. */
export const ERASE = `${OPEN}K`;

/** The text in a style, by its number in ANSI. */
export function marked(style: string | number, text: string): string {
  return `${OPEN}${style}m${text}${OPEN}0m`;
}

/** The text without marks. */
export function withoutMarks(text: string): string {
  return text.includes(OPEN) ? text.replace(MARK, "") : text;
}

/** The text with the sequences of a terminal in the place of marks, and everything between them as `clean` gives it. */
export function toSequences(text: string, clean: (part: string) => string): string {
  if (!text.includes(OPEN)) return clean(text);
  let shown = "";
  let at = 0;
  for (const { 0: mark, 1: style = "", 2: kind, index } of text.matchAll(MARK)) {
    shown += clean(text.slice(at, index)) + (kind === "K" ? "\r\u001b[2K" : `\u001b[${style}m`);
    at = index + mark.length;
  }
  return shown + clean(text.slice(at));
}

/** A text that is harmless but for styles of our own, with marks in their places. */
export function markedSequences(text: string): string {
  return text.replace(/\u001b\[([0-9;]*m)/g, `${OPEN}$1`);
}
