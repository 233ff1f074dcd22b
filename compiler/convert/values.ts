/** From the constants of the old filter to the values that the new one writes, each checked against the type of its field. */
import type { Item, Value } from "../../grammar/ast.js";
import { FIELD_TYPES } from "../../grammar/field-types.js";
import { isParameterName, isSetName } from "../../grammar/words.js";
import { wordReader } from "../extract/word.js";
import { enumerationOf, holdsUnknownWords, indexCatalogue } from "../catalogue/lookup.js";
import type { FieldType } from "../catalogue/model.js";
import { didYouMean, nearest } from "../values/suggest.js";
import * as build from "./build.js";
import {
  describeConstant,
  type LegacyConstant,
  type NameConstant,
  type NumberConstant,
} from "./constants.js";
import type { ConversionContext } from "./context.js";
import type { FieldUse } from "./fields.js";
import { exactText, wholeUnits } from "./instant.js";
import { readLegacyTime } from "./literals.js";
import { refuse } from "./refusal.js";

/** The constant is none that the field could have. @throws Refusal E607 always */
export function refuseType(use: FieldUse, constant: LegacyConstant): never {
  const wanted = FIELD_TYPES[use.field.type].phrase;
  return refuse("E607", `${use.path} is ${wanted}, not ${describeConstant(constant)}`, constant.span);
}

/** `$name` for one value, `@name` for a set. @throws Refusal E602 for a name that the new language cannot spell */
export function nameValue(constant: NameConstant, as: "parameter" | "set"): Value {
  const fits = as === "set" ? isSetName(constant.name) : isParameterName(constant.name);
  if (!fits) return refuse("E602", `${constant.name} cannot be the name of a ${as}`, constant.span);
  return as === "set" ? build.namedSet(constant.name) : build.parameterValue(constant.name);
}

/** A word of a text, id or enumerated field: as stored where it is known. @throws Refusal E607 */
export function wordValue(use: FieldUse, constant: LegacyConstant, context: ConversionContext): Value {
  if (constant.kind === "name") return nameValue(constant, "parameter");
  if (constant.kind !== "text") return refuseType(use, constant);
  const index = indexCatalogue(context.catalogue);
  const enumeration = enumerationOf(index, use.field);
  if (enumeration === undefined) return build.quoted(constant.value);
  const word = wordReader(use.field, context.catalogue)(constant.value);
  const isKept = use.field.type !== "ordered" && holdsUnknownWords(use.field, index);
  if (!word.known && !enumeration.open && !isKept) {
    const guess = nearest(word.text, enumeration.values);
    const proposal =
      guess === undefined ? `the values are ${enumeration.values.join(", ")}` : didYouMean(guess);
    refuse("E607", `"${constant.value}" is not ${enumeration.article}`, constant.span, { proposal });
  }
  if (word.text !== constant.value)
    context.report("C09", constant.span, { note: `${constant.value} is stored as ${word.text}` });
  return word.known || enumeration.open ? build.word(word.text) : build.quoted(word.text);
}

/** A number; a quoted one is repaired. @throws Refusal E607 */
export function numberConstant(
  use: FieldUse,
  constant: LegacyConstant,
  context: ConversionContext,
): NumberConstant {
  if (constant.kind === "number") return constant;
  if (constant.kind !== "text" || !/^\s*\d+(?:\.\d+)?\s*$/.test(constant.value))
    return refuseType(use, constant);
  context.report("C17", constant.span, { note: `"${constant.value}" was a text, which no number equals` });
  return { kind: "number", value: Number(constant.value), span: constant.span };
}

/** A number as the new language writes it. */
export function numberValue(constant: NumberConstant): Value {
  return build.atom(constant.digits ?? String(constant.value));
}

/** A constant that a time or duration field can be compared with: texts read as times. @throws Refusal E607 */
export function timeConstant(
  use: FieldUse,
  constant: LegacyConstant,
  context: ConversionContext,
): LegacyConstant {
  const { kind } = constant;
  if (use.field.type === "duration")
    return kind === "duration" || kind === "name" ? constant : refuseType(use, constant);
  if (kind === "instant" || kind === "now" || kind === "name") return constant;
  if (kind !== "text") return refuseType(use, constant);
  if (!context.dialect.quotedLiterals)
    context.report("C17", constant.span, { note: `"${constant.value}" was a text, which no time equals` });
  return readLegacyTime(constant.value, constant.span, context);
}

/** Longest distance from now that is written: what the new language takes for a length of time. */
const LONGEST = 1000n * 365n * 86_400n * 1_000_000n;

/** A time or length of time; with `exact` a time that names just one microsecond. @throws Refusal E607 */
export function timeValue(constant: LegacyConstant, exact: boolean): Value {
  if (constant.kind === "name") return nameValue(constant, "parameter");
  if (constant.kind === "instant") return build.atom(exact ? exactText(constant.micros) : constant.text);
  if (constant.kind !== "now" && constant.kind !== "duration")
    return refuse("E607", `${describeConstant(constant)} is no time`, constant.span);
  const units = wholeUnits(constant.micros);
  if (units === null || constant.micros > LONGEST || constant.micros < -LONGEST)
    return refuse("E607", "a length of time is whole milliseconds, up to a thousand years", constant.span);
  return constant.kind === "now"
    ? build.now(units.amount, units.unit)
    : build.atom(`${units.amount}${units.unit}`);
}

/** The field's type groups: how its constants are read. */
export type ValueClass = "number" | "time" | "word" | "ip" | "boolean";

const CLASSES: Readonly<Record<FieldType, ValueClass>> = {
  text: "word",
  id: "word",
  enum: "word",
  ordered: "word",
  hierarchy: "word",
  integer: "number",
  float: "number",
  boolean: "boolean",
  ip: "ip",
  time: "time",
  duration: "time",
};

/** How constants of a field are read. */
export function valueClass(use: FieldUse): ValueClass {
  return CLASSES[use.field.type];
}

/** `F = item` for one plain item, `F in items` otherwise, false for none. */
export function equalsAny(subject: build.NewSubject, items: readonly Item[]) {
  const [only] = items;
  if (only === undefined) return build.constant(false);
  if (items.length === 1 && only.kind !== "range" && only.kind !== "named-set")
    return build.compare(subject, "=", only);
  return build.inSet(subject, "in", items);
}
