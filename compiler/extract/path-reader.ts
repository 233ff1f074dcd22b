/** Reads the values of one field at given paths. */
import type { Catalogue, StoredField } from "../catalogue/model.js";
import { converter } from "./convert.js";
import type { ProblemLog, StoredValue, StoredValues } from "./value.js";
import { alongRoutes, listLeaf, scalarLeaf, type Visit } from "./walk.js";

/** Reads a field's values out of an event, or out of one element of a group; any other JSON has none. */
export type FieldReader = (node: unknown, log?: ProblemLog | null) => StoredValues;

/** What reads a field's values where one of its paths ends. */
export function fieldLeaf(field: StoredField, catalogue: Catalogue): Visit<StoredValue> {
  const convert = converter(field, catalogue);
  return field.list ? listLeaf(convert, field.single === true) : scalarLeaf(convert);
}

/** The reader of a field's values at `paths`, which are the field's own or relative to an element. */
export function pathReader(field: StoredField, paths: readonly string[], catalogue: Catalogue): FieldReader {
  const visit = fieldLeaf(field, catalogue);
  const walks = paths.map((path) => alongRoutes([{ path, visit }]));
  return (node, log = null) => {
    const found: StoredValue[] = [];
    for (const walk of walks) {
      walk(node, found, log);
      // The paths of a scalar field are alternatives.
      if (!field.list && found.length > 0) break;
    }
    return found;
  };
}
