/** Reference: the operators of every type that the catalogue has, and the functions. */
import type { Catalogue, FieldType } from "../catalogue/model.js";
import {
  FUNCTIONS,
  OPERATOR_DESCRIPTIONS,
  OPERATORS,
  TYPE_PHRASES,
  VALUE_PHRASES,
  type FunctionName,
} from "../operators.js";
import { findField, operatorExample } from "./examples.js";
import { code, codes, table } from "./markdown.js";

/** A table for each type: operator, meaning, example. */
export function operatorsSection(catalogue: Catalogue): string {
  return (Object.keys(OPERATORS) as FieldType[])
    .flatMap((type) => {
      const field =
        (type === "integer" ? findField(catalogue, { type, list: true }) : undefined) ??
        findField(catalogue, { type, required: false }) ??
        findField(catalogue, { type });
      if (field === undefined) return [];
      const rows = OPERATORS[type].map((operator) => [
        operator === "test" ? "the field alone" : code(operator),
        OPERATOR_DESCRIPTIONS[operator],
        code(operatorExample(field, operator, catalogue)),
      ]);
      const users = catalogue.fields.filter((other) => other.type === type).map(({ name }) => name);
      return [
        `### ${type}`,
        `${capital(TYPE_PHRASES[type])}; on the right ${VALUE_PHRASES[type]}, ${code("$parameter")} or ${code("@set")}. Fields: ${codes(users)}.`,
        table(["operator", "true where the field", "example"], rows),
      ];
    })
    .join("\n\n");
}

/** The functions of fields. */
export function functionsSection(catalogue: Catalogue): string {
  const rows = (Object.keys(FUNCTIONS) as FunctionName[]).map((name) => {
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

const COMPARISONS: Readonly<Record<FunctionName, string>> = {
  count: "> 100",
  family: "= 6",
  prefix_len: ">= 24",
  lower: '= "example"',
};

/** Empty where the catalogue has no field that the function takes. */
function functionExample(name: FunctionName, catalogue: Catalogue): string {
  const { takes } = FUNCTIONS[name];
  const field =
    takes === "list"
      ? catalogue.fields.find(({ list }) => list)
      : takes.map((type) => findField(catalogue, { type })).find((found) => found !== undefined);
  return field === undefined ? "" : `${name}(${field.name}) ${COMPARISONS[name]}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
