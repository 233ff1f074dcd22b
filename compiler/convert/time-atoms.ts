/** Conditions on times and lengths of time. */
import type { Expr, Item } from "../../grammar/ast.js";
import * as build from "./build.js";
import { itemsOf, type LegacyConstant } from "./constants.js";
import type { ConversionContext } from "./context.js";
import { subjectOf, type FieldUse } from "./fields.js";
import type { Ordering } from "../values/ordering.js";
import { loosest } from "./ordering.js";
import { equalsAny, nameValue, timeConstant, timeValue } from "./values.js";

/** `F` is one of the times or lies in a range of them. @throws Refusal E607 */
export function timeEquals(use: FieldUse, constant: LegacyConstant, context: ConversionContext): Expr {
  const listed = constant.kind === "list";
  const items = itemsOf(constant).map((item) => readItem(use, item, context));
  const print = (exact: boolean): Expr =>
    equalsAny(
      subjectOf(use),
      items.map((item) => printItem(item, listed, exact)),
    );
  const widened = items.some((item) => isWide(item.kind === "range" ? item.high : item));
  return withInstantRemedy(widened, constant, print, context);
}

function readItem(use: FieldUse, item: LegacyConstant, context: ConversionContext): LegacyConstant {
  if (item.kind !== "range") return timeConstant(use, item, context);
  return { ...item, low: timeConstant(use, item.low, context), high: timeConstant(use, item.high, context) };
}

function printItem(item: LegacyConstant, listed: boolean, exact: boolean): Item {
  if (item.kind === "range") return build.range(timeValue(item.low, exact), timeValue(item.high, exact));
  return item.kind === "name" && listed ? nameValue(item, "set") : timeValue(item, exact);
}

/** `F op time`. @throws Refusal E607 */
export function timeOrder(
  use: FieldUse,
  op: Ordering,
  constant: LegacyConstant,
  context: ConversionContext,
): Expr {
  const bound = timeConstant(use, loosest(op, constant), context);
  const print = (exact: boolean): Expr => build.compare(subjectOf(use), op, timeValue(bound, exact));
  return withInstantRemedy((op === ">" || op === "<=") && isWide(bound), constant, print, context);
}

/** A literal that names more than one microsecond. */
function isWide(constant: LegacyConstant): boolean {
  return constant.kind === "instant" && !constant.exact;
}

function withInstantRemedy(
  widened: boolean,
  constant: LegacyConstant,
  print: (exact: boolean) => Expr,
  context: ConversionContext,
): Expr {
  if (widened)
    context.report("C10", constant.span, {
      remedy: { title: "compare with the exact instant", expr: print(true) },
    });
  return print(false);
}
