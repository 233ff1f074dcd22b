/** A statement with its values written in, for people to read and paste. */
import pg from "../../postgres/driver/pg.js";
import { anything, checkArgument, columnText, listOf } from "../../../compiler/values/checks.js";
import { argumentError } from "../../../compiler/values/errors.js";
import { toWire } from "../../postgres/values.js";

/** What may hold a `$1` that is no placeholder, and placeholders: quoted texts and names, dollar quotes, comments. */
const PIECES =
  /e'(?:[^'\\]|\\[^]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_]\w*)?\$[^]*?\$\1\$|--[^\n]*|\/\*[^]*?\*\/|\$(\d+)/gi;

/**
 * The statement with each placeholder replaced by its value as an SQL literal. Only for showing: what is executed is always the statement with
 * placeholders and the values beside it.
 *
 * @throws DataError when a placeholder has no value, or a value has no text form in a statement
 */
export function mogrify(text: string, values: readonly unknown[] = []): string {
  checkArgument("mogrify", "the statement", text, columnText);
  checkArgument("mogrify", "the values", values, listOf(anything, "values"));
  return text.replace(PIECES, (piece: string, _tag: string | undefined, number: string | undefined) => {
    if (number === undefined) return piece;
    const position = Number(number);
    if (position < 1 || position > values.length)
      throw argumentError("mogrify", `the statement has $${number}, but there are ${values.length} values`);
    return literal(values[position - 1], position);
  });
}

function literal(value: unknown, position: number): string {
  // A sign in front of a number could run into an operator before it.
  if (typeof value === "number" || typeof value === "bigint")
    return Number.isFinite(Number(value)) ? (value < 0 ? `(${value})` : String(value)) : `'${value}'`;
  if (typeof value === "boolean") return String(value);
  const text = toWire(value);
  if (text?.includes("\u0000") === true)
    throw argumentError(
      "mogrify",
      `the value of $${position} holds U+0000, which no text of a statement can`,
    );
  return text === null ? "NULL" : pg.escapeLiteral(text);
}
