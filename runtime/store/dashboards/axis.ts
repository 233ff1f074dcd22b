/** The time axis of a timeline: its step and the boundaries of its buckets. */
import type { CalendarUnit } from "../../../compiler/values/filter-values.js";
import { addUnits, truncateInstant } from "../../../compiler/values/relative-time.js";
import type { Micros } from "../../../compiler/values/time.js";
import { findZone, type Zone } from "../../../compiler/values/zone.js";
import { argumentError } from "../../../compiler/values/errors.js";
import type { Extent } from "./extent.js";

const OPERATION = "timelineEvents";

/** Buckets of one timeline; a step that would make more is refused. */
const MAX_BUCKETS = 10_000;
/** Buckets that a chosen step makes at most. */
const CHOSEN_BUCKETS = 200;

/** A step: so many units; days and longer units begin at midnight of the zone. */
export interface Step {
  readonly amount: number;
  readonly unit: CalendarUnit;
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

/** Reads a step such as `15m`, `1h`, `1d`, `1w`, `3mo`. @throws DataError for anything else */
export function parseStep(text: string): Step {
  const match = /^(\d{1,4})(s|m|h|d|w|mo|y)$/.exec(text);
  const amount = Number(match?.[1]);
  if (match && amount >= 1) return { amount, unit: match[2] as CalendarUnit, text };
  throw argumentError(
    OPERATION,
    `"${text}" is no step; write a number and a unit: 30s, 5m, 1h, 1d, 1w, 1mo or 1y`,
  );
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
  };
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
