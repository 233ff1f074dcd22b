/** Saved filters: `@name` as a condition stands for the condition of that filter. */
import type { NamedFilter, Span } from "../../grammar/ast.js";
import { problem } from "../../grammar/codes.js";
import type { Report } from "../../grammar/diagnostic.js";
import { locate, sourceText } from "../../grammar/source-text.js";
import { PREDEFINED_SETS } from "../catalogue/predefined-sets.js";
import { mapChildren } from "../condition-parts.js";
import { didYouMean, nearest } from "../values/suggest.js";
import type { Condition } from "../tree.js";
import type { ResolveContext, ResolveExpr } from "./context.js";
import { replacing } from "./values.js";

/** Saved filters that refer to each other, one inside the other; each may itself be as deep as a filter can be. */
const MAX_NESTED = 16;

/** The condition of a saved filter; null after an error, which is reported at the reference. */
export function resolveSavedFilter(
  { name, span }: NamedFilter,
  context: ResolveContext,
  resolveExpr: ResolveExpr,
): Condition | null {
  const { filters, trail, limits, expansions } = context;
  const text = Object.hasOwn(filters, name) ? filters[name] : undefined;
  if (text === undefined) {
    reportUnknown(name, span, context);
    return null;
  }
  if (trail.includes(name)) {
    const circle = [...trail.slice(trail.indexOf(name)), name];
    context.report(problem("E108.filters", { circle }), span);
    return null;
  }
  // Filters that each name the next one twice would otherwise grow without bound.
  expansions.count++;
  if (expansions.count > limits.maxNodes || trail.length >= MAX_NESTED) {
    if (expansions.count <= limits.maxNodes + 1 || trail.length >= MAX_NESTED)
      context.report(
        trail.length >= MAX_NESTED
          ? problem("E505.tooDeep", { limit: MAX_NESTED })
          : problem("E505.tooOften", { limit: limits.maxNodes }),
        span,
      );
    return null;
  }
  const report = reportInside({ name, span, text }, context);
  const { syntax, diagnostics } = context.parse(text);
  for (const inner of diagnostics) report(inner, inner.span, inner);
  if (!syntax.root) return { kind: "constant", value: true, span };
  const inner = resolveExpr(syntax.root, { ...context, text, trail: [...trail, name], report });
  return inner && respan(inner, span);
}

interface Reference {
  readonly name: string;
  readonly span: Span;
  /** The text of the saved filter. */
  readonly text: string;
}

/**
 * What is wrong inside a saved filter is reported at the place that refers to it, with its place in the saved filter. Lints are left to the
 * check of that filter.
 */
function reportInside({ name, span, text }: Reference, context: ResolveContext): Report {
  const isOutermost = context.trail.length === 0;
  return ({ code, message }, innerSpan, extra) => {
    if (code.startsWith("L")) return;
    // A circle names the filters itself.
    const located = isOutermost && code !== "E108" ? `in @${name}: ${message}` : message;
    const place = locate(sourceText(text), innerSpan);
    const inside = extra?.inside ?? { filter: name, text, span: place, fixes: extra?.fixes ?? [] };
    context.report({ code, message: located }, span, { notes: extra?.notes ?? [], inside });
  };
}

function reportUnknown(name: string, span: Span, context: ResolveContext): void {
  if (Object.hasOwn(context.sets, name) || PREDEFINED_SETS.has(name)) {
    context.report(problem("E107.isSet", { name }), span, {
      notes: [`test a field with it: … in @${name}`],
    });
    return;
  }
  const guess = nearest(name, Object.keys(context.filters));
  context.report(problem("E107.noFilter", { name }), span, {
    notes: guess === undefined ? [] : [didYouMean(`@${guess}`)],
    fixes: guess === undefined ? [] : [replacing(span, `@${guess}`)],
  });
}

/** Spans of an expanded filter point at the reference, for they would mean nothing in the outer text. */
function respan(condition: Condition, span: Span): Condition {
  return { ...mapChildren(condition, (child) => respan(child, span)), span };
}
