/** What a field takes on its right, for the messages of the parser. */
import type { DescribeField } from "../grammar/refused.js";
import { FIELD_TYPES } from "../grammar/field-types.js";
import type { CatalogueIndex } from "./catalogue/lookup.js";

/** The description of the fields of a catalogue: "an address, network, range" for an ip field. */
export function describeField(index: CatalogueIndex): DescribeField {
  return (name) => {
    const key = name.toLowerCase();
    const field = index.fields.get(key) ?? index.aliases.get(key);
    return field && FIELD_TYPES[field.type].values;
  };
}
