/** Reads the elements of a group (Source, Target, Node) and the fields of one element. */
import { groupFields, indexCatalogue } from "../catalogue/lookup.js";
import type { Catalogue, ElementGroup, StoredField } from "../catalogue/model.js";
import { pathReader, type FieldReader } from "./path-reader.js";
import type { ProblemLog } from "./value.js";
import { keyMatching, namedValue, type KeyMatching } from "./names.js";
import { alongRoutes, elementObject, flattened, isObject, type JsonObject, type Visit } from "./walk.js";

/** One field of an element. */
export interface InnerField {
  /** Name inside `has ( )`: `ip` for `source.ip`. */
  readonly name: string;
  readonly field: StoredField;
  /** Reads the field out of one element. */
  readonly read: FieldReader;
}

/** How to read a group. */
export interface ElementReader {
  readonly group: ElementGroup;
  /** The elements of an event, in order: the objects under the group's path, and those that texts there stand for. */
  readonly elements: (event: unknown, log?: ProblemLog | null) => readonly JsonObject[];
  /** The fields of one element, in catalogue order. */
  readonly fields: readonly InnerField[];
}

/**
 * The reader of a group.
 *
 * @throws Error when a field of the group has a path that does not lie under the group's
 */
export function elementReader(group: ElementGroup, catalogue: Catalogue): ElementReader {
  const matching = keyMatching(catalogue);
  const element = flattened<JsonObject>((node, found, log) => {
    const object = elementObject(node, group.path, matching);
    if (object !== null) found.push(object);
    if (log !== null) inspectElement(node, object, { group, matching }, log);
  });
  const visit: Visit<JsonObject> = (node, found, log) => {
    if (isObject(node)) log?.note("a single object where a list is due");
    element(node, found, log);
  };
  const walk = alongRoutes([{ path: group.path, visit }], matching);
  return {
    group,
    elements: (event, log = null) => {
      const found: JsonObject[] = [];
      walk(event, found, log);
      return found;
    },
    fields: [...groupFields(indexCatalogue(catalogue), group)].map(([name, field]) => ({
      name,
      field,
      read: pathReader(field, innerPaths(field, group), catalogue),
    })),
  };
}

function innerPaths(field: StoredField, group: ElementGroup): readonly string[] {
  const prefix = `${group.path}.`;
  return field.paths.map((path) => {
    if (path.startsWith(prefix)) return path.slice(prefix.length);
    throw new Error(
      `catalogue: ${field.name} is a field of the group ${group.name}, but ${path} is not under ${group.path}`,
    );
  });
}

function inspectElement(
  node: unknown,
  object: JsonObject | null,
  { group, matching }: { readonly group: ElementGroup; readonly matching: KeyMatching },
  log: ProblemLog,
): void {
  if (node === null || node === undefined) return;
  if (object === null) return log.note("not an object");
  const keys = Object.keys(object);
  if (object !== node) return log.note(`not an object; the text is read as its ${keys.join(", ")}`);
  if (keys.length === 0) return log.note("an empty object");
  for (const key of group.expects ?? []) {
    const value = namedValue(object, key, matching);
    if (value === undefined || value === null || value === "") log.note(`no ${key}`);
  }
}
