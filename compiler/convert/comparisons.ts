/** A whole legacy comparison: which side is about the event, constants moved to the other, joined lists and defaults taken apart. */
import type { Expr } from "../../grammar/ast.js";
import { add, amountOf, constantOf } from "./amount.js";
import * as build from "./build.js";
import type { LegacyConstant } from "./constants.js";
import { withoutRemedies, type ConversionContext } from "./context.js";
import { evaluateConstants } from "./evaluate-constants.js";
import { fieldAtom, type FieldComparison } from "./field-atoms.js";
import { presenceOf, type FieldUse } from "./fields.js";
import { fold } from "./fold.js";
import type { LegacyCompare, LegacyComparison, LegacyNode, LegacyPath } from "./legacy-tree.js";
import { countAtom } from "./number-atoms.js";
import type { CountOperand, DefaultOperand, LegacyOperand, LegacySubject, TermOperand } from "./operand.js";
import { isOrdering } from "../values/ordering.js";
import { mirror } from "./ordering.js";
import { convertAll, refuse } from "./refusal.js";

/** A converted comparison. */
export interface ComparedNode {
  readonly expr: Expr;
  /** The comparison was `!=`, and `expr` is what it negates. */
  readonly negated: boolean;
  /** For `!=`: the field, when some elements may differ while others do not, with the condition that all of them are equal. */
  readonly someDiffers: { readonly use: FieldUse; readonly all: Expr | null } | null;
}

/** Converts `left op right`. @throws Refusal */
export function convertComparison(node: LegacyCompare, context: ConversionContext): ComparedNode {
  refusePattern(node, context);
  refuseTwoFields(node, context);
  const [left, right] = convertAll([node.left, node.right], (side) => fold(side, context));
  if (left === undefined || right === undefined) throw new Error("a comparison has two sides");
  if (left.kind === "constant" && right.kind === "constant")
    return plain(constantCondition(node, left.constant, right.constant, context));
  if (right.kind === "constant" && left.kind !== "constant")
    return subjectComparison(left, node.op, right.constant, context);
  if (left.kind !== "constant" || right.kind === "constant")
    return refuse("E605", "a field cannot be compared with a field", node.span);
  if (
    isOrdering(node.op) &&
    context.dialect.name === "pynspect" &&
    right.kind === "term" &&
    right.plain &&
    node.left.kind !== "call"
  )
    context.report("C16", node.span);
  return subjectComparison(right, node.op === "in" ? "member" : mirror(node.op), left.constant, context);
}

const plain = (expr: Expr): ComparedNode => ({ expr, negated: false, someDiffers: null });

function constantCondition(
  node: LegacyCompare,
  left: LegacyConstant,
  right: LegacyConstant,
  context: ConversionContext,
): Expr {
  const result = evaluateConstants(left, node.op, right, context);
  if (result === null)
    return refuse("E604", "a condition without a field that is not the same at all times", node.span);
  return build.constant(result);
}

function subjectComparison(
  subject: LegacySubject,
  op: LegacyComparison | "member",
  constant: LegacyConstant,
  context: ConversionContext,
): ComparedNode {
  if (op !== "!=") return plain(compareSubject(subject, op, constant, context));
  // "!= n" of a count is written as such; there is one count, so nothing to say about elements.
  if (subject.kind === "count")
    return plain(compareCount(subject, "!=", moved(subject, constant, context), context));
  const expr = compareSubject(subject, "==", constant, context);
  const use = subject.kind === "term" ? subject.use : null;
  const someDiffers =
    use !== null && (use.field.list || constant.kind === "list") ? { use, all: allOf(expr) } : null;
  return { expr, negated: true, someDiffers };
}

/** `all F = v` of `F = v`; null for anything else. */
function allOf(expr: Expr): Expr | null {
  return expr.kind === "predicate" ? { ...expr, quantifier: "all" } : null;
}

function compareSubject(
  subject: LegacyOperand,
  op: FieldComparison,
  constant: LegacyConstant,
  context: ConversionContext,
): Expr {
  switch (subject.kind) {
    case "constant": {
      const result = evaluateConstants(subject.constant, legacyOperator(op), constant, context);
      return result === null
        ? refuse("E604", "this comparison cannot be decided", subject.span)
        : build.constant(result);
    }
    case "term":
    case "count":
      return compareTerm(subject, op, constant, context);
    case "joined":
      return build.joined(
        "or",
        convertAll(subject.parts, (part) => compareSubject(part, op, constant, withoutRemedies(context))),
      );
    case "default":
      return compareDefault(subject, op, constant, withoutRemedies(context));
  }
}

const legacyOperator = (op: FieldComparison): LegacyComparison => (op === "member" ? "in" : op);

