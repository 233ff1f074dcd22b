/** Lists of objects as a whole: `source exists`, `count(source) > 3`, `count(target has (port = 22)) >= 2`. */
import type { Predicate } from "../../grammar/ast.js";
import { problem } from "../../grammar/codes.js";
import { FUNCTIONS } from "../../grammar/functions.js";
import { groupFields } from "../catalogue/lookup.js";
import type { Condition } from "../tree.js";
import type { ResolveContext, ResolveExpr } from "./context.js";
import { resolveGroups } from "./operand.js";
import { isNegated, reportOperator, reportQuantifier } from "./operators.js";
import { operatorOf, readTest } from "./predicate.js";
import type { Target } from "./target.js";
import { replacing } from "./values.js";

/** Whether the predicate asks for the presence or the number of elements of a list of objects, not for what one of them is. */
export function isAboutElements({ operand, test }: Predicate, context: ResolveContext): boolean {
  if (resolveGroups(operand.field, context) === null) return false;
  if (context.index.fields.has(operand.field.toLowerCase())) return false;
  return operand.func === null
    ? test?.kind === "exists" || test?.kind === "missing"
    : operand.func.toLowerCase() === "count";
}

/** Resolves such a predicate; null after an error. */
export function resolveElements(
  predicate: Predicate,
  context: ResolveContext,
  resolveExpr: ResolveExpr,
): Condition | null {
  return predicate.operand.func === null
    ? presence(predicate, context)
    : count(predicate, context, resolveExpr);
}

function presence({ operand, test, quantifier, span }: Predicate, context: ResolveContext): Condition {
  const groups = resolveGroups(operand.field, context) ?? [];
  const some = groups.map((group): Condition => ({
    kind: "has",
    group,
    condition: { kind: "constant", value: true, span },
    negated: false,
    span,
  }));
  const [only] = some;
  const any: Condition = some.length === 1 && only ? only : { kind: "or", operands: some, span };
  const isNegative = (test?.kind === "missing") !== (quantifier === "none");
  return isNegative ? { kind: "not", operand: any, span } : any;
}

function count(predicate: Predicate, context: ResolveContext, resolveExpr: ResolveExpr): Condition | null {
  const { operand, test, quantifier, span } = predicate;
  const groups = resolveGroups(operand.field, context) ?? [];
  const [group] = groups;
  const name = operand.field.toLowerCase();
  if (group === undefined || groups.length > 1) {
    const parts = groups.map((part) => part.name);
    context.report(problem("E110", { name, parts }), operand.fieldSpan, {
      fixes: parts.map((part) => replacing(operand.fieldSpan, part)),
    });
    return null;
  }
  const target = countTarget(name);
  if (quantifier !== null) {
    reportQuantifier(target, quantifier, predicate, context);
    return null;
  }
  if (test === null || test.kind === "has" || !target.operators.includes(operatorOf(test))) {
    reportOperator(
      target,
      test === null || test.kind === "has" ? "test" : operatorOf(test),
      predicate,
      context,
    );
    return null;
  }
  const inner = operand.test;
  if (inner !== undefined && inner.kind !== "has") {
    context.report(
      problem("E104.ofFunction", { operator: operatorOf(inner), name: `count(${name})` }),
      inner.span,
      {
        notes: [`tie conditions with count(${name} has ( … ))`],
      },
    );
    return null;
  }
  const element = groupFields(context.index, group);
  const condition: Condition | null =
    inner === undefined
      ? { kind: "constant", value: true, span }
      : resolveExpr(inner.expr, { ...context, element, present: new Set() });
  const read = readTest(target, test, context);
  if (condition === null || read?.kind !== "count") return null;
  const counted: Condition = { kind: "has", group, condition, count: read.set, negated: false, span };
  return isNegated(test) ? { kind: "not", operand: counted, span } : counted;
}

function countTarget(name: string): Target {
  return {
    name: `count(${name})`,
    fields: [],
    list: true,
    func: "count",
    type: "integer",
    operators: FUNCTIONS.count.operators,
    enumeration: undefined,
    range: undefined,
    words: undefined,
    required: true,
  };
}
