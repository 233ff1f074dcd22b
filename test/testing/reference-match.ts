/**
 * The meaning of a filter, told a second time: an evaluator over the syntax tree, written to be read beside the specification of the
 * language and nothing else. It shares the parser, the reading of event values and the codecs of addresses and times with the compiler,
 * and none of its resolving, passes, typed tree, lowering or evaluation.
 */
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import { normalisationOf } from "../../compiler/catalogue/column-types.js";
import { enumerationOf, groupFields, indexCatalogue, storedFields } from "../../compiler/catalogue/lookup.js";
import type { Catalogue, ElementGroup, Field, StoredField } from "../../compiler/catalogue/model.js";
import { elementReader } from "../../compiler/extract/element-reader.js";
import { fieldReader } from "../../compiler/extract/field-reader.js";
import type { FieldReader } from "../../compiler/extract/path-reader.js";
import type { StoredValue } from "../../compiler/extract/value.js";
import type { Expr, FilterSyntax, HasTest, Predicate } from "../../grammar/ast.js";
import { FilterError } from "../../grammar/filter-error.js";
import { parseSyntax } from "../../grammar/parse.js";
import { exactWholeNumber } from "../../compiler/values/exact-json.js";
import { prefixLength, type IpRange } from "../../compiler/values/ip-range.js";
import { asciiFold } from "../../compiler/values/text.js";
import { zoneOf } from "../../compiler/values/zone.js";
import { nameSpelling } from "./reference-names.js";
import { elementTest, type ReferenceTarget } from "./reference-tests.js";

/** What the meaning of a filter depends on besides its text; as the options of compileFilter. */
export interface ReferenceOptions {
  /** The IDEA catalogue when absent. */
  readonly catalogue?: Catalogue | undefined;
  /** Values of `$parameters`. */
  readonly args?: Readonly<Record<string, unknown>> | undefined;
  /** Members of `@sets`: addresses, networks, ranges and words as text, or numbers. */
  readonly sets?: Readonly<Record<string, readonly (string | number | IpRange)[]>> | undefined;
  /** Conditions of saved filters, `@name`. */
  readonly filters?: Readonly<Record<string, string>> | undefined;
  /** Zone of times without offset and of calendar units; UTC when absent. */
  readonly timeZone?: string | undefined;
  /** The reading of the clock; the present when absent. */
  readonly now?: Date | undefined;
}

/**
 * Whether the event matches the filter, by the specification. For filters that compile; what becomes of others is not defined.
 *
 * @param filter text or syntax tree
 * @throws FilterError when the text does not parse, Error when the filter names what there is not
 * @example
 * assert.equal(compileFilter(filter).matches(event), referenceMatch(filter, event));
 */
export function referenceMatch(
  filter: string | FilterSyntax,
  event: unknown,
  options: ReferenceOptions = {},
): boolean {
  return referenceMatcher(filter, options)(event);
}

/** {@link referenceMatch} for many events. */
export function referenceMatcher(
  filter: string | FilterSyntax,
  options: ReferenceOptions = {},
): (event: unknown) => boolean {
  const { root } = typeof filter === "string" ? parse(filter) : filter;
  const scope = eventScope({ ...options, now: options.now ?? new Date() });
  return root === null ? () => true : meaning(root, scope);
}

function parse(text: string): FilterSyntax {
  const { syntax, diagnostics } = parseSyntax(text);
  if (diagnostics.length > 0) throw new FilterError(text, diagnostics);
  return syntax;
}

/** What names mean: in the whole event, or in one element inside `has`. */
interface Scope {
  readonly options: ReferenceOptions & { readonly now: Date };
  readonly catalogue: Catalogue;
  readonly field: (name: string) => Field;
  /** The values of a field and all its parts. */
  readonly values: (field: Field, record: unknown) => readonly StoredValue[];
}

function eventScope(options: Scope["options"]): Scope {
  const catalogue = options.catalogue ?? IDEA_CATALOGUE;
  const index = indexCatalogue(catalogue);
  return {
    options,
    catalogue,
    field: (name) => known(index.fields.get(name) ?? index.aliases.get(name), `field ${name}`),
    values: (field, event) => storedFields(index, field).flatMap((part) => valuesOf(part, event, catalogue)),
  };
}

function elementScope(group: ElementGroup, outer: Scope): Scope {
  const reads = new Map<Field, FieldReader>(
    elementReader(group, outer.catalogue).fields.map(({ field, read }) => [field, read]),
  );
  const inner = groupFields(indexCatalogue(outer.catalogue), group);
  return {
    ...outer,
    field: (name) => known(inner.get(name), `field ${name} of ${group.name}`),
    values: (field, element) => known(reads.get(field), field.name)(element),
  };
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`there is no ${what}`);
  return value;
}

