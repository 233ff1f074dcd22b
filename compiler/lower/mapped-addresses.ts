/**
 * IPv4-mapped addresses (`::ffff:10.1.2.3`) in tables that others write. They are the IPv4 addresses that they stand for, and PostgreSQL takes them
 * for IPv6. The store writes none into tables of its own.
 */
import { addressForm, columnTypeOf, type AddressForm } from "../catalogue/column-types.js";
import type { StoredField } from "../catalogue/model.js";
import { sql, type Fragment } from "../sql/fragment.js";

/** The range of all such addresses, in the type of the operators. */
export function mappedBlock({ operand }: AddressForm): Fragment {
  return sql`'::ffff:0:0/96'::${operand}`;
}

/** Whether a value, in the type of the operators, is such an address or a range of them; null of a missing one. */
export function isMapped(value: Fragment | string, form: AddressForm): Fragment {
  return sql`${value} <<= ${mappedBlock(form)}`;
}

/** The type of the addresses of some columns together, as {@link shownAddress} gives them. */
export function shownType(fields: readonly StoredField[]): "inet" | "iprange" {
  return fields.every((field) => formOf(field).kind === "network") ? "inet" : "iprange";
}

/** SQL of a value as it is counted and shown: the IPv4 address for a mapped one, and for a host in a network the network. */
export function shownAddress(field: StoredField): { readonly of: (value: string) => string } {
  const { kind, operand, family } = formOf(field);
  if (kind === "network") return { of: shownNetwork };
  if (family === 4) return { of: (value) => `${value}::iprange` };
  const [cast, block] = [kind === "single" ? `::${operand}` : "", `'::ffff:0:0/96'::${operand}`];
  return {
    of: (value) =>
      `case when ${value}${cast} <<= ${block} then (replace(split_part(${value}::text, '/', 1), '::ffff:', '') || ` +
      `coalesce('/' || nullif(split_part(${value}::text, '/', 2), '')::integer - 96, ''))::iprange else ${value}::iprange end`,
  };
}

const formOf = (field: StoredField): AddressForm => addressForm(columnTypeOf(field));

function shownNetwork(value: string): string {
  const plain = `set_masklen('0.0.0.0'::inet + (network(${value}) - '::ffff:0:0'::inet), masklen(${value}) - 96)`;
  return `network(case when ${value} <<= '::ffff:0:0/96'::inet then ${plain} else ${value} end)::inet`;
}

/**
 * SQL of an array with the different values of a list: an event counts once for each of its values, however often it lists one. Most lists have one
 * value or two different ones, and need no look. `missing`: what a list without a value is; as it is when absent.
 */
export function eachOnce(list: string, missing?: string): string {
  const isPair = `cardinality(${list}) = 2 and (${list})[1] <> (${list})[2]`;
  const distinct = `array(select distinct unnest(${list}))`;
  if (missing === undefined)
    return `case when cardinality(${list}) < 2 or ${isPair} then ${list} else ${distinct} end`;
  const several = `case when ${isPair} then ${list} else ${distinct} end`;
  return `case coalesce(cardinality(${list}), 0) when 1 then ${list} when 0 then ${missing} else ${several} end`;
}

/** SQL of an array with the different addresses of some columns, each as {@link shownAddress} gives it; `missing` as of {@link eachOnce}. */
export function shownAddresses(
  fields: readonly StoredField[],
  columns: readonly string[],
  missing?: string,
): string {
  const type = shownType(fields);
  const [first] = fields;
  if (first !== undefined && fields.every((field) => field.list && columnTypeOf(field) === "iprange")) {
    const list = columns.length === 1 ? columns[0]! : `(${columns.join(" || ")})`;
    const shown = `array(select distinct ${shownAddress(first).of("x")} from unnest(${list}) as x)`;
    return `case when '::ffff:0:0/96'::iprange >>= any(${list}) then ${shown} else ${eachOnce(list, missing)} end`;
  }
  const parts = fields.map((field, position) => {
    const shown = shownAddress(field).of("x");
    const value =
      type === "iprange" && formOf(field).kind === "network" ? `(${shown})::text::iprange` : shown;
    return `select distinct ${value} from unnest(${field.list ? columns[position]! : `array[${columns[position]!}]`}) as x where x is not null`;
  });
  const all = `array(${parts.join(" union ")})`;
  return missing === undefined ? all : `coalesce(nullif(${all}, '{}'), ${missing})`;
}
