/** Run-time parameters: their type is inferred from the places where they stand. */
import type { ParameterValue } from "../../grammar/ast.js";
import { problem } from "../../grammar/codes.js";
import { FIELD_TYPES } from "../../grammar/field-types.js";
import type { NumberSlot, Slot } from "../values/filter-values.js";
import type { FieldType } from "../catalogue/model.js";
import type { ParameterUse, ResolveContext } from "./context.js";

/**
 * A run-time parameter in a place where a value of `type` is due. Two uses that disagree are E308; null after that.
 *
 * @param list the argument is the whole set (`in $nets`) rather than one value of it
 * @param enumeration name of the enumeration that the argument's words come from
 */
export function slotOf(
  value: ParameterValue,
  type: FieldType,
  list: boolean,
  context: ResolveContext,
  enumeration?: string,
): Slot | null {
  const { name, span } = value;
  const use: ParameterUse = {
    name,
    type,
    list,
    span,
    ...(enumeration === undefined ? {} : { enumeration }),
  };
  const known = context.parameters.get(name);
  if (known === undefined) context.parameters.set(name, use);
  else if (known.type !== type || known.list !== list || known.enumeration !== enumeration) {
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
  context: ResolveContext,
): NumberSlot | null {
  const slot = slotOf(value, range === null ? "float" : "integer", list, context);
  return slot && { ...slot, range };
}

function phrase({ type, list, enumeration }: ParameterUse, { index }: ResolveContext): string {
  const single = index.enumerations.get(enumeration ?? "")?.article ?? FIELD_TYPES[type].phrase;
  return list ? `a list (of which each is ${single})` : single;
}
