/** Values of integer and float fields, and of the functions that yield a number. */
import type { Value } from "../../grammar/ast.js";
import type { NumberRange, NumberSet, Slot } from "../../runtime/codecs/filter-values.js";
import { readFloatLiteral, readIntegerLiteral } from "../literals/number.js";
import { nearest } from "../suggest.js";
import type { ResolveContext } from "./context.js";
import type { Target } from "./operand.js";
import type { Comparison } from "./predicate.js";
import { expandItems, reportProblem, reportType, slotOf, valueText } from "./values.js";

/** The numbers that meet the comparison; null after an error. */
export function readNumberSet(
  target: Target,
  comparison: Comparison,
  context: ResolveContext,
): NumberSet | null {
  const items = expandItems(comparison.items, context);
  if (!items) return null;
  const points: (number | Slot)[] = [];
  const ranges: NumberRange[] = [];
  const { op } = comparison;
  let sound = true;
  for (const item of items) {
    if (item.kind === "range") {
      const range = readRange(item, target, context);
      if (range) ranges.push(range);
      else sound = false;
      continue;
    }
    const value = readNumber(item, target, op === "in" && !comparison.bracketed, context);
    if (value === null) sound = false;
    else if (op === "=" || op === "in") points.push(value);
    else ranges.push(openRange(op, value));
  }
  return sound ? { points, ranges } : null;
}

function openRange(op: Comparison["op"], value: number | Slot): NumberRange {
  const inclusive = op === "<=" || op === ">=";
  return op.startsWith("<")
    ? { low: null, high: value, lowInclusive: true, highInclusive: inclusive }
    : { low: value, high: null, lowInclusive: inclusive, highInclusive: true };
}

function readRange(
  item: {
    readonly low: Value | null;
    readonly high: Value | null;
    readonly exclusive: boolean;
    readonly span: Value["span"];
  },
  target: Target,
  context: ResolveContext,
): NumberRange | null {
  const low = item.low && readNumber(item.low, target, false, context);
  const high = item.high && readNumber(item.high, target, false, context);
  if ((item.low && low === null) || (item.high && high === null)) return null;
  if (typeof low === "number" && typeof high === "number" && low > high) {
    const dots = item.exclusive ? "..<" : "..";
    context.report("E307", `the range ${low}${dots}${high} is empty: it starts above its end`, item.span, {
      fixes: [
        { title: `write ${high}${dots}${low}`, edits: [{ ...item.span, text: `${high}${dots}${low}` }] },
      ],
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
): number | Slot | null {
  const type = target.type === "float" ? "float" : "integer";
  if (value.kind === "parameter") return slotOf(value, type, list, context);
  if (value.kind !== "atom") {
    reportType(target, value, context, hintWord(valueText(value), target));
    return null;
  }
  const read = type === "float" ? readFloatLiteral(value.text) : readIntegerLiteral(value.text);
  if (read === null) {
    const hint = hintWord(value.text, target);
    const number = /\d+$/.exec(hint.replace("?", ""))?.[0];
    const text = `${target.name} is ${type === "float" ? "a number" : "a whole number"}, "${value.text}" is ${/^[+-]?\d*\.?\d+$/.test(value.text) ? "not" : "text"}`;
    context.report("E301", hint ? `${text}; ${hint}` : text, value.span, {
      fixes:
        number === undefined ? [] : [{ title: `write ${number}`, edits: [{ ...value.span, text: number }] }],
    });
    return null;
  }
  if (read.kind === "problem") {
    reportProblem(read.problem, value, context);
    return null;
  }
  return inRange(read.value, value, target, context) ? read.value : null;
}

/** A well-known word for a number: http is 80. */
function hintWord(text: string, target: Target): string {
  const words = target.fields[0]?.words;
  if (!words || target.func !== null) return /^\d+$/.test(text) ? `did you mean ${text}?` : "";
  const word = text.toLowerCase();
  const known = Object.hasOwn(words, word) ? word : nearest(word, Object.keys(words));
  if (known === undefined) return /^\d+$/.test(text) ? `did you mean ${text}?` : "";
  return `did you mean ${String(words[known])}?`;
}

function inRange(number: number, value: Value, target: Target, context: ResolveContext): boolean {
  const range = target.func === null ? target.fields[0]?.range : undefined;
  if (!range || (number >= range[0] && number <= range[1])) return true;
  context.report(
    "E310",
    `${number} is out of range: ${target.name} lies between ${range[0]} and ${range[1]}`,
    value.span,
  );
  return false;
}
