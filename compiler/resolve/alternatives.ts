/** `severity = high or critical`: what was meant as a second value reads as a condition of its own. */
import type { Expr, Value } from "../../grammar/ast.js";
import type { ResolveContext } from "./context.js";
import { replacing } from "./values.js";

/**
 * The context for `expr`, which stands behind `before` and `or`. Where it is one word behind a comparison, the report that there
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
      const isUnknown = problem.code === "E101" && (extra?.fixes ?? []).length === 0;
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

/** The value behind `=`, or behind `in` without a list. */
function comparedValue(test: Extract<Expr, { kind: "predicate" }>["test"]) {
  const read = ({ span }: Value, opSpan: Value["span"]) => ({ span, opSpan });
  if (test?.kind === "compare" && test.op === "=") return read(test.value, test.opSpan);
  if (test?.kind !== "set" || test.op !== "in" || test.negated || test.set.bracketed) return null;
  const [item] = test.set.items;
  return item === undefined || item.kind === "range" ? null : read(item, test.opSpan);
}
