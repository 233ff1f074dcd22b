/** Values of time and duration fields. */
import type { DurationText, LastTest, RangeItem, TimeValue, Value } from "../../grammar/ast.js";
import { problem } from "../../grammar/codes.js";
import { printItem } from "../../grammar/print.js";
import type { CalendarUnit, RelativeTime, TimeBound, TimeRange } from "../values/filter-values.js";
import { evaluateRelativeTime, namedUnit } from "../values/relative-time.js";
import { durationMicros, readDurationLiteral } from "../literals/duration.js";
import { literalValue, type FilterLiteral } from "../literals/literal.js";
import { readTimeLiteral, type TimeInterval } from "../values/time-literal.js";
import type { AtomTest } from "../tree.js";
import type { ResolveContext } from "./context.js";
import { expandItems } from "./named-sets.js";
import { lintSkippedTime } from "./lints.js";
import { slotOf } from "./parameters.js";
import { replacing, reportProblem, reportType } from "./values.js";
import type { Comparison } from "./comparison.js";
import type { Target } from "./target.js";

/** What a value on the right names: from its first microsecond to the one after its last. */
interface Interval {
  readonly from: TimeBound;
  /** Where what it bounds from above ends without it; `from`, unless clocks show that twice. */
  readonly until: TimeBound;
  readonly to: TimeBound;
  /** Its start is the end of a gap in the local time. */
  readonly skipped: boolean;
}

type ReadInterval = (value: Value, context: ResolveContext) => Interval | null;

/** `f in last 24h`: from so long ago until now, now included; null after an error. */
export function readLastTest(test: LastTest, context: ResolveContext): AtomTest | null {
  const from = windowStart(test.duration, context);
  if (!from) return null;
  const to: TimeBound = { kind: "relative", expression: NOW(context), edge: "end" };
  return { kind: "time", set: { ranges: [{ from, to }] } };
}

const NOW = ({ timeZone: zone }: ResolveContext): RelativeTime => ({
  base: "now",
  offsets: [],
  truncate: null,
  zone,
  unit: null,
});

function windowStart(length: LastTest["duration"], context: ResolveContext): TimeBound | null {
  if ("kind" in length) {
    const slot = slotOf(length, { type: "duration", list: false }, context);
    return slot && { kind: "window-slot", slot, zone: context.timeZone };
  }
  const offsets = [length, ...(length.rest ?? [])].map((part) => readOffset(-1, part, context));
  const read = offsets.filter((offset) => offset !== null);
  if (read.length < offsets.length) return null;
  return { kind: "relative", expression: { ...NOW(context), offsets: read }, edge: "start" };
}

/** `=`, order and `in` over instants; null after an error. */
export function readTimeTest(
  target: Target,
  comparison: Comparison,
  context: ResolveContext,
): AtomTest | null {
  return readRanges(comparison, context, (value, within) => {
    if (value.kind === "time") return readRelative(value, within);
    if (value.kind === "parameter") return slotInterval(value, "time", within);
    if (value.kind !== "atom" && value.kind !== "string") return wrongType(target, value, within);
    const text = value.kind === "atom" ? value.text : value.value;
    return fixedInterval(readTimeLiteral(text, within.timeZone), value, within);
  });
}

/** `=`, order and `in` over lengths of time; null after an error. */
export function readDurationTest(
  target: Target,
  comparison: Comparison,
  context: ResolveContext,
): AtomTest | null {
  return readRanges(comparison, context, (value, within) => {
    if (value.kind === "parameter") return slotInterval(value, "duration", within);
    if (value.kind !== "atom") return wrongType(target, value, within);
    const parts = /^(?:\d+[a-z]+){2,}$/i.test(value.text)
      ? [...value.text.matchAll(/\d+[a-z]+/gi)].map(([part]) => part)
      : [value.text];
    const lengths: bigint[] = [];
    for (const part of parts) {
      const read = readDurationLiteral(part);
      if (read.kind === "problem") return fixedInterval(read, value, within);
      const micros = durationMicros(read.value);
      if (micros !== null) lengths.push(micros);
    }
    const sum = lengths.reduce((total, micros) => total + micros, 0n);
    if (lengths.length === parts.length)
      return fixedInterval(literalValue(lengthInterval(sum)), value, within);
    within.report(problem("E403", { text: value.text }), value.span);
    return null;
  });
}

function readRanges(comparison: Comparison, context: ResolveContext, read: ReadInterval): AtomTest | null {
  const entries = expandItems(comparison.items, context, true);
  if (!entries) return null;
  const ranges: TimeRange[] = [];
  let sound = true;
  for (const { item, context: within } of entries) {
    const range =
      item.kind === "range" ? readRange(item, within, read) : compareRange(comparison.op, read(item, within));
    if (range) ranges.push(range);
    else sound = false;
  }
  return sound ? { kind: "time", set: { ranges } } : null;
}

/** `>=` and `<` count from the start of the named interval, `>` and `<=` from its end: `> 2024-05-01` is after that day. */
function compareRange(op: Comparison["op"], interval: Interval | null): TimeRange | null {
  if (!interval) return null;
  switch (op) {
    case "<":
      return { from: null, to: interval.until };
    case "<=":
      return { from: null, to: interval.to };
    case ">":
      return { from: interval.to, to: null };
    case ">=":
      return { from: interval.from, to: null };
    default:
      return { from: interval.from, to: interval.to };
  }
}