/** Reading an event is dear and the same for every filter. */
const readings = new WeakMap<object, Map<StoredField, readonly StoredValue[]>>();
const readers = new WeakMap<StoredField, (event: unknown) => readonly StoredValue[]>();

function valuesOf(field: StoredField, event: unknown, catalogue: Catalogue): readonly StoredValue[] {
  if (typeof event !== "object" || event === null) return [];
  let reading = readings.get(event);
  if (reading === undefined) readings.set(event, (reading = new Map()));
  let values = reading.get(field);
  if (values !== undefined) return values;
  let read = readers.get(field);
  if (read === undefined) readers.set(field, (read = fieldReader(field, catalogue)));
  const normalise = normalisationOf(field);
  const named = (value: StoredValue): StoredValue =>
    typeof value === "string" ? (nameSpelling(value, normalise) ?? value) : value;
  reading.set(field, (values = read(event).map(named)));
  return values;
}

/** Whether a record, that is an event or one element of it, meets a condition. */
type Meets = (record: unknown) => boolean;

function meaning(expr: Expr, scope: Scope): Meets {
  switch (expr.kind) {
    case "and":
    case "or":
    case "xor": {
      const operands = expr.operands.map((operand) => meaning(operand, scope));
      const count = (record: unknown): number => operands.filter((holds) => holds(record)).length;
      if (expr.kind === "and") return (record) => count(record) === operands.length;
      return expr.kind === "or" ? (record) => count(record) > 0 : (record) => count(record) % 2 === 1;
    }
    case "not": {
      const holds = meaning(expr.operand, scope);
      return (record) => !holds(record);
    }
    case "boolean":
      return () => expr.value;
    case "filter": {
      const { root } = parse(known(scope.options.filters?.[expr.name], `saved filter @${expr.name}`));
      return root === null ? () => true : meaning(root, scope);
    }
    case "predicate":
      if (isGroup(expr, scope)) return groupMeets(expr, scope);
      return expr.test?.kind === "has" ? elementsMeet(expr, expr.test, scope) : valuesMeet(expr, scope);
    case "error":
      throw new Error("a part of the filter did not parse");
  }
}

/** `group has (…)`: some element, every element of which there is one at least, or no element. */
function elementsMeet(predicate: Predicate, test: HasTest, scope: Scope): Meets {
  const index = indexCatalogue(scope.catalogue);
  const name = predicate.operand.field.toLowerCase();
  const groups = (index.unionGroups.get(name)?.of ?? [name]).map((part) => {
    const group = known(index.groups.get(part), `group ${part}`);
    const { elements } = elementReader(group, scope.catalogue);
    return { elements, holds: meaning(test.expr, elementScope(group, scope)) };
  });
  return (event) =>
    quantified(
      predicate.quantifier,
      groups.flatMap(({ elements, holds }) => elements(event).map(holds)),
    );
}

/** Whether the predicate asks for the presence or the number of the elements of a list. */
function isGroup({ operand, test }: Predicate, scope: Scope): boolean {
  const index = indexCatalogue(scope.catalogue);
  const name = operand.field.toLowerCase();
  const isName = index.groups.has(name) || index.unionGroups.has(name);
  return isName && (operand.func !== null || test?.kind === "exists" || test?.kind === "missing");
}

/** `source exists`, `count(source) > 3`, `count(target has (port = 22)) >= 2`. */
function groupMeets(predicate: Predicate, scope: Scope): Meets {
  const { operand, test, quantifier } = predicate;
  const index = indexCatalogue(scope.catalogue);
  const name = operand.field.toLowerCase();
  const inner = operand.test?.kind === "has" ? operand.test.expr : null;
  const counts = (index.unionGroups.get(name)?.of ?? [name]).map((part) => {
    const group = known(index.groups.get(part), `group ${part}`);
    const { elements } = elementReader(group, scope.catalogue);
    const holds = inner === null ? () => true : meaning(inner, elementScope(group, scope));
    return (event: unknown): number => elements(event).filter((element) => holds(element)).length;
  });
  const count = (event: unknown): number => counts.reduce((sum, part) => sum + part(event), 0);
  if (test?.kind === "exists" || test?.kind === "missing") {
    const wanted = (test.kind === "exists") === (quantifier !== "none");
    return (event) => count(event) > 0 === wanted;
  }
  const meets = elementTest(test, { ...plainTarget(scope), type: "integer" });
  return (event) => meets(count(event)) !== isNegative(test);
}

function quantified(quantifier: Predicate["quantifier"], answers: readonly boolean[]): boolean {
  switch (quantifier) {
    case "all":
      return answers.length > 0 && answers.every(Boolean);
    case "none":
      return !answers.some(Boolean);
    case "any":
    case null:
      return answers.some(Boolean);
  }
}

