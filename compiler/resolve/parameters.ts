/** Run-time parameters: their type is inferred from the places where they are used. */
import type { ParameterValue } from "../../grammar/ast.js";
import { problem } from "../../grammar/codes.js";
import { FIELD_TYPES } from "../../grammar/field-types.js";
import type { NumberSlot, Slot } from "../values/filter-values.js";
import type { ParameterType, ParameterUse, ResolveContext } from "./context.js";

/**
 * A run-time parameter in a place where a value of `due` is due. Two uses that disagree are E308; null after that.
 */
export function slotOf(
  { name, span }: ParameterValue,
  due: ParameterType,
  context: Pick<ResolveContext, "parameters" | "report" | "index">,
): Slot | null {
  const { type, list, enumeration } = due;
  const use: ParameterUse = { ...due, name, span };
  const known = context.parameters.get(name);
  if (known === undefined) context.parameters.set(name, use);
  else if (known.type === type && known.enumeration === enumeration) {
    // Where one value is due in one place, a list would not do in the others.
    if (known.list && !list) context.parameters.set(name, { ...known, list });
  } else {
    const disagree = problem("E308", { name, first: phrase(known, context), here: phrase(use, context) });
    context.report(disagree, span, {
      notes: ["a parameter has one type; use two parameters"],
    });
    return null;
  }
  return { kind: "slot", name, list };
}

/** A parameter in the place of a number; `range` holds the smallest and largest whole number, null where any number will do. */
export function numberSlotOf(
  value: ParameterValue,
  range: NumberSlot["range"],
  list: boolean,
  context: Pick<ResolveContext, "parameters" | "report" | "index">,
): NumberSlot | null {
  const slot = slotOf(value, { type: range === null ? "float" : "integer", list }, context);
  return slot && { ...slot, range };
}

function phrase(
  { type, list, enumeration }: ParameterType,
  { index }: Pick<ResolveContext, "index">,
): string {
  const single = index.enumerations.get(enumeration ?? "")?.article ?? FIELD_TYPES[type].phrase;
  return list ? `a list (of which each is ${single})` : single;
}
