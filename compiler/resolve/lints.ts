/** Lints: filters that are valid but may not mean what their author thinks. They look at the text as it was written. */
import type { Expr, Logical, Predicate, Span, Value } from "../../grammar/ast.js";
import { problem } from "../../grammar/codes.js";
import { isOfAllValues } from "../../grammar/functions.js";
import { printSyntax } from "../../grammar/print.js";
import { formatMicros } from "../values/time.js";
import { toLocal, zoneOf } from "../values/zone.js";
import { atomsOf } from "../condition-parts.js";
import { isIndexable } from "../index-support.js";
import type { Atom, Condition, NumberSet } from "../tree.js";
import type { ResolveContext } from "./context.js";
import { isNegated } from "./operators.js";
import type { Target } from "./target.js";

/** L02: `a or b and c` without parentheses. */
export function lintMixedLogic(expr: Logical, context: ResolveContext): void {
  if (expr.kind === "and") return;
  const bare = expr.operands.filter(
    (operand): operand is Logical => isTighter(operand, expr) && !inParentheses(operand.span, context.text),
  );
  if (bare.length === 0 || !isWhole(expr)) return;
  const inner = bare[0]!;
  const reading = expr.operands
    .map((operand) =>
      bare.includes(operand as Logical) ? `(${printSyntax(operand)})` : printSyntax(operand),
    )
    .join(` ${expr.kind} `);
  context.report(problem("L02", { outer: expr.kind, inner: inner.kind, reading }), expr.span, {
    fixes: [
      {
        title: "write the parentheses",
        edits: bare.flatMap(({ span }) => [
          { start: span.start, end: span.start, text: "(" },
          { start: span.end, end: span.end, text: ")" },
        ]),
      },
    ],
  });
}

/** Whether everything in the expression parsed: what did not has no reading. */
function isWhole(expr: Expr): boolean {
  switch (expr.kind) {
    case "and":
    case "or":
    case "xor":
      return expr.operands.every(isWhole);
    case "not":
      return isWhole(expr.operand);
    case "predicate":
      return expr.test?.kind !== "has" || isWhole(expr.test.expr);
    case "boolean":
    case "filter":
      return true;
    case "error":
      return false;
  }
}

function isTighter(operand: Expr, parent: Logical): boolean {
  return operand.kind === "and" || (operand.kind === "xor" && parent.kind === "or");
}

