/** The time axis of a timeline: its step and the boundaries of its buckets. */
import type { CalendarUnit } from "../../../compiler/values/filter-values.js";
import { addUnits, truncateInstant } from "../../../compiler/values/relative-time.js";
import type { Micros } from "../../../compiler/values/time.js";
import { findZone, type Zone } from "../../../compiler/values/zone.js";
import { argumentError } from "../../../compiler/values/errors.js";
import { civilMicros, floorTo, MICROS_PER_DAY, MICROS_PER_HOUR } from "../../../compiler/values/civil.js";
import type { Extent } from "./extent.js";

const OPERATION = "timelineEvents";

/** Buckets of one timeline; a step that would make more is refused. */
const MAX_BUCKETS = 10_000;
/** Buckets that a chosen step makes at most. */
const CHOSEN_BUCKETS = 200;

/** A step: a number of units; days and longer units begin at midnight of the zone. */
export interface Step {
  readonly amount: number;
  readonly unit: CalendarUnit;
  /** As {@link parseStep} reads it. */
  readonly text: string;
}

/** Steps that people read easily, ascending, with their usual length in seconds. */
const STEPS: readonly (readonly [text: string, seconds: number])[] = [
  ["1s", 1],
  ["5s", 5],
  ["10s", 10],
  ["30s", 30],
  ["1m", 60],
  ["5m", 300],
  ["10m", 600],
  ["15m", 900],
  ["30m", 1800],
  ["1h", 3600],
  ["2h", 7200],
  ["3h", 10_800],
  ["6h", 21_600],
  ["12h", 43_200],
  ["1d", 86_400],
  ["1w", 604_800],
  ["1mo", 2_678_400],
  ["3mo", 7_948_800],
  ["1y", 31_622_400],
  ["10y", 316_224_000],
  ["100y", 3_162_240_000],
];

/** Words for units, and what they are short for. */
const UNIT_WORDS: Readonly<Record<string, CalendarUnit>> = {
  ...{ s: "s", sec: "s", secs: "s", second: "s", seconds: "s" },
  ...{ m: "m", min: "m", mins: "m", minute: "m", minutes: "m" },
  ...{ h: "h", hr: "h", hour: "h", hours: "h", hourly: "h" },
  ...{ d: "d", day: "d", days: "d", daily: "d" },
  ...{ w: "w", week: "w", weeks: "w", weekly: "w" },
  ...{ mo: "mo", month: "mo", months: "mo", monthly: "mo" },
  ...{ y: "y", year: "y", years: "y", yearly: "y" },
};

/**
 * Reads a step: `15m`, `1h`, `1mo`, in words (`hour`, `5 minutes`, `1 day`), or a number of seconds (`3600`), which is exact whatever the
 * clock is set to. @throws DataError `argument_invalid` for anything else
 */
export function parseStep(given: string | number): Step {
  const text = String(given).trim();
  const match = /^(\d{0,9}) ?([A-Za-z]*)$/.exec(text);
  const [, digits = "", word = ""] = match ?? [];
  const amount = digits === "" ? 1 : Number(digits);
  const name = word.toLowerCase();
  const unit = Object.hasOwn(UNIT_WORDS, name) ? UNIT_WORDS[name] : undefined;
  if (amount >= 1 && digits !== "" && word === "") return secondsStep(amount);
  if (amount >= 1 && unit !== undefined && (digits !== "" || word.length > 2)) return step(amount, unit);
  throw argumentError(
    OPERATION,
    `"${text}" is no step; write a number and a unit (30s, 5m, 1h, 1d, 1w, 1mo or 1y), words such as "5 minutes", or a number of seconds`,
  );
}

function step(amount: number, unit: CalendarUnit): Step {
  return { amount, unit, text: `${amount}${unit}` };
}

/** A number of seconds, in the longest unit of a fixed length. */
function secondsStep(seconds: number): Step {
  if (seconds % 3600 === 0) return step(seconds / 3600, "h");
  return seconds % 60 === 0 ? step(seconds / 60, "m") : step(seconds, "s");
}

/** The smallest readable step with at most 200 buckets between the instants. */
function chooseStep(from: Micros, to: Micros): Step {
  const seconds = Number(to - from) / 1e6;
  const chosen = STEPS.find(([, length]) => seconds / length <= CHOSEN_BUCKETS - 2) ?? STEPS.at(-1)!;
  return parseStep(chosen[0]);
}

/** The zone of that name. @throws DataError when there is none */
export function timelineZone(name: string): Zone {
  const zone = findZone(name);
  if (zone) return zone;
  throw argumentError(
    OPERATION,
    `there is no time zone "${name}"; use an IANA name such as Europe/Prague, or an offset such as +02:00`,
  );
}

