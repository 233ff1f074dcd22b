/** Arbitrary filters that compile, over any catalogue: derived from its fields and the operator × type table. */
import fc from "fast-check";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import { integerRange } from "../../compiler/catalogue/column-types.js";
import { enumerationOf, groupFields, indexCatalogue, storedFields } from "../../compiler/catalogue/lookup.js";
import type { Catalogue, Field } from "../../compiler/catalogue/model.js";
import { FUNCTION_NAMES, FUNCTIONS, isOfAllValues, type FunctionName } from "../../grammar/functions.js";
import { operatorsFor } from "../../grammar/operators.js";
import {
  SYNTAX_VERSION,
  type Expr,
  type FilterSyntax,
  type Logical,
  type Predicate,
  type Test,
} from "../../grammar/ast.js";
import { printSyntax } from "../../grammar/print.js";
import { nameParameters } from "./filter-parameters.js";
import { tests } from "./filter-tests.js";
import type { ValueContext } from "./filter-values.js";
import { NO_SPAN } from "./written-values.js";

/** A catalogue, or an object with one; IDEA's when absent. */
export type CatalogueArgument = Catalogue | { readonly catalogue?: Catalogue | undefined };

const catalogueOf = (given: CatalogueArgument): Catalogue =>
  "fields" in given ? given : (given.catalogue ?? IDEA_CATALOGUE);

/** A filter text with arguments for its `$parameters`. */
export interface FilterCall {
  /** A filter that compiles. */
  readonly filter: string;
  /** Values of its `$parameters`. */
  readonly args: Readonly<Record<string, unknown>>;
}

/**
 * Texts of filters without parameters that compile over the catalogue. Their values come from the same pool as those of
 * {@link events}, so that they match often. Shrinks to a part of the filter, then to simpler values.
 *
 * @param given the catalogue, or an object with it; IDEA's when absent
 * @example
 * fc.assert(fc.property(filters(), ideaEvents(), (filter, event) =>
 *   compileFilter(filter).matches(event) === referenceMatch(filter, event)));
 */
export function filters(given: CatalogueArgument = {}): fc.Arbitrary<string> {
  return expressions(catalogueOf(given), false).map(printSyntax);
}

/** Filters with `$parameters` in places of values, and arguments that fit them; otherwise as {@link filters}. */
export function filterCalls(given: CatalogueArgument = {}): fc.Arbitrary<FilterCall> {
  return expressions(catalogueOf(given), true).map((expr) => {
    const { named, args } = nameParameters(expr);
    return { filter: printSyntax(named), args };
  });
}

/** The syntax trees of {@link filters}, all spans zero. */
export function filterSyntaxes(catalogue: Catalogue = IDEA_CATALOGUE): fc.Arbitrary<FilterSyntax> {
  return expressions(catalogue, false).map((root) => ({ version: SYNTAX_VERSION, root, comments: [] }));
}

function expressions(catalogue: Catalogue, parameters: boolean): fc.Arbitrary<Expr> {
  const index = indexCatalogue(catalogue);
  const predicate = predicatesOver(
    catalogue,
    [...index.fields].map(([name, field]) => ({ name, field })),
    parameters,
  );
  const leaves = [
    { weight: 8, arbitrary: predicate },
    { weight: 1, arbitrary: booleans },
  ];
  const groups = [...index.groups.values(), ...index.unionGroups.values()];
  const ties = groups.flatMap(({ name }) => {
    const group = index.groups.get(name) ?? index.groups.get(index.unionGroups.get(name)?.of[0] ?? "");
    if (group === undefined) return [];
    const inner = [...groupFields(index, group)].map(([innerName, field]) => ({ name: innerName, field }));
    const conditions = combined(predicatesOver(catalogue, inner, parameters));
    const whole = elementPresence(name);
    if (index.unionGroups.has(name)) return [tie(name, conditions), whole];
    return [tie(name, conditions), whole, elementCount(name, conditions, parameters)];
  });
  const [firstTie, ...otherTies] = ties;
  if (firstTie !== undefined) leaves.push({ weight: 3, arbitrary: fc.oneof(firstTie, ...otherTies) });
  return combined(fc.oneof(...leaves));
}

