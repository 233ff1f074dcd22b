/** Completion: what can stand at a place in a filter that is being typed. */
import { highlightTokens, type Token } from "../grammar/tokens.js";
import { quoteText } from "../grammar/string-text.js";
import { isBareValue } from "../grammar/words.js";
import { IDEA_CATALOGUE } from "./catalogue/idea.js";
import { enumerationOf, groupFields, indexCatalogue, type CatalogueIndex } from "./catalogue/lookup.js";
import type { ElementGroup, Field } from "./catalogue/model.js";
import { PREDEFINED_SETS } from "./catalogue/predefined-sets.js";
import type { FilterOptions } from "./compile.js";
import {
  FUNCTIONS,
  OPERATOR_DESCRIPTIONS,
  OPERATORS,
  TYPE_PHRASES,
  VALUE_PHRASES,
  type FunctionName,
  type Operator,
} from "./operators.js";

export type CompletionKind =
  "field" | "function" | "operator" | "keyword" | "value" | "set" | "filter" | "parameter";

/** One proposal: replace `[start, end)` of the text by `insert`. */
export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** What it is, in a few words. */
  readonly detail: string;
  readonly insert: string;
  readonly start: number;
  readonly end: number;
}

/** What may stand at a place. */
type Place =
  | { readonly kind: "condition" }
  | { readonly kind: "function-field"; readonly func: FunctionName }
  | { readonly kind: "operator"; readonly subject: Subject | null }
  | { readonly kind: "value"; readonly subject: Subject | null; readonly operator: string }
  | { readonly kind: "connective" };

/** What an operator follows: a field, a function of one, or a list of objects that `has` can tie. */
interface Subject {
  readonly field: Field | null;
  readonly group: ElementGroup | null;
  readonly func: FunctionName | null;
}

interface Reader {
  readonly index: CatalogueIndex;
  /** Elements of `has ( )` around the place, innermost last; null for an ordinary parenthesis. */
  readonly groups: (ReadonlyMap<string, Field> | null)[];
  place: Place;
  list: Place | null;
}

/**
 * The completions at `offset` (UTF-16 code units), best first. Inserting one leaves a text that parses so far. Never throws.
 */