function readRange(item: RangeItem, context: ResolveContext, read: ReadInterval): TimeRange | null {
  const low = item.low && read(item.low, context);
  const high = item.high && read(item.high, context);
  if ((item.low && !low) || (item.high && !high)) return null;
  const range = { from: low && low.from, to: high && (item.exclusive ? high.until : high.to) };
  // What a gap leaves of a range may be nothing; the order of its ends is right all the same.
  if (low?.skipped === true || high?.skipped === true) return range;
  if (!runsBackwards(range, item.exclusive)) return range;
  const swapped = printItem({ ...item, low: item.high, high: item.low });
  context.report(problem("E307.times"), item.span, {
    fixes: [replacing(item.span, swapped)],
  });
  return null;
}

/**
 * Whether the range ends before it starts, whenever the filter runs. A range that includes its end is the longer for it, so there equal
 * bounds are the wrong way round. Ends that wait for an argument or are rounded may meet at some time.
 */
function runsBackwards({ from, to }: TimeRange, exclusive: boolean): boolean {
  const isBackwards = (start: bigint, end: bigint) => (exclusive ? start > end : start >= end);
  if (from?.kind === "instant" && to?.kind === "instant") return isBackwards(from.micros, to.micros);
  if (from?.kind !== "relative" || to?.kind !== "relative") return false;
  const [first, last] = [from.expression, to.expression];
  const isSteady = (first.base === "now") === (last.base === "now");
  if (!isSteady || first.truncate !== null || last.truncate !== null) return false;
  return SAMPLES.every((now) =>
    isBackwards(evaluateRelativeTime(first, now, from.edge), evaluateRelativeTime(last, now, to.edge)),
  );
}

/** An instant in each month of a year: days and months differ in length. */
const SAMPLES: readonly bigint[] = Array.from(
  { length: 12 },
  (_, month) => BigInt(Date.UTC(2024, month, 15, 12)) * 1000n,
);

type Offsets = RelativeTime["offsets"];

function readRelative(value: TimeValue, context: ResolveContext): Interval | null {
  const expression = readRelativeTime(value, context);
  return (
    expression &&
    steadyInterval(
      { kind: "relative", expression, edge: "start" },
      { kind: "relative", expression, edge: "end" },
    )
  );
}

/** What reading a relative time needs. */
type TimeContext = Pick<ResolveContext, "timeZone" | "text" | "report">;

/** `now-7d/d`; null after an error. */
export function readRelativeTime(value: TimeValue, context: TimeContext): RelativeTime | null {
  const [offsets, after] = [value.offsets, value.after ?? []].map((list) => readOffsets(list, context));
  if (!offsets || !after) return null;
  const parts = {
    base: value.base,
    offsets,
    truncate: value.truncate,
    ...(after.length === 0 ? {} : { after }),
  };
  // `now/d+8h` is an instant, `now/w+1d` a day.
  return { ...parts, zone: context.timeZone, unit: namedUnit(parts) };
}

function readOffsets(given: TimeValue["offsets"], context: TimeContext): Offsets | null {
  const read = given.map(({ sign, duration }) => readOffset(sign, duration, context));
  return read.includes(null) ? null : read.filter((offset) => offset !== null);
}

function readOffset(
  sign: 1 | -1,
  duration: DurationText,
  context: TimeContext,
): { readonly sign: 1 | -1; readonly amount: number; readonly unit: CalendarUnit } | null {
  const read = readDurationLiteral(`${duration.amount}${duration.unit}`);
  if (read.kind === "value") return { sign, ...read.value };
  const text = `${duration.amount}${duration.unit}`;
  reportProblem(read.problem, { kind: "atom", text, span: duration.span }, context);
  return null;
}

function slotInterval(
  value: Extract<Value, { kind: "parameter" }>,
  type: "time" | "duration",
  context: ResolveContext,
): Interval | null {
  const slot = slotOf(value, { type, list: false }, context);
  if (!slot) return null;
  const bound = (edge: "start" | "until" | "end"): TimeBound => ({
    kind: "time-slot",
    slot,
    type,
    edge,
    zone: context.timeZone,
  });
  if (type === "duration") return steadyInterval(bound("start"), bound("end"));
  return { from: bound("start"), until: bound("until"), to: bound("end"), skipped: false };
}

/** An interval whose start is one instant. */
function steadyInterval(from: TimeBound, to: TimeBound): Interval {
  return { from, until: from, to, skipped: false };
}

/** A length of time as the interval of its last microsecond. */
function lengthInterval(micros: bigint): TimeInterval {
  return { start: micros, until: micros, end: micros + 1n, skipped: false };
}

function fixedInterval(
  read: FilterLiteral<TimeInterval>,
  value: Value,
  context: ResolveContext,
): Interval | null {
  if (read.kind === "value") {
    const { start, until, end, skipped } = read.value;
    if (skipped) lintSkippedTime(value, start, context);
    return { from: instant(start), until: instant(until), to: instant(end), skipped };
  }
  reportProblem(read.problem, value, context);
  return null;
}

const instant = (micros: bigint): TimeBound => ({ kind: "instant", micros });

function wrongType(target: Target, value: Value, context: ResolveContext): null {
  reportType(target, value, context);
  return null;
}
