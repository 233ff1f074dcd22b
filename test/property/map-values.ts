/** Filters with other values of the same kinds: marker words and numbers instead of all words and numbers. */
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import { indexCatalogue } from "../../compiler/catalogue/lookup.js";
import type { Field } from "../../compiler/catalogue/model.js";
import type { Expr, Item, Predicate, Test, Value } from "../../grammar/ast.js";

/** What takes the place of values. */
export interface Markers {
  readonly word: string;
  /** In the range of all whole-number fields. */
  readonly number: number;
}

/** The expression with every free word and number of its values replaced. */
export function mapValues(expr: Expr, markers: Markers, group: string | null = null): Expr {
  switch (expr.kind) {
    case "and":
    case "or":
    case "xor":
      return { ...expr, operands: expr.operands.map((operand) => mapValues(operand, markers, group)) };
    case "not":
      return { ...expr, operand: mapValues(expr.operand, markers, group) };
    case "predicate":
      return { ...expr, test: expr.test && mapTest(expr, expr.test, markers, group) };
    case "boolean":
    case "filter":
    case "error":
      return expr;
  }
}

function fieldOf(name: string, group: string | null): Field | undefined {
  const { fields } = indexCatalogue(IDEA_CATALOGUE);
  return fields.get(group === null ? name.toLowerCase() : `${group}.${name.toLowerCase()}`);
}

function mapTest({ operand }: Predicate, test: Test, markers: Markers, group: string | null): Test {
  if (test.kind === "has")
    return { ...test, expr: mapValues(test.expr, markers, operand.field.toLowerCase()) };
  const field = fieldOf(operand.field, group);
  if (field === undefined) return test;
  const value = (given: Value): Value => replaced(given, field, operand.func, markers);
  switch (test.kind) {
    case "compare":
      return { ...test, value: value(test.value) };
    case "set":
      return { ...test, set: { ...test.set, items: test.set.items.map((item) => mapItem(item, value)) } };
    case "text":
      return test.op === "like" ? test : { ...test, args: test.args.map(value) };
    case "exists":
    case "missing":
    case "last":
      return test;
  }
}

/** Ranges keep their ends, whose order matters. */
function mapItem(item: Item, value: (given: Value) => Value): Item {
  return item.kind === "range" ? item : value(item);
}

function replaced(value: Value, field: Field, func: string | null, { word, number }: Markers): Value {
  const isOpen = field.enumeration === undefined || func !== null;
  if (value.kind === "string" && isOpen && (field.type === "text" || field.type === "id"))
    return { ...value, value: word };
  if (value.kind !== "atom") return value;
  if ((field.type === "text" || field.type === "id") && isOpen && func !== "count")
    return { ...value, text: word };
  return field.type === "integer" && func === null ? { ...value, text: String(number) } : value;
}
