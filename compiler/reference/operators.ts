/** Reference: the operators of every type that the catalogue has, and the functions. */
import { FIELD_TYPES, TYPE_NAMES } from "../../grammar/field-types.js";
import { FUNCTION_NAMES, FUNCTIONS, type FunctionName } from "../../grammar/functions.js";
import { OPERATORS, operatorsFor } from "../../grammar/operators.js";
import type { Catalogue } from "../catalogue/model.js";
import { findField, operatorExample } from "./examples.js";
import { code, codes, table } from "./markdown.js";

/** A table for each type: operator, meaning, example. */
export function operatorsSection(catalogue: Catalogue): string {
  return TYPE_NAMES.flatMap((type) => {
    const field =
      (type === "integer" ? findField(catalogue, { type, list: true }) : undefined) ??
      findField(catalogue, { type, required: false }) ??
      findField(catalogue, { type });
    if (field === undefined) return [];
    const rows = operatorsFor(type).map((operator) => [
      operator === "test" ? "the field alone" : code(operator),
      OPERATORS[operator].meaning,
      code(operatorExample(field, operator, catalogue)),
    ]);
    const users = catalogue.fields.filter((other) => other.type === type).map(({ name }) => name);
    return [
      `### ${type}`,
      `${capital(FIELD_TYPES[type].phrase)}; on the right ${FIELD_TYPES[type].values}, ${code("$parameter")} or ${code("@set")}. Fields: ${codes(users)}.`,
      table(["operator", "true where the field", "example"], rows),
    ];
  }).join("\n\n");
}

/** The functions of fields. */
export function functionsSection(catalogue: Catalogue): string {
  const rows = FUNCTION_NAMES.map((name) => {
    const { takes, description, operators } = FUNCTIONS[name];
    return [
      code(`${name}( )`),
      takes === "list" ? "any list" : takes.join(", "),
      description,
      codes(operators),
      code(functionExample(name, catalogue)),
    ];
  });
  return table(["function", "takes fields of type", "value", "operators", "example"], rows);
}

/** Empty where the catalogue has no field that the function takes. */
function functionExample(name: FunctionName, catalogue: Catalogue): string {
  const { takes, example } = FUNCTIONS[name];
  const field =
    takes === "list"
      ? catalogue.fields.find(({ list }) => list)
      : takes.map((type) => findField(catalogue, { type })).find((found) => found !== undefined);
  return field === undefined ? "" : `${name}(${field.name}) ${example}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
