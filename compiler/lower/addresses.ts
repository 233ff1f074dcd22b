/** SQL of the tests of one address, by the type of its column. */
import { addressForm, columnTypeOf, holdsMapped, type AddressForm } from "../catalogue/column-types.js";
import { isSpread } from "../catalogue/spread.js";
import type { Catalogue, HullColumn, StoredField } from "../catalogue/model.js";
import { identifier, join, placeholder, sql, type Fragment, type Placeholder } from "../sql/fragment.js";
import type { IpRelation, IpTest } from "../tree.js";
import type { MappedForms } from "../values/binding.js";
import { isMapped, mappedBlock } from "./mapped-addresses.js";
import type { CoverTests, PreparedTest } from "./prepared-test.js";

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
export function prepareAddress(test: IpTest, field: StoredField, catalogue: Catalogue): PreparedTest {
  const type = columnTypeOf(field);
  const form = addressForm(type);
  const isForeign = holdsMapped(type, catalogue);
  const prepared =
    !isForeign || form.kind === "single" || test.relation === "="
      ? prepareRanges(test, field, singleForms(test, form, isForeign))
      : prepareBeside(test, field);
  const prefilter = indexPrefilter(test, field, form, isForeign);
  return prefilter === null ? prepared : { ...prepared, prefilter };
}

/** One list of ranges is enough where a value can't lie partly within the mapped block, or has to be one of them. */
function singleForms(
  { relation }: IpTest,
  { kind }: AddressForm,
  isForeign: boolean,
): MappedForms | undefined {
  if (!isForeign) return undefined;
  return kind === "single" && ADDRESS_SQL[relation].union ? "apart" : "added";
}

function prepareRanges(test: IpTest, field: StoredField, mapped: MappedForms | undefined): PreparedTest {
  const form = addressForm(columnTypeOf(field));
  const { operator, commuted } = ADDRESS_SQL[test.relation];
  const ranges = operands(test, form, mapped);
  const value = (given: Fragment): Fragment =>
    form.kind === "network" && test.relation === "=" ? sql`network(${given})` : asRange(given, field);
  return {
    holds: (given) => sql`${value(given)} ${operator} any(${ranges})`,
    // A scan with a subquery for each row takes more than twice as long, and mostly one network is asked for.
    some: (list, general) => {
      if (form.kind === "network") return general;
      const elements = form.kind === "single" ? `${list}::${form.operand}[]` : list;
      const one = (position: string) => sql`(${ranges})[${position}] ${commuted} any(${elements})`;
      return mapped === undefined
        ? sql`case when cardinality(${ranges}) = 1 then ${one("1")} else ${general} end`
        : sql`case when cardinality(${ranges}) in (1, 2) then ${one("1")} or ${one("2")} else ${general} end`;
    },
  };
}

/** The test where a stored range may be one of mapped addresses, or hold them among others. */
function prepareBeside(test: IpTest, field: StoredField): PreparedTest {
  const form = addressForm(columnTypeOf(field));
  const { operator, commuted, within } = ADDRESS_SQL[test.relation];
  const ranges = operands(test, form);
  const standIns = operands(test, form, "only");
  return {
    holds: (value) => {
      const plain = sql`(${value} ${operator} any(${ranges}) and not ${isMapped(value, form)})`;
      const mapped = sql`${value} ${operator} any(${standIns})`;
      return sql`(${plain} or ${within ? mapped : sql`(${mapped} and ${isMapped(value, form)})`})`;
    },
    // A scan with a subquery for each row takes several times as long. An IPv4 range meets no mapped address, and an IPv6 one none where it lies
    // apart from all of them; what a stand-in meets may hold more than mapped addresses, unless it lies within.
    some: (list, general, covers) => {
      if (form.kind === "network") return general;
      const isFew = sql`cardinality(${ranges}) <= ${String(FEW_RANGES)} and not ${mappedBlock(form)} && any(${ranges})`;
      // An unknown left side of an `and` would not spare the right one.
      const mayBeMapped = sql`${covers?.mapped ?? meetsFew(standIns, commuted, list)} is true`;
      return sql`(${isFew} and ${meetsFew(ranges, commuted, list)} or (not (${isFew}) or ${mayBeMapped}) and ${general})`;
    },
  };
}

/** Ranges that are looked for one by one, where no operator takes two lists. */
const FEW_RANGES = 2;