const booleans: fc.Arbitrary<Expr> = fc.boolean().map((value) => ({ kind: "boolean", value, span: NO_SPAN }));

/**
 * `and`, `or`, `xor` and `not` over the leaves, a few levels deep. A junction of one operand is that operand, and a negation may leave out its
 * `not`, so that both shrink to what is in them.
 */
function combined(leaf: fc.Arbitrary<Expr>): fc.Arbitrary<Expr> {
  const level = fc.memo((depth: number): fc.Arbitrary<Expr> => {
    if (depth <= 1) return leaf;
    const operands = fc.array(level(depth - 1), { minLength: 1, maxLength: 3, size: "max" });
    const junction = fc.tuple(fc.constantFrom("and", "or", "xor"), operands).map(joined);
    const negation = fc
      .tuple(fc.constantFrom(false, true, true, true), level(depth - 1))
      .map(([negated, operand]): Expr => (negated ? { kind: "not", operand, span: NO_SPAN } : operand));
    return fc.oneof(
      { withCrossShrink: true },
      { weight: 3, arbitrary: leaf },
      { weight: 3, arbitrary: junction },
      negation,
    );
  });
  return level(4);
}

function joined([kind, operands]: readonly [Logical["kind"], readonly Expr[]]): Expr {
  const [only] = operands;
  return operands.length === 1 && only !== undefined ? only : { kind, operands, span: NO_SPAN };
}

/** `group has (…)`. */
function tie(name: string, inner: fc.Arbitrary<Expr>): fc.Arbitrary<Expr> {
  return fc
    .tuple(quantifiers, inner)
    .map(([quantifier, expr]) => predicateOf(null, name, quantifier, { kind: "has", expr, span: NO_SPAN }));
}

/** `group exists`, `none group missing`. */
function elementPresence(name: string): fc.Arbitrary<Expr> {
  return fc
    .tuple(quantifiers, fc.constantFrom("exists" as const, "missing" as const))
    .map(([quantifier, kind]) => predicateOf(null, name, quantifier, { kind, span: NO_SPAN }));
}

/** `count(group) > 1`, `count(group has (…)) >= 2`. */
function elementCount(name: string, inner: fc.Arbitrary<Expr>, parameters: boolean): fc.Arbitrary<Expr> {
  const has = fc.option(inner.map((expr): Test => ({ kind: "has", expr, span: NO_SPAN })));
  return fc.tuple(countTests(parameters), has).map(([test, counted]) => countOf(name, test, counted));
}

function countTests(parameters: boolean): fc.Arbitrary<Test | null> {
  const context = {
    type: "integer",
    range: [0, 8],
    enumeration: undefined,
    uuid: false,
    normalise: undefined,
    weekday: false,
    parameters,
  } as const;
  return fc.oneof(...FUNCTIONS.count.operators.map((operator) => tests(operator, context, "count")));
}

function countOf(field: string, test: Test | null, counted: Test | null): Predicate {
  const predicate = predicateOf("count", field, null, test);
  if (counted === null) return predicate;
  return { ...predicate, operand: { ...predicate.operand, test: counted } };
}

const quantifiers = fc.constantFrom(null, null, null, "any" as const, "all" as const, "none" as const);

interface NamedField {
  readonly name: string;
  readonly field: Field;
}

function predicatesOver(
  catalogue: Catalogue,
  fields: readonly NamedField[],
  parameters: boolean,
): fc.Arbitrary<Expr> {
  const byField = fields.map(({ name, field }) => {
    const calls = FUNCTION_NAMES.filter((func) => isTakenBy(func, field));
    const operands = [null, null, null, ...calls].map((func) =>
      predicatesOf(catalogue, name, field, func, parameters),
    );
    return several(fc.oneof(...operands));
  });
  return fc.oneof(...byField);
}

