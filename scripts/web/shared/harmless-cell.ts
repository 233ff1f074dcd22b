/** Values of CSV that no spreadsheet runs. */

/** Spreadsheets take a text that begins like a formula for one; events are written by attackers. Numbers stay as they are. */
export function harmlessCell(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.]+$/.test(text) ? `'${text}` : text;
}
