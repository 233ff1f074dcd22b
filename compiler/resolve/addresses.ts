/** Values of ip fields. */
import type { RangeItem, Span, Value } from "../../grammar/ast.js";
import { problem } from "../../grammar/codes.js";
import { ADDRESS_OPERATORS } from "../../grammar/operators.js";
import type { IpSet } from "../values/filter-values.js";
import { formatIpRange, type IpRange } from "../values/ip-range.js";
import { readIpLiteral, readIpRangeEnds } from "../literals/ip.js";
import type { AtomTest, IpRelation } from "../tree.js";
import type { ResolveContext } from "./context.js";
import { expandItems } from "./named-sets.js";
import { readNumberSet } from "./numbers.js";
import { slotOf } from "./parameters.js";
import { replacing, reportProblem, reportType } from "./values.js";
import type { Comparison } from "./comparison.js";
import type { Target } from "./target.js";

/** `=`, `in` and the other operators of addresses; null after an error. */
export function readIpTest(target: Target, comparison: Comparison, context: ResolveContext): AtomTest | null {
  const relation = comparison.op;
  if (!isIpRelation(relation)) return null;
  const entries = expandItems(comparison.items, context, true);
  if (!entries) return null;
  const ranges: IpRange[] = [];
  const slots: IpSet["slots"][number][] = [];
  let sound = true;
  for (const { item, context: within } of entries) {
    if (item.kind === "parameter") {
      const slot = slotOf(item, { type: "ip", list: relation !== "=" }, context);
      if (slot) slots.push(slot);
      else sound = false;
      continue;
    }
    const range =
      item.kind === "range" ? readRange(item, within) : readRangeLiteral(item, target, relation, within);
    if (!range) sound = false;
    else if (relation === "=" && range.first !== range.last) {
      reportNetwork(range, item, comparison, within);
      sound = false;
    } else ranges.push(range);
  }
  return sound ? { kind: "ip", relation, set: { ranges, slots } } : null;
}

function isIpRelation(op: Comparison["op"]): op is IpRelation {
  return op === "=" || ADDRESS_OPERATORS.some((known) => known === op);
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
  context.report(problem("E313", { name: target.name, wrong: wrong ?? "range" }), comparison.span);
  return null;
}

function readRangeLiteral(
  value: Value,
  target: Target,
  relation: IpRelation,
  context: ResolveContext,
): IpRange | null {
  const text = addressText(value);
  if (text === null) {
    reportType(target, value, context);
    return null;
  }
  const read = readIpLiteral(text, target.name);
  if (read.kind === "value") return read.value;
  // Of the beginning of an address a network is made, which is not equal to any address.
  const fixes = read.problem.fixes.filter(({ text: better }) => relation !== "=" || !better.includes("::/"));
  reportProblem({ ...read.problem, fixes }, value, context);
  return null;
}

function addressText(value: Value): string | null {
  return value.kind === "atom" ? value.text : value.kind === "string" ? value.value : null;
}

function readRange(item: RangeItem, context: ResolveContext): IpRange | null {
  const low = item.low && readEnd(item.low, context);
  const high = item.high && readEnd(item.high, context);
  if ((item.low && low === null) || (item.high && high === null)) return null;
  const read = readIpRangeEnds(low, high, item.exclusive);
  if (read.kind === "value") return read.value;
  // Each end by itself is sound, so the whole range is marked.
  const { code, message, fixes } = read.problem;
  context.report({ code, message }, item.span, {
    fixes: fixes.map(({ title, text }) => replacing(item.span, text, title)),
  });
  return null;
}

/** The text of one end of a range, if it is an address or network. */
function readEnd(value: Value, context: ResolveContext): string | null {
  const text = addressText(value);
  if (text === null) {
    context.report(problem("E314.address"), value.span, {
      notes: value.kind === "parameter" ? [`give the whole range as one argument: in $${value.name}`] : [],
    });
    return null;
  }
  const read = readIpLiteral(text, "an end of the range");
  if (read.kind === "value") return text;
  reportProblem(read.problem, value, context);
  return null;
}

function reportNetwork(
  range: IpRange,
  item: Value | RangeItem,
  comparison: Comparison,
  context: ResolveContext,
): void {
  const { negated, opSpan } = comparison;
  const operators = negated ? ["not in", "not overlaps"] : ["in", "overlaps"];
  context.report(problem("E210", { negated, range: formatIpRange(range), operators }), item.span, {
    fixes: operators.map((operator) =>
      replacing(opSpan, padded(operator, opSpan, context.text), `write "${operator}"`),
    ),
  });
}

/** A word instead of a sign must not touch what is beside it. */
function padded(word: string, { start, end }: Span, text: string): string {
  return `${/\S$/.test(text.slice(0, start)) ? " " : ""}${word}${/^\S/.test(text.slice(end)) ? " " : ""}`;
}
