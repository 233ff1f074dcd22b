/** Comma-separated values as in RFC 4180, with a line feed as line end. */

/** One line of values without its end. A value is quoted where it holds a comma, a quote, a line break or outer blanks. */
export function csvLine(values: readonly string[]): string {
  return values.map(csvValue).join(",");
}

function csvValue(value: string): string {
  return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
