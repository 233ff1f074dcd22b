/** Time zones: local time of an instant and the instant of a local time, with PostgreSQL's choice where a clock is set. */
import { civilMicros, floorTo, MICROS_PER_DAY, MICROS_PER_SECOND, type Micros } from "./civil.js";

/** A zone: how far its clocks are ahead of UTC. */
export interface Zone {
  /** Name as asked for: `Europe/Prague`, `+02:00`, `UTC`. */
  readonly name: string;
  /** Microseconds that the clock is ahead of UTC at the instant. */
  readonly offsetAt: (instant: Micros) => Micros;
}

const FIXED = /^([+-])(\d\d)(?::?(\d\d))?$/;
const zones = new Map<string, Zone | null>();

/**
 * The zone of an IANA name (case ignored) or a fixed offset (`Z`, `+02`, `+0200`, `+02:00`); null when there is none. Zones are kept, because
 * their formatters are dear.
 */
export function findZone(name: string): Zone | null {
  let zone = zones.get(name);
  if (zone === undefined) {
    zone = fixedZone(name) ?? namedZone(name);
    // Names come from queries: only those that exist are kept, so that the map is bounded.
    if (zone !== null) zones.set(name, zone);
  }
  return zone;
}

/** {@link findZone} for a name that was checked before. @throws RangeError when there is no such zone */
export function zoneOf(name: string): Zone {
  const zone = findZone(name);
  if (zone === null)
    throw new RangeError(`"${name}" is not a time zone; write an IANA name such as Europe/Prague, or +02:00`);
  return zone;
}

function fixedZone(name: string): Zone | null {
  if (name === "UTC" || name === "Z" || name === "z") return { name, offsetAt: () => 0n };
  const match = FIXED.exec(name);
  if (match === null) return null;
  const [, sign, hours, minutes = "0"] = match;
  if (Number(hours) > 15 || Number(minutes) > 59) return null;
  const seconds = (Number(hours) * 60 + Number(minutes)) * 60;
  const offset = BigInt(sign === "-" ? -seconds : seconds) * MICROS_PER_SECOND;
  return { name, offsetAt: () => offset };
}

function namedZone(name: string): Zone | null {
  // Newer releases of Node take offsets of up to 23:59 for names.
  if (!/^[a-z]/i.test(name)) return null;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return null;
  }
  return {
    name,
    offsetAt: (instant) => {
      const second = floorTo(instant, MICROS_PER_SECOND);
      return wallClock(format, second) - second;
    },
  };
}

/** Local microseconds that the formatter shows for an instant of whole seconds. */
function wallClock(format: Intl.DateTimeFormat, instant: Micros): Micros {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of format.formatToParts(Number(instant / 1000n))) shown[type] = value;
  const year = shown.era === "BC" ? 1 - Number(shown.year) : Number(shown.year);
  const date = { year, month: Number(shown.month), day: Number(shown.day) };
  return civilMicros(date, (Number(shown.hour) * 60 + Number(shown.minute)) * 60 + Number(shown.second));
}

/** What clocks in the zone show at the instant. */
export function toLocal(instant: Micros, zone: Zone): Micros {
  return instant + zone.offsetAt(instant);
}

/**
 * The instant at which clocks in the zone show the local time. As PostgreSQL: a time that occurs twice is the later one, and one
 * that is skipped is read by the clock before the change, so it comes out after the gap.
 */
export function fromLocal(local: Micros, zone: Zone): Micros {
  const before = zone.offsetAt(local - MICROS_PER_DAY);
  const after = zone.offsetAt(local + MICROS_PER_DAY);
  return zone.offsetAt(local - after) === after ? local - after : local - before;
}

/** The instants at which clocks in a zone show a local time. */
export interface LocalReadings {
  /** The earliest; of a local time that is skipped, the end of the gap. */
  readonly first: Micros;
  /** The latest; of a local time that is skipped, the end of the gap. */
  readonly last: Micros;
  /** Clocks never show it, because they are put forward past it. */
  readonly skipped: boolean;
}

/** All readings of a local time: two where clocks are put back over it, none where they are put forward past it. */
export function readingsOf(local: Micros, zone: Zone): LocalReadings {
  const before = zone.offsetAt(local - MICROS_PER_DAY);
  const after = zone.offsetAt(local + MICROS_PER_DAY);
  const shows = (offset: Micros): boolean => zone.offsetAt(local - offset) === offset;
  const [early, late] = before > after ? [before, after] : [after, before];
  if (shows(early))
    return { first: local - early, last: shows(late) ? local - late : local - early, skipped: false };
  if (shows(late)) return { first: local - late, last: local - late, skipped: false };
  const end = endOfGap(local - early, local - late, zone);
  return { first: end, last: end, skipped: true };
}

/** The first instant after `low` with the offset of `high`: clocks change once in between, at a whole second. */
function endOfGap(low: Micros, high: Micros, zone: Zone): Micros {
  const offset = zone.offsetAt(high);
  let [before, from] = [floorTo(low, MICROS_PER_SECOND), floorTo(high, MICROS_PER_SECOND)];
  while (from - before > MICROS_PER_SECOND) {
    const middle = floorTo((before + from) / 2n, MICROS_PER_SECOND);
    if (zone.offsetAt(middle) === offset) from = middle;
    else before = middle;
  }
  return from;
}

/**
 * The instant from which on clocks show the local time no more, or later ones only: where they are put back, after the second time that they
 * showed the last microsecond before it.
 */
export function endOfLocal(local: Micros, zone: Zone): Micros {
  const { last, skipped } = readingsOf(local - 1n, zone);
  return skipped ? last : last + 1n;
}
