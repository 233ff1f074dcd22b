/** What a field takes on its right, for the messages of the parser. */
import type { DescribeField } from "../grammar/diagnose.js";
import type { CatalogueIndex } from "./catalogue/lookup.js";
import { VALUE_PHRASES } from "./operators.js";

/** The description of the fields of a catalogue: "an address, network, range" for an ip field. */
export function describeField(index: CatalogueIndex): DescribeField {
  return (name) => {
    const key = name.toLowerCase();
    const field = index.fields.get(key) ?? index.aliases.get(key);
    return field && VALUE_PHRASES[field.type];
  };
}
