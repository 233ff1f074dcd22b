/** Conditions that a click adds to a filter. */
import { quoteText } from "../../../grammar/string-text.js";
import { highlightTokens } from "../../../grammar/tokens.js";
import { isBareValue } from "../../../grammar/words.js";
import type { Catalogue, FieldType } from "../../../compiler/catalogue/model.js";

/** A value as answers carry it; null: the field is missing. */
export type FacetValue = string | number | boolean | null;

/** What a click wants of a value: events that have it, events that don't, these and nothing else of the filter. */
export type Wish = "for" | "out" | "only";

/** The field that a click is on. */
export interface ClickedField {
  readonly name: string;
  readonly type: FieldType;
  /** The words that the field knows; none where it has no list of them. */
  readonly known?: readonly string[] | undefined;
}

/** A field of a catalogue as one that is clicked on; undefined where there is none of the name. */
export function clickedField(
  { fields, enumerations }: Pick<Catalogue, "fields" | "enumerations">,
  name: string,
): ClickedField | undefined {
  const field = fields.find((one) => one.name === name);
  if (field === undefined) return undefined;
  const known = enumerations.find((one) => one.name === field.enumeration)?.values;
  return { name, type: field.type, known };
}

/** The condition that a field has the value, or that it has not. */
export function conditionOf(field: ClickedField, value: FacetValue, isWanted: boolean): string {
  if (value === null) return `${field.name} ${isWanted ? "missing" : "exists"}`;
  return `${field.name} ${isWanted ? "=" : "!="} ${literalOf(field, value)}`;
}

function literalOf({ type, known }: ClickedField, value: string | number | boolean): string {
  if (typeof value !== "string") return String(value);
  // Addresses, times and lengths of time are never in quotes; all else may be.
  if (type === "ip" || type === "time" || type === "duration") return value;
  // A word that is not known may be a mistake, so that the language wants it in quotes.
  const isKnown = (type !== "enum" && type !== "ordered") || known?.includes(value) === true;
  return isKnown && isBareValue(value) ? value : quoteText(value);
}

/** The conditions of a filter that are joined by `and` outside of all brackets; one where it is joined in another way. */
export function conjuncts(filter: string): readonly string[] {
  const tokens = highlightTokens(filter);
  let depth = 0;
  const cuts: { readonly start: number; readonly end: number }[] = [];
  for (const { kind, start, end } of tokens) {
    const sign = filter.slice(start, end).toLowerCase();
    if (kind === "comment") return [filter.trim()];
    if (sign === "(" || sign === "[") depth++;
    if (sign === ")" || sign === "]") depth--;
    if (depth > 0 || (kind !== "keyword" && kind !== "operator")) continue;
    if (["or", "xor", "||", "^^"].includes(sign)) return [filter.trim()];
    if (sign === "and" || sign === "&&") cuts.push({ start, end });
  }
  const parts = [...cuts, { start: filter.length, end: filter.length }].map(({ start }, index) =>
    filter.slice(index === 0 ? 0 : cuts[index - 1]!.end, start).trim(),
  );
  return parts.filter((part) => part !== "");
}

/** The filter with one more condition; a condition that it has already is not written twice, its opposite is replaced. */
export function withCondition(filter: string, condition: string, opposite: string): string {
  const parts = conjuncts(filter);
  if (parts.includes(condition)) return filter;
  const kept = parts
    .filter((part) => part !== opposite)
    .map((part) => (parts.length === 1 ? grouped(part) : part));
  return [...kept, condition].join(" and ");
}

/** In parentheses where `and` would bind tighter than what joins the text. */
function grouped(text: string): string {
  const tokens = highlightTokens(text);
  const isJoined = tokens.some(({ kind, start, end }) => {
    const sign = text.slice(start, end).toLowerCase();
    return kind === "comment" || ["or", "xor", "||", "^^"].includes(sign);
  });
  // A comment ends with its line.
  return isJoined ? `(${text}${text.includes("#") ? "\n" : ""})` : text;
}
