/** Finding things in a catalogue by name. The tables are built once per catalogue object. */
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
 * @throws Error when the catalogue contradicts itself: a name twice, a union of unknown fields, an unknown enumeration.
 */
export function indexCatalogue(catalogue: Catalogue): CatalogueIndex {
  const known = indexes.get(catalogue);
  if (known) return known;
  const fields = new Map<string, Field>();
  const aliases = new Map<string, Field>();
  const enumerations = new Map(catalogue.enumerations.map((enumeration) => [enumeration.name, enumeration]));
  for (const field of catalogue.fields) {
    if (fields.has(field.name)) throw catalogueError(catalogue, `the field ${field.name} is described twice`);
    if (field.enumeration !== undefined && !enumerations.has(field.enumeration))
      throw catalogueError(catalogue, `${field.name} names the unknown enumeration ${field.enumeration}`);
    fields.set(field.name, field);
    for (const alias of field.aliases ?? []) aliases.set(alias, field);
  }
  for (const field of catalogue.fields) {
    if (field.kind !== "union") continue;
    for (const part of field.of)
      if (fields.get(part)?.kind !== "stored")
        throw catalogueError(catalogue, `${field.name} unites ${part}, which is no stored field`);
  }
  const index: CatalogueIndex = {
    catalogue,
    fields,
    aliases,
    enumerations,
    groups: new Map(catalogue.groups.map((group) => [group.name, group])),
    unionGroups: new Map(catalogue.unionGroups.map((group) => [group.name, group])),
  };
  indexes.set(catalogue, index);
  return index;
}

function catalogueError(catalogue: Catalogue, problem: string): Error {
  return new Error(`catalogue "${catalogue.name}": ${problem}`);
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