/**
 * A test of a field's values. Without a quantifier a negative operator is the complement of the whole positive test: `x != v` is
 * `not (x = v)`, so it is true where there is no x. With a quantifier it is a test of each value: `all x != v` needs an x.
 */
function valuesMeet(predicate: Predicate, scope: Scope): Meets {
  const { quantifier, operand, test } = predicate;
  const field = scope.field(operand.field.toLowerCase());
  if (test?.kind === "exists" || test?.kind === "missing") {
    const wanted = (test.kind === "exists") === (quantifier !== "none");
    return (record) => scope.values(field, record).length > 0 === wanted;
  }
  const func = operand.func?.toLowerCase() ?? null;
  const meets = elementTest(test, targetOf(field, func, scope));
  const negative = isNegative(test);
  const counted = countedBy(operand, field, scope);
  if (func === "size")
    return (record) => meets(addresses(scope.values(field, record) as readonly IpRange[])) !== negative;
  const answers = (record: unknown): readonly boolean[] =>
    apply(func, scope.values(field, record).filter(counted), scope).map(
      (value) => value !== null && meets(value),
    );
  if (quantifier === null) return (record) => quantified(null, answers(record)) !== negative;
  return (record) =>
    quantified(
      quantifier,
      answers(record).map((answer) => answer !== negative),
    );
}

/** Which values `count(f test)` counts. */
function countedBy(
  { test }: Predicate["operand"],
  field: Field,
  scope: Scope,
): (value: StoredValue) => boolean {
  if (test === undefined || test.kind === "exists") return () => true;
  const meets = elementTest(test, targetOf(field, null, scope));
  return (value) => meets(value) !== isNegative(test);
}

/** How many addresses lie in some range: by the ends of ranges in order, and how many are open after each. */
function addresses(ranges: readonly IpRange[]): number | bigint {
  const families = [4, 6].map((family) => ranges.filter((range) => range.family === family));
  const total = families.reduce((sum, some) => {
    const ends = some
      .flatMap(({ first, last }) => [
        { at: first, step: 1 },
        { at: last + 1n, step: -1 },
      ])
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    let open = 0;
    return ends.reduce((covered, { at, step }, index) => {
      open += step;
      return open > 0 ? covered + (ends[index + 1]?.at ?? at) - at : covered;
    }, sum);
  }, 0n);
  return exactWholeNumber(total) ?? total;
}

function plainTarget({ options }: Scope): Omit<ReferenceTarget, "type"> {
  return {
    enumeration: undefined,
    normalise: undefined,
    further: [],
    ignoreCase: false,
    now: options.now,
    timeZone: options.timeZone ?? "UTC",
    args: options.args ?? {},
    sets: options.sets ?? {},
  };
}

function targetOf(field: Field, func: string | null, scope: Scope): ReferenceTarget {
  const index = indexCatalogue(scope.catalogue);
  const [first, ...others] = storedFields(index, field).map(normalisationOf);
  return {
    ...plainTarget(scope),
    cycle: func === "hour" ? [0, 23] : func === "weekday" ? [1, 7] : undefined,
    type: func === null ? field.type : func === "lower" ? "text" : "integer",
    enumeration: func === null ? enumerationOf(index, field) : undefined,
    normalise: func === null || func === "lower" ? first : undefined,
    further: [...new Set(others)].flatMap((other) => (other === undefined || other === first ? [] : [other])),
    ignoreCase: func === "lower",
  };
}

/** The values of a function of a field; null where it has none for a value. */
function apply(
  func: string | null,
  values: readonly StoredValue[],
  { options }: Scope,
): readonly (StoredValue | null)[] {
  switch (func) {
    case null:
      return values;
    case "count":
      return [values.length];
    case "family":
      return values.map((range) => (range as IpRange).family);
    case "prefix_len":
      return values.map((range) => prefixLength(range as IpRange));
    case "hour":
    case "weekday":
      return values.map((instant) => clockPart(func, instant as bigint, options.timeZone ?? "UTC"));
    case "lower":
      return values.map((text) => asciiFold(text as string));
    default:
      throw new Error(`there is no function ${func}`);
  }
}

/** By the calendar of the platform, not by arithmetic of our own. */
function clockPart(part: "hour" | "weekday", micros: bigint, timeZone: string): number {
  const millis = (micros - (((micros % 1000n) + 1000n) % 1000n)) / 1000n;
  const local = new Date(Number(millis + zoneOf(timeZone).offsetAt(micros) / 1000n));
  return part === "hour" ? local.getUTCHours() : local.getUTCDay() || 7;
}

function isNegative(test: Predicate["test"]): boolean {
  if (test === null) return false;
  return test.kind === "compare" ? test.op === "!=" : "negated" in test && test.negated;
}