export function completeFilter(
  text: string,
  offset: number,
  options: FilterOptions = {},
): readonly Completion[] {
  const index = indexCatalogue(options.catalogue ?? IDEA_CATALOGUE);
  const end = Math.max(0, Math.min(offset, text.length));
  const tokens = highlightTokens(text.slice(0, end));
  const last = tokens.at(-1);
  if (
    last &&
    last.end === end &&
    (last.kind === "comment" || (last.kind === "error" && /^["/]/.test(text.slice(last.start))))
  )
    return [];
  const typing =
    last !== undefined &&
    last.end === end &&
    /[\p{L}\p{N}_$@.-]$/u.test(text.slice(0, end)) &&
    last.kind !== "string";
  const start = typing ? last.start : end;
  const partial = text.slice(start, end).toLowerCase();
  const reader: Reader = { index, groups: [], place: { kind: "condition" }, list: null };
  for (const token of typing ? tokens.slice(0, -1) : tokens)
    step(reader, token, text.slice(token.start, token.end).toLowerCase());
  return proposals(reader, options)
    .filter(({ label }) => matches(label.toLowerCase(), partial))
    .sort((a, b) => rank(a.label, partial) - rank(b.label, partial))
    .map((proposal) => ({ ...proposal, start, end }));
}

/** A label fits what was typed when it begins with it, or one of its dotted parts does. */
function matches(label: string, partial: string): boolean {
  return label.startsWith(partial) || label.includes(`.${partial}`);
}

function rank(label: string, partial: string): number {
  return label.toLowerCase().startsWith(partial) ? 0 : 1;
}

/** Takes in one token. */
function step(reader: Reader, { kind }: Token, sign: string): void {
  switch (kind) {
    case "field":
      reader.place = fieldPlace(reader, sign);
      return;
    case "function":
      reader.place = { kind: "function-field", func: sign as FunctionName };
      return;
    case "operator":
    case "keyword":
      stepWord(reader, sign);
      return;
    case "punctuation":
      stepSign(reader, sign);
      return;
    case "comment":
    case "error":
      return;
    default:
      if (reader.place.kind !== "condition" || kind === "set") reader.place = { kind: "connective" };
  }
}

function innerFields(reader: Reader): ReadonlyMap<string, Field> {
  return reader.groups.findLast((fields) => fields !== null) ?? reader.index.fields;
}

function fieldPlace(reader: Reader, name: string): Place {
  // The parts of a union group have the same inner fields.
  const part = reader.index.unionGroups.get(name)?.of[0] ?? name;
  const group = reader.index.groups.get(part) ?? null;
  const field = innerFields(reader).get(name) ?? reader.index.aliases.get(name) ?? null;
  const func = reader.place.kind === "function-field" ? reader.place.func : null;
  return { kind: "operator", subject: { field, group, func } };
}

function stepWord(reader: Reader, word: string): void {
  const { place } = reader;
  const subject = place.kind === "operator" || place.kind === "value" ? place.subject : null;
  switch (word) {
    case "and":
    case "or":
    case "xor":
    case "&&":
    case "||":
    case "^^":
    case "any":
    case "all":
    case "none":
    case "!":
      reader.place = { kind: "condition" };
      return;
    case "not":
      if (place.kind !== "operator") reader.place = { kind: "condition" };
      return;
    case "true":
    case "false":
    case "exists":
    case "missing":
      reader.place = { kind: "connective" };
      return;
    case "has":
      return;
    case "..":
    case "..<":
      reader.place = reader.list ?? { kind: "value", subject, operator: ".." };
      return;
    default:
      reader.place = { kind: "value", subject, operator: word };
  }
}

function stepSign(reader: Reader, sign: string): void {
  const { place, groups, index } = reader;
  switch (sign) {
    case "(":
      if (place.kind === "function-field") return;
      if (place.kind === "operator" && place.subject?.group) {
        groups.push(groupFields(index, place.subject.group));
      } else groups.push(null);
      reader.place = { kind: "condition" };
      return;
    case ")":
      // After the field of a function the operator is due.
      if (place.kind === "operator" && place.subject?.func) return;
      groups.pop();
      reader.place = { kind: "connective" };
      return;
    case "[":
      reader.list = place;
      return;
    case "]":
      reader.list = null;
      reader.place = { kind: "connective" };
      return;
    case ",":
      if (reader.list) reader.place = reader.list;
      return;
    default:
      stepWord(reader, sign);
  }
}

type Proposal = Omit<Completion, "start" | "end">;

function proposals(reader: Reader, options: FilterOptions): readonly Proposal[] {
  const { place } = reader;
  switch (place.kind) {
    case "condition":
      return conditionProposals(reader, options);
    case "function-field":
      return fieldProposals(innerFields(reader), (field) => takes(place.func, field), ")");
    case "operator":
      return place.subject ? operatorProposals(place.subject) : [];
    case "value":
      return valueProposals(place, reader.index, options);
    case "connective":
      return ["and", "or", "xor"].map((word) => keyword(word, "joins two conditions"));
  }
}

const keyword = (label: string, detail: string): Proposal => ({
  label,
  kind: "keyword",
  detail,
  insert: label,
});

function conditionProposals(reader: Reader, options: FilterOptions): readonly Proposal[] {
  const inside = reader.groups.some((fields) => fields !== null);
  const groups = inside ? [] : [...reader.index.groups.values(), ...reader.index.unionGroups.values()];
  return [
    ...fieldProposals(innerFields(reader), () => true, ""),
    ...groups.map(({ name, description }): Proposal => ({
      label: `${name} has`,
      kind: "field",
      detail: description,
      insert: `${name} has (`,
    })),
    ...Object.entries(FUNCTIONS).map(([name, { description }]): Proposal => ({
      label: name,
      kind: "function",
      detail: description,
      insert: `${name}(`,
    })),
    ...Object.keys(options.filters ?? {}).map((name): Proposal => ({
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
      detail: `${TYPE_PHRASES[field.type]}${field.list ? ", any number" : ""}: ${field.description}`,
      insert: name + suffix,
    }));
}

function takes(func: FunctionName, field: Field): boolean {
  const wanted = Object.hasOwn(FUNCTIONS, func) ? FUNCTIONS[func].takes : [];
  return wanted === "list" ? field.list : wanted.includes(field.type);
}

function operatorProposals({ field, group, func }: Subject): readonly Proposal[] {
  if (group && !field)
    return [
      { label: "has", kind: "operator", detail: "one and the same element meets all", insert: "has (" },
    ];
  const operators: readonly Operator[] =
    func && Object.hasOwn(FUNCTIONS, func) ? FUNCTIONS[func].operators : field ? OPERATORS[field.type] : [];
  return operators
    .filter((operator) => operator !== "test")
    .map((operator) => ({
      label: operator,
      kind: "operator",
      detail: OPERATOR_DESCRIPTIONS[operator],
      insert: operator,
    }));
}

function valueProposals(
  place: Extract<Place, { kind: "value" }>,
  index: CatalogueIndex,
  options: FilterOptions,
): readonly Proposal[] {
  const { subject, operator } = place;
  const field = subject?.func ? null : (subject?.field ?? null);
  if (operator === "starts" || operator === "ends") return [keyword("with", "the text follows")];
  if (operator === "last")
    return ["15m", "1h", "24h", "7d", "30d"].map((label) => value(label, "length of time"));
  if (!field) return [];
  const enumeration = enumerationOf(index, field);
  const words = enumeration?.values ?? (field.type === "boolean" ? ["true", "false"] : []);
  const times = field.type === "time" ? ["now", "today", "yesterday", "now-24h", "now-7d/d"] : [];
  const sets = [...Object.keys(options.sets ?? {}), ...(field.type === "ip" ? PREDEFINED_SETS.keys() : [])];
  return [
    ...words.map((word) => ({
      ...value(word, enumeration?.article ?? TYPE_PHRASES[field.type]),
      insert: isBareValue(word) ? word : quoteText(word),
    })),
    ...times.map((word) => value(word, VALUE_PHRASES.time)),
    ...(field.type === "time" && operator === "in"
      ? [keyword("last", "the time from so long ago until now")]
      : []),
    ...sets.map((name): Proposal => ({
      label: `@${name}`,
      kind: "set",
      detail: "named set",
      insert: `@${name}`,
    })),
  ];
}

const value = (label: string, detail: string): Proposal => ({ label, kind: "value", detail, insert: label });
