/** What a catalogue says of fields, for the messages of the parser. */
import type { FieldKnowledge } from "../grammar/refused.js";
import { FIELD_TYPES } from "../grammar/field-types.js";
import { quoteText } from "../grammar/string-text.js";
import type { CatalogueIndex } from "./catalogue/lookup.js";
import type { Field } from "./catalogue/model.js";
import { readIpLiteral } from "./literals/ip.js";

/** The knowledge of the fields of a catalogue; `refusesValue` is left to the compiler. */
export function fieldKnowledge(
  index: CatalogueIndex,
): Pick<FieldKnowledge, "describeField" | "conditionsOf"> {
  return {
    describeField: (name) => {
      const key = name.toLowerCase();
      const field = index.fields.get(key) ?? index.aliases.get(key);
      return field && FIELD_TYPES[field.type].values;
    },
    conditionsOf: (words) => conditionsOf(words, index),
  };
}

const MAX_CONDITIONS = 4;

/** The conditions that words or a value alone may mean: an address of either side, a port, a text. */
export function conditionsOf(words: string, index: CatalogueIndex): readonly string[] {
  const fields = [...index.fields.values()];
  const address = readIpLiteral(words, "the field");
  if (address.kind === "value") {
    const operator = address.value.first === address.value.last ? "=" : "in";
    return named(fields, (field) => field.type === "ip", `${operator} ${words}`);
  }
  if (/^[0-9]{1,5}$/.test(words))
    return named(fields, (field) => /(?:^|\.)port$/.test(field.name), `= ${words}`);
  const text = index.fields.get("text");
  const isText = (field: Field): boolean => field.type === "text" && (text === undefined || field === text);
  return named(fields, isText, `contains ${quoteText(words)}`).slice(0, 1);
}

/** The fields of both sides first: they find what those of one side do. */
function named(fields: readonly Field[], fits: (field: Field) => boolean, test: string): readonly string[] {
  const found = fields.filter(fits);
  const unions = found.filter(({ kind }) => kind === "union");
  const others = found.filter(({ kind }) => kind !== "union");
  return [...unions, ...others].slice(0, MAX_CONDITIONS).map(({ name }) => `${name} ${test}`);
}
