/** SQL of the tests of one address, by the type of its column. */
import { addressForm, columnTypeOf, type AddressForm } from "../catalogue/column-types.js";
import type { HullColumn, StoredField } from "../catalogue/model.js";
import { identifier, join, placeholder, sql, type Fragment, type Placeholder } from "../sql/fragment.js";
import type { IpRelation, IpTest } from "../tree.js";
import type { PreparedTest } from "./prepared-test.js";

interface AddressSql {
  /** The operator of ip4r between a stored range and one of the ranges, and the same with the sides changed. */
  readonly operator: string;
  readonly commuted: string;
  /** A list means the union of its ranges: ranges that touch count as one. */
  readonly union: boolean;
  /** A stored range that meets the test shares an address with one of the ranges, so an index of prefix tokens can look for it. */
  readonly sharesAddress: boolean;
  /** A stored range that meets the test lies within one of the ranges, so an index in the order of addresses has it between two ends. */
  readonly within: boolean;
}

/** SQL of the operators of addresses. */
export const ADDRESS_SQL: Readonly<Record<IpRelation, AddressSql>> = {
  in: { operator: "<<=", commuted: ">>=", union: true, sharesAddress: true, within: true },
  overlaps: { operator: "&&", commuted: "&&", union: true, sharesAddress: true, within: false },
  covers: { operator: ">>=", commuted: "<<=", union: false, sharesAddress: true, within: false },
  "=": { operator: "=", commuted: "=", union: false, sharesAddress: true, within: true },
};

/** The test of an address. */
export function prepareAddress(test: IpTest, field: StoredField): PreparedTest {
  const type = columnTypeOf(field);
  const form = addressForm(type);
  const { operator, commuted } = ADDRESS_SQL[test.relation];
  const ranges = operands(test, form);
  const value = (given: Fragment): Fragment =>
    form.kind === "network" && test.relation === "=" ? sql`network(${given})` : asRange(given, field);
  const prepared: PreparedTest = {
    holds: (given) => sql`${value(given)} ${operator} any(${ranges})`,
    // A scan with a subquery for each row takes more than twice as long, and mostly one network is asked for.
    some: (list, general) => {
      if (form.kind === "network") return general;
      const elements = form.kind === "single" ? `${list}::${form.operand}[]` : list;
      return sql`case when cardinality(${ranges}) = 1 then (${ranges})[1] ${commuted} any(${elements}) else ${general} end`;
    },
  };
  const prefilter = indexPrefilter(test, field, form);
  return prefilter === null ? prepared : { ...prepared, prefilter };
}

/** The ranges of a test in the type of the operator's right side. */
function operands({ set, relation }: IpTest, { kind, operand, family }: AddressForm): Placeholder {
  const merge = ADDRESS_SQL[relation].union;
  if (kind === "network") {
    const netForm = relation === "covers" ? "around" : relation === "=" ? "exact" : "parts";
    return placeholder({ kind: "nets", set, merge, form: netForm }, "inet[]");
  }
  const own = family === null ? {} : { family };
  return placeholder({ kind: "ips", set, merge, ...own }, `${operand}[]`);
}

/** Whether a btree index narrows the relation: what lies within a range has its place between two ends. */
export function isBetweenBounds(relation: IpRelation, { kind }: AddressForm): boolean {
  return ADDRESS_SQL[relation].within || (kind === "single" && ADDRESS_SQL[relation].sharesAddress);
}

/** A necessary condition over a scalar that its index serves and the test itself does not ask of it. */
function indexPrefilter(
  test: IpTest,
  field: StoredField,
  form: AddressForm,
): ((column: string) => Fragment) | null {
  const { set, relation } = test;
  if (field.list) return null;
  if (field.index === "gist" && form.kind === "network" && relation === "=") {
    const nets = placeholder({ kind: "nets", set, merge: false, form: "exact" }, "inet[]");
    return (column) => sql`${column} <<= any(${nets})`;
  }
  if (field.index !== "btree" || !isBetweenBounds(relation, form)) return null;
  const type = columnTypeOf(field) === "cidr" ? "inet" : columnTypeOf(field);
  const bound = (end: "first" | "last"): Placeholder => {
    const own = form.family === null ? {} : { family: form.family };
    const network = form.kind === "network";
    return placeholder(
      { kind: "ip-bound", set, merge: ADDRESS_SQL[relation].union, end, network, ...own },
      type,
    );
  };
  const [first, last] = [bound("first"), bound("last")];
  return (column) => sql`(${column} >= ${first} and ${column} <= ${last})`;
}

/**
 * A necessary condition over the columns that cover a list: an address that meets the test shares an address with an operand, so the cover does, too;
 * where it covers an operand or is one, the cover covers it.
 */
export function hullPrefilter(
  { set, relation }: IpTest,
  hulls: readonly HullColumn[],
  column: (name: string) => string,
): Fragment | null {
  const { union, sharesAddress } = ADDRESS_SQL[relation];
  if (!sharesAddress) return null;
  const operator = union ? "&&" : ">>=";
  return join(
    hulls.map((hull) => {
      const form = addressForm(hull.columnType);
      const wanted = operands({ kind: "ip", set, relation: union ? "overlaps" : "covers" }, form);
      return sql`${column(identifier(hull.column))} ${operator} any(${wanted})`;
    }),
    "or",
  );
}

/** Where single addresses are cast: functions of their ranges are there for every type. */
function asRange(value: Fragment, field: StoredField): Fragment {
  const { kind, operand } = addressForm(columnTypeOf(field));
  return kind === "single" ? sql`${value}::${operand}` : value;
}

/** The family of a value, 4 or 6. Where a type holds one only, ip4r says so of a missing value, too. */
export function familyOf(value: Fragment, field: StoredField): Fragment {
  const { family } = addressForm(columnTypeOf(field));
  if (family !== null) return sql`case when ${value} is not null then ${String(family)} end`;
  return sql`family(${asRange(value, field)})`;
}

/** ip4r's own `masklen` has no counterpart in the compatibility schema; the text form is the same in both. */
export function prefixLengthOf(value: Fragment, field: StoredField): Fragment {
  if (addressForm(columnTypeOf(field)).kind === "network") return sql`masklen(${value})`;
  const range = asRange(value, field);
  return sql`case when is_cidr(${range}) then coalesce(nullif(split_part(${range}::text, '/', 2), '')::integer, case family(${range}) when 4 then 32 else 128 end) end`;
}
