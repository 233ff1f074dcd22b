/**
 * Checks of arguments and options: what plain JavaScript passes is refused with a sentence before it is used, and an option that does not exist
 * is never taken for one that is absent.
 */
import { argumentError } from "./errors.js";
import { didYouMean, nearest } from "./suggest.js";
import { isColumnText } from "./text.js";

/** What a value has to be, as a phrase after "is" (`a whole number from 1 to 100`); null when it is that. */
export type Check = (value: unknown) => string | null;

/** A check for each option of `T`: a new option without one does not compile. */
export type OptionChecks<T> = { readonly [Key in keyof Required<T>]: Check };

/** An argument of an operation. @throws DataError `argument_invalid`, naming the argument */
export function checkArgument(operation: string, name: string, value: unknown, check: Check): void {
  const wanted = check(value);
  if (wanted !== null) throw argumentError(operation, `${name} is ${wanted}, not ${shown(value)}`);
}

/**
 * The options of a call; absent ones and those that are undefined are fine.
 *
 * @throws DataError `argument_invalid`, naming an unknown option with the nearest right one, or the option whose value is wrong
 */
export function checkOptions(
  operation: string,
  options: unknown,
  checks: Readonly<Record<string, Check>>,
): void {
  if (options === undefined) return;
  const known = Object.keys(checks);
  const example = `{ ${known[0] ?? ""}: … }`;
  if (!isPlain(options))
    throw argumentError(operation, `the options are an object such as ${example}, not ${shown(options)}`);
  for (const [key, value] of Object.entries(options)) {
    const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
    if (check === undefined) throw unknownOption(operation, key, known);
    if (value !== undefined) checkArgument(operation, key, value, check);
  }
}

/** The error for an option that does not exist. `hint` goes before the nearest one. */
export function unknownOption(operation: string, key: string, known: readonly string[], hint = ""): Error {
  const guess = didYouMean(nearest(key, known), '"');
  const advice = hint || guess || (known.length === 0 ? "it takes none" : `the options are ${list(known)}`);
  return argumentError(operation, `there is no option "${key}"; ${advice}`);
}

function list(names: readonly string[]): string {
  return names.join(", ");
}

/** An object of options or values: no list, date, map or the like, whose own properties would be none. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === "[object Object]";
}

const LONGEST_SHOWN = 60;

/** A value for a message: short, on one line, never a secret's worth of text. */
export function shown(value: unknown): string {
  switch (typeof value) {
    case "string": {
      const text = JSON.stringify(value);
      return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…"` : text;
    }
    case "number":
    case "boolean":
    case "bigint":
    case "undefined":
      return String(value);
    case "object":
      if (value === null) return "null";
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid Date" : "a Date";
      return Array.isArray(value) ? "a list" : "an object";
    default:
      return `a ${typeof value}`;
  }
}

/** Any value. */
export const anything: Check = () => null;

/** Text. */
export const text: Check = (value) => (typeof value === "string" ? null : "a text");

/** Text that a column of the database can hold as it is. */
export const columnText: Check = (value) =>
  typeof value === "string" && isColumnText(value) ? null : "a text without U+0000 and half surrogate pairs";

/** Text with at least one character. */
export const someText: Check = (value) =>
  typeof value === "string" && value !== "" ? null : "a text that is not empty";

/** `true` or `false`: a text such as "false" would count as true. */
export const flag: Check = (value) => (typeof value === "boolean" ? null : "true or false");

/** A function. */
export const callback: Check = (value) => (typeof value === "function" ? null : "a function");

/** A valid Date. */
export const date: Check = (value) =>
  value instanceof Date && !Number.isNaN(value.getTime()) ? null : "a valid Date";

/** Longest time that a timer and `statement_timeout` take, in milliseconds. */
const MAX_MS = 2_147_483_647;

/** Milliseconds, 0 for no limit. */
export const milliseconds: Check = (value) =>
  typeof value === "number" && value >= 0 && value <= MAX_MS
    ? null
    : `a number of milliseconds from 0 to ${MAX_MS}`;

/** An AbortSignal, of whatever realm. */
export const abortSignal: Check = (value) =>
  typeof value === "object" && value !== null && "aborted" in value && "addEventListener" in value
    ? null
    : "an AbortSignal";

/** An object of values by name. */
export const record: Check = (value) => (isPlain(value) ? null : "an object");

/** A whole number within bounds, both included. */
export const wholeNumber =
  (min: number, max: number): Check =>
  (value) =>
    Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max
      ? null
      : `a whole number from ${min} to ${max}`;

/** One of some texts. */
export const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    typeof value === "string" && values.includes(value) ? null : `one of ${list(values)}`;

/** What any of the checks lets pass. */
export const either =
  (...checks: readonly Check[]): Check =>
  (value) => {
    const wanted = checks.map((check) => check(value));
    return wanted.includes(null) ? null : wanted.join(" or ");
  };

/** A list whose members pass. */
export const listOf =
  (member: Check, what: string): Check =>
  (value) =>
    Array.isArray(value) && value.every((item) => member(item) === null) ? null : `a list of ${what}`;

/** An object with these options only. */
export const objectOf =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) => {
    if (!isPlain(value)) return `an object with ${list(Object.keys(checks))}`;
    for (const [key, inner] of Object.entries(value)) {
      const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
      if (check === undefined) {
        const guess = didYouMean(nearest(key, Object.keys(checks)), '"');
        return `an object with ${list(Object.keys(checks))}${guess && ` (instead of "${key}" ${guess})`}`;
      }
      const wanted = inner === undefined ? null : check(inner);
      if (wanted !== null) return `an object whose ${key} is ${wanted}`;
    }
    return null;
  };