/** Whether one of the first {@link FEW_RANGES} ranges meets a value of the list; false or null where there are fewer and none does. */
function meetsFew(ranges: Placeholder, commuted: string, list: string): Fragment {
  const positions = Array.from({ length: FEW_RANGES }, (_, index) => String(index + 1));
  return join(
    positions.map((position) => sql`(${ranges})[${position}] ${commuted} any(${list})`),
    "or",
  );
}

/** The ranges of a test in the type of the operator's right side. */
function operands({ set, relation }: IpTest, form: AddressForm, mapped?: MappedForms): Placeholder {
  const { kind, operand, family } = form;
  const merge = ADDRESS_SQL[relation].union;
  const forms = mapped === undefined ? {} : { mapped };
  if (kind === "network") {
    const netForm = relation === "covers" ? "around" : relation === "=" ? "exact" : "parts";
    return placeholder({ kind: "nets", set, merge, form: netForm, ...forms }, "inet[]");
  }
  const own = family === null ? {} : { family };
  return placeholder({ kind: "ips", set, merge, ...own, ...forms }, `${operand}[]`);
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
  isForeign: boolean,
): ((column: string) => Fragment) | null {
  const { set, relation } = test;
  if (field.list) return null;
  if (field.index === "gist" && form.kind === "network" && relation === "=") {
    const nets = operands(test, form, isForeign ? "added" : undefined);
    return (column) => sql`${column} <<= any(${nets})`;
  }
  if (field.index !== "btree" || !isBetweenBounds(relation, form)) return null;
  const type = columnTypeOf(field) === "cidr" ? "inet" : columnTypeOf(field);
  const own = {
    kind: "ip-bound",
    set,
    merge: ADDRESS_SQL[relation].union,
    network: form.kind === "network",
    ...(form.family === null ? {} : { family: form.family }),
  } as const;
  const between = (mapped: { readonly mapped?: MappedForms }): ((column: string) => Fragment) => {
    const first = placeholder({ ...own, ...mapped, end: "first" }, type);
    const last = placeholder({ ...own, ...mapped, end: "last" }, type);
    return (column) => sql`(${column} >= ${first} and ${column} <= ${last})`;
  };
  const plain = between({});
  if (!isForeign) return plain;
  // Two places in the index: between them lies all the rest of IPv4.
  const standIns = between({ mapped: "only" });
  return (column) => sql`(${plain(column)} or ${standIns(column)})`;
}

/**
 * Necessary conditions over the columns that cover a list: an address that meets the test shares an address with an operand, so the cover does, too;
 * where it covers an operand or is one, the cover covers it. Null where there is none.
 */
export function testCovers(
  { set, relation }: IpTest,
  hulls: readonly HullColumn[],
  scope: { readonly catalogue: Catalogue; readonly qualify: (name: string) => string },
): CoverTests | null {
  const { union, sharesAddress } = ADDRESS_SQL[relation];
  if (!sharesAddress) return null;
  const operator = union ? "&&" : ">>=";
  const tests = hulls.map((hull) => {
    const isForeign = holdsMapped(hull.columnType, scope.catalogue);
    const forms = isForeign ? "added" : undefined;
    const form = addressForm(hull.columnType);
    const wanted = operands({ kind: "ip", set, relation: union ? "overlaps" : "covers" }, form, forms);
    return {
      isForeign,
      holds: sql`${scope.qualify(identifier(hull.column))} ${operator} any(${wanted})`,
    };
  });
  const mapped = tests.filter(({ isForeign }) => isForeign);
  return {
    prefilter: orOf(tests),
    mapped: mapped.length === 0 ? null : sql`(${orOf(mapped)})`,
  };
}

function orOf(tests: readonly { readonly holds: Fragment }[]): Fragment {
  return join(
    tests.map(({ holds }) => holds),
    "or",
  );
}

/** Where single addresses are cast: functions of their ranges are there for every type. */
function asRange(value: Fragment, field: StoredField): Fragment {
  const { kind, operand } = addressForm(columnTypeOf(field));
  return kind === "single" ? sql`${value}::${operand}` : value;
}

