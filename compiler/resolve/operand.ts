/** Resolving the left-hand side of a predicate: a field, or a function of a field, of the catalogue. */
import type { Operand } from "../../grammar/ast.js";
import { enumerationOf, groupFields, storedFields } from "../catalogue/lookup.js";
import type { Enumeration, Field, FieldType, StoredField } from "../catalogue/model.js";
import { FUNCTIONS, OPERATORS, TYPE_PHRASES, type FunctionName, type Operator } from "../operators.js";
import { didYouMean, nearest } from "../suggest.js";
import type { ResolveContext } from "./context.js";

/** What a test is about. */
export interface Target {
  /** As shown in messages: `source.ip`, `count(source.ip)`. */
  readonly name: string;
  readonly fields: readonly StoredField[];
  readonly list: boolean;
  readonly func: FunctionName | null;
  /** Type of the value that is compared: of the function's result where there is a function. */
  readonly type: FieldType;
  readonly operators: readonly Operator[];
  readonly enumeration: Enumeration | undefined;
  /** The value is always there. */
  readonly required: boolean;
}

/** Resolves an operand; reports and returns null where there is no such field or function. */
export function resolveOperand(operand: Operand, context: ResolveContext): Target | null {
  const field = resolveField(operand, context);
  if (!field) return null;
  const fields = storedFields(context.index, field);
  const base = {
    fields,
    list: field.list,
    enumeration: enumerationOf(context.index, field),
    required: context.element === null && fields.every((part) => part.required === true),
  };
  if (operand.func === null)
    return {
      ...base,
      name: operand.field.toLowerCase(),
      func: null,
      type: field.type,
      operators: OPERATORS[field.type],
    };
  const func = resolveFunction(operand, field, context);
  if (!func) return null;
  const entry = FUNCTIONS[func];
  return {
    ...base,
    name: `${func}(${operand.field.toLowerCase()})`,
    func,
    type: entry.result,
    operators: entry.operators,
    enumeration: undefined,
    required: base.required || func === "count",
  };
}

function resolveField(operand: Operand, context: ResolveContext): Field | null {
  const written = operand.field;
  const name = written.toLowerCase();
  if (context.element) {
    const inner = context.element.get(name);
    if (inner) return inner;
    const guess = nearest(name, context.element.keys());
    context.report("E105", `unknown field "${written}" inside has ( )`, operand.fieldSpan, {
      notes: [
        didYouMean(guess, '"') || `the fields of one element are ${[...context.element.keys()].join(", ")}`,
      ],
      fixes: guess === undefined ? [] : [replace(`write ${guess}`, operand, guess)],
    });
    return null;
  }
  const field = context.index.fields.get(name);
  if (field) return field;
  const alias = context.index.aliases.get(name);
  if (alias) {
    context.report(
      "W101",
      `"${written}" is a legacy name; the field is called "${alias.name}"`,
      operand.fieldSpan,
      {
        fixes: [replace(`write ${alias.name}`, operand, alias.name)],
      },
    );
    return alias;
  }
  reportUnknown(operand, name, context);
  return null;
}

function reportUnknown(operand: Operand, name: string, context: ResolveContext): void {
  const group = context.index.groups.get(name);
  const inner = group && [...groupFields(context.index, group).keys()][0];
  const guess = group
    ? undefined
    : nearest(name, [...context.index.fields.keys(), ...context.index.aliases.keys()]);
  context.report("E101", `unknown field "${operand.field}"`, operand.fieldSpan, {
    notes: group
      ? [
          `"${name}" is a list of objects; name a field such as ${name}.${inner ?? "…"}, or tie several with ${name} has ( … )`,
        ]
      : guess === undefined
        ? []
        : [didYouMean(guess, '"')],
    fixes: guess === undefined ? [] : [replace(`write ${guess}`, operand, guess)],
  });
}

function replace(title: string, operand: Operand, text: string) {
  return { title, edits: [{ start: operand.fieldSpan.start, end: operand.fieldSpan.end, text }] };
}

function resolveFunction(operand: Operand, field: Field, context: ResolveContext): FunctionName | null {
  const written = operand.func ?? "";
  const name = written.toLowerCase();
  const span = { start: operand.span.start, end: operand.span.start + written.length };
  if (!Object.hasOwn(FUNCTIONS, name)) {
    const guess = nearest(name, Object.keys(FUNCTIONS));
    context.report("E102", `unknown function "${written}"`, span, {
      notes: [didYouMean(guess, '"') || `the functions are ${Object.keys(FUNCTIONS).join(", ")}`],
      fixes: guess === undefined ? [] : [{ title: `write ${guess}`, edits: [{ ...span, text: guess }] }],
    });
    return null;
  }
  const func = name as FunctionName;
  const { takes } = FUNCTIONS[func];
  if (takes === "list" ? field.list : takes.includes(field.type)) return func;
  const wanted = takes === "list" ? "a list" : takes.map((type) => TYPE_PHRASES[type]).join(" or ");
  context.report("E103", `${func}() takes ${wanted}, but ${field.name} is ${phrase(field)}`, operand.span);
  return null;
}

function phrase(field: Field): string {
  return field.list ? `a list (${TYPE_PHRASES[field.type]})` : `${TYPE_PHRASES[field.type]}, one at most`;
}

/** The groups that `has` can tie, for an operand such as `source` or `host`; null where the name is no group. */
export function resolveGroups(name: string, context: ResolveContext) {
  if (context.element) return null;
  const lower = name.toLowerCase();
  const group = context.index.groups.get(lower);
  if (group) return [group];
  const union = context.index.unionGroups.get(lower);
  if (!union) return null;
  return union.of.map((part) => context.index.groups.get(part)).filter((part) => part !== undefined);
}