function compareTerm(
  term: TermOperand | CountOperand,
  op: FieldComparison,
  constant: LegacyConstant,
  context: ConversionContext,
): Expr {
  const value = term.plain ? constant : moved(term, constant, context);
  const turned = term.sign === 1 || op === "member" ? op : mirror(op);
  if (term.kind === "term") return fieldAtom(term.use, turned, value, context);
  if (turned === "like" || turned === "contains")
    return refuse("E609", "a number of values is no text", term.span);
  return compareCount(term, isOrdering(turned) ? turned : "=", value, context);
}

function compareCount(
  term: CountOperand,
  op: Parameters<typeof countAtom>[1],
  constant: LegacyConstant,
  context: ConversionContext,
): Expr {
  if (!term.guarded) context.need(term.use);
  if (context.dialect.name === "ransack" && !term.use.field.list)
    return refuse("E604", `the length of ${term.use.path}, which is no list, has no counterpart`, term.span);
  return countAtom(term.use, op, constant, context);
}

/** `(constant − offset) · sign`: what the bare term is compared with. */
function moved(
  term: TermOperand | CountOperand,
  constant: LegacyConstant,
  context: ConversionContext,
): LegacyConstant {
  const shift = (item: LegacyConstant): LegacyConstant => {
    if (item.kind === "list") return { ...item, items: item.items.map(shift) };
    if (item.kind === "range") {
      const [low, high] = [shift(item.low), shift(item.high)];
      return term.sign === 1 ? { ...item, low, high } : { ...item, low: high, high: low };
    }
    const amount =
      term.sign === 1 ? add(amountOf(item), term.offset, -1) : add(term.offset, amountOf(item), -1);
    return constantOf(amount, item.span, context.dialect);
  };
  return term.plain || isZero(term) ? constant : shift(constant);
}

function isZero({ sign, offset }: TermOperand | CountOperand): boolean {
  return sign === 1 && !offset.timed && offset.number === 0;
}

/** `(F??v) op c`: where F is missing, v decides. */
function compareDefault(
  subject: DefaultOperand,
  op: FieldComparison,
  constant: LegacyConstant,
  context: ConversionContext,
): Expr {
  const { use, otherwise, span } = subject;
  context.report("C14", span);
  const own = fieldAtom(use, op, constant, { ...context, need: () => undefined });
  const fallback = compareSubject(otherwise, op, constant, context);
  const missing = presenceOf(use, "missing");
  if (fallback.kind !== "boolean") return build.joined("or", [own, build.joined("and", [missing, fallback])]);
  return fallback.value ? build.joined("or", [missing, own]) : own;
}

function refusePattern({ op, left, right }: LegacyCompare, context: ConversionContext): void {
  if (op !== "like" && op !== "contains") return;
  const [pattern] = pathsOf(right, context);
  if (pattern === undefined) return;
  const swap = pathsOf(left, context).length === 0 ? "the field comes before the operator" : undefined;
  refuse("E609", `the pattern is the field ${pattern.name}`, pattern.span, {
    proposal: swap ?? `put a text in quotes: "${pattern.name}"`,
  });
}

/** A bare word outside a list is a field, so that comparing with one is comparing two fields. */
function refuseTwoFields(node: LegacyCompare, context: ConversionContext): void {
  const [left] = pathsOf(node.left, context);
  const [right] = pathsOf(node.right, context);
  if (left === undefined || right === undefined) return;
  const known = context.fields.has(right.name) || right.indexed;
  const isBoolean = /^(true|false)$/i.test(right.name);
  if (isBoolean) return;
  // In ransack an unknown name may be one that the caller's context is to give: E602 says so when it is resolved.
  if (!known && context.dialect.contextNames) return;
  const code = isComputed(node.left) || isComputed(node.right) ? "E604" : "E605";
  const message = `${right.name} is a field, and a field cannot be compared with another`;
  const quotedName = `"${right.name}"`;
  refuse(
    code,
    message,
    right.span,
    known ? {} : { proposal: `a text needs quotes: ${quotedName}`, replacement: quotedName },
  );
}

const isComputed = (node: LegacyNode): boolean => node.kind === "arithmetic" || node.kind === "minus";

/** The event's fields in an expression; not those after `??`. */
function pathsOf(node: LegacyNode, context: ConversionContext): readonly LegacyPath[] {
  switch (node.kind) {
    case "path":
      return node.forced || !context.isContextName(node.name) ? [node] : [];
    case "default":
      return [node.path];
    case "call":
      return node.args.flatMap((argument) => pathsOf(argument, context));
    case "minus":
      return pathsOf(node.operand, context);
    case "arithmetic":
    case "range":
    case "concat":
      return [node.left, node.right].flatMap((side) => pathsOf(side, context));
    default:
      return [];
  }
}
