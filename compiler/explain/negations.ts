/** Which conditions of a filter are below a `not` that is not right before them. */
import type { Expr, Span } from "../../grammar/ast.js";
import { parseSyntax } from "../../grammar/parse.js";

/**
 * Whether a test is meant the other way round than it is written, by the span of its condition: below an odd number of `not`s. What a `has`
 * ties is as it is written, for the `not` is that of the whole; and of an `xor` the first condition takes it.
 */
export function complementedSpans(source: string): (span: Span) => boolean {
  const starts = new Set<number>();
  const walk = (expr: Expr | null, complemented: boolean): void => {
    switch (expr?.kind) {
      case "and":
      case "or":
        for (const operand of expr.operands) walk(operand, complemented);
        return;
      case "xor":
        for (const [position, operand] of expr.operands.entries())
          walk(operand, complemented && position === 0);
        return;
      case "not":
        return walk(expr.operand, !complemented);
      case "predicate":
        if (expr.test?.kind === "has") walk(expr.test.expr, false);
        if (expr.operand.test?.kind === "has") walk(expr.operand.test.expr, false);
        if (complemented) starts.add(expr.span.start);
        return;
      case "filter":
        if (complemented) starts.add(expr.span.start);
        return;
      default:
        return;
    }
  };
  walk(parseSyntax(source).syntax.root, false);
  return ({ start }) => starts.has(start);
}
