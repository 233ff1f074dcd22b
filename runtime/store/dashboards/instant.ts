/** The ends of a timeline: what a filter takes for a time, as one instant. */
import { compileFilter, type FilterOptions } from "../../../compiler/compile.js";
import { timeBounds } from "../../../compiler/time-bounds.js";
import type { Condition } from "../../../compiler/tree.js";
import { argumentError } from "../../../compiler/values/errors.js";
import { dateToMicros, parseEventTime, type Micros } from "../../../compiler/values/time.js";
import { FilterError } from "../../../grammar/filter-error.js";

/** What the text of an instant is read with. */
export interface InstantOptions {
  /** Name of the time field that the instant is compared with. */
  readonly field: string;
  /** With the zone in which times without offset are read. */
  readonly filterOptions: FilterOptions;
  readonly now: Date;
}

/**
 * A Date, or a text as a filter has it: `2024-05-01T08:00:00Z`, `2024-05-01`, `now-7d/d`, `yesterday`. A text that names a whole unit means its start.
 *
 * @throws DataError `argument_invalid` for anything else
 */
export function readTimeArgument(
  operation: string,
  name: string,
  value: Date | string,
  options: InstantOptions,
): Micros {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return dateToMicros(value);
  const micros = typeof value === "string" ? (readText(value, options) ?? parseEventTime(value)) : null;
  if (micros !== null) return micros;
  throw argumentError(
    operation,
    `"${name}" is no time; give a Date or what a filter takes for a time, such as 2024-05-01T08:00:00Z, 2024-05-01 or now-7d`,
  );
}

function readText(text: string, { field, filterOptions, now }: InstantOptions): Micros | null {
  const condition = conditionOf(`${field} >= ${text}`, filterOptions);
  // Whatever else the text says makes it more than one comparison.
  if (condition?.kind !== "atom" || condition.negated) return null;
  const { test } = condition;
  if (test.kind !== "time" || test.set.ranges.length !== 1) return null;
  const [range] = test.set.ranges;
  if (range?.from?.kind === "time-slot" || range?.to !== null) return null;
  return timeBounds(condition, field, { args: {}, now: dateToMicros(now) }).from;
}

function conditionOf(text: string, options: FilterOptions): Condition | null {
  try {
    return compileFilter(text, options).condition;
  } catch (error) {
    if (error instanceof FilterError) return null;
    throw error;
  }
}
