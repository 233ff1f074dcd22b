/** SQL and its parameters for people. */
import type { Paint } from "./terminal.js";
import { printable, truncate } from "./text.js";

const MAX_VALUE = 100;

/** `$1 = {10.0.0.0/8}` for each value, one a line; long ones are cut. */
export function parameterLines(values: readonly string[], paint: Paint): string[] {
  return values.map(
    (value, index) => `${paint("yellow", `$${index + 1}`)} = ${truncate(printable(value), MAX_VALUE)}`,
  );
}

const KEYWORDS =
  /\b(?:select|from|where|order by|limit|and|or|not|is|null|true|false|any|all|array|exists|between|like|desc|asc|distinct|unnest)\b|\$\d+/gi;

/** The SQL with keywords and placeholders in colour. */
export function highlightSql(sql: string, paint: Paint): string {
  return sql.replace(KEYWORDS, (word) => paint(word.startsWith("$") ? "yellow" : "magenta", word));
}

/** SQL on lines of at most `width` columns, broken at blanks, the continued lines indented. */
export function wrapSql(sql: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of sql.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `  ${word}`;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
