/** Resolving the left-hand side of a predicate: a field, or a function of a field, of the catalogue. */
import type { Operand } from "../../grammar/ast.js";
import { problem } from "../../grammar/codes.js";
import {
  FUNCTIONS,
  FUNCTION_NAMES,
  isFunction,
  isOfAllValues,
  type FunctionName,
} from "../../grammar/functions.js";
import { joinWithOr } from "../../grammar/expected.js";
import { operatorsFor } from "../../grammar/operators.js";
import { integerRange } from "../catalogue/column-types.js";
import { enumerationOf, storedFields, type CatalogueIndex } from "../catalogue/lookup.js";
import type { ElementGroup, Field } from "../catalogue/model.js";
import { didYouMean, nearest } from "../values/suggest.js";
import { WEEKDAYS } from "../values/weekday.js";
import type { ResolveContext } from "./context.js";
import { fieldGuesses, firstInner, innerGuess } from "./field-guesses.js";
import type { Target } from "./target.js";
import { replacing } from "./values.js";

/** Resolves an operand; reports and returns null where there is no such field or function. */
export function resolveOperand(operand: Operand, context: ResolveContext): Target | null {
  const field = resolveField(operand, context);
  if (!field) return null;
  const name = operand.field.toLowerCase();
  const plain =
    context.element === null ? known(name, field, context.index) : plainTarget(name, field, context);
  if (operand.func === null) return plain;
  const func = resolveFunction(operand, field, context);
  if (!func) return null;
  const entry = FUNCTIONS[func];
  return {
    ...plain,
    name: `${func}(${name})`,
    func,
    type: entry.result,
    operators: entry.operators,
    enumeration: undefined,
    range: RANGES[func],
    words: func === "weekday" ? WEEKDAYS : undefined,
    required: plain.required || isOfAllValues(func),
  };
}

const RANGES: Readonly<Partial<Record<FunctionName, NonNullable<Target["range"]>>>> = {
  // All addresses of both families.
  size: [0, 2n ** 32n + 2n ** 128n],
  hour: [0, 23],
  weekday: [1, 7],
};

function plainTarget(
  name: string,
  field: Field,
  { index, element }: Pick<ResolveContext, "index" | "element">,
): Target {
  const fields = storedFields(index, field);
  return {
    name,
    fields,
    list: field.list,
    func: null,
    type: field.type,
    operators: operatorsFor(field.type),
    enumeration: enumerationOf(index, field),
    range: fields[0] && integerRange(fields[0]),
    words: fields[0]?.words,
    required: element === null && fields.every((part) => part.required === true),
  };
}

/** Targets of whole events by the name as written: there are no more than a catalogue has names. */
const targets = new WeakMap<CatalogueIndex, Map<string, Target>>();

function known(name: string, field: Field, index: CatalogueIndex): Target {
  let byName = targets.get(index);
  if (byName === undefined) targets.set(index, (byName = new Map<string, Target>()));
  let target = byName.get(name);
  if (target === undefined) byName.set(name, (target = plainTarget(name, field, { index, element: null })));
  return target;
}

function resolveField(operand: Operand, context: ResolveContext): Field | null {
  const written = operand.field;
  const name = written.toLowerCase();
  if (context.element) {
    const inner = context.element.get(name);
    if (inner) return inner;
    const guess = innerGuess(name, context.element);
    context.report(problem("E105", { field: written }), operand.fieldSpan, {
      notes: [
        didYouMean(guess, '"') || `the fields of one element are ${[...context.element.keys()].join(", ")}`,
      ],
      fixes: guess === undefined ? [] : [replacing(operand.fieldSpan, guess)],
    });
    return null;
  }
  const field = context.index.fields.get(name);
  if (field) return field;
  const alias = context.index.aliases.get(name);
  if (alias) {
    context.report(problem("W101", { written, name: alias.name }), operand.fieldSpan, {
      fixes: [replacing(operand.fieldSpan, alias.name)],
    });
    return alias;
  }
  reportUnknown(operand, name, context);
  return null;
}

function reportUnknown(operand: Operand, name: string, context: ResolveContext): void {
  const group = resolveGroups(name, context)?.[0];
  // Of a list of objects the field that its name alone is said for elsewhere: `src = 10.0.0.1`.
  const guesses = fieldGuesses(operand.field, context.index).filter(
    (guess) => group === undefined || guess.startsWith(`${name}.`),
  );
  const inner = group && firstInner(context.index, group);
  const isList = `"${name}" is a list of objects; name a field such as ${name}.${inner ?? "…"}, or tie several with ${name} has ( … )`;
  context.report(problem("E101", { field: operand.field }), operand.fieldSpan, {
    notes: group ? [isList] : guesses.length === 0 ? [] : [didYouMeanOneOf(guesses)],
    fixes: guesses.map((guess) => replacing(operand.fieldSpan, guess)),
  });
}

function didYouMeanOneOf(guesses: readonly string[]): string {
  return `did you mean ${joinWithOr(guesses.map((guess) => `"${guess}"`))}?`;
}

function resolveFunction(operand: Operand, field: Field, context: ResolveContext): FunctionName | null {
  const written = operand.func ?? "";
  const name = written.toLowerCase();
  const span = { start: operand.span.start, end: operand.span.start + written.length };
  if (!isFunction(name)) {
    const guess = nearest(name, FUNCTION_NAMES);
    context.report(problem("E102", { name: written }), span, {
      notes: [didYouMean(guess, '"') || `the functions are ${FUNCTION_NAMES.join(", ")}`],
      fixes: guess === undefined ? [] : [replacing(span, guess)],
    });
    return null;
  }
  const { takes } = FUNCTIONS[name];
  if (takes === "list" ? field.list : takes.includes(field.type)) return name;
  const refused = problem("E103", { func: name, takes, field: field.name, type: field.type });
  context.report(refused, operand.span);
  return null;
}

/** The groups that `has` can tie, for an operand such as `source` or `host`; null where the name is no group. */
export function resolveGroups(name: string, context: ResolveContext): readonly ElementGroup[] | null {
  if (context.element) return null;
  const lower = name.toLowerCase();
  const group = context.index.groups.get(lower);
  if (group) return [group];
  const union = context.index.unionGroups.get(lower);
  if (!union) return null;
  return union.of.map((part) => context.index.groups.get(part)).filter((part) => part !== undefined);
}
