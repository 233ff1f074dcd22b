/** Example filters of the reference, made from a catalogue: whatever its fields are called, they compile. */
import { quoteText } from "../../grammar/string-text.js";
import { operatorRow, type Operator } from "../../grammar/operators.js";
import { isBareValue } from "../../grammar/words.js";
import { enumerationOf, indexCatalogue } from "../catalogue/lookup.js";
import type { Catalogue, Field, FieldType } from "../catalogue/model.js";

/** Properties that a field of an example is to have. */
export interface Wanted {
  readonly type: FieldType;
  readonly list?: boolean;
  readonly required?: boolean;
}

/** The first field of the catalogue with these properties. */
export function findField({ fields }: Catalogue, wanted: Wanted): Field | undefined {
  return fields.find(
    (field) =>
      field.type === wanted.type &&
      (wanted.list === undefined || field.list === wanted.list) &&
      (wanted.required === undefined ||
        (field.kind === "stored" && field.required === true) === wanted.required),
  );
}

/** A filter that shows an operator of a field. */
export function operatorExample(field: Field, operator: Operator, catalogue: Catalogue): string {
  if (operator === "test") return field.name;
  const value = exampleValue(field, operator, catalogue);
  return value === "" ? `${field.name} ${operator}` : `${field.name} ${operator} ${value}`;
}

function exampleValue(field: Field, operator: Operator, catalogue: Catalogue): string {
  if (operator === "starts with" && field.type === "id") return `"${ID.slice(0, 8)}"`;
  return operatorRow(operator).example ?? typedValue(field, operator, catalogue);
}

/** The right-hand side of a comparison, or of `in` and `under`, by the type of the field. */
function typedValue(field: Field, operator: Operator, catalogue: Catalogue): string {
  const isSet = operator === "in";
  switch (field.type) {
    case "text":
      return isSet ? '["ssh", "telnet"]' : '"ssh"';
    case "id":
      return isSet ? `["${ID}", "1"]` : `"${ID}"`;
    case "integer":
      return isSet ? "[22, 8000..8100, 49152..]" : "22";
    case "float":
      return isSet ? "0.5..0.9" : "0.5";
    case "boolean":
      return "true";
    case "ip":
      return isSet ? "[192.0.2.0/24, 2001:db8::/32]" : "192.0.2.1";
    case "time":
      if (isSet) return "2024-05-01..2024-05-07";
      return operator === "=" || operator === "!=" ? "2024-05-01" : "now-7d/d";
    case "duration":
      return isSet ? "1m..1h" : "90s";
    case "enum":
    case "ordered":
    case "hierarchy": {
      const known = enumerationOf(indexCatalogue(catalogue), field)?.values ?? [];
      const words = (known.length > 0 ? known : ["some", "other"]).map(bare);
      const [first = "some", second = first] = words;
      if (!isSet) return field.type === "ordered" ? second : first;
      return field.type === "ordered" ? `${second}..${words.at(-1) ?? second}` : `[${first}, ${second}]`;
    }
  }
}

const ID = "59c85a23-11b6-4faf-9eff-55bfb5f7fda5";

const bare = (word: string): string => (isBareValue(word) ? word : quoteText(word));
