/**
 * The tag `filter`: a filter written in a program with values of the program in it.
 *
 * No value becomes text of the filter. What is written where a value is due becomes a run-time parameter; what is written where a condition is due is a
 * filter that is compiled by itself.
 */
import type { Expr, FilterSyntax } from "../grammar/ast.js";
import { FilterError } from "../grammar/filter-error.js";
import { parseSyntax } from "../grammar/parse.js";
import { printSyntax } from "../grammar/print.js";
import { highlightTokens } from "../grammar/tokens.js";
import { notFilter, orFilters, andFilters, type ComposedFilter, type FilterPart } from "./compose.js";
import { FilterOptionError } from "./filter-option-error.js";
import { checkArgument, type Check } from "./values/checks.js";
import { holeParameter, holePlaces, standIn } from "./template-holes.js";

/**
 * A filter with values of the program in it. A value (`source.ip in ${nets}`) is sent as a parameter; a filter (`… and ${part}`: a text, a compiled or
 * composed filter, or `{ filter, args }`) is compiled by itself, so that neither can reach beyond its place. Filters are read as they are written:
 * backslashes belong to the filter language.
 *
 * @throws FilterError when the text between the values does not parse
 * @throws FilterOptionError when a value is inside a quoted text, or is no filter where a condition is due
 * @example
 * const mine = filter`target.ip in ${networks} and severity >= ${least} and not ${noise}`;
 * await storage.searchEvents({ filter: mine, limit: 100 });
 */
export function filter(texts: TemplateStringsArray, ...values: readonly unknown[]): ComposedFilter {
  checkArgument("filter", "what follows it", texts, template);
  const part = fill(planOf(texts), values);
  return isComposedPart(part) ? part : andFilters(part);
}

/** A tag is a function, which plain JavaScript may call like one. */
const template: Check = (value) =>
  Array.isArray(value) && "raw" in value ? null : "a template: filter`source.ip in ${nets}`";

/** How the values of a template hang together. */
type Plan =
  /** Conditions without filters in them: text, and the values that become its parameters. */
  | { readonly kind: "text"; readonly text: string; readonly values: readonly number[] }
  | { readonly kind: "part"; readonly value: number }
  | { readonly kind: "and" | "or" | "xor"; readonly operands: readonly Plan[] }
  | { readonly kind: "not"; readonly operand: Plan };

const plans = new WeakMap<TemplateStringsArray, Plan>();

/** A template in a program is the same object at each call. */
function planOf(texts: TemplateStringsArray): Plan {
  let plan = plans.get(texts);
  if (plan === undefined) plans.set(texts, (plan = readTemplate(texts.raw)));
  return plan;
}

function readTemplate(raw: readonly string[]): Plan {
  const texts = raw.map((text) => text.replace(/\\([`$])/g, "$1").replace(/\r\n?/g, "\n"));
  const places = holePlaces(texts);
  /** Position of each filter in the text. */
  const parts = new Map<number, number>();
  let text = texts[0] ?? "";
  for (const [position, place] of places.entries()) {
    if (place === "text")
      throw new FilterOptionError(
        `value ${position + 1} of the template is inside a quoted text, a regular expression or a comment: write it without quotes, as \${…} alone`,
      );
    if (place === "condition") parts.set(text.length, position);
    text += standIn(place, position) + (texts[position + 1] ?? "");
  }
  if (places.length > 0) refuseParameters(text, places.length);
  const { syntax, diagnostics } = parseSyntax(text);
  if (diagnostics.length > 0) throw new FilterError(text, diagnostics);
  if (parts.size === 0 || syntax.root === null)
    return { kind: "text", text, values: places.map((_, position) => position) };
  return planExpr(syntax.root, parts);
}

/** A part with arguments of its own takes none from the call. */
function refuseParameters(text: string, count: number): void {
  const own = new Set(Array.from({ length: count }, (_, position) => `$${holeParameter(position)}`));
  for (const { kind, start, end } of highlightTokens(text)) {
    const name = text.slice(start, end);
    if (kind === "parameter" && !own.has(name))
      throw new FilterOptionError(`${name} in a template with values: write \${…} for it as well`);
  }
}

function planExpr(expr: Expr, parts: ReadonlyMap<number, number>): Plan {
  if (expr.kind === "boolean") {
    const value = parts.get(expr.span.start);
    if (value !== undefined) return { kind: "part", value };
  }
  if (![...parts.keys()].some((start) => expr.span.start <= start && start < expr.span.end))
    return textPlan(expr);
  switch (expr.kind) {
    case "and":
    case "or":
    case "xor":
      return { kind: expr.kind, operands: expr.operands.map((operand) => planExpr(operand, parts)) };
    case "not":
      return { kind: "not", operand: planExpr(expr.operand, parts) };
    default:
      throw new FilterOptionError("a filter can't be used inside has ( … ): write its conditions there");
  }
}

function textPlan(root: Expr): Plan {
  const syntax: FilterSyntax = { version: 1, root, comments: [] };
  const text = printSyntax(syntax);
  const names = new Set(
    highlightTokens(text)
      .filter(({ kind }) => kind === "parameter")
      .map(({ start, end }) => text.slice(start, end)),
  );
  const values: number[] = [];
  // The parameters of values are numbered in the order of the text.
  for (let position = 0; values.length < names.size; position++)
    if (names.has(`$${holeParameter(position)}`)) values.push(position);
  return { kind: "text", text, values };
}

function fill(plan: Plan, values: readonly unknown[]): FilterPart {
  switch (plan.kind) {
    case "text":
      return plan.values.length === 0
        ? plan.text
        : {
            filter: plan.text,
            args: Object.fromEntries(
              plan.values.map((value) => [holeParameter(value), givenValue(values[value], value)]),
            ),
          };
    case "part":
      return givenPart(values[plan.value], plan.value);
    case "and":
      return andFilters(...plan.operands.map((operand) => fill(operand, values)));
    case "or":
      return orFilters(...plan.operands.map((operand) => fill(operand, values)));
    case "xor":
      return plan.operands.map((operand) => fill(operand, values)).reduce(exclusive);
    case "not":
      return notFilter(fill(plan.operand, values));
  }
}

function exclusive(a: FilterPart, b: FilterPart): FilterPart {
  return orFilters(andFilters(a, notFilter(b)), andFilters(notFilter(a), b));
}

function givenValue(value: unknown, position: number): unknown {
  if (value === undefined || value === null)
    throw new FilterOptionError(`value ${position + 1} of the template is ${String(value)}`);
  if (isFilterObject(value))
    throw new FilterOptionError(
      `value ${position + 1} of the template is a filter, where a value is due: join it with and, or`,
    );
  return value;
}

function givenPart(value: unknown, position: number): FilterPart {
  if (typeof value === "string" || isFilterObject(value)) return value;
  throw new FilterOptionError(
    `value ${position + 1} of the template is where a condition is due: give a text, a compiled or composed filter, or { filter, args }`,
  );
}

function isFilterObject(value: unknown): value is Exclude<FilterPart, string> {
  return (
    typeof value === "object" &&
    value !== null &&
    // Lists have a method of that name.
    !Array.isArray(value) &&
    ("filter" in value || "condition" in value || ("kind" in value && value.kind === "composed"))
  );
}

function isComposedPart(part: FilterPart): part is ComposedFilter {
  return typeof part === "object" && "kind" in part;
}
