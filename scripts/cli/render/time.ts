/** Instants as clocks in a zone show them. */
import { dateToMicros, formatMicros } from "../../../compiler/values/time.js";
import { toLocal, zoneOf } from "../../../compiler/values/zone.js";

/** How much of an instant is shown. */
export type TimePrecision = "day" | "minute" | "second";

const LENGTHS: Readonly<Record<TimePrecision, number>> = { day: 10, minute: 16, second: 19 };

/**
 * `2024-05-01 08:00:00` in the zone, from microseconds since 1970. Fractions are left out.
 *
 * @throws RangeError when there is no such zone
 */
export function formatInstant(micros: bigint, timeZone: string, precision: TimePrecision = "second"): string {
  const shown = formatMicros(toLocal(micros, zoneOf(timeZone)));
  return shown.replace("T", " ").slice(0, LENGTHS[precision]);
}

/** {@link formatInstant} of a Date. */
export function formatDate(date: Date, timeZone: string, precision: TimePrecision = "second"): string {
  return formatInstant(dateToMicros(date), timeZone, precision);
}
