/** SQL of one atom: the test over a column, a list, or the joined lists of a union. */
import { tokenSide } from "../catalogue/columns.js";
import type { Catalogue, StoredField } from "../catalogue/model.js";
import { tableNames } from "../catalogue/table-names.js";
import { asksList } from "../index-support.js";
import type { Atom, CountTest } from "../tree.js";
import { identifier, join, placeholder, sql, stringLiteral, type Fragment } from "../sql/fragment.js";
import { ADDRESS_SQL, sizeOf, testCovers } from "./addresses.js";
import type { CoverTests, PreparedTest, ValueTest } from "./prepared-test.js";
import { prepareNumber, type Prepare } from "./test.js";

/**
 * What may be put before a test. `columns`: what indexes of the searched table find by its own columns. `store`: also what they find by the lists
 * of values that a store keeps. `rows`: for rows that are looked at one by one, those lists alone, which are quicker than the test. `none`: where
 * a necessary condition is no help, as under a negation, or the column speaks of another list.
 */
export type Prefilters = "columns" | "store" | "rows" | "none";

const usesIndexes = (prefilters: Prefilters): boolean => prefilters === "columns" || prefilters === "store";
const usesLists = (prefilters: Prefilters): boolean => prefilters === "store" || prefilters === "rows";

/** Where the columns of the fields are: the searched table, or the record of one element inside `has`. */
export interface Scope {
  readonly catalogue: Catalogue;
  readonly column: (field: StoredField) => string;
  /** A column of the searched table, by its SQL identifier, with the alias of the table where there is one. */
  readonly qualify: (column: string) => string;
  readonly prefilters: Prefilters;
  /** Names of fields whose lists of values are too long to be asked: their tests are put as if there were no list. */
  readonly crowded: ReadonlySet<string>;
  /** With a memory, so that a condition that is printed twice has each parameter once. */
  readonly prepare: Prepare;
}

/** The SQL of an atom; a negated one in a NULL-safe form, so that it is the exact complement. */
export function lowerAtom(atom: Atom, scope: Scope): Fragment {
  const positive = lowerPositive(atom, atom.negated ? { ...scope, prefilters: "none" } : scope);
  return { ...(atom.negated ? sql`(${positive}) is not true` : positive), span: atom.span };
}

function lowerPositive(atom: Atom, scope: Scope): Fragment {
  const { test, fields } = atom;
  if (test.kind === "exists")
    return join(
      fields.map((field) => exists(field, scope)),
      "or",
    );
  if (test.kind === "count") {
    const counts = fields.map((field) => countOf(field, test, scope));
    const sum = counts.reduce((left, right) => sql`${left} + ${right}`);
    const total = counts.length === 1 ? sum : sql`(${sum})`;
    return prepareNumber(test.set, test.of === undefined ? "integer" : "bigint").holds(total);
  }
  if (test.kind === "size") {
    const columns = fields.map((field) => ({ field, column: scope.column(field) }));
    return prepareNumber(test.set, "numeric").holds(sizeOf(columns, scope.catalogue));
  }
  if (atom.quantifier === "all" && atom.list) return lowerAll(fields, test, scope);
  return join(
    fields.map((field) => lowerAny(field, test, scope.prepare(test, field), scope)),
    "or",
  );
}

/** The number of a field's values, or of those that meet a test; a union may have scalars among its lists. */
function countOf(field: StoredField, { of }: CountTest, scope: Scope): Fragment {
  const column = scope.column(field);
  if (of !== undefined) {
    const { holds } = scope.prepare(of.test, field);
    const meets = (value: Fragment): Fragment => (of.not ? sql`(${holds(value)}) is not true` : holds(value));
    return field.list
      ? sql`(select count(*) from unnest(${column}) as x(v) where ${meets(sql`x.v`)})`
      : sql`case when ${column} is not null and ${meets(sql`${column}`)} then 1 else 0 end`;
  }
  return field.list ? sql`coalesce(cardinality(${column}), 0)` : sql`num_nonnulls(${column})`;
}

function exists(field: StoredField, scope: Scope): Fragment {
  const column = scope.column(field);
  return field.list ? sql`cardinality(${column}) > 0` : sql`${column} is not null`;
}

