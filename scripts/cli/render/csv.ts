/** Comma-separated values as in RFC 4180, with a line feed as line end. */

/** How values are written: `safe` for spreadsheets, or `raw`, exactly as they are. */
export type CsvStyle = "safe" | "raw";

/**
 * One line of values without its end. A value is quoted where it holds a comma, a quote, a line break or outer blanks. A value that a
 * spreadsheet would take for a formula, and run, has an apostrophe before it; event data is chosen by whoever sent the event.
 */
export function csvLine(values: readonly string[], style: CsvStyle = "safe"): string {
  return values.map((value) => csvValue(style === "safe" ? withoutFormulas(value) : value)).join(",");
}

/**
 * The beginning of a formula: its sign, of full width too, also where blanks, quotes or what has no width come before it, which spreadsheets pass over.
 * After a semicolon as well: where the comma is for decimals, spreadsheets take it for the end of a cell, quoted or not.
 */
const FORMULA = /(^|;)(?=[\s\p{Cf}"]*[=+\-@\uff1d\uff0b\uff0d\uff20])|^(?=[\t\r])/gu;

function withoutFormulas(value: string): string {
  return value.replace(FORMULA, "$1'");
}

function csvValue(value: string): string {
  return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