/** Mostly one of the predicates, at times two or three of them together: tests of one field may contradict or imply each other. */
function several(predicate: fc.Arbitrary<Expr>): fc.Arbitrary<Expr> {
  const junction = fc
    .tuple(
      fc.constantFrom("and", "and", "or"),
      fc.array(predicate, { minLength: 1, maxLength: 3, size: "max" }),
    )
    .map(joined);
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 5, arbitrary: predicate },
    { weight: 2, arbitrary: junction },
  );
}

function isTakenBy(func: FunctionName, field: Field): boolean {
  const { takes } = FUNCTIONS[func];
  return takes === "list" ? field.list : takes.includes(field.type);
}

function predicatesOf(
  catalogue: Catalogue,
  name: string,
  field: Field,
  func: FunctionName | null,
  parameters: boolean,
): fc.Arbitrary<Expr> {
  const operators = func === null ? operatorsFor(field.type) : FUNCTIONS[func].operators;
  const index = indexCatalogue(catalogue);
  const context: Omit<ValueContext, "single"> = {
    type: func === null ? field.type : FUNCTIONS[func].result,
    range: rangeOf(field, func, catalogue),
    enumeration: func === null ? enumerationOf(index, field) : undefined,
    uuid: storedFields(index, field).every(({ columnType }) => columnType === "uuid"),
    normalise: storedFields(index, field)[0]?.normalise,
    weekday: func === "weekday",
    parameters,
  };
  const byOperator = operators.map((operator) => tests(operator, context, func));
  if (func === "count") {
    const counted = operatorsFor(field.type)
      .filter((operator) => operator !== "missing" && operator !== "test")
      .map((operator) => tests(operator, { ...context, ...valuesOf(field, catalogue) }, null));
    return fc
      .tuple(fc.oneof(...byOperator), fc.option(fc.oneof(...counted), { freq: 2 }))
      .map(([test, inner]) => countOf(name, test, inner));
  }
  const quantifier = isOfAllValues(func) ? fc.constant(null) : quantifiers;
  const spelling = fc.constantFrom(name, name, name, name.toUpperCase());
  return fc
    .tuple(fc.oneof(...byOperator), quantifier, spelling)
    .map(([test, quantifierOf, field]) => predicateOf(func, field, quantifierOf, test));
}

/** What the values of a field itself are. */
function valuesOf(field: Field, catalogue: Catalogue): Pick<ValueContext, "type" | "range" | "enumeration"> {
  const enumeration = enumerationOf(indexCatalogue(catalogue), field);
  return { type: field.type, range: rangeOf(field, null, catalogue), enumeration };
}

/** Whole numbers that the operand takes. */
function rangeOf(field: Field, func: FunctionName | null, catalogue: Catalogue): ValueContext["range"] {
  if (func === "count") return [0, 8];
  if (func === "hour") return [0, 23];
  if (func === "weekday") return [1, 7];
  if (func === "prefix_len") return [0, Number.MAX_SAFE_INTEGER];
  if (func === "size") return [0, 2n ** 128n + 2n ** 32n];
  if (func === "family") return [4, Number.MAX_SAFE_INTEGER];
  return (
    integerRange(storedFields(indexCatalogue(catalogue), field)[0]!) ?? [
      -Number.MAX_SAFE_INTEGER,
      Number.MAX_SAFE_INTEGER,
    ]
  );
}

function predicateOf(
  func: string | null,
  field: string,
  quantifier: Predicate["quantifier"],
  test: Test | null,
): Predicate {
  return {
    kind: "predicate",
    quantifier,
    operand: { func, field, fieldSpan: NO_SPAN, span: NO_SPAN },
    test,
    span: NO_SPAN,
  };
}
