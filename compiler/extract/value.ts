/** What the reading of an event yields: the values of the fields, and problems on request. */
import type { IpRange } from "../values/ip-range.js";

/**
 * A value of a stored field, by its type: text, enum, ordered, hierarchy and id a string in the stored spelling; integer a number, beyond
 * 2^53 a bigint; float a number; boolean; ip a range; time microseconds since 1970-01-01T00:00:00Z, duration microseconds.
 */
export type StoredValue = string | number | boolean | bigint | IpRange;

/** The values of a field: any number for a list, at most one for a scalar. */
export type StoredValues = readonly StoredValue[];

/** Something in an event that could not be stored as it is. */
export interface Problem {
  /** Place in the event: `Source[0].IP4[2]`. */
  readonly path: string;
  /** What is wrong there, a phrase: `"10.0.0.300" is no address`. */
  readonly reason: string;
}

/**
 * Collects problems while an event is read. The readers keep `trail` at the place they are at, so that a path is put
 * together only when there is something to tell.
 */
export interface ProblemLog {
  readonly trail: (string | number)[];
  readonly problems: readonly Problem[];
  /** Problems beyond the limit, which are only counted. */
  readonly omitted: number;
  /** Notes a problem at the place that is being read. */
  note(reason: string): void;
}

/** An empty log that keeps the first `limit` problems and counts the others. */
export function problemLog(limit: number): ProblemLog {
  const trail: (string | number)[] = [];
  const problems: Problem[] = [];
  const log = {
    trail,
    problems,
    omitted: 0,
    note(reason: string): void {
      if (problems.length < limit) problems.push({ path: formatPath(trail), reason });
      else log.omitted++;
    },
  };
  return log;
}

/** Prints a place as `Source[0].IP4[2]`; the event itself is `$`. */
export function formatPath(trail: readonly (string | number)[]): string {
  if (trail.length === 0) return "$";
  return trail
    .map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join("");
}

const SHOWN_LENGTH = 40;

/** A value as messages show it: at most 40 characters of it, all of them printable ASCII or well-formed text. */
export function showValue(value: unknown): string {
  if (typeof value === "string") {
    const shown = JSON.stringify(value.slice(0, SHOWN_LENGTH));
    return value.length > SHOWN_LENGTH ? `${shown.slice(0, -1)}…"` : shown;
  }
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}
