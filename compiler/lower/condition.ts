/** SQL of a whole condition. Expects the form that the passes yield: no `not` but over an exclusive or. */
import { assertNever } from "../assert-never.js";
import { atomsOf } from "../condition-parts.js";
import { valueType } from "../catalogue/columns.js";
import { groupFields, indexCatalogue } from "../catalogue/lookup.js";
import type { Catalogue, ElementGroup, StoredField } from "../catalogue/model.js";
import { elementsFunction, isSpread } from "../catalogue/spread.js";
import { storageRoles } from "../catalogue/storage-roles.js";
import { tableNames } from "../catalogue/table-names.js";
import type { Atom, Condition, HasElement, NumberSet } from "../tree.js";
import { lowerAtom, type Prefilters, type Scope } from "./atom.js";
import { identifier, join, sql, type Fragment } from "../sql/fragment.js";
import { prepareNumber, rememberingPrepare } from "./test.js";

/**
 * The boolean SQL expression of a condition over the searched table. It is true where the condition holds, and false or null elsewhere.
 */
export function lowerCondition(
  condition: Condition,
  catalogue: Catalogue,
  { prefilters = "columns", crowded = new Set(), alias }: LowerOptions = {},
): Fragment {
  const qualifier = alias === undefined ? "" : `${identifier(alias)}.`;
  const qualify = (column: string): string => qualifier + column;
  return lower(condition, {
    catalogue,
    column: (field) => qualify(identifier(field.column)),
    qualify,
    prefilters,
    crowded,
    prepare: rememberingPrepare(catalogue),
  });
}

/** How a condition is put as SQL. */
export interface LowerOptions {
  /** What may be put before the test; `columns` when absent. */
  readonly prefilters?: Prefilters | undefined;
  /** Names of fields whose lists of values are too long to be asked; none when absent. */
  readonly crowded?: ReadonlySet<string> | undefined;
  /** Name of the searched table in the statement, which then comes before each of its columns. */
  readonly alias?: string | undefined;
}

function lower(condition: Condition, scope: Scope): Fragment {
  switch (condition.kind) {
    case "constant":
      return { ...sql`${condition.value ? "true" : "false"}`, span: condition.span };
    case "and":
    case "or":
      return join(
        condition.operands.map((operand) => lower(operand, scope)),
        condition.kind,
      );
    case "xor": {
      // Under "exclusive or" a null would spread, so each side is made true or false first; prefilters are unsound there.
      const sides = condition.operands.map(
        (operand) => sql`((${lower(operand, { ...scope, prefilters: "none" })}) is true)`,
      );
      return sql`(${sides.reduce((left, right) => sql`(${left} <> ${right})`)})`;
    }
    case "not":
      return sql`(${lower(condition.operand, { ...scope, prefilters: "none" })}) is not true`;
    case "atom":
      return lowerAtom(condition, scope);
    case "has":
      return { ...lowerHas(condition, scope), span: condition.span };
    default:
      return assertNever(condition);
  }
}

/**
 * An event with one element says all of it in the flat columns; only where there are several is the element column unpacked. What each
 * element that meets a conjunction must have, some value of the flat lists has: those atoms go in front, where indexes serve them.
 */
function lowerHas(has: HasElement, scope: Scope): Fragment {
  const { group, condition } = has;
  const count = scope.qualify(identifier(group.countColumn));
  if (has.count !== undefined) return lowerCount(has, has.count, scope);
  if (condition.kind === "constant") {
    const some = condition.value ? sql`${count} > 0` : sql`false`;
    return has.negated ? sql`(${some}) is not true` : some;
  }
  const flat = lower(condition, { ...scope, prefilters: "none" });
  const element = lower(condition, {
    ...scope,
    column: elementColumn(has, scope.catalogue),
    prefilters: "none",
  });
  const record = elementRecord(has, scope.catalogue);
  const several = sql`exists (select 1 from ${elementRows(group, scope)} as e(${record}) where ${ofTheEvent(scope)}${element})`;
  const exact = sql`((${count} = 1 and ${flat}) or (${count} > 1 and ${several}))`;
  if (has.negated) return sql`(${exact}) is not true`;
  const necessary = necessaryAtoms(condition).map((atom) => lowerAtom(atom, scope));
  return join([...necessary, exact], "and");
}

