/**
 * The fields of a catalogue as SQL: slots that name a field, whichever it is. A field is given by its name in the catalogue.
 */
import { valueType } from "../../../compiler/catalogue/columns.js";
import { indexCatalogue, storedFields } from "../../../compiler/catalogue/lookup.js";
import { shownAddress, shownAddresses, shownType } from "../../../compiler/lower/mapped-addresses.js";
import type { Catalogue, Field, Rollup, StoredField } from "../../../compiler/catalogue/model.js";
import { identifier, stringLiteral } from "../../../compiler/sql/fragment.js";
import { choice, each } from "../../../compiler/sql/slots.js";
import type { ChoiceSlotSpec, EachSlotSpec } from "../../../compiler/sql/template.js";

/** The fields that are rolled up in one of the ways. */
export function rollupFields(catalogue: Catalogue, rollup: Rollup): readonly StoredField[] {
  return catalogue.fields.filter(
    (field): field is StoredField => field.kind === "stored" && field.rollup === rollup,
  );
}

/**
 * The name of a field as a string of SQL: the `dimension` of its roll-ups. Lists of a day had another name while they counted a value as often
 * as it stood in an event, so that those are not trusted; the roll-ups by hour always kept both counts.
 */
export function dimensionOf({ name, rollup }: StoredField): string {
  return stringLiteral(rollup === "top" ? `${name} by event` : name);
}

/** The `dimension` of a field that is rolled up. */
export function dimensionSlot(catalogue: Catalogue): ChoiceSlotSpec {
  const fields = [...rollupFields(catalogue, "all"), ...rollupFields(catalogue, "top")];
  return choice("dimensions", textsOf(fields, dimensionOf));
}

/** An event counts once for each of its values, however often it lists one. Most lists have one value or two different ones, and need no look. */
function eachOnce(list: string): string {
  const isPlain = `cardinality(${list}) < 2 or cardinality(${list}) = 2 and (${list})[1] <> (${list})[2]`;
  return `case when ${isPlain} then ${list} else array(select distinct x from unnest(${list}) as x) end`;
}

/** `from` item over the row `e`: one row for each value, none where there is none. */
export function itemsSlot(catalogue: Catalogue): ChoiceSlotSpec {
  return fieldChoice("fieldItems", catalogue, (field, parts) => {
    const values = valuesOf(field, parts, { catalogue, prefix: "e." });
    return field.list ? `unnest(${values})` : `(values (${values}))`;
  });
}

/**
 * Expression for a select list that reads one row of the table: it returns a set, which costs less than a join, with null where there is no
 * value.
 */
export function setSlot(catalogue: Catalogue): ChoiceSlotSpec {
  return fieldChoice("fieldSets", catalogue, (field, parts) => setOfField(catalogue, field, parts));
}

/** The expression of {@link setSlot} for one field with these columns. */
export function setOfField(catalogue: Catalogue, field: Field, parts: readonly StoredField[]): string {
  const values = valuesOf(field, parts, { catalogue, prefix: "" });
  return field.list ? `unnest(coalesce(nullif(${values}, '{}'), '{null}'))` : values;
}

interface Row {
  readonly catalogue: Catalogue;
  /** What comes before the names of columns. */
  readonly prefix: string;
}

/** The different values of a field as they are counted: of a list an array, of any other one value. */
function valuesOf(field: Field, parts: readonly StoredField[], { catalogue, prefix }: Row): string {
  const columns = parts.map(({ column }) => prefix + identifier(column));
  const [first = "null"] = columns;
  // Addresses that others write are brought to one form.
  if (field.type === "ip" && catalogue.table.roles === undefined)
    return field.list ? shownAddresses(parts, columns) : shownAddress(parts[0]!).of(first);
  if (!field.list) return first;
  // Concatenation takes a null list for an empty one.
  return eachOnce(parts.map((part, position) => asList(part, columns[position]!)).join(" || "));
}

/** A value of a union as a list of one. */
function asList(part: StoredField, column: string): string {
  return part.list ? column : `array_remove(array[${column}], null)`;
}

/** The columns of a field. */
export function columnsSlot(catalogue: Catalogue): ChoiceSlotSpec {
  return fieldChoice("fieldColumns", catalogue, (_, parts) => columnsOf(parts).join(", "));
}

/** Any number of columns, by their names. */
export function eachColumn({ fields }: Catalogue): EachSlotSpec {
  const columns = fields.flatMap((field) => (field.kind === "stored" ? [field.column] : []));
  const texts = Object.fromEntries(columns.map((name) => [name, identifier(name)]));
  return each(", ", { column: { text: "{column}", slots: { column: choice("columns", texts) } } });
}

/** A value `v`, which is a text, in the type of the field: as values of that type are ordered. */
export function typedSlot(catalogue: Catalogue): ChoiceSlotSpec {
  const typed = (field: StoredField): string => `v::${valueType(field)}`;
  return choice("typedValues", textsOf(rollupFields(catalogue, "top"), typed));
}

/** The same for any field. */
export function orderedSlot(catalogue: Catalogue): ChoiceSlotSpec {
  return fieldChoice("orderedValues", catalogue, (_, parts) => {
    const [field] = parts;
    if (field === undefined) return "v";
    const isForeign = field.type === "ip" && catalogue.table.roles === undefined;
    return `v::${isForeign ? shownType(parts) : valueType(field)}`;
  });
}

/** The column of a scalar field. */
export function scalarSlot(
  of: string,
  catalogue: Catalogue,
  fits: (field: StoredField) => boolean,
): ChoiceSlotSpec {
  const fields = catalogue.fields.filter(
    (field): field is StoredField => field.kind === "stored" && !field.list && fits(field),
  );
  return choice(
    of,
    textsOf(fields, ({ column }) => identifier(column)),
  );
}

const columnsOf = (parts: readonly StoredField[]): readonly string[] =>
  parts.map(({ column }) => identifier(column));

function fieldChoice(
  of: string,
  catalogue: Catalogue,
  textOf: (field: Field, parts: readonly StoredField[]) => string,
): ChoiceSlotSpec {
  const own = choices.get(catalogue) ?? new Map<string, ChoiceSlotSpec>();
  choices.set(catalogue, own);
  const index = indexCatalogue(catalogue);
  const made =
    own.get(of) ??
    choice(
      of,
      textsOf(catalogue.fields, (field) => textOf(field, storedFields(index, field))),
    );
  own.set(of, made);
  return made;
}

/** Many statements have the same slots. */
const choices = new WeakMap<Catalogue, Map<string, ChoiceSlotSpec>>();

function textsOf<F extends Field>(
  fields: readonly F[],
  textOf: (field: F) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.map((field) => [field.name, textOf(field)]));
}
