/** Filters that are true for an event by construction: made of the values that the event has. */
import fc from "fast-check";
import { enumerationOf, indexCatalogue } from "../../compiler/catalogue/lookup.js";
import type { Catalogue, ElementGroup, StoredField } from "../../compiler/catalogue/model.js";
import { eventReader } from "../../compiler/extract/event-reader.js";
import type { StoredValue, StoredValues } from "../../compiler/extract/value.js";
import { formatIpRange, isIpRange, parseIpRange, type IpRange } from "../../compiler/values/ip-range.js";
import { formatMicros } from "../../compiler/values/time.js";
import { quoteText } from "../../grammar/string-text.js";

/** A stored field with the values that an event has for it. */
export interface FieldValues {
  readonly field: StoredField;
  readonly values: StoredValues;
}

/** The stored fields of an event with their values. */
export function fieldValues(event: unknown, catalogue: Catalogue): readonly FieldValues[] {
  const { fields, read } = eventReader(catalogue);
  const { values } = read(event);
  return fields.map((field, index) => ({ field, values: values[index] ?? [] }));
}

/** Filters that are true for the event: a test of one of its values, or several of them with tests that fail beside them. */
export function trueFilters(event: object, catalogue: Catalogue): fc.Arbitrary<string> {
  const facts = fc.oneof(
    ...fieldValues(event, catalogue).map((of) => fc.constantFrom(...factsOf(of, catalogue))),
  );
  const elements = catalogue.groups.flatMap((group) => elementFacts(event, group, catalogue));
  const test =
    elements.length === 0 ? facts : fc.oneof({ weight: 4, arbitrary: facts }, fc.constantFrom(...elements));
  const falsehood = test.map((fact) => `not (${fact})`);
  return fc.oneof(
    { weight: 3, arbitrary: test },
    fc.tuple(test, test).map(([one, other]) => `${one} and ${other}`),
    fc
      .tuple(test, falsehood, fc.boolean())
      .map(([yes, no, first]) => (first ? `${yes} or ${no}` : `${no} or ${yes}`)),
    fc.tuple(test, test, falsehood).map(([one, other, no]) => `${one} and (${no} or ${other})`),
    fc.tuple(falsehood, falsehood).map(([one, other]) => `not (${one} or ${other})`),
    fc.tuple(test, falsehood).map(([yes, no]) => `(${yes}) xor (${no})`),
  );
}

function factsOf({ field, values }: FieldValues, catalogue: Catalogue): readonly string[] {
  const { name, list } = field;
  const count = list ? [`count(${name}) = ${values.length}`] : [];
  if (values.length === 0) return [...count, field.required === true ? "true" : `${name} missing`];
  return [`${name} exists`, ...count, ...values.flatMap((value) => valueFacts(field, value, catalogue))];
}

function valueFacts(field: StoredField, value: StoredValue, catalogue: Catalogue): readonly string[] {
  if (isIpRange(value)) return addressFacts(field.name, value);
  switch (field.type) {
    case "time":
      return orderFacts(field.name, formatMicros(value as bigint));
    case "integer":
      return [...orderFacts(field.name, String(value)), `${field.name} in [${String(value)}]`];
    case "float":
      return orderFacts(field.name, String(value));
    case "boolean":
      return [`${field.name} = ${String(value)}`];
    case "duration":
    case "ip":
      return [];
    case "text":
    case "id":
      return [
        ...wordFacts(field, String(value)),
        ...(field.columnType === "uuid" ? [] : textFacts(field.name, String(value))),
      ];
    case "enum":
    case "ordered":
    case "hierarchy":
      return knownWordFacts(field, String(value), catalogue);
  }
}

const orderFacts = (name: string, text: string): readonly string[] => [
  `${name} >= ${text}`,
  `${name} <= ${text}`,
  `${name} in ${text}..${text}`,
];

const ANYWHERE: Readonly<Record<4 | 6, string>> = { 4: "0.0.0.0/0", 6: "::/0" };

function addressFacts(name: string, range: IpRange): readonly string[] {
  const text = formatIpRange(range);
  const first = formatIpRange({ ...range, last: range.first });
  const wide = parseIpRange(ANYWHERE[range.family]);
  const wider = {
    ...range,
    first: max(wide.first, range.first - 5n),
    last: min(wide.last, range.last + 300n),
  };
  return [
    `${name} in ${text}`,
    `${name} in ${formatIpRange(wider)}`,
    `${name} in ${ANYWHERE[range.family]}`,
    `${name} in [198.51.100.77, ${text}]`,
    `${name} overlaps ${formatIpRange(wider)}`,
    `${name} overlaps ${first}`,
    `${name} covers ${first}`,
    `${name} overlaps [${first}, 203.0.113.0/24]`,
    `family(${name}) = ${range.family}`,
    ...(range.first === range.last ? [`${name} = ${text}`] : []),
  ];
}

const max = (one: bigint, other: bigint): bigint => (one > other ? one : other);
const min = (one: bigint, other: bigint): bigint => (one < other ? one : other);

function wordFacts({ name }: StoredField, value: string): readonly string[] {
  const text = quoteText(value);
  return [`${name} = ${text}`, `${name} in [${text}]`, `${name} = ${text}i`];
}

function textFacts(name: string, value: string): readonly string[] {
  const signs = Array.from(value);
  if (signs.length === 0) return [];
  const middle = signs.slice(Math.floor(signs.length / 4), Math.ceil((signs.length * 3) / 4)).join("");
  return [
    `${name} contains ${quoteText(middle)}`,
    `${name} contains ${quoteText(middle)}i`,
    `${name} starts with ${quoteText(signs.slice(0, 3).join(""))}`,
    `${name} ends with ${quoteText(signs.slice(-3).join(""))}`,
  ];
}

/** A closed list takes none but its own words. */
function knownWordFacts(field: StoredField, value: string, catalogue: Catalogue): readonly string[] {
  const enumeration = enumerationOf(indexCatalogue(catalogue), field);
  const known = enumeration?.values.includes(value) === true;
  if (!known && enumeration?.open !== true) return [`${field.name} exists`];
  const facts = wordFacts(field, value);
  if (field.type === "ordered" && known)
    return [...facts, ...orderFacts(field.name, quoteText(value)).slice(0, 2)];
  if (field.type !== "hierarchy") return facts;
  return [...facts, `${field.name} under ${quoteText(value.split(".")[0] ?? value)}`];
}

/** What `has ( )` says of one element: two facts of the event that has this element alone. */
function elementFacts(event: object, group: ElementGroup, catalogue: Catalogue): readonly string[] {
  const given = (event as Readonly<Record<string, unknown>>)[group.path];
  const elements = Array.isArray(given) ? (given as readonly unknown[]) : [];
  return elements.flatMap((element) => {
    const alone = fieldValues({ ...event, [group.path]: [element] }, catalogue);
    const facts = alone
      .filter(({ field, values }) => field.name.startsWith(`${group.name}.`) && values.length > 0)
      .map((of) =>
        factsOf(of, catalogue).map((fact) =>
          fact.replace(of.field.name, of.field.name.slice(group.name.length + 1)),
        ),
      );
    const [first, ...others] = facts.map((own) => own.at(-1) ?? "true");
    if (first === undefined) return [];
    return [
      `${group.name} has (${first})`,
      ...others.map((other) => `${group.name} has (${first} and ${other})`),
    ];
  });
}
