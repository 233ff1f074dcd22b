/** Times that are given as the text of a literal when a filter runs: `2024-05-01`, `now-7d/d`, `yesterday`. */
import type { Micros } from "./civil.js";
import type { CalendarUnit, RelativeTime } from "./filter-values.js";
import { evaluateRelativeTime, namedUnit } from "./relative-time.js";
import { parseEventTime, parseRfc3339 } from "./time.js";
import { readTimeLiteral } from "./time-literal.js";

/** Which end of the interval is asked for that a time names; `until` is where one ends that this time is left out of. */
export type TimeEdge = "start" | "until" | "end";

/** What the reading of a text depends on. */
interface TimeContext {
  /** The zone of local times and of days. */
  readonly zone: string;
  /** The reading of the clock, in microseconds. */
  readonly now: Micros;
}

const LENGTHS = String.raw`(?:\d{1,9}(?:ms|mo|[smhdwy]))+`;
const RELATIVE = new RegExp(
  String.raw`^(now|today|yesterday|tomorrow)((?:[+-]${LENGTHS})*)(?:/(ms|mo|[smhdwy])((?:[+-]${LENGTHS})*))?$`,
  "i",
);

/**
 * An end of the interval that the text names, as the same text in a filter does. RFC 3339 in full, a number of seconds and the time of a mail
 * name an instant, which ends a microsecond later.
 *
 * @returns the instant in microseconds, or a sentence about what is wrong
 */
export function readTimeArgument(text: string, edge: TimeEdge, { zone, now }: TimeContext): Micros | string {
  const instant = parseRfc3339(text);
  if (instant !== null) return atEdge(instant, edge);
  const expression = readRelative(text.trim(), zone);
  if (expression !== null) return evaluateRelativeTime(expression, now, edge === "end" ? "end" : "start");
  const read = readTimeLiteral(text.trim(), zone);
  if (read.kind === "value") return read.value[edge];
  const other = parseEventTime(text);
  return other === null ? read.problem.message : atEdge(other, edge);
}

/** An end of the interval of one microsecond. */
export function atEdge(instant: Micros, edge: TimeEdge): Micros {
  return edge === "end" ? instant + 1n : instant;
}

function readRelative(text: string, zone: string): RelativeTime | null {
  const [, base = "", before = "", unit, behind = ""] =
    RELATIVE.exec(text.replace(/[ \t]*([+/-])[ \t]*/g, "$1")) ?? [];
  if (base === "") return null;
  const [offsets, after] = [offsetsOf(before), offsetsOf(behind)];
  const parts = {
    base: base.toLowerCase() as RelativeTime["base"],
    offsets,
    truncate: (unit?.toLowerCase() ?? null) as CalendarUnit | null,
    after,
  };
  return { ...parts, zone, unit: namedUnit(parts) };
}

function offsetsOf(text: string): RelativeTime["offsets"] {
  return [...text.matchAll(/([+-])([^+-]+)/g)].flatMap(([, sign, lengths = ""]) =>
    lengthsOf(lengths).map((length) => ({ ...length, sign: sign === "-" ? (-1 as const) : (1 as const) })),
  );
}

/** The parts of `1h30m`. */
export function lengthsOf(text: string): readonly { readonly amount: number; readonly unit: CalendarUnit }[] {
  return [...text.matchAll(/(\d+)([a-z]+)/gi)].map(([, amount = "", unit = ""]) => ({
    amount: Number(amount),
    unit: unit.toLowerCase() as CalendarUnit,
  }));
}
