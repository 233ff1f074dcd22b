/** The ends of a timeline: what a filter takes for a time, as one instant. */
import { readInstantText } from "../../../compiler/resolve/instant.js";
import { argumentError } from "../../../compiler/values/errors.js";
import { dateToMicros, parseEventTime, type Micros } from "../../../compiler/values/time.js";

/** What the text of an instant is read with. */
export interface InstantOptions {
  /** The zone in which times without offset are read; UTC when absent. */
  readonly timeZone?: string | undefined;
  readonly now: Date;
}

/**
 * A Date, or a text as a filter has it: `2024-05-01T08:00:00Z`, `2024-05-01`, `now-7d/d`, `yesterday`. A text that names a whole unit means its start.
 *
 * @throws DataError `argument_invalid` for anything else
 */
export function readTimeOption(
  operation: string,
  name: string,
  value: Date | string,
  options: InstantOptions,
): Micros {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return dateToMicros(value);
  const micros = typeof value === "string" ? readText(value, options) : null;
  if (micros !== null) return micros;
  throw argumentError(
    operation,
    `"${name}" is no time; give a Date or what a filter takes for a time, such as 2024-05-01T08:00:00Z, 2024-05-01 or now-7d`,
  );
}

function readText(text: string, { now, timeZone }: InstantOptions): Micros | null {
  const read = readInstantText(text, { now: dateToMicros(now), timeZone });
  return read.kind === "instant" ? read.micros : parseEventTime(text);
}
