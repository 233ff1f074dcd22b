/** Folds the sides of a comparison: constants are computed with the old precedence, which the tree already has. */
import type { Span } from "../../grammar/ast.js";
import { rangeBetween } from "../values/ip-range.js";
import { add, amountOf, constantOf, ZERO, type Amount } from "./amount.js";
import { orderOf, type AddressConstant, type LegacyConstant } from "./constants.js";
import type { ConversionContext } from "./context.js";
import { resolveCounted, resolvePath } from "./fields.js";
import type { LegacyBinary, LegacyCall, LegacyDefault, LegacyNode, LegacyPath } from "./legacy-tree.js";
import { readLiteral } from "./literals.js";
import type { CountOperand, LegacyOperand, TermOperand } from "./operand.js";
import { convertAll, refuse } from "./refusal.js";

/** Folds one side of a comparison. @throws Refusal with the code for what has no counterpart */
export function fold(node: LegacyNode, context: ConversionContext): LegacyOperand {
  const { span } = node;
  switch (node.kind) {
    case "number":
    case "string":
    case "address":
    case "time":
    case "duration":
      return constantOperand(readLiteral(node, false, context));
    case "list":
      return constantOperand({
        kind: "list",
        items: convertAll(node.items, (item) => listItem(item, context)),
        span,
      });
    case "path":
      return foldPath(node, context);
    case "call":
      return foldCall(node, context);
    case "minus":
      return combine(
        { op: "-", span },
        constantOperand({ kind: "number", value: 0, span }),
        fold(node.operand, context),
        context,
      );
    case "arithmetic":
      return foldArithmetic(node, context);
    case "range":
      return foldRange(node, context);
    case "concat":
      return foldConcat(node, context);
    case "default":
      return foldDefault(node, context);
    default:
      return refuse("E601", "the result of a condition is no value to compute or compare with", span, {
        proposal: "join conditions by and, or, not",
      });
  }
}

function constantOperand(constant: LegacyConstant): LegacyOperand {
  return { kind: "constant", constant, span: constant.span };
}

/** Folds what must not depend on the event. @throws Refusal E605 for a field, whose name `role` explains */
function foldConstant(node: LegacyNode, role: string, context: ConversionContext): LegacyConstant {
  const operand = fold(node, context);
  return operand.kind === "constant"
    ? operand.constant
    : refuse("E605", `${role} is a field, not a value`, node.span);
}

function listItem(item: LegacyNode, context: ConversionContext): LegacyConstant {
  if (
    item.kind === "number" ||
    item.kind === "string" ||
    item.kind === "address" ||
    item.kind === "time" ||
    item.kind === "duration"
  )
    return readLiteral(item, true, context);
  return foldConstant(item, "an item of the list", context);
}

function foldPath(node: LegacyPath, context: ConversionContext): LegacyOperand {
  const { name, span } = node;
  if (!node.forced && context.isContextName(name)) return constantOperand({ kind: "name", name, span });
  if (/^(true|false)$/i.test(name))
    return refuse(
      "E605",
      `${name} is a field in ${context.dialect.name}, which has no boolean values`,
      span,
      {
        proposal: "name the boolean field alone, or not and the field",
      },
    );
  const use = resolvePath(node, context.fields);
  return { kind: "term", use, sign: 1, offset: ZERO, plain: true, span };
}

function foldCall(node: LegacyCall, context: ConversionContext): LegacyOperand {
  const { name, args, span } = node;
  const [argument] = args;
  if (name === context.dialect.nowFunction && args.length === 0)
    return constantOperand({ kind: "now", micros: 0n, span });
  if (context.dialect.countFunctions.includes(name) && args.length === 1 && argument !== undefined)
    return foldCount(argument, span, context);
  return refuse("E604", `the function ${name} has no counterpart`, span);
}

function foldCount(argument: LegacyNode, span: Span, context: ConversionContext): LegacyOperand {
  if (argument.kind === "default" && argument.otherwise !== null) {
    if (!isEmptyList(fold(argument.otherwise, context))) return refuseCount(span);
    context.report("C14", argument.span);
    return countOperand(argument.path, true, span, context);
  }
  if (argument.kind === "path" && (argument.forced || !context.isContextName(argument.name)))
    return countOperand(argument, context.dialect.missing === "never matches", span, context);
  const operand = fold(argument, context);
  return operand.kind === "constant" && operand.constant.kind === "list"
    ? constantOperand({ kind: "number", value: operand.constant.items.length, span })
    : refuseCount(span);
}

function countOperand(
  path: LegacyPath,
  guarded: boolean,
  span: Span,
  { fields, catalogue }: ConversionContext,
): LegacyOperand {
  const use = resolveCounted(path, fields, catalogue);
  return { kind: "count", use, guarded, sign: 1, offset: ZERO, plain: false, span };
}

function refuseCount(span: Span): never {
  return refuse("E604", "only the values of one field can be counted", span);
}

function isEmptyList(operand: LegacyOperand): boolean {
  return (
    operand.kind === "constant" && operand.constant.kind === "list" && operand.constant.items.length === 0
  );
}

