/** Texts of events as the page shows them: harmless, and of a length that can be read. */
import { printable } from "../../cli/render/text.js";

/** Characters of a value in a card. */
const CARD = 800;

/** Characters of a value in a table. */
const CELL = 160;

/** Characters of an event as JSON. */
const JSON_TEXT = 100_000;

/** A text with every steering character as a picture, shortened. */
export function cellText(text: string): string {
  return shorten(printable(text), CELL, "…");
}

export function cardText(text: string): string {
  return shorten(
    printable(text),
    CARD,
    `… and ${formatNumber(Math.max(0, text.length - CARD))} more characters`,
  );
}

/** The event as JSON over several lines; the middle of a very long one is left out. */
export function indentedJson(event: unknown): string {
  const text = JSON.stringify(
    event,
    (_key, value: unknown) =>
      typeof value === "string" && value.length > CARD * 5
        ? shorten(value, CARD * 5, `… and ${formatNumber(value.length - CARD * 5)} more characters`)
        : value,
    2,
  );
  return shorten(
    text.split("\n").map(printableLine).join("\n"),
    JSON_TEXT,
    "\n… the rest is left out; export the event to have all of it",
  );
}

function printableLine(line: string): string {
  const indent = /^ */.exec(line)?.[0] ?? "";
  return indent + printable(line.slice(indent.length));
}

function shorten(text: string, most: number, mark: string): string {
  if (text.length <= most) return text;
  // Not in the middle of a pair.
  const end = /[\ud800-\udbff]$/.test(text.slice(0, most)) ? most - 1 : most;
  return text.slice(0, end) + mark;
}

const numbers = new Intl.NumberFormat("en-US");

/** `2,011`. */
export function formatNumber(number: number): string {
  return numbers.format(number);
}

/** `2,011 events`. */
export function eventsText(count: number): string {
  return `${formatNumber(count)} ${count === 1 ? "event" : "events"}`;
}