/** How many elements meet the condition; as in {@link lowerHas} those of one element are told by the flat columns. */
function lowerCount(has: HasElement, set: NumberSet, scope: Scope): Fragment {
  const { group, condition } = has;
  const count = scope.qualify(identifier(group.countColumn));
  const inner = { ...scope, prefilters: "none" } as const;
  const total = (): Fragment => {
    if (condition.kind === "constant") return condition.value ? sql`coalesce(${count}, 0)` : sql`0`;
    const element = lower(condition, { ...inner, column: elementColumn(has, scope.catalogue) });
    const record = elementRecord(has, scope.catalogue);
    const several = sql`(select count(*) from ${elementRows(group, scope)} as e(${record}) where ${ofTheEvent(scope)}${element})`;
    return sql`case when ${count} = 1 then case when ${lower(condition, inner)} then 1 else 0 end when ${count} > 1 then ${several} else 0 end`;
  };
  const holds = prepareNumber(set, "bigint").holds(sql`(${total()})`);
  return has.negated ? sql`(${holds}) is not true` : holds;
}

/**
 * What gives the elements of an event as rows. A cluster pushes no subquery down that has another within and reads no table that is spread: so the
 * identifier of the event is looked up beside, by {@link ofTheEvent}, where it is on the same worker. Its column has a name that no element has.
 */
function elementRows(group: ElementGroup, { catalogue, qualify }: Scope): string {
  const elements = qualify(identifier(group.elementsColumn));
  if (!isSpread(catalogue)) return `jsonb_to_recordset(${elements})`;
  const [{ id }, { ids }] = [storageRoles(catalogue), tableNames(catalogue)];
  const known = `(select ${identifier(id.column)} as ${KNOWN_ID} from ${identifier(ids)}) as known`;
  return `${known} cross join lateral ${identifier(elementsFunction(catalogue))}(${elements})`;
}

const KNOWN_ID = '"#id"';

function ofTheEvent({ catalogue, qualify }: Scope): string {
  if (!isSpread(catalogue)) return "";
  return `known.${KNOWN_ID} = ${qualify(identifier(storageRoles(catalogue).id.column))} and `;
}

/** The positive "some value" atoms that every element meeting the condition meets. */
function necessaryAtoms(condition: Condition): readonly Atom[] {
  const parts = condition.kind === "and" ? condition.operands : [condition];
  return parts.filter(
    (part): part is Atom =>
      part.kind === "atom" &&
      !part.negated &&
      part.quantifier === "any" &&
      part.test.kind !== "count" &&
      part.test.kind !== "size" &&
      part.list,
  );
}

function innerNames(has: HasElement, catalogue: Catalogue): ReadonlyMap<StoredField, string> {
  const fields = groupFields(indexCatalogue(catalogue), has.group);
  return new Map([...fields].map(([name, field]) => [field, name]));
}

function elementColumn(has: HasElement, catalogue: Catalogue): (field: StoredField) => string {
  const names = innerNames(has, catalogue);
  return (field) => `e.${identifier(names.get(field) ?? field.column)}`;
}

/** The column definitions of the record, for the fields that the condition uses, in catalogue order. */
function elementRecord(has: HasElement, catalogue: Catalogue): string {
  const used = new Set(atomsOf(has.condition).flatMap(({ fields }) => fields));
  return [...innerNames(has, catalogue)]
    .filter(([field]) => used.has(field))
    .map(([field, name]) => `${identifier(name)} ${valueType(field)}${field.list ? "[]" : ""}`)
    .join(", ");
}
