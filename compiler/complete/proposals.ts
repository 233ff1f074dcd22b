/** What to propose at a place, best first. */
import { FIELD_TYPES } from "../../grammar/field-types.js";
import { FUNCTION_NAMES, FUNCTIONS, type FunctionName } from "../../grammar/functions.js";
import { isNegatable, OPERATORS, operatorsFor, type Operator } from "../../grammar/operators.js";
import { quoteText } from "../../grammar/string-text.js";
import { isBareValue } from "../../grammar/words.js";
import { enumerationOf, type CatalogueIndex } from "../catalogue/lookup.js";
import { WEEKDAYS } from "../values/weekday.js";
import type { Field } from "../catalogue/model.js";
import { PREDEFINED_SETS } from "../catalogue/predefined-sets.js";
import type { NamedSets, SavedFilters, SetMember } from "../resolve/context.js";
import type { CompletionPlace, Situation, Subject } from "./place.js";

/** What a completion is, for the icon of an editor. */
export type CompletionKind =
  "field" | "function" | "operator" | "keyword" | "value" | "set" | "filter" | "parameter";

/** A text that may be written at a place. */
export interface Proposal {
  /** What a list shows. */
  readonly label: string;
  /** What it stands for, which decides its icon. */
  readonly kind: CompletionKind;
  /** What it is, in a few words. */
  readonly detail: string;
  /** The text that is put in. */
  readonly insert: string;
}

/** What can be named besides fields. */
export interface Names {
  readonly index: CatalogueIndex;
  readonly sets: NamedSets;
  readonly filters: SavedFilters;
  /** Parameters that the text has already, without the `$`. */
  readonly parameters: readonly string[];
}

/** The proposals for a situation. */
export function proposalsFor(situation: Situation, names: Names): readonly Proposal[] {
  const { place, fields } = situation;
  switch (place.kind) {
    case "condition":
      return conditionProposals(situation, place.quantified, names);
    case "function-field":
      return fieldProposals(fields, (field) => takes(place.func, field), ")");
    case "operator":
      return operatorProposals(place.subject, place.negated);
    case "value":
      return valueProposals(place, names);
    case "element":
      return [{ label: "(", kind: "operator", detail: "conditions on one element", insert: "(" }];
    case "connective":
      return situation.inCall ? CLOSING : CONNECTIVES;
  }
}

const keyword = (label: string, detail: string): Proposal => ({
  label,
  kind: "keyword",
  detail,
  insert: label,
});

const CONNECTIVES: readonly Proposal[] = [
  keyword("and", "both conditions hold"),
  keyword("or", "one condition holds, or both"),
  keyword("xor", "exactly one condition holds"),
];

const CLOSING: readonly Proposal[] = [
  { label: ")", kind: "operator", detail: "the end of the function", insert: ")" },
];

function conditionProposals(
  { fields, inElement }: Situation,
  quantified: boolean,
  { index, filters }: Names,
): readonly Proposal[] {
  const groups = inElement ? [] : [...index.groups.values(), ...index.unionGroups.values()];
  const named = [
    ...fieldProposals(fields, (field) => !quantified || field.list, ""),
    ...groups.map(({ name, description }): Proposal => ({
      label: `${name} has`,
      kind: "field",
      detail: description,
      insert: `${name} has (`,
    })),
  ];
  if (quantified) return named;
  return [
    ...named,
    ...functionProposals(fields),
    ...Object.keys(filters).map((name): Proposal => ({
      label: `@${name}`,
      kind: "filter",
      detail: "saved filter",
      insert: `@${name}`,
    })),
    keyword("not", "the opposite of a condition"),
    keyword("any", "some value of a list (the default)"),
    keyword("all", "every value of a list, and there is one"),
    keyword("none", "no value of a list"),
  ];
}

function functionProposals(fields: ReadonlyMap<string, Field>): readonly Proposal[] {
  return FUNCTION_NAMES.filter((name) => [...fields.values()].some((field) => takes(name, field))).map(
    (name): Proposal => ({
      label: name,
      kind: "function",
      detail: FUNCTIONS[name].description,
      insert: `${name}(`,
    }),
  );
}

function fieldProposals(
  fields: ReadonlyMap<string, Field>,
  fits: (field: Field) => boolean,
  suffix: string,
): readonly Proposal[] {
  return [...fields]
    .filter(([, field]) => fits(field))
    .map(([name, field]) => ({
      label: name,
      kind: "field",
      detail: `${FIELD_TYPES[field.type].phrase}${field.list ? ", any number" : ""}: ${field.description}`,
      insert: name + suffix,
    }));
}

function takes(func: FunctionName | null, field: Field): boolean {
  if (func === null) return false;
  const wanted = FUNCTIONS[func].takes;
  return wanted === "list" ? field.list : wanted.includes(field.type);
}

