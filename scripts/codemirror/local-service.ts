/** The language, answered by the compiler in this thread. */
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import { indexCatalogue } from "../../compiler/catalogue/lookup.js";
import { completeFilter } from "../../compiler/complete.js";
import type { FilterOptions } from "../../compiler/compile.js";
import { formatWithCatalogue } from "../../compiler/format.js";
import { checkFilter, highlightFilter } from "../../compiler/language.js";
import { FIELD_TYPES } from "../../grammar/field-types.js";
import { FUNCTIONS } from "../../grammar/functions.js";
import { operatorWritten, OPERATORS } from "../../grammar/operators.js";
import type { LanguageService, WordDescription } from "./service.js";

/** The service for a catalogue, sets, saved filters and zone. */
export function localService(options: FilterOptions = {}): LanguageService {
  return {
    check: (text) => checkFilter(text, options),
    complete: (text, offset) => completeFilter(text, offset, options),
    format: (text) => formatWithCatalogue(text, options.catalogue ?? IDEA_CATALOGUE).text,
    describe: (word) => describeWord(word, options),
    highlight: highlightFilter,
  };
}

function describeWord(
  word: string,
  { catalogue = IDEA_CATALOGUE, sets = {}, filters = {} }: FilterOptions,
): WordDescription | null {
  const index = indexCatalogue(catalogue);
  const key = word.toLowerCase();
  const field = index.fields.get(key) ?? index.aliases.get(key);
  if (field !== undefined) {
    const type = FIELD_TYPES[field.type].phrase + (field.list ? ", any number" : "");
    return { name: field.name, type, text: field.description, example: field.example };
  }
  const group = index.groups.get(key) ?? index.unionGroups.get(key);
  if (group !== undefined)
    return { name: group.name, type: "a list of objects", text: group.description, example: group.example };
  const functions: Readonly<Record<string, { readonly description: string }>> = FUNCTIONS;
  if (Object.hasOwn(functions, key))
    return { name: key, type: "a function", text: functions[key]!.description };
  const operator = operatorWritten(key);
  if (operator !== undefined)
    return { name: operator, type: "an operator", text: OPERATORS[operator].meaning };
  if (!key.startsWith("@")) return null;
  const name = word.slice(1);
  if (Object.hasOwn(filters, name)) return { name: word, type: "a saved filter", text: filters[name]! };
  if (!Object.hasOwn(sets, name)) return null;
  const members = sets[name]!;
  return {
    name: word,
    type: "a named set",
    text: members.slice(0, 8).map(String).join(", ") + (members.length > 8 ? " …" : ""),
  };
}
