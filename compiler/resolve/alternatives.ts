/** Words that read as conditions of their own: the second value of `severity = high or critical`, and `ssh` in a search box. */
import type { Expr, Predicate, Value } from "../../grammar/ast.js";
import { conditionsOf } from "../field-knowledge.js";
import type { ResolveContext } from "./context.js";
import { replacing } from "./values.js";

/**
 * The context for `expr`, which comes after `before` and `or`. Where it is one word after a comparison, the report that there
 * is no such field says how several values are written.
 */
export function alternativeContext(
  before: Expr | undefined,
  expr: Expr,
  context: ResolveContext,
): ResolveContext {
  if (before?.kind !== "predicate" || expr.kind !== "predicate") return context;
  const { operand, quantifier, test } = expr;
  const value = comparedValue(before.test);
  if (value === null || test !== null || quantifier !== null || operand.func !== null) return context;
  const first = context.text.slice(value.span.start, value.span.end);
  const list = `in [${first}, ${operand.field}]`;
  const whole = { start: value.opSpan.start, end: expr.span.end };
  return {
    ...context,
    report: (problem, span, extra) => {
      // The name of another field has no blanks, as the conditions that a word may mean do.
      const isUnknown =
        problem.code === "E101" &&
        (extra?.fixes ?? []).every(({ edits }) => edits.some((edit) => edit.text.includes(" ")));
      context.report(
        problem,
        span,
        isUnknown
          ? { notes: [`write several values as a list: ${list}`], fixes: [replacing(whole, list)] }
          : extra,
      );
    },
  };
}

/** The context for a field that is alone: where there is none like it, it is a word to be looked for. */
export function wordContext(predicate: Predicate, context: ResolveContext): ResolveContext {
  const { operand, quantifier, span } = predicate;
  if (operand.func !== null || quantifier !== null) return context;
  return {
    ...context,
    report: (problem, at, extra) => {
      const isUnknown = problem.code === "E101" && (extra?.fixes ?? []).length === 0 && !extra?.notes?.length;
      const [meant] = isUnknown ? conditionsOf(operand.field, context.index) : [];
      const added = meant === undefined ? extra : wordRemark(span, meant);
      context.report(problem, at, added);
    },
  };
}

function wordRemark(span: Predicate["span"], meant: string) {
  return { notes: [`to search for the word write ${meant}`], fixes: [replacing(span, meant)] };
}

/** The value after `=`, or after `in` without a list. */
function comparedValue(test: Extract<Expr, { kind: "predicate" }>["test"]) {
  const read = ({ span }: Value, opSpan: Value["span"]) => ({ span, opSpan });
  if (test?.kind === "compare" && test.op === "=") return read(test.value, test.opSpan);
  if (test?.kind !== "set" || test.op !== "in" || test.negated || test.set.bracketed) return null;
  const [item] = test.set.items;
  return item === undefined || item.kind === "range" ? null : read(item, test.opSpan);
}
