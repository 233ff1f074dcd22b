/** Comma-separated values as in RFC 4180, with a line feed as line end. */

/** How values are written: `safe` for spreadsheets, or `raw`, exactly as they are. */
export type CsvStyle = "safe" | "raw";

/**
 * One line of values without its end. A value is quoted where it holds a comma, a quote, a line break or outer blanks. A value that a
 * spreadsheet would take for a formula, and run, has an apostrophe before it; event data is chosen by whoever sent the event.
 */
export function csvLine(values: readonly string[], style: CsvStyle = "safe"): string {
  return values.map((value) => csvValue(style === "safe" ? withoutFormula(value) : value)).join(",");
}

function withoutFormula(value: string): string {
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}

function csvValue(value: string): string {
  return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
