/** The instants of relative times (`now-7d/d`), computed from one reading of `now` when a filter is executed. */
import {
  addMonths,
  civilMicros,
  daysFromCivil,
  floorTo,
  MICROS_PER_DAY,
  splitDay,
  type Micros,
} from "./civil.js";
import type { CalendarUnit, RelativeTime } from "./filter-values.js";
import { fromLocal, toLocal, zoneOf, type Zone } from "./zone.js";

/** Microseconds of the units whose length is fixed. */
export const UNIT_MICROS = { ms: 1_000n, s: 1_000_000n, m: 60_000_000n, h: 3_600_000_000n } as const;

/**
 * The start or the end (exclusive) of the interval that the expression names.
 *
 * Days and longer units are counted on the calendar of the expression's zone, shorter ones exactly; a day that a month lacks
 * becomes its last one. Offsets are applied in order, then the result is rounded down.
 *
 * @param now the reading of the clock, microseconds since 1970-01-01T00:00:00Z
 * @throws RangeError when the zone does not exist
 */
export function evaluateRelativeTime(expression: RelativeTime, now: Micros, edge: "start" | "end"): Micros {
  const zone = zoneOf(expression.zone);
  let instant = expression.base === "now" ? now : truncateInstant(now, "d", zone);
  if (expression.base === "yesterday") instant = addUnits(instant, -1, "d", zone);
  if (expression.base === "tomorrow") instant = addUnits(instant, 1, "d", zone);
  for (const { sign, amount, unit } of expression.offsets)
    instant = addUnits(instant, sign * amount, unit, zone);
  if (expression.truncate !== null) instant = truncateInstant(instant, expression.truncate, zone);
  for (const { sign, amount, unit } of expression.after ?? [])
    instant = addUnits(instant, sign * amount, unit, zone);
  if (edge === "start") return instant;
  return expression.unit === null ? instant + 1n : addUnits(instant, 1, expression.unit, zone);
}

/**
 * The unit that an expression names: what it is rounded down to, a day where its base is one and only days are added. What is added to a rounded
 * time leads to a day, or to an instant, which is null.
 */
export function namedUnit({
  base,
  offsets,
  truncate,
  after = [],
}: Pick<RelativeTime, "base" | "offsets" | "truncate" | "after">): CalendarUnit | null {
  const rounded = truncate ?? (base !== "now" && inWholeDays(offsets) ? "d" : null);
  return after.length === 0 ? rounded : inWholeDays(after) && rounded !== null ? "d" : null;
}

const inWholeDays = (offsets: RelativeTime["offsets"]): boolean =>
  offsets.every(({ unit }) => /^(?:d|w|mo|y)$/.test(unit));

/** The instant `amount` units later (or earlier, for a negative amount) in the zone. `amount` is whole. */
export function addUnits(instant: Micros, amount: number, unit: CalendarUnit, zone: Zone): Micros {
  // Going to local time and back would change the first of two equal local times to the second.
  if (amount === 0) return instant;
  switch (unit) {
    case "ms":
    case "s":
    case "m":
    case "h":
      return instant + BigInt(amount) * UNIT_MICROS[unit];
    case "d":
      return addDays(instant, amount, zone);
    case "w":
      return addDays(instant, amount * 7, zone);
    case "mo":
      return addCalendarMonths(instant, amount, zone);
    case "y":
      return addCalendarMonths(instant, amount * 12, zone);
  }
}

function addDays(instant: Micros, days: number, zone: Zone): Micros {
  return fromLocal(toLocal(instant, zone) + BigInt(days) * MICROS_PER_DAY, zone);
}

function addCalendarMonths(instant: Micros, months: number, zone: Zone): Micros {
  const { date, timeOfDay } = splitDay(toLocal(instant, zone));
  return fromLocal(civilMicros(addMonths(date, months), 0) + timeOfDay, zone);
}

/** The start of the unit in which the instant lies, in the zone; weeks start on Monday. */
export function truncateInstant(instant: Micros, unit: CalendarUnit, zone: Zone): Micros {
  const local = toLocal(instant, zone);
  switch (unit) {
    case "ms":
    case "s":
    case "m":
    case "h":
      // The offset of the instant is kept: an hour that occurs twice has two starts.
      return instant - (local - floorTo(local, UNIT_MICROS[unit]));
    case "d":
      return fromLocal(floorTo(local, MICROS_PER_DAY), zone);
    case "w": {
      const days = daysFromCivil(splitDay(local).date);
      // 1970-01-01 was a Thursday, three days after a Monday.
      const monday = days - ((((days + 3) % 7) + 7) % 7);
      return fromLocal(BigInt(monday) * MICROS_PER_DAY, zone);
    }
    case "mo":
    case "y": {
      const { year, month } = splitDay(local).date;
      return fromLocal(civilMicros({ year, month: unit === "y" ? 1 : month, day: 1 }, 0), zone);
    }
  }
}
