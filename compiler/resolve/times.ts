/** Values of time and duration fields. */
import type { DurationText, LastTest, RangeItem, TimeValue, Value } from "../../grammar/ast.js";
import type { CalendarUnit, RelativeTime, TimeBound, TimeRange } from "../../runtime/codecs/filter-values.js";
import { durationMicros, readDurationLiteral } from "../literals/duration.js";
import type { Literal } from "../literals/literal.js";
import { readTimeLiteral } from "../literals/time.js";
import type { AtomTest } from "../tree.js";
import type { ResolveContext } from "./context.js";
import type { Target } from "./operand.js";
import type { Comparison } from "./predicate.js";
import { expandItems, reportProblem, reportType, slotOf } from "./values.js";

/** What a value on the right names: from its first microsecond to the one after its last. */
interface Interval {
  readonly from: TimeBound;
  readonly to: TimeBound;
}

type ReadInterval = (value: Value) => Interval | null;

/** `f in last 24h`: from so long ago until now, now included; null after an error. */
export function readLastTest(test: LastTest, context: ResolveContext): AtomTest | null {
  const offset = readOffset(1, test.duration, context);
  if (!offset) return null;
  const now: RelativeTime = { base: "now", offsets: [], truncate: null, zone: context.timeZone, unit: null };
  const start: RelativeTime = { ...now, offsets: [{ ...offset, sign: -1 }] };
  const range: TimeRange = {
    from: { kind: "relative", expression: start, edge: "start" },
    to: { kind: "relative", expression: now, edge: "end" },
  };
  return { kind: "time", set: { ranges: [range] } };
}

/** `=`, order and `in` over instants; null after an error. */
export function readTimeTest(
  target: Target,
  comparison: Comparison,
  context: ResolveContext,
): AtomTest | null {
  return readRanges(comparison, context, (value) => {
    if (value.kind === "time") return readRelative(value, context);
    if (value.kind === "parameter") return slotInterval(value, "time", context);
    if (value.kind !== "atom" && value.kind !== "string") return wrongType(target, value, context);
    return fixedInterval(
      readTimeLiteral(value.kind === "atom" ? value.text : value.value, context.timeZone),
      value,
      context,
    );
  });
}

/** `=`, order and `in` over lengths of time; null after an error. */
export function readDurationTest(
  target: Target,
  comparison: Comparison,
  context: ResolveContext,
): AtomTest | null {
  return readRanges(comparison, context, (value) => {
    if (value.kind === "parameter") return slotInterval(value, "duration", context);
    if (value.kind !== "atom") return wrongType(target, value, context);
    const read = readDurationLiteral(value.text);
    if (read.kind === "problem") return fixedInterval(read, value, context);
    const micros = durationMicros(read.value);
    if (micros !== null) return { from: instant(micros), to: instant(micros + 1n) };
    context.report("E403", `${value.text} has no fixed length; write it in days`, value.span);
    return null;
  });
}

function readRanges(comparison: Comparison, context: ResolveContext, read: ReadInterval): AtomTest | null {
  const items = expandItems(comparison.items, context);
  if (!items) return null;
  const ranges: TimeRange[] = [];
  let sound = true;
  for (const item of items) {
    const range =
      item.kind === "range" ? readRange(item, context, read) : compareRange(comparison.op, read(item));
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
      return { from: null, to: interval.from };
    case "<=":
      return { from: null, to: interval.to };
    case ">":
      return { from: interval.to, to: null };
    case ">=":
      return { from: interval.from, to: null };
    default:
      return interval;
  }
}

function readRange(item: RangeItem, context: ResolveContext, read: ReadInterval): TimeRange | null {
  const low = item.low && read(item.low);
  const high = item.high && read(item.high);
  if ((item.low && !low) || (item.high && !high)) return null;
  const from = low ? low.from : null;
  const to = high ? (item.exclusive ? high.from : high.to) : null;
  if (from?.kind === "instant" && to?.kind === "instant" && from.micros > to.micros) {
    const text = (end: Value | null) => (end ? context.text.slice(end.span.start, end.span.end) : "");
    const swapped = `${text(item.high)}..${text(item.low)}`;
    context.report("E307", "the range is empty: it starts after its end", item.span, {
      fixes: [{ title: `write ${swapped}`, edits: [{ ...item.span, text: swapped }] }],
    });
    return null;
  }
  return { from, to };
}

function readRelative(value: TimeValue, context: ResolveContext): Interval | null {
  const offsets: RelativeTime["offsets"][number][] = [];
  for (const { sign, duration } of value.offsets) {
    const offset = readOffset(sign, duration, context);
    if (!offset) return null;
    offsets.push(offset);
  }
  const wholeDays = offsets.every(
    ({ unit }) => unit === "d" || unit === "w" || unit === "mo" || unit === "y",
  );
  const unit = value.truncate ?? (value.base !== "now" && wholeDays ? "d" : null);
  const expression: RelativeTime = {
    base: value.base,
    offsets,
    truncate: value.truncate,
    zone: context.timeZone,
    unit,
  };
  return {
    from: { kind: "relative", expression, edge: "start" },
    to: { kind: "relative", expression, edge: "end" },
  };
}

function readOffset(
  sign: 1 | -1,
  duration: DurationText,
  context: ResolveContext,
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
  const slot = slotOf(value, type, false, context);
  if (!slot) return null;
  return {
    from: { kind: "time-slot", slot, type, edge: "start" },
    to: { kind: "time-slot", slot, type, edge: "end" },
  };
}

function fixedInterval(
  read: Literal<{ readonly start: bigint; readonly end: bigint }>,
  value: Value,
  context: ResolveContext,
): Interval | null {
  if (read.kind === "value") return { from: instant(read.value.start), to: instant(read.value.end) };
  reportProblem(read.problem, value, context);
  return null;
}

const instant = (micros: bigint): TimeBound => ({ kind: "instant", micros });

function wrongType(target: Target, value: Value, context: ResolveContext): null {
  reportType(target, value, context);
  return null;
}
