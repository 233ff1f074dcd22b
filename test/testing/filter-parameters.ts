/** Names for the parameters of a generated filter. */
import type { Expr, Item, Operand, ParameterValue, RangeItem, Test, Value } from "../../grammar/ast.js";
import type { PendingParameter } from "./written-values.js";

/** An expression whose parameters have names, and the argument of each. */
export interface NamedParameters {
  readonly named: Expr;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Gives every pending parameter a name of its own: `$p1`, `$p2` … in the order of the text. */
export function nameParameters(expr: Expr): NamedParameters {
  const args: Record<string, unknown> = {};
  const name = (parameter: PendingParameter): ParameterValue => {
    const { argument, ...rest } = parameter;
    const fresh = `p${Object.keys(args).length + 1}`;
    args[fresh] = argument;
    return { ...rest, name: fresh };
  };
  const value = (given: Value): Value => (isPending(given) ? name(given) : given);
  const length = (given: ParameterValue): ParameterValue => (isPending(given) ? name(given) : given);
  const range = (item: RangeItem): RangeItem => ({
    ...item,
    low: item.low && value(item.low),
    high: item.high && value(item.high),
  });
  const item = (given: Item): Item => (given.kind === "range" ? range(given) : value(given));
  const test = (given: Test): Test => {
    switch (given.kind) {
      case "exists":
      case "missing":
        return given;
      case "last":
        return { ...given, duration: "kind" in given.duration ? length(given.duration) : given.duration };
      case "has":
        return { ...given, expr: walk(given.expr) };
      case "compare":
        return { ...given, value: value(given.value) };
      case "set":
        return { ...given, set: { ...given.set, items: given.set.items.map(item) } };
      case "text":
        return { ...given, args: given.args.map(value) };
    }
  };
  const operand = (given: Operand): Operand =>
    given.test === undefined ? given : { ...given, test: test(given.test) };
  const walk = (given: Expr): Expr => {
    switch (given.kind) {
      case "and":
      case "or":
      case "xor":
        return { ...given, operands: given.operands.map(walk) };
      case "not":
        return { ...given, operand: walk(given.operand) };
      case "predicate":
        return { ...given, operand: operand(given.operand), test: given.test && test(given.test) };
      case "boolean":
      case "filter":
      case "error":
        return given;
    }
  };
  return { named: walk(expr), args };
}

function isPending(value: Value): value is PendingParameter {
  return value.kind === "parameter" && "argument" in value;
}
