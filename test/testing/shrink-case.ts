/** Making a filter and an event smaller as long as something stays true of them. */
import type { Expr, Logical } from "../../grammar/ast.js";
import { parseSyntax } from "../../grammar/parse.js";
import { printSyntax } from "../../grammar/print.js";

/** A filter and an event that it is asked about. */
export interface FilterCase {
  readonly filter: string;
  readonly event: unknown;
}

/** Whether something is true of a case. What it throws counts as no: a part may not compile, an event may lack what it needs. */
export type CaseTest = (given: FilterCase) => Promise<boolean>;

/** The smallest case that is found by taking things out, one after the other, of which the test is still true. */
export async function shrinkCase(given: FilterCase, test: CaseTest): Promise<FilterCase> {
  for (const smaller of smallerCases(given))
    if (await test(smaller).catch(() => false)) return shrinkCase(smaller, test);
  return given;
}

function* smallerCases({ filter, event }: FilterCase): Generator<FilterCase, void, undefined> {
  const { root } = parseSyntax(filter).syntax;
  if (root !== null) for (const part of smallerFilters(root)) yield { filter: printSyntax(part), event };
  for (const smaller of smallerValues(event)) yield { filter, event: smaller };
}

/** A part of the condition, or the condition without one. */
function* smallerFilters(expr: Expr): Generator<Expr, void, undefined> {
  switch (expr.kind) {
    case "and":
    case "or":
    case "xor":
      yield* expr.operands;
      if (expr.operands.length > 2) yield* expr.operands.map((_, index) => without(expr, index));
      for (const [index, operand] of expr.operands.entries())
        for (const smaller of smallerFilters(operand))
          yield { ...expr, operands: expr.operands.with(index, smaller) };
      break;
    case "not":
      yield expr.operand;
      for (const operand of smallerFilters(expr.operand)) yield { ...expr, operand };
      break;
    case "predicate":
      if (expr.test?.kind === "has")
        for (const inner of smallerFilters(expr.test.expr))
          yield { ...expr, test: { ...expr.test, expr: inner } };
      else if (expr.test?.kind === "set" && expr.test.set.items.length > 1) {
        const { test } = expr;
        for (const item of test.set.items)
          yield { ...expr, test: { ...test, set: { ...test.set, items: [item] } } };
      }
      break;
    default:
      break;
  }
}

function without(expr: Logical, index: number): Expr {
  return { ...expr, operands: expr.operands.filter((_, position) => position !== index) };
}

/** The JSON value without one key or element somewhere. */
function* smallerValues(value: unknown): Generator<unknown, void, undefined> {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    for (const index of list.keys()) yield list.filter((_, position) => position !== index);
    for (const [index, item] of list.entries())
      for (const smaller of smallerValues(item)) yield list.with(index, smaller);
  } else if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    for (const [key] of entries) yield Object.fromEntries(entries.filter(([other]) => other !== key));
    for (const [key, item] of entries)
      for (const smaller of smallerValues(item)) yield { ...value, [key]: smaller };
  }
}
