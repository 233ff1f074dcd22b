/** Values of ip fields. */
import type { RangeItem, Value } from "../../grammar/ast.js";
import type { IpSet } from "../../runtime/codecs/filter-values.js";
import { formatIpRange, type IpRange } from "../../runtime/codecs/ip-range.js";
import { readIpLiteral, readIpRangeEnds } from "../literals/ip.js";
import type { AtomTest } from "../tree.js";
import type { ResolveContext } from "./context.js";
import { readNumberSet } from "./numbers.js";
import type { Target } from "./operand.js";
import type { Comparison } from "./predicate.js";
import { expandItems, reportProblem, reportType, slotOf } from "./values.js";

/** `=`, `in`, `overlaps`, `covers` over addresses; null after an error. */
export function readIpTest(target: Target, comparison: Comparison, context: ResolveContext): AtomTest | null {
  const relation = comparison.op === "=" ? "equals" : comparison.op;
  if (relation !== "equals" && relation !== "in" && relation !== "overlaps" && relation !== "covers")
    return null;
  const items = expandItems(comparison.items, context);
  if (!items) return null;
  const ranges: IpRange[] = [];
  const slots: IpSet["slots"][number][] = [];
  let sound = true;
  for (const item of items) {
    if (item.kind === "parameter") {
      const slot = slotOf(item, "ip", relation !== "equals" && !comparison.bracketed, context);
      if (slot) slots.push(slot);
      else sound = false;
      continue;
    }
    const range = item.kind === "range" ? readRange(item, context) : readRangeLiteral(item, target, context);
    if (!range) sound = false;
    else if (relation === "equals" && range.first !== range.last) {
      reportNetwork(range, item, comparison, context);
      sound = false;
    } else ranges.push(range);
  }
  return sound ? { kind: "ip", relation, set: { ranges, slots } } : null;
}

/** `family(f) = 4`. */
export function readFamilyTest(
  target: Target,
  comparison: Comparison,
  context: ResolveContext,
): AtomTest | null {
  const set = readNumberSet(target, comparison, context);
  if (!set) return null;
  const wrong = set.points
    .filter((point) => typeof point === "number")
    .find((point) => point !== 4 && point !== 6);
  if (wrong === undefined && set.ranges.length === 0) return { kind: "family", set };
  context.report(
    "E313",
    `${target.name} is 4 or 6${wrong === undefined ? ", not a range" : `, never ${wrong}`}`,
    comparison.span,
  );
  return null;
}

function readRangeLiteral(value: Value, target: Target, context: ResolveContext): IpRange | null {
  if (value.kind !== "atom" && value.kind !== "string") {
    reportType(target, value, context);
    return null;
  }
  const read = readIpLiteral(value.kind === "atom" ? value.text : value.value, target.name);
  if (read.kind === "value") return read.value;
  reportProblem(read.problem, value, context);
  return null;
}

function readRange(item: RangeItem, context: ResolveContext): IpRange | null {
  const ends: { low: string | null; high: string | null } = { low: null, high: null };
  for (const end of ["low", "high"] as const) {
    const value = item[end];
    if (value === null) continue;
    if (value.kind !== "atom" && value.kind !== "string") {
      context.report("E314", `the end of a range of addresses is an address`, value.span, {
        notes: value.kind === "parameter" ? [`give the whole range as one argument: in $${value.name}`] : [],
      });
      return null;
    }
    ends[end] = value.kind === "atom" ? value.text : value.value;
  }
  const read = readIpRangeEnds(ends.low, ends.high, item.exclusive);
  if (read.kind === "value") return read.value;
  // The positions of the problem belong to no single literal of the filter: the whole range is marked.
  const { code, message, fixes } = read.problem;
  context.report(code, message, item.span, {
    fixes: fixes.map(({ title, text }) => ({ title, edits: [{ ...item.span, text }] })),
  });
  return null;
}

function reportNetwork(
  range: IpRange,
  item: Value | RangeItem,
  comparison: Comparison,
  context: ResolveContext,
): void {
  const text = formatIpRange(range);
  context.report(
    "E210",
    `"=" compares with one address, but ${text} is a ${text.includes("/") ? "network" : "range"}; use "in" or "overlaps"`,
    item.span,
    {
      fixes: (["in", "overlaps"] as const).map((op) => ({
        title: `write ${op} ${text}`,
        edits: [{ ...comparison.opSpan, text: operatorText(comparison, op, context) }],
      })),
    },
  );
}

/** `!=` is replaced by the negated operator. */
function operatorText(comparison: Comparison, op: "in" | "overlaps", context: ResolveContext): string {
  const { start, end } = comparison.opSpan;
  return context.text.slice(start, end) === "!=" ? `not ${op}` : op;
}
