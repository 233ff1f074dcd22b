/** One comparison of one field with a constant: the table of conversions, by operator and type of the field. */
import type { Expr, Item } from "../../grammar/ast.js";
import { takesOperator } from "../../grammar/operators.js";
import { addressAtom, addressEqualities, addressOrder } from "./address-atoms.js";
import * as build from "./build.js";
import { itemsOf, type LegacyConstant } from "./constants.js";
import type { ConversionContext } from "./context.js";
import { presenceOf, subjectOf, type FieldUse } from "./fields.js";
import type { LegacyComparison } from "./legacy-tree.js";
import { numberEquals, numberOrder } from "./number-atoms.js";
import { isOrdering, type Ordering } from "../values/ordering.js";
import { loosest } from "./ordering.js";
import { refuse } from "./refusal.js";
import { textAtom } from "./text-atoms.js";
import { timeEquals, timeOrder } from "./time-atoms.js";
import { equalsAny, nameValue, refuseType, valueClass, wordValue } from "./values.js";

/** The comparisons of a field: `member` is `v in F`; `!=` is converted as a negated `==`. */
export type FieldComparison = Exclude<LegacyComparison, "!="> | "member";

/** `F op constant`. @throws Refusal E606, E607, E609 */
export function fieldAtom(
  use: FieldUse,
  op: FieldComparison,
  constant: LegacyConstant,
  context: ConversionContext,
): Expr {
  context.need(use);
  if (op === "like" || op === "contains") return textAtom(use, op, constant, context);
  if (isOrdering(op)) return orderAtom(use, op, constant, context);
  if (op === "is" || (op === "==" && constant.kind === "list" && context.dialect.name === "ransack"))
    return wholeList(use, constant, op === "is", context);
  if (use.field.type === "ip") return addressAtom(use, op, constant, context);
  if (neverMatched(use, op, constant, context)) context.report("C11", use.span);
  return equalsAtom(use, constant, context);
}

/** Comparisons that ransack was never true for, although what they were meant to say is plain. */
function neverMatched(
  use: FieldUse,
  op: "=" | "==" | "in" | "member",
  constant: LegacyConstant,
  context: ConversionContext,
): boolean {
  if (context.dialect.name !== "ransack") return false;
  switch (op) {
    case "==":
      return use.field.list || constant.kind === "range";
    case "=":
      return use.field.list && constant.kind === "range";
    case "in":
      return constant.kind === "text";
    case "member":
      return constant.kind === "text" && !use.field.list;
  }
}

function equalsAtom(use: FieldUse, constant: LegacyConstant, context: ConversionContext): Expr {
  switch (valueClass(use)) {
    case "number":
      return numberEquals(use, constant, context);
    case "time":
      return timeEquals(use, constant, context);
    case "word":
      return equalsAny(
        subjectOf(use),
        itemsOf(constant).map((item) => wordItem(use, item, constant, context)),
      );
    default:
      return refuseType(use, constant);
  }
}

function wordItem(
  use: FieldUse,
  item: LegacyConstant,
  whole: LegacyConstant,
  context: ConversionContext,
): Item {
  return item.kind === "name" && whole.kind === "list"
    ? nameValue(item, "set")
    : wordValue(use, item, context);
}

function orderAtom(use: FieldUse, op: Ordering, constant: LegacyConstant, context: ConversionContext): Expr {
  const kind = valueClass(use);
  if (kind === "ip") return addressOrder(use, op, constant, context);
  if (kind === "number") return numberOrder(use, op, constant, context);
  if (kind === "time") return timeOrder(use, op, constant, context);
  if (!takesOperator(use.field.type, op))
    return refuse("E607", `${use.path} has no order in the new language`, constant.span);
  context.report("C15", use.span);
  return build.compare(subjectOf(use), op, wordValue(use, loosest(op, constant), context));
}

/** The list as a whole: its number of values, and each of these among them. */
function wholeList(use: FieldUse, constant: LegacyConstant, is: boolean, context: ConversionContext): Expr {
  const items = itemsOf(constant);
  const isAddress = use.field.type === "ip";
  if (!use.field.list) return items.length === 1 ? equalsAtom(use, constant, context) : build.constant(false);
  if (items.length === 0) return presenceOf(use, "missing");
  const equalities = isAddress
    ? addressEqualities(use, constant, context)
    : items.map((item) => equalsAtom(use, item, context));
  if (isAddress) context.report("C07", use.span);
  if (isAddress && is) context.report("C11", use.span, { note: '"is" was never true for addresses' });
  if (items.length > 1) context.report("C12", constant.span);
  const distinct = new Map(equalities.map((equality) => [JSON.stringify(equality), equality]));
  const count = build.compare({ ...subjectOf(use), func: "count" }, "=", build.atom(String(items.length)));
  return build.joined("and", [count, ...distinct.values()]);
}