/** The tree keeps no parentheses; whether some were written shows in the text around the node. */
function inParentheses({ start, end }: Span, text: string): boolean {
  BEHIND.lastIndex = end;
  return /\((?:\s|#[^\n\r]*[\n\r])*$/.test(text.slice(0, start)) && BEHIND.test(text);
}

const BEHIND = /(?:\s|#[^\n\r]*[\n\r])*\)/y;

/** L03: `x > 1023 and x < 49152` on a list may be met by two different elements. */
export function lintSplitRange(expr: Logical, context: ResolveContext): void {
  const lows = new Map<string, Predicate>();
  const highs = new Map<string, Predicate>();
  for (const operand of expr.operands) {
    if (operand.kind !== "predicate" || operand.quantifier !== null || operand.operand.func !== null)
      continue;
    if (operand.test?.kind !== "compare") continue;
    const side = operand.test.op.startsWith(">") ? lows : operand.test.op.startsWith("<") ? highs : undefined;
    side?.set(operand.operand.field.toLowerCase(), operand);
  }
  for (const [name, low] of lows) {
    const high = highs.get(name);
    const field = context.element ? context.element.get(name) : context.index.fields.get(name);
    if (!high || !field?.list) continue;
    const noun = name.slice(name.lastIndexOf(".") + 1);
    const range = rangeText(low, high);
    const first = low.span.start < high.span.start ? low : high;
    const second = first === low ? high : low;
    const adjacent = /^\s*(and|&&)\s*$/i.test(context.text.slice(first.span.end, second.span.start));
    context.report(
      problem("L03", { noun, range }),
      { start: first.span.start, end: second.span.end },
      {
        fixes:
          range === undefined || !adjacent
            ? []
            : [
                {
                  title: `write ${name} in ${range}`,
                  edits: [{ start: first.span.start, end: second.span.end, text: `${name} in ${range}` }],
                },
              ],
      },
    );
  }
}

/** The one range that two comparisons with whole numbers name: `> 1023` and `< 49152` are 1024..<49152. */
function rangeText(low: Predicate, high: Predicate): string | undefined {
  if (low.test?.kind !== "compare" || high.test?.kind !== "compare") return undefined;
  const [from, to] = [low.test.value, high.test.value];
  if (from.kind !== "atom" || to.kind !== "atom" || !/^\d+$/.test(from.text) || !/^\d+$/.test(to.text))
    return undefined;
  const start = low.test.op === ">" ? String(BigInt(from.text) + 1n) : from.text;
  // No value is in both, and an empty range is an error: there is nothing to offer.
  if (BigInt(start) > BigInt(to.text)) return undefined;
  return `${start}..${high.test.op === "<" ? "<" : ""}${to.text}`;
}

/** L04, L05, L06: what shows only in the typed tree: always true, always false, served by no index. */
export function lintResult(root: Expr, condition: Condition, context: ResolveContext): void {
  if (condition.kind === "constant") {
    if (root.kind === "boolean") return;
    context.report(problem(condition.value ? "L04" : "L05"), root.span);
    return;
  }
  lintPrefixLengths(condition, context);
  if (searchesText(condition) && !isIndexable(condition, context.index.catalogue))
    context.report(problem("L06"), root.span, {
      notes: ["narrow it with a time (and detect_time in last 7d) or another condition"],
    });
}

/** L12: `prefix_len(x) >= 24` where nothing tells the family, and both have such lengths. */
function lintPrefixLengths(condition: Condition, context: ResolveContext): void {
  const atoms = atomsOf(condition);
  for (const { fields, span, test, negated } of atoms) {
    if (test.kind !== "prefix-length" || !reachesIpv4(test.set)) continue;
    const isAsked = ({ test: other, fields: of }: Atom): boolean =>
      (other.kind === "family" || other.kind === "ip") && of.some((field) => fields.includes(field));
    if (atoms.some(isAsked)) continue;
    const text = context.text.slice(span.start, span.end);
    const written = /^(?:(?:any|all|none)\s+)?prefix_len\s*\(\s*([^\s()]+)\s*\)/i.exec(text)?.[1];
    // That of a saved filter is left to the check of it.
    if (written === undefined) continue;
    const fixes = [4, 6].map((family) => ({
      title: `ask for IPv${family}`,
      edits: [{ ...span, text: `(family(${written}) = ${family} and ${text})` }],
    }));
    context.report(problem("L12", { field: written }), span, {
      fixes: negated ? [] : fixes,
    });
  }
}

/** Whether a length up to 32 may be in the set; what waits for an argument may be one. */
function reachesIpv4({ points, ranges }: NumberSet): boolean {
  const isShort = (length: NumberSet["points"][number] | null): boolean =>
    length === null || typeof length === "object" || length <= 32;
  return points.some(isShort) || ranges.some(({ low }) => isShort(low));
}

/** Other tests that no index serves are cheap, or met so often that a page is soon full; looking through texts is neither. */
function searchesText(condition: Condition): boolean {
  return atomsOf(condition).some(({ test }) => test.kind === "pattern" || test.kind === "regex");
}

/**
 * The fields that the operands of an `and`, or one around it, ask to be there, or to be missing: whether they are is said already. Below an odd
 * number of `not`s an `or` is such an `and`, of the operands' complements.
 */
export function presentFields({ operands }: Logical, context: ResolveContext): ReadonlySet<string> {
  const fields = operands.flatMap((operand) =>
    operand.kind === "predicate" && saysPresence(operand, context)
      ? [operand.operand.field.toLowerCase()]
      : [],
  );
  return new Set([...context.present, ...fields]);
}

function saysPresence({ test, quantifier, operand }: Predicate, { complemented }: ResolveContext): boolean {
  if (test?.kind === "missing" || test?.kind === "exists") return true;
  if (isOfAllValues(operand.func)) return false;
  if (quantifier === "none") return complemented;
  return quantifier !== null ? !complemented : isNegated(test) === complemented;
}

/** L01: a negated test also holds where the field is missing. */
export function lintMissing(target: Target, span: Span, context: ResolveContext): void {
  const field = target.func === null ? target.name : target.name.slice(target.func.length + 1, -1);
  if (target.required || context.present.has(field)) return;
  const what = context.element ? "elements" : "events";
  // Below a `not` the text holds the complement of what is asked for.
  const added = context.complemented ? `or ${field} missing` : `and ${field} exists`;
  context.report(problem("L01", { what, field }), span, {
    fixes: [
      {
        title: `add "${added}"`,
        edits: [
          { start: span.start, end: span.start, text: "(" },
          { start: span.end, end: span.end, text: ` ${added})` },
        ],
      },
    ],
  });
}

/** L07: a local time that clocks never show; `start` is the end of the gap, as which it is read. */
export function lintSkippedTime(value: Value, start: bigint, context: ResolveContext): void {
  const time = formatMicros(toLocal(start, zoneOf(context.timeZone))).replace("Z", "");
  context.report(problem("L07", { zone: context.timeZone, time }), value.span);
}
