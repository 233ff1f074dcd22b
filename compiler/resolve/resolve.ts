/**
 * From syntax tree to typed tree: resolves names against the catalogue and reads literals against the type of their field.
 *
 * Every problem is reported, none stops the others: a part that cannot be resolved yields null and is left out of its parent.
 */
import type { Expr, HasTest, Logical, Predicate, Span } from "../../grammar/ast.js";
import { problem } from "../../grammar/codes.js";
import { groupFields } from "../catalogue/lookup.js";
import { didYouMean } from "../values/suggest.js";
import type { Condition } from "../tree.js";
import { assertNever } from "../assert-never.js";
import { alternativeContext } from "./alternatives.js";
import type { ResolveContext } from "./context.js";
import { lintMixedLogic, lintSplitRange, presentFields } from "./lints.js";
import { isAboutElements, resolveElements } from "./elements.js";
import { groupGuess } from "./field-guesses.js";
import { resolveGroups } from "./operand.js";
import { resolvePredicate } from "./predicate.js";
import { resolveSavedFilter } from "./saved-filters.js";
import { replacing } from "./values.js";

/** Resolves an expression; null when it or all of its parts are wrong, which has then been reported. */
export function resolveExpr(expr: Expr, context: ResolveContext): Condition | null {
  switch (expr.kind) {
    case "and":
    case "or":
    case "xor":
      return resolveLogical(expr, context);
    case "not": {
      const operand = resolveExpr(expr.operand, { ...context, complemented: !context.complemented });
      return operand && { kind: "not", operand, span: expr.span };
    }
    case "boolean":
      return { kind: "constant", value: expr.value, span: expr.span };
    case "filter":
      return resolveSavedFilter(expr, context, resolveExpr);
    case "predicate":
      if (isAboutElements(expr, context)) return resolveElements(expr, context, resolveExpr);
      return expr.test?.kind === "has"
        ? resolveHas(expr, expr.test, context)
        : resolvePredicate({ ...expr, test: expr.test }, context);
    case "error":
      return null;
    default:
      return assertNever(expr);
  }
}

function resolveLogical(expr: Logical, context: ResolveContext): Condition | null {
  lintMixedLogic(expr, context);
  if (expr.kind === "and") lintSplitRange(expr, context);
  const joins = context.complemented ? "or" : "and";
  const within = expr.kind === joins ? { ...context, present: presentFields(expr, context) } : context;
  const operands = expr.operands
    .map((operand, position) => {
      const before = expr.kind === "or" ? expr.operands[position - 1] : undefined;
      return resolveExpr(operand, alternativeContext(before, operand, within));
    })
    .filter((operand): operand is Condition => operand !== null);
  return operands.length === 0 ? null : { kind: expr.kind, operands, span: expr.span };
}

function resolveHas(predicate: Predicate, test: HasTest, context: ResolveContext): Condition | null {
  const { operand, quantifier, span } = predicate;
  const groups = operand.func === null ? resolveGroups(operand.field, context) : null;
  if (!groups) {
    const names = [...context.index.groups.keys(), ...context.index.unionGroups.keys()];
    const guess = context.element ? undefined : groupGuess(operand.field, names);
    context.report(
      context.element ? problem("E106.nested") : problem("E106.noList", { name: operand.field }),
      operand.span,
      {
        notes: [guess === undefined ? groupsNote(names, context) : didYouMean(guess, '"')],
        fixes: guess === undefined ? [] : [replacing(operand.fieldSpan, guess)],
      },
    );
    return null;
  }
  // The parts of a union group have the same inner fields; problems are reported for the first only.
  const some: Condition[] = [];
  const others: Condition[] = [];
  for (const [position, group] of groups.entries()) {
    const element = groupFields(context.index, group);
    const report = position === 0 ? context.report : () => undefined;
    const inner = resolveExpr(test.expr, { ...context, element, report, present: new Set() });
    if (!inner) return null;
    some.push({
      kind: "has",
      group,
      condition: quantifier === "all" ? always(span) : inner,
      negated: false,
      span,
    });
    others.push({
      kind: "has",
      group,
      condition: { kind: "not", operand: inner, span },
      negated: true,
      span,
    });
  }
  const any = oneOf(some, span);
  if (quantifier === "all") return { kind: "and", operands: [any, ...others], span };
  return quantifier === "none" ? { kind: "not", operand: any, span } : any;
}

/** What "has" can follow. */
function groupsNote(names: readonly string[], { index }: ResolveContext): string {
  if (names.length > 0) return `"has" follows ${names.join(", ")}`;
  return `"has" follows nothing here: the table of the catalogue "${index.catalogue.name}" keeps the values of all elements of an event together`;
}

const always = (span: Span): Condition => ({ kind: "constant", value: true, span });

const oneOf = (operands: readonly Condition[], span: Span): Condition =>
  operands.length === 1 ? operands[0]! : { kind: "or", operands, span };