/** The family of a value, 4 or 6. Where a type holds one only, ip4r says so of a missing value, too. */
export function familyOf(value: Fragment, field: StoredField, catalogue: Catalogue): Fragment {
  const type = columnTypeOf(field);
  const form = addressForm(type);
  const range = asRange(value, field);
  const mapped = holdsMapped(type, catalogue) ? sql`when ${isMapped(range, form)} then 4 ` : sql``;
  if (form.family !== null)
    return sql`case ${mapped}when ${value} is not null then ${String(form.family)} end`;
  const family = sql`family(${range})`;
  return mapped.parts.length === 0 ? family : sql`case ${mapped}else ${family} end`;
}

/**
 * The number of addresses that the values of columns cover together, exact for the 2^128 of IPv6. ip4r's own operator for it has no counterpart
 * in the compatibility schema, and would count an address in each value that holds it.
 */
export function sizeOf(columns: readonly AddressColumn[], catalogue: Catalogue): Fragment {
  const values = sources(columns, catalogue).map(({ field, column }) => {
    const value: Fragment = field.list ? sql`x.v` : sql`${column}`;
    const source = field.list ? sql` from unnest(${column}) as x(v)` : sql` where ${column} is not null`;
    const [first, last] = endsOf(value, field);
    const family = familyOf(value, field, catalogue);
    // What represents IPv4 in IPv6 has the digits of IPv4 at its end.
    const digits = (address: Fragment): Fragment =>
      holdsMapped(columnTypeOf(field), catalogue)
        ? sql`case ${family} when 4 then right(${hexOf(address)}, 8) else substr(${hexOf(address)}, 9) end`
        : sql`substr(${hexOf(address)}, 9)`;
    return sql`select ${family} as f, lpad(${digits(first)}, 32, '0') as a, lpad(${digits(last)}, 32, '0') as b${source}`;
  });
  const all = values.reduce((left, right) => sql`${left} union all ${right}`);
  const ranges = sql`select pg_catalog.range_agg(numrange(${numberOf("a")}, ${numberOf("b")} + 1)) as m from (${all}) as s group by f`;
  return sql`(select coalesce(sum(pg_catalog.upper(r) - pg_catalog.lower(r)), 0) from (${ranges}) as g, unnest(m) as u(r))`;
}

type AddressColumn = { readonly field: StoredField; readonly column: string };

/** The columns that addresses are read of. Those of a store that is spread are one list: workers are sent no union of what they unpack. */
function sources(columns: readonly AddressColumn[], catalogue: Catalogue): readonly AddressColumn[] {
  const [first, ...others] = columns;
  if (first === undefined || others.length === 0 || !isSpread(catalogue)) return columns;
  const lists = columns.map(({ field, column }) =>
    field.list ? column : `array_remove(array[${column}], null)`,
  );
  return [{ field: { ...first.field, list: true }, column: `(${lists.join(" || ")})` }];
}

/** The first and the last address of a value as `inet`. */
function endsOf(value: Fragment, field: StoredField): readonly [Fragment, Fragment] {
  if (addressForm(columnTypeOf(field)).kind === "network")
    return [sql`network(${value})::inet`, sql`broadcast(${value})::inet`];
  const range = asRange(value, field);
  return [sql`lower(${range})::text::inet`, sql`upper(${range})::text::inet`];
}

/** An address as hexadecimal digits, after four bytes that say what it is. */
function hexOf(address: Fragment): Fragment {
  return sql`encode(inet_send(${address}), 'hex')`;
}

/** The number that 32 hexadecimal digits are: bits make a whole number of 64 bits at most. */
function numberOf(digits: string): Fragment {
  const part = (position: number) => sql`('x' || substr(${digits}, ${String(position)}, 8))::bit(32)::bigint`;
  return [9, 17, 25].reduce(
    (number, position) => sql`(${number} * 4294967296 + ${part(position)})`,
    sql`${part(1)}::numeric`,
  );
}

/** ip4r's own `masklen` has no counterpart in the compatibility schema; the text form is the same in both. */
export function prefixLengthOf(value: Fragment, field: StoredField, catalogue: Catalogue): Fragment {
  const type = columnTypeOf(field);
  const form = addressForm(type);
  const range = asRange(value, field);
  const length =
    form.kind === "network"
      ? sql`masklen(${value})`
      : sql`case when is_cidr(${range}) then coalesce(nullif(split_part(${range}::text, '/', 2), '')::integer, case family(${range}) when 4 then 32 else 128 end) end`;
  if (!holdsMapped(type, catalogue)) return length;
  return sql`(${length} - case when ${isMapped(range, form)} then 96 else 0 end)`;
}
