/** Pass: joins nested `and`, `or` and `xor` of the same kind, and takes constants out of them. */
import { assertNever } from "../assert-never.js";
import { mapChildren } from "../condition-parts.js";
import type { Condition, Constant, Exclusive, Junction } from "../tree.js";

/** An equivalent condition in which no junction holds one of its own kind, a constant, or fewer than two operands. */
export function flatten(condition: Condition): Condition {
  const inner = mapChildren(condition, flatten);
  switch (inner.kind) {
    case "and":
    case "or":
      return flattenJunction(inner);
    case "xor":
      return flattenExclusive(inner);
    case "not":
      return inner.operand.kind === "constant" ? { ...inner.operand, value: !inner.operand.value } : inner;
    case "has":
      // Not even an element that is there meets `false`.
      return inner.count === undefined && isConstant(inner.condition, false)
        ? { kind: "constant", value: inner.negated, span: inner.span }
        : inner;
    case "atom":
    case "constant":
      return inner;
    default:
      return assertNever(inner);
  }
}

function flattenJunction(junction: Junction): Condition {
  const { kind, span } = junction;
  const neutral = kind === "and";
  const operands: Condition[] = [];
  for (const operand of junction.operands) {
    if (isConstant(operand, !neutral)) return { ...operand, span };
    if (operand.kind === kind) operands.push(...operand.operands);
    else if (operand.kind !== "constant") operands.push(operand);
  }
  return collect(operands, { kind: "constant", value: neutral, span }, { kind, operands, span });
}

function flattenExclusive(exclusive: Exclusive): Condition {
  const { span } = exclusive;
  const operands: Condition[] = [];
  let odd = false;
  for (const operand of exclusive.operands) {
    if (operand.kind === "constant") odd = odd !== operand.value;
    else if (operand.kind === "xor") operands.push(...operand.operands);
    else operands.push(operand);
  }
  const rest = collect(operands, { kind: "constant", value: false, span }, { kind: "xor", operands, span });
  if (!odd) return rest;
  return rest.kind === "constant" ? { ...rest, value: !rest.value } : { kind: "not", operand: rest, span };
}

function collect(operands: readonly Condition[], empty: Constant, several: Condition): Condition {
  return operands.length === 0 ? empty : operands.length === 1 ? operands[0]! : several;
}

function isConstant(condition: Condition, value: boolean): boolean {
  return condition.kind === "constant" && condition.value === value;
}
