/**
 * Parameters and columns of generated statements: from JavaScript to the text of the wire, and back.
 *
 * The readers take `undefined` too, which a row that is shorter than its mapper yields, and refuse it as they refuse NULL: statement and
 * mapper then disagree.
 */
import type { Buffer } from "node:buffer";
import { decodeArray, decodeTextArray, encodeArray } from "../../compiler/values/array.js";
import { encodeByteaArray } from "./bytea-array.js";
import { packEvent, readEventText } from "./event-text.js";
import { storable } from "../../compiler/values/text.js";
import { dateToMicros, formatMicros, microsToDate, parsePgTimestamp } from "../../compiler/values/time.js";

type Cell = string | null | undefined;

/** A text that PostgreSQL can hold. */
export const writeText = storable;

/** A finite number. @throws RangeError for NaN and the infinities */
export function writeNumber(value: number | bigint): string {
  if (typeof value === "number" && !Number.isFinite(value))
    throw new RangeError(`${value} is not a finite number`);
  return String(value);
}

/** true or false. */
export function writeBoolean(value: boolean): string {
  return value ? "t" : "f";
}

/** A `Date`, or a text that PostgreSQL reads as a time with zone. @throws RangeError for an invalid date */
export function writeTime(value: Date | string): string {
  return typeof value === "string" ? value : formatMicros(dateToMicros(value));
}

/** Texts, null for NULL. */
export function writeTexts(values: readonly (string | null)[]): string {
  return encodeArray(values);
}

/** Whole numbers, as such or as their digits. */
export function writeNumbers(values: readonly (number | bigint | string)[]): string {
  return encodeArray(values.map((value) => (typeof value === "string" ? value : writeNumber(value))));
}

/** Times, each as {@link writeTime} takes it. */
export function writeTimes(values: readonly (Date | string)[]): string {
  return encodeArray(values.map(writeTime));
}

/** The JSON text of an event, packed. */
export function writeEvent(text: string): Buffer {
  return packEvent(text);
}

/** JSON texts of events, packed. */
export function writeEvents(texts: readonly string[]): Buffer {
  return encodeByteaArray(texts.map((text) => packEvent(text)));
}

/** A writer for values that may be null. */
export function writeNullable<T>(value: T | null, write: (value: T) => string): string | null {
  return value === null ? null : write(value);
}

/** A column that is never NULL. @throws RangeError when it is */
export function readText(value: Cell): string {
  if (value === null || value === undefined) throw new RangeError("unexpected NULL from the database");
  return value;
}

/** A number, or a bigint that is a safe integer. */
export function readNumber(value: Cell): number {
  return Number(readText(value));
}

/** A bigint. */
export function readBigint(value: Cell): bigint {
  return BigInt(readText(value));
}

/** A boolean. */
export function readBoolean(value: Cell): boolean {
  return readText(value) === "t";
}

/** A timestamptz as a `Date`, which holds milliseconds: microseconds are cut off. */
export function readDate(value: Cell): Date {
  return microsToDate(parsePgTimestamp(readText(value)));
}

/** A timestamptz in ISO 8601, UTC, with its microseconds. */
export function readIsoTime(value: Cell): string {
  return formatMicros(parsePgTimestamp(readText(value)));
}

/** A json or jsonb value. */
export function readJson(value: Cell): unknown {
  return JSON.parse(readText(value)) as unknown;
}

/** The JSON text of an event. @throws RangeError when it is damaged */
export function readEvent(value: Cell): string {
  return readEventText(readText(value));
}

/** An array of texts, or of what is kept as text: addresses. */
export function readTexts(value: Cell): string[] {
  return decodeTextArray(readText(value));
}

/** An array of numbers. */
export function readNumbers(value: Cell): number[] {
  return readTexts(value).map(Number);
}

/** An array of booleans. */
export function readBooleans(value: Cell): boolean[] {
  return decodeArray(readText(value)).map((element) => element === "t");
}

/** A column that may be NULL. */
export function readNullable<T>(value: Cell, read: (value: string) => T): T | null {
  return value === null || value === undefined ? null : read(value);
}
