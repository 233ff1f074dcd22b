/** Values of integer and float fields, and of the functions that yield a number. */
import type { RangeItem, Value } from "../../grammar/ast.js";
import { problem } from "../../grammar/codes.js";
import type { WholeNumber } from "../values/exact-json.js";
import type { NumberRange, NumberSet, NumberSlot } from "../values/filter-values.js";
import { readFloatLiteral, readIntegerLiteral } from "../literals/number.js";
import { nearest } from "../values/suggest.js";
import { weekdayOf } from "../values/weekday.js";
import type { ResolveContext } from "./context.js";
import { expandItems } from "./named-sets.js";
import { numberSlotOf } from "./parameters.js";
import { replacing, reportProblem, reportType, valueText } from "./values.js";
import type { Comparison } from "./comparison.js";
import type { Target } from "./target.js";

/** The numbers that meet the comparison; null after an error. */
export function readNumberSet(
  target: Target,
  comparison: Comparison,
  context: ResolveContext,
): NumberSet | null {
  const entries = expandItems(comparison.items, context, true);
  if (!entries) return null;
  const points: (WholeNumber | NumberSlot)[] = [];
  const ranges: NumberRange[] = [];
  const { op } = comparison;
  let sound = true;
  for (const { item, context: within } of entries) {
    if (item.kind === "range") {
      const range = readRange(item, target, within);
      if (range) ranges.push(...(isClock(target) ? aroundTheClock(range, target) : [range]));
      else sound = false;
      continue;
    }
    const value = readNumber(item, target, op === "in", within);
    if (value === null) sound = false;
    else if (op === "=" || op === "in") points.push(value);
    else ranges.push(openRange(op, value));
  }
  return sound ? { points, ranges } : null;
}

/** `22..5`, `sat..mon`: from one day, or week, into the next. Whether parameters are in that order shows when they are given. */
function aroundTheClock(range: NumberRange, target: Target): readonly NumberRange[] {
  const { low, high } = range;
  if (low === null || high === null) return [range];
  if (!isNumber(low) || !isNumber(high)) return [{ ...range, cycle: true }];
  return low > high ? halves(range, target) : [range];
}

function isClock({ func }: Target): boolean {
  return func === "hour" || func === "weekday";
}

function halves(range: NumberRange, { range: bounds = [0, 0] }: Target): readonly NumberRange[] {
  return [
    { ...range, high: bounds[1], highInclusive: true },
    { ...range, low: bounds[0], lowInclusive: true },
  ];
}

function openRange(op: Comparison["op"], value: WholeNumber | NumberSlot): NumberRange {
  const inclusive = op === "<=" || op === ">=";
  return op.startsWith("<")
    ? { low: null, high: value, lowInclusive: true, highInclusive: inclusive }
    : { low: value, high: null, lowInclusive: inclusive, highInclusive: true };
}

function readRange(item: RangeItem, target: Target, context: ResolveContext): NumberRange | null {
  const low = item.low && readNumber(item.low, target, false, context);
  const high = item.high && readNumber(item.high, target, false, context);
  if ((item.low && low === null) || (item.high && high === null)) return null;
  if (isNumber(low) && low === high && item.exclusive) {
    context.report(problem("E307.nothing", { range: `${low}..<${high}` }), item.span, {
      fixes: [replacing(item.span, `${low}..${high}`)],
    });
    return null;
  }
  if (isNumber(low) && isNumber(high) && low > high && !isClock(target)) {
    const dots = item.exclusive ? "..<" : "..";
    context.report(problem("E307.numbers", { range: `${low}${dots}${high}` }), item.span, {
      fixes: [replacing(item.span, `${high}${dots}${low}`)],
    });
    return null;
  }
  return { low, high, lowInclusive: true, highInclusive: !item.exclusive };
}

function readNumber(
  value: Value,
  target: Target,
  list: boolean,
  context: ResolveContext,
): WholeNumber | NumberSlot | null {
  const whole = target.type !== "float";
  if (value.kind === "parameter")
    return withDays(
      numberSlotOf(value, whole ? (target.range ?? WHOLE_NUMBERS) : null, list, context),
      target,
    );
  const day = value.kind === "atom" && target.func === "weekday" ? weekdayOf(value.text) : undefined;
  if (day !== undefined) return day;
  const system = value.kind === "atom" ? /^AS(\d{1,10})$/i.exec(value.text)?.[1] : undefined;
  // Autonomous systems are written like this everywhere.
  if (
    system !== undefined &&
    target.range?.[1] === LAST_SYSTEM &&
    inRange(Number(system), value, target, context)
  )
    return Number(system);
  const read =
    value.kind !== "atom"
      ? null
      : whole
        ? readIntegerLiteral(value.text, target.range?.[1])
        : readFloatLiteral(value.text);
  if (read === null) {
    reportType(target, value, context, {
      meant: meantNumber(value, target),
      hint: target.func === "weekday" ? "the days are mon to sun" : "",
    });
    return null;
  }
  if (read.kind === "problem") {
    reportProblem(read.problem, value, context);
    return null;
  }
  return inRange(read.value, value, target, context) ? read.value : null;
}

function withDays(slot: NumberSlot | null, { func }: Target): NumberSlot | null {
  return slot !== null && func === "weekday" ? { ...slot, weekday: true } : slot;
}

/** The range of a field with numbers of autonomous systems ends here. */
const LAST_SYSTEM = 4_294_967_295;
const WHOLE_NUMBERS = [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as const;

/** The number in quotes, or that a well-known word stands for: http is 80. */
function meantNumber(value: Value, target: Target): string | undefined {
  const text = valueText(value).toLowerCase();
  const isNumber = target.type === "float" ? /^[+-]?\d+(\.\d+)?$/ : /^[+-]?\d+$/;
  if (isNumber.test(text)) return text;
  // Autonomous systems are often written as AS2852.
  const system = target.type === "float" ? undefined : /^as(\d+)$/.exec(text)?.[1];
  if (system !== undefined) return system;
  const words = target.words ?? {};
  const known = Object.hasOwn(words, text) ? text : nearest(text, Object.keys(words));
  return known === undefined ? undefined : String(words[known]);
}

const isNumber = (value: unknown): value is WholeNumber =>
  typeof value === "number" || typeof value === "bigint";

function inRange(number: WholeNumber, value: Value, target: Target, context: ResolveContext): boolean {
  const { range } = target;
  if (!range || (number >= range[0] && number <= range[1])) return true;
  context.report(problem("E310", { number, name: target.name, range }), value.span);
  return false;
}