function foldArithmetic(node: LegacyBinary, context: ConversionContext): LegacyOperand {
  const [left, right] = convertAll([node.left, node.right], (side) => fold(side, context));
  if (left === undefined || right === undefined) throw new Error("arithmetic has two sides");
  if (node.op === "+" || node.op === "-") return combine(node, left, right, context);
  if (left.kind !== "constant" || right.kind !== "constant")
    return refuse("E604", `"${node.op}" with a field has no counterpart`, node.opSpan);
  return constantOperand({
    kind: "number",
    value: multiply(node, left.constant, right.constant),
    span: node.span,
  });
}

/** As Python computes: `/` is exact division, the remainder of `%` has the sign of the divisor. */
function multiply(node: LegacyBinary, left: LegacyConstant, right: LegacyConstant): number {
  if (left.kind !== "number" || right.kind !== "number")
    return refuse("E604", `"${node.op}" is converted for numbers only`, node.opSpan);
  const [a, b] = [left.value, right.value];
  if (node.op === "*") return a * b;
  if (b === 0) return refuse("E604", "division by zero", node.opSpan);
  return node.op === "/" ? a / b : a - b * Math.floor(a / b);
}

/** A sum or difference, with a field on one side at most. */
function combine(
  { op, span }: Pick<LegacyBinary, "op" | "span">,
  left: LegacyOperand,
  right: LegacyOperand,
  context: ConversionContext,
): LegacyOperand {
  const sign = op === "-" ? -1 : 1;
  if (left.kind === "constant" && right.kind === "constant") {
    const sum = add(amountOf(left.constant), amountOf(right.constant), sign);
    return constantOperand(constantOf(sum, span, context.dialect));
  }
  const onLeft =
    isComputed(left) &&
    right.kind === "constant" &&
    shifted(left, 1, add(ZERO, amountOf(right.constant), sign));
  const onRight =
    left.kind === "constant" && isComputed(right) && shifted(right, sign, amountOf(left.constant));
  const term = onLeft || onRight;
  return term
    ? { ...term, span }
    : refuse("E604", "arithmetic is converted for one field and constants only", span);
}

function isComputed(operand: LegacyOperand): operand is TermOperand | CountOperand {
  return operand.kind === "term" || operand.kind === "count";
}

/** `factor · term + constant`. */
function shifted<T extends TermOperand | CountOperand>(term: T, factor: 1 | -1, constant: Amount): T {
  const offset = add(constant, term.offset, factor);
  return { ...term, sign: term.sign === factor ? 1 : -1, offset, plain: false };
}

function foldRange(node: LegacyBinary, context: ConversionContext): LegacyOperand {
  const [low, high] = convertAll([node.left, node.right], (end) =>
    foldConstant(end, "an end of the range", context),
  );
  if (low === undefined || high === undefined) throw new Error("a range has two ends");
  const { span } = node;
  if (low.kind === "address" || high.kind === "address")
    return constantOperand(addressRange(low, high, span, context));
  const allowed = [low, high].every(
    ({ kind }) => kind === "number" || kind === "instant" || kind === "now" || kind === "name",
  );
  if (!allowed)
    return refuse("E607", "a range goes from number to number, time to time or address to address", span, {
      proposal: 'ransack bound ".." tighter than + and -: put computed ends in parentheses',
    });
  const order = orderOf(low, high);
  if (
    order === null &&
    (low.kind === "number") !== (high.kind === "number") &&
    low.kind !== "name" &&
    high.kind !== "name"
  )
    return refuse("E607", "a range cannot go from a number to a time", span);
  if (order === null || order <= 0) return constantOperand({ kind: "range", low, high, span });
  context.report("C17", span, { note: "the ends of the range were in reverse order" });
  return constantOperand({ kind: "range", low: high, high: low, span });
}

function addressRange(
  low: LegacyConstant,
  high: LegacyConstant,
  span: Span,
  context: ConversionContext,
): AddressConstant {
  const single = (end: LegacyConstant): end is AddressConstant =>
    end.kind === "address" && end.range.first === end.range.last;
  if (!single(low) || !single(high))
    return refuse("E607", "a range of addresses goes from one address to another", span);
  if (low.range.first > high.range.first)
    context.report("C17", span, { note: "the ends of the range were in reverse order" });
  const range = rangeBetween(endAddress(low), endAddress(high));
  if (range === null) return refuse("E607", "the ends of the range are of different families", span);
  return { kind: "address", range, form: "dots", span };
}

const endAddress = ({ range }: AddressConstant) => ({ family: range.family, value: range.first });

function foldConcat(node: LegacyBinary, context: ConversionContext): LegacyOperand {
  const parts = convertAll([node.left, node.right], (part) => fold(part, context)).flatMap((part) =>
    part.kind === "joined" ? part.parts : [part],
  );
  const constants = parts.flatMap((part) => (part.kind === "constant" ? [part.constant] : []));
  if (constants.length < parts.length) return { kind: "joined", parts, span: node.span };
  const texts = constants.flatMap((constant) => (constant.kind === "text" ? [constant.value] : []));
  if (texts.length === parts.length)
    return constantOperand({ kind: "text", value: texts.join(""), span: node.span });
  return constantOperand({ kind: "list", items: constants, span: node.span });
}

function foldDefault(node: LegacyDefault, context: ConversionContext): LegacyOperand {
  const { path, otherwise, span } = node;
  if (otherwise === null)
    return refuse("E605", `${path.name}?? is a condition, not a value`, span, {
      proposal: "put it beside the comparison, joined by and",
    });
  const use = resolvePath(path, context.fields);
  return { kind: "default", use, otherwise: fold(otherwise, context), span };
}