function operatorProposals({ field, group, func, inCall }: Subject, negated: boolean): readonly Proposal[] {
  if (inCall && func !== null) return CLOSING;
  if (group !== null && field === null)
    return negated
      ? []
      : [{ label: "has", kind: "operator", detail: "one and the same element meets all", insert: "has (" }];
  const operators = func !== null ? FUNCTIONS[func].operators : field ? operatorsFor(field.type) : [];
  const plain = operators
    .filter((operator) => operator !== "test")
    .map((operator) => operatorProposal(operator));
  const opposite = operators.filter(isNegatable);
  if (negated) return opposite.map((operator) => operatorProposal(operator));
  return [
    ...plain,
    ...opposite.map((operator) => operatorProposal(operator, "not ")),
    // A boolean field is a condition by itself.
    ...(inCall ? CLOSING : operators.includes("test") ? CONNECTIVES : []),
  ];
}

function operatorProposal(operator: Operator, prefix = ""): Proposal {
  const label = prefix + operator;
  const description = OPERATORS[operator].meaning;
  return {
    label,
    kind: "operator",
    detail: prefix === "" ? description : `the opposite of ${operator}`,
    insert: label,
  };
}

const value = (label: string, detail: string): Proposal => ({
  label,
  kind: "value",
  detail,
  insert: isBareValue(label) ? label : quoteText(label),
});

const LENGTHS = ["15m", "1h", "24h", "7d", "30d"];
const TIMES = ["now", "today", "yesterday", "now-24h", "now-7d/d"];

function valueProposals(
  { subject, operator, range }: Extract<CompletionPlace, { kind: "value" }>,
  { index, sets, parameters }: Names,
): readonly Proposal[] {
  const { field } = subject;
  if (operator === "starts" || operator === "ends") return [keyword("with", "the text follows")];
  if (operator === "last") return LENGTHS.map((label) => value(label, FIELD_TYPES.duration.values));
  if (field === null) return [];
  const given = namesOfSets(subject, operator, sets).map((name): Proposal => ({
    label: `@${name}`,
    kind: "set",
    detail: "named set",
    insert: `@${name}`,
  }));
  const slots = parameters.map((name): Proposal => ({
    label: `$${name}`,
    kind: "parameter",
    detail: "parameter of this filter",
    insert: `$${name}`,
  }));
  // An expression is written, or given as a parameter.
  if (operator === "matches") return slots;
  const isRange = range !== "";
  return [...literals(subject, isRange ? ".." : operator, index), ...(isRange ? [] : given), ...slots];
}

/** A set goes with operators that take several values, on fields that its first member looks like a value of. */
function namesOfSets({ field, func }: Subject, operator: string, sets: NamedSets): readonly string[] {
  if (field === null || func !== null || /^[<>=!]/.test(operator)) return [];
  const own = Object.entries(sets).filter(([, [first]]) => first === undefined || looksLike(first, field));
  return [...own.map(([name]) => name), ...(field.type === "ip" ? PREDEFINED_SETS.keys() : [])];
}

function looksLike(member: SetMember, { type }: Field): boolean {
  if (typeof member === "string" && member.startsWith("@")) return true;
  const isRange =
    typeof member === "object" || (typeof member === "string" && /^[\da-f.:/-]*[.:]/i.test(member));
  const isNumber =
    typeof member === "number" ||
    (typeof member === "string" && /^\d+(?:\.\d+)?(?:\.\.<?\d*)?$/.test(member));
  switch (type) {
    case "ip":
      return isRange && typeof member !== "number";
    case "integer":
    case "float":
      return isNumber;
    case "time":
    case "duration":
    case "boolean":
      return typeof member === "string" && /^(?:\d|now|today|yesterday)/.test(member);
    default:
      return typeof member === "string" && !(isRange && type !== "text");
  }
}

function literals({ field, func }: Subject, operator: string, index: CatalogueIndex): readonly Proposal[] {
  if (func === "family") return ["4", "6"].map((label) => value(label, "family of an address"));
  if (func === "weekday") return Object.keys(WEEKDAYS).map((label) => value(label, "day of the week"));
  if (field === null || func !== null) return [];
  if (field.type === "boolean")
    return ["true", "false"].map((label) => value(label, FIELD_TYPES.boolean.phrase));
  if (field.type === "time")
    return [
      ...TIMES.map((label) => ({ ...value(label, FIELD_TYPES.time.values), insert: label })),
      ...(operator === "in" ? [keyword("last", "the time from so long ago until now")] : []),
    ];
  const enumeration = enumerationOf(index, field);
  return (enumeration?.values ?? []).map((word) =>
    value(word, enumeration?.article ?? FIELD_TYPES[field.type].phrase),
  );
}
