/**
 * The fields of a catalogue as SQL: slots that name a field, whichever it is. A field is given by its name in the catalogue.
 */
import { valueType } from "../../../compiler/catalogue/columns.js";
import { indexCatalogue, storedFields } from "../../../compiler/catalogue/lookup.js";
import {
  eachOnce,
  shownAddress,
  shownAddresses,
  shownType,
} from "../../../compiler/lower/mapped-addresses.js";
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
  const values = (missing?: string) => valuesOf(field, parts, { catalogue, prefix: "", missing });
  if (!field.list) return values();
  // To compare a list with the empty one costs a tenth of a scan; that of a union is not read twice for its length.
  return parts.length === 1
    ? `unnest(${values("'{null}'")})`
    : `unnest(coalesce(nullif(${values()}, '{}'), '{null}'))`;
}

interface Row {
  readonly catalogue: Catalogue;
  /** What comes before the names of columns. */
  readonly prefix: string;
  /** What a list without a value is; as it is when absent. */
  readonly missing?: string | undefined;
}

/** The different values of a field as they are counted: of a list an array, of any other one value. */
function valuesOf(field: Field, parts: readonly StoredField[], row: Row): string {
  const { catalogue, prefix, missing } = row;
  const columns = parts.map(({ column }) => prefix + identifier(column));
  const [first = "null"] = columns;
  // Addresses that others write are brought to one form.
  if (field.type === "ip" && catalogue.table.roles === undefined)
    return field.list ? shownAddresses(parts, columns, missing) : shownAddress(parts[0]!).of(first);
  if (!field.list) return first;
  // Concatenation takes a null list for an empty one.
  return eachOnce(parts.map((part, position) => asList(part, columns[position]!)).join(" || "), missing);
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
