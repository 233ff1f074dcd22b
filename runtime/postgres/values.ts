/** Values of queries given as text: to the wire, and from it. Generated statements bring codecs of their own. */
import pg from "./driver/pg.js";
import { argumentError } from "../../compiler/values/errors.js";
import { formatIpRange, isIpRange } from "../../compiler/values/ip-range.js";
import type { WireValue } from "./statement.js";
import type { Reply } from "./exchange.js";
import type { QueryRows } from "./session.js";

/**
 * A JavaScript value as PostgreSQL's text format: arrays as array literals, dates in ISO, bytes in hex, ranges of addresses as ip4r reads them,
 * other objects as JSON. DataError for what has no such form (functions, symbols, invalid dates, objects that JSON can't hold).
 */
export function toWire(value: unknown): WireValue {
  switch (typeof value) {
    case "undefined":
      return null;
    case "string":
      return value;
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    case "object":
      return value === null ? null : objectToWire(value);
    default:
      throw argumentError(
        "query",
        `a ${typeof value} can't be a query parameter; pass text, a number, a date, bytes or a list`,
      );
  }
}

function objectToWire(value: object): string {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime()))
      throw argumentError("query", "an invalid Date can't be a query parameter");
    return value.toISOString();
  }
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString("hex")}`;
  if (isIpRange(value)) return formatIpRange(value);
  return Array.isArray(value) ? arrayLiteral(value) : jsonOf(value);
}

function jsonOf(value: object): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw argumentError("query", `an object can't be a query parameter: it is no JSON (${reason})`, error);
  }
}

function arrayLiteral(items: readonly unknown[]): string {
  const elements = items.map((item) => {
    if (Array.isArray(item)) return arrayLiteral(item);
    const text = toWire(item);
    return text === null ? "NULL" : `"${text.replace(/[\\"]/gu, "\\$&")}"`;
  });
  return `{${elements.join(",")}}`;
}

/** Rows by column name, parsed as `pg` does by default. */
export function toQueryRows(reply: Reply): QueryRows {
  const columns = reply.fields.map(({ name }) => name);
  const parsers = reply.fields.map(({ dataTypeID }) => parserOf(dataTypeID));
  const rows = reply.rows.map((row) => {
    const values = row.map((value, index): unknown => (value === null ? null : parsers[index]?.(value)));
    return Object.fromEntries(columns.map((name, index) => [name, values[index]]));
  });
  return { rows, rowCount: reply.rowCount ?? 0, columns, command: reply.command };
}

/** The parser that `pg` has for a type; text for types that it doesn't know, such as those of extensions. */
function parserOf(typeId: number): (text: string) => unknown {
  // The declaration wants a member of its list of built-in types, and gives `any`.
  const lookUp = pg.types.getTypeParser as (id: number, format: "text") => (text: string) => unknown;
  return lookUp(typeId, "text");
}