function lowerAny(field: StoredField, test: ValueTest, prepared: PreparedTest, scope: Scope): Fragment {
  const column = scope.column(field);
  if (!field.list) {
    const value = sql`${column}`;
    const isIndexed = usesIndexes(scope.prefilters) && field.index === "trigram";
    const holds = ((isIndexed ? prepared.indexed : undefined) ?? prepared.holds)(value);
    const listed = listedCondition(field, test, prepared, scope);
    if (listed) return join([listed, holds], "and");
    const prefilter = usesIndexes(scope.prefilters) ? prepared.prefilter : undefined;
    return prefilter ? join([prefilter(column), holds], "and") : holds;
  }
  // Equality with one of several values is array overlap, which a GIN index serves. The intarray extension brings an operator of
  // the same name that the index does not know.
  if (prepared.array) return sql`${column} operator(pg_catalog.&&) ${prepared.array}`;
  const general = sql`exists (select 1 from unnest(${column}) as x(v) where ${prepared.holds(sql`x.v`)})`;
  const covers = coverTests(field, test, scope);
  const some = prepared.some?.(column, general, covers) ?? general;
  const prefilter =
    listedCondition(field, test, prepared, scope) ?? tokenPrefilter(field, test, scope) ?? covers?.prefilter;
  return prefilter ? join([prefilter, some], "and") : some;
}

/**
 * Listed values that meet a test, at most, for the list to be of use: an index looks for each of them at every row that it finds, and a row that is
 * looked at compares its values with each.
 */
const FEW_VALUES = { indexes: 100, rows: 16 } as const;

/**
 * A necessary condition for a test that no index serves: the event has one of those of the field's listed values that meet it. Few values are read
 * once, instead of every row. Where many meet it, as in a field that a sender fills with ever new values, the condition is one that every event with a
 * value meets, so that the test alone decides; it is one that the same index serves, for else none of both would use it.
 */
function listedCondition(
  field: StoredField,
  test: ValueTest,
  prepared: PreparedTest,
  scope: Scope,
): Fragment | null {
  const { catalogue, prefilters, crowded } = scope;
  if (!usesLists(prefilters) || crowded.has(field.name) || !asksList(field, test, catalogue)) return null;
  const few = prefilters === "rows" ? FEW_VALUES.rows : FEW_VALUES.indexes;
  const [limit, beyond] = [String(few), String(few + 1)];
  const values = sql`select w.value from ${identifier(tableNames(catalogue).words)} as w where w.field = ${stringLiteral(field.name)} and ${prepared.holds(sql`w.value`)} limit ${beyond}`;
  const of = (result: Fragment): Fragment => sql`(select ${result} from (${values}) as l)`;
  const found = of(sql`case when count(*) <= ${limit} then array_agg(l.value) end`);
  const column = scope.column(field);
  const oneOfFew = field.list
    ? sql`${column} operator(pg_catalog.&&) ${found}`
    : sql`${column} = any(${found})`;
  if (prefilters === "rows") return sql`(${oneOfFew} or ${of(sql`count(*) > ${limit}`)})`;
  const any = of(sql`case when count(*) > ${limit} then ${field.list ? "'{}'::text[]" : "''"} end`);
  return sql`(${oneOfFew} or ${column} ${field.list ? "operator(pg_catalog.@>)" : ">="} ${any})`;
}

/**
 * A necessary condition over the prefix tokens: a stored range that meets the test overlaps an operand, and so shares a token with
 * it. Sound for a positive "some element" only.
 */
function tokenPrefilter(field: StoredField, test: ValueTest, scope: Scope): Fragment | null {
  const column = scope.catalogue.table.tokensColumn;
  const side = tokenSide(field, scope.catalogue);
  if (!usesIndexes(scope.prefilters) || column === undefined || side === null || test.kind !== "ip")
    return null;
  const { union, sharesAddress } = ADDRESS_SQL[test.relation];
  if (!sharesAddress) return null;
  const binding = { kind: "ip-tokens", side, set: test.set, merge: union } as const;
  return sql`${scope.qualify(identifier(column))} operator(pg_catalog.&&) ${placeholder(binding, "integer[]")}`;
}

/** Necessary conditions over the columns that cover the addresses of a list. */
function coverTests(field: StoredField, test: ValueTest, scope: Scope): CoverTests | null {
  if (!usesIndexes(scope.prefilters) || test.kind !== "ip" || !field.hulls?.length) return null;
  return testCovers(test, field.hulls, scope);
}

/** There is an element, and none fails. */
function lowerAll(fields: readonly StoredField[], test: ValueTest, scope: Scope): Fragment {
  const some = join(
    fields.map((field) => exists(field, scope)),
    "or",
  );
  const none = fields.map((field) => {
    const column = scope.column(field);
    const { holds } = scope.prepare(test, field);
    return field.list
      ? sql`not exists (select 1 from unnest(${column}) as x(v) where (${holds(sql`x.v`)}) is not true)`
      : join([sql`${column} is null`, holds(sql`${column}`)], "or");
  });
  return join([some, ...none], "and");
}
