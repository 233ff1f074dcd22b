/** Text in columns of a terminal: what it is wide, how it is cut, and what must not reach the terminal. */
import { withoutMarks } from "./marks.js";

/**
 * Characters that steer a terminal or turn the text around: C0, DEL, C1, line separators, bidirectional controls, lone surrogates.
 * They come from event data, which whoever sent the event has chosen.
 */
const STEERING = new RegExp(
  "[\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ufeff]" +
    "|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]",
  "g",
);

/** The text on one line with every character harmless: breaks and tabs are blanks, other controls are pictures (`␛`) or `�`. */
export function printable(text: string): string {
  return text.replace(/[\t\r\n]+/g, " ").replace(STEERING, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? "\u2421" : "\ufffd";
  });
}

/** Text of several lines with everything harmless but line ends and tabs. */
export function harmless(text: string): string {
  return text
    .split(/([\n\t])/)
    .map((part, index) => (index % 2 === 1 ? part : printable(part)))
    .join("");
}

/** JSON text with the steering characters escaped, which JSON itself allows in strings from U+007F on. The value stays the same. */
export function printableJson(json: string): string {
  return json.replace(STEERING, (character) =>
    /[\t\r\n]/.test(character) ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]$/u;
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

function characterWidth(character: string): number {
  if (ZERO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

const PLAIN = /^[ -~]*$/;

/** Columns that a printable text takes, whatever its styles. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of withoutMarks(text)) width += characterWidth(character);
  return width;
}

/** The text in at most `width` columns; what is cut off is shown by `mark`. */
export function truncate(text: string, width: number, mark = "…"): string {
  if (displayWidth(text) <= width) return text;
  const room = width - displayWidth(mark);
  if (room < 0) return "";
  let taken = "";
  let used = 0;
  for (const character of text) {
    used += characterWidth(character);
    if (used > room) break;
    taken += character;
  }
  return taken.trimEnd() + mark;
}

/** The text in exactly `width` columns: cut or filled with blanks. */
export function fit(text: string, width: number, align: "left" | "right" = "left", mark = "…"): string {
  const cut = truncate(text, width, mark);
  const blanks = " ".repeat(Math.max(0, width - displayWidth(cut)));
  return align === "left" ? cut + blanks : blanks + cut;
}

/** The words of a text on lines of at most `width` columns; a longer word has a line for itself. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    if (line !== "" && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** The text with lines that are too long broken between words; what follows of a line is indented as its beginning is. */
export function foldLines(text: string, width: number): string {
  if (!Number.isFinite(width)) return text;
  return text
    .split("\n")
    .flatMap((line) => {
      if (displayWidth(line) <= width) return [line];
      const indent = line.slice(0, line.length - line.trimStart().length);
      return wrap(line, width - indent.length).map((part) => indent + part);
    })
    .join("\n");
}
