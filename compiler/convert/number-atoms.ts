/** Conditions on numbers: integer and float fields, and the number of values of a list. */
import type { Expr, Item } from "../../grammar/ast.js";
import * as build from "./build.js";
import { itemsOf, type LegacyConstant, type NumberConstant } from "./constants.js";
import type { ConversionContext } from "./context.js";
import { isOrdering, type Ordering } from "../values/ordering.js";
import { loosest } from "./ordering.js";
import { presenceOf, subjectOf, type CountedUse, type FieldUse } from "./fields.js";
import { refuse } from "./refusal.js";
import { equalsAny, nameValue, numberConstant, numberValue } from "./values.js";

/** `F` equals an item or lies in one that is a range. @throws Refusal E607 */
export function numberEquals(use: FieldUse, constant: LegacyConstant, context: ConversionContext): Expr {
  const items = itemsOf(constant).flatMap((item) => numberItem(use, item, constant.kind === "list", context));
  return equalsAny(subjectOf(use), items);
}

/** No item for a constant that no value of an integer field equals. */
function numberItem(
  use: FieldUse,
  item: LegacyConstant,
  listed: boolean,
  context: ConversionContext,
): readonly Item[] {
  if (item.kind === "name") return [nameValue(item, listed ? "set" : "parameter")];
  if (item.kind === "range") return numberRange(use, item.low, item.high, context);
  const number = numberConstant(use, item, context);
  if (use.field.type !== "integer") return [numberValue(number)];
  if (!Number.isInteger(number.value)) return [];
  const [min, max] = bounds(use);
  if (number.value < min || number.value > max)
    return refuse("E607", `${use.path} lies between ${min} and ${max}, ${number.value} does not`, item.span);
  return [integerValue(number)];
}

function numberRange(
  use: FieldUse,
  from: LegacyConstant,
  to: LegacyConstant,
  context: ConversionContext,
): readonly Item[] {
  if (from.kind === "name" || to.kind === "name") {
    const end = (bound: LegacyConstant) =>
      bound.kind === "name"
        ? nameValue(bound, "parameter")
        : numberValue(numberConstant(use, bound, context));
    return [build.range(end(from), end(to))];
  }
  const [low, high] = [numberConstant(use, from, context), numberConstant(use, to, context)];
  if (use.field.type !== "integer") return [build.range(numberValue(low), numberValue(high))];
  const [min, max] = bounds(use);
  const [first, last] = [Math.max(Math.ceil(low.value), min), Math.min(Math.floor(high.value), max)];
  return first <= last ? [build.range(build.atom(String(first)), build.atom(String(last)))] : [];
}

const integerValue = (number: NumberConstant) => build.atom(number.digits ?? String(number.value));

function bounds(use: FieldUse): readonly [min: number, max: number] {
  const [min, max] = use.field.range ?? [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  // The older languages have no whole numbers beyond those of a double.
  return [min, max < Number.MAX_SAFE_INTEGER ? Number(max) : Number.MAX_SAFE_INTEGER];
}

/** `F op constant`. A bound that an integer field cannot reach leaves `true for every value` or `false`. @throws Refusal E607 */
export function numberOrder(
  use: FieldUse,
  op: Ordering,
  constant: LegacyConstant,
  context: ConversionContext,
): Expr {
  const bound = loosest(op, constant);
  if (bound.kind === "name") return build.compare(subjectOf(use), op, nameValue(bound, "parameter"));
  const number = numberConstant(use, bound, context);
  if (use.field.type !== "integer") return build.compare(subjectOf(use), op, numberValue(number));
  const [min, max] = bounds(use);
  const written = wholeBound(op, number);
  const from = written.op === ">" ? written.value + 1 : written.op === ">=" ? written.value : min;
  const to = written.op === "<" ? written.value - 1 : written.op === "<=" ? written.value : max;
  if (from > max || to < min) return build.constant(false);
  if (from <= min && to >= max) return presenceOf(use, "exists");
  return build.compare(subjectOf(use), written.op, build.atom(String(written.value)));
}

/** An ordering of whole numbers by a whole bound: `> 2.5` is `>= 3`. */
function wholeBound(
  op: Ordering,
  { value }: NumberConstant,
): { readonly op: Ordering; readonly value: number } {
  if (Number.isInteger(value)) return { op, value };
  return op === ">" || op === ">="
    ? { op: ">=", value: Math.ceil(value) }
    : { op: "<=", value: Math.floor(value) };
}

/** The comparisons of a count. */
export type CountOp = Ordering | "=" | "!=";

/**
 * The number of values of `F` compared: `F missing`, `F exists` and `count(F) op n`, whichever say it. A missing list counts
 * as empty. @throws Refusal E604, E607
 */
export function countAtom(
  use: CountedUse,
  op: CountOp,
  constant: LegacyConstant,
  context: ConversionContext,
): Expr {
  const numbers = itemsOf(constant).map((item) => countNumber(item));
  const holds = (count: number): boolean => numbers.some((number) => compareNumbers(count, op, number.value));
  const [withoutAny, withOne] = [holds(0), holds(1)];
  if (!use.field.list || isPresence(op, numbers)) return presenceTest(use, withoutAny, withOne);
  if (use.field.type === "ip") context.report("C07", use.span);
  const subject = { ...subjectOf(use), func: "count" } as const;
  const counted = isOrdering(op) ? countOrder(subject, op, numbers) : countEquals(subject, op, numbers);
  return withoutAny && !use.always ? build.joined("or", [presenceOf(use, "missing"), counted]) : counted;
}

function countNumber(item: LegacyConstant): NumberConstant {
  if (item.kind !== "number")
    return refuse("E607", "the number of values is compared with numbers only", item.span);
  if (Math.abs(item.value) > Number.MAX_SAFE_INTEGER)
    return refuse("E607", "no list has that many values", item.span);
  return item;
}

function countEquals(subject: build.NewSubject, op: "=" | "!=", numbers: readonly NumberConstant[]): Expr {
  const equal = equalsAny(subject, numbers.filter(({ value }) => Number.isInteger(value)).map(integerValue));
  return op === "=" ? equal : build.negate(equal);
}

function countOrder(subject: build.NewSubject, op: Ordering, numbers: readonly NumberConstant[]): Expr {
  const values = numbers.map(({ value }) => value);
  const value = op === ">" || op === ">=" ? Math.min(...values) : Math.max(...values);
  const bound = wholeBound(op, { kind: "number", value, span: { start: 0, end: 0 } });
  return build.compare(subject, bound.op, build.atom(String(bound.value)));
}

/** Whether the test only tells none from some: `= 0`, `< 1`, `> 0`, `>= 1`, or the same result for every number. */
function isPresence(op: CountOp, numbers: readonly NumberConstant[]): boolean {
  const holds = (count: number): boolean => numbers.some(({ value }) => compareNumbers(count, op, value));
  const highest = Math.max(1, ...numbers.map(({ value }) => Math.abs(value) + 1));
  if (isOrdering(op)) return holds(1) === holds(highest);
  return numbers.every(({ value }) => value === 0 || value < 0 || !Number.isInteger(value));
}

function presenceTest(use: CountedUse, withoutAny: boolean, withOne: boolean): Expr {
  if (withoutAny === withOne) return build.constant(withOne);
  return presenceOf(use, withOne ? "exists" : "missing");
}

function compareNumbers(a: number, op: CountOp, b: number): boolean {
  switch (op) {
    case "=":
      return a === b;
    case "!=":
      return a !== b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
  }
}
