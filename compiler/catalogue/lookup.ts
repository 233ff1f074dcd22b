/** Finding things in a catalogue by name. The tables are built once per catalogue object. */
import { CatalogueError } from "./catalogue-error.js";
import { catalogueProblems } from "./check.js";
import type { Catalogue, ElementGroup, Enumeration, Field, StoredField, UnionGroup } from "./model.js";

/** Name tables of a catalogue. All keys are lower case. */
export interface CatalogueIndex {
  readonly catalogue: Catalogue;
  readonly fields: ReadonlyMap<string, Field>;
  /** Legacy name → field it stands for. */
  readonly aliases: ReadonlyMap<string, Field>;
  readonly groups: ReadonlyMap<string, ElementGroup>;
  readonly unionGroups: ReadonlyMap<string, UnionGroup>;
  readonly enumerations: ReadonlyMap<string, Enumeration>;
}

const indexes = new WeakMap<Catalogue, CatalogueIndex>();

/**
 * The name tables of `catalogue`.
 *
 * @throws CatalogueError when something in the catalogue can't work: a name twice, a union of unknown fields, a column that can't hold the field
 */
export function indexCatalogue(catalogue: Catalogue): CatalogueIndex {
  const known = indexes.get(catalogue);
  if (known) return known;
  const problems = catalogueProblems(catalogue);
  if (problems.length > 0) throw new CatalogueError(nameOf(catalogue), problems);
  const index: CatalogueIndex = {
    catalogue,
    fields: new Map(catalogue.fields.map((field) => [field.name, field])),
    aliases: new Map(
      catalogue.fields.flatMap((field) => (field.aliases ?? []).map((alias) => [alias, field] as const)),
    ),
    enumerations: new Map(catalogue.enumerations.map((enumeration) => [enumeration.name, enumeration])),
    groups: new Map(catalogue.groups.map((group) => [group.name, group])),
    unionGroups: new Map(catalogue.unionGroups.map((group) => [group.name, group])),
  };
  indexes.set(catalogue, index);
  return index;
}

/** What was given may be anything. */
function nameOf(catalogue: unknown): string {
  const name: unknown =
    typeof catalogue === "object" && catalogue !== null ? Reflect.get(catalogue, "name") : null;
  return typeof name === "string" ? name : "?";
}

/** The stored fields that a field stands for: itself, or the parts of a union, in order. */
export function storedFields(index: CatalogueIndex, field: Field): readonly StoredField[] {
  if (field.kind === "stored") return [field];
  return field.of
    .map((name) => index.fields.get(name))
    .filter((part): part is StoredField => part?.kind === "stored");
}

/** The fields of one element of a group, keyed by their name inside `has ( )`. */
export function groupFields(index: CatalogueIndex, group: ElementGroup): ReadonlyMap<string, StoredField> {
  const prefix = `${group.name}.`;
  const inner = new Map<string, StoredField>();
  for (const field of index.catalogue.fields)
    if (field.kind === "stored" && field.name.startsWith(prefix))
      inner.set(field.name.slice(prefix.length), field);
  return inner;
}

/** The enumeration of a field, undefined for a field without one. */
export function enumerationOf(index: CatalogueIndex, field: Field): Enumeration | undefined {
  return field.enumeration === undefined ? undefined : index.enumerations.get(field.enumeration);
}

/**
 * Whether events or rows may have words of the field that its enumeration does not know: those of an open one, of one that keeps them, and of a table
 * that others write. They are asked for in quotes. A type of PostgreSQL that lists its values holds no others.
 */
export function holdsUnknownWords(field: StoredField, { catalogue, enumerations }: CatalogueIndex): boolean {
  const known = enumerations.get(field.enumeration ?? "");
  if (known === undefined || known.open) return true;
  return field.columnType !== "enum" && (known.keepsUnknown === true || catalogue.table.plain !== undefined);
}