/** What was asked of an axis; null where it goes by the events. */
export interface AxisRequest {
  readonly from: Micros | null;
  readonly to: Micros | null;
  readonly step: Step | null;
  readonly zone: Zone;
}

/** An axis: from `first` up to and without `last`. */
export interface AxisPlan {
  readonly first: Micros;
  readonly last: Micros;
  readonly step: Step;
  /** Start of one bucket before the first, of any length, for events of impossible times; null when there is none. */
  readonly before: Micros | null;
  /** End of one bucket after the last, likewise. */
  readonly after: Micros | null;
}

/** The axis for events of some extent, whole steps where nobody asked for an end; null when it has no length. */
export function planAxis(
  { from, to, step: given, zone }: AxisRequest,
  extent: Extent | null,
): AxisPlan | null {
  const start = from ?? extent?.oldest ?? null;
  const end = to ?? (extent === null ? null : extent.newest + 1n);
  if (start === null || end === null || start >= end) return null;
  const step = given ?? chooseStep(start, end);
  return {
    first: from ?? firstMark(start, step, zone),
    last: to ?? addUnits(firstMark(end - 1n, step, zone), step.amount, step.unit, zone),
    step,
    before: null,
    after: null,
  };
}

/** Before this no sensor saw anything: IDEA and its forerunners are younger, and a clock that was never set is at 1970. */
const FIRST_LIKELY: Micros = civilMicros({ year: 1990, month: 1, day: 1 }, 0);
const YEAR: Micros = 366n * MICROS_PER_DAY;

/** Times at which an event may well have been seen: from 1990 to a year from now. */
export function likelyTimes(now: Micros): Extent {
  return { oldest: FIRST_LIKELY, newest: now + YEAR };
}

/** Whether the times of some events are all likely, at the ends of the axis that go by the events. */
export function isLikely({ from, to }: AxisRequest, extent: Extent, likely: Extent): boolean {
  return (from !== null || extent.oldest >= likely.oldest) && (to !== null || extent.newest <= likely.newest);
}

/**
 * An axis for the events of likely times, `inner`, with one bucket at each end for those that lie outside: one event of the year 9999 would
 * otherwise make each bucket a century.
 */
export function planWithin(request: AxisRequest, inner: Extent, whole: Extent): AxisPlan | null {
  const plan = planAxis(request, inner);
  if (plan === null) return null;
  return {
    ...plan,
    before:
      request.from === null && whole.oldest < plan.first ? floorTo(whole.oldest, MICROS_PER_HOUR) : null,
    after:
      request.to === null && whole.newest >= plan.last
        ? floorTo(whole.newest, MICROS_PER_HOUR) + MICROS_PER_HOUR
        : null,
  };
}

/** The boundaries of an axis with the buckets at its ends. */
export function axisMarks({ first, last, step, before, after }: AxisPlan, zone: Zone): readonly Micros[] {
  const marks = boundaries(first, last, step, zone);
  return [...(before === null ? [] : [before]), ...marks, ...(after === null ? [] : [after])];
}

/** Whether two axes are the same. As all of it grows with the extent, what is the same for two extents is so for those between them. */
export function samePlan(a: AxisPlan | null, b: AxisPlan | null): boolean {
  return a?.first === b?.first && a?.last === b?.last && a?.step.text === b?.step.text;
}

/**
 * The boundaries of the buckets, ascending: bucket i is `[b[i], b[i+1])`. The first boundary is `from`, the last `to`; those between lie on whole
 * steps of the zone, so that a bucket of a day begins at midnight, also where a clock is set, and the first and last may be shorter.
 *
 * @throws DataError for more than {@link MAX_BUCKETS}
 */
export function boundaries(from: Micros, to: Micros, step: Step, zone: Zone): readonly Micros[] {
  const marks: Micros[] = [from];
  let mark = firstMark(from, step, zone);
  while (mark < to) {
    if (mark > from) marks.push(mark);
    if (marks.length > MAX_BUCKETS)
      throw argumentError(
        OPERATION,
        `a step of ${step.text} makes more than ${MAX_BUCKETS} buckets; take a longer step or a shorter time`,
      );
    const next = addUnits(mark, step.amount, step.unit, zone);
    // Where a clock is set back, the same local time may come again.
    mark = next > mark ? next : mark + 1_000_000n;
  }
  marks.push(to);
  return marks;
}

/** The whole step at or before an instant: multiples of seconds, minutes and hours are counted from midnight, of other units from their own start. */
function firstMark(instant: Micros, { amount, unit }: Step, zone: Zone): Micros {
  if (amount === 1 || unit === "d" || unit === "w" || unit === "mo" || unit === "y")
    return truncateInstant(instant, unit, zone);
  let mark = truncateInstant(instant, "d", zone);
  for (;;) {
    const next = addUnits(mark, amount, unit, zone);
    if (next > instant) return mark;
    mark = next;
  }
}
