/** Reads the values of one field at given paths. */
import type { Catalogue, StoredField } from "../catalogue/model.js";
import { converter } from "./convert.js";
import type { ProblemLog, StoredValue, StoredValues } from "./value.js";
import { alongPath, listLeaf, scalarLeaf, type Visit } from "./walk.js";

/** Reads a field's values out of an event, or out of one element of a group; any other JSON has none. */
export type FieldReader = (node: unknown, log?: ProblemLog | null) => StoredValues;

/** The reader of a field's values at `paths`, which are the field's own or relative to an element. */
export function pathReader(field: StoredField, paths: readonly string[], catalogue: Catalogue): FieldReader {
  const convert = converter(field, catalogue);
  const leaf = field.list ? listLeaf(convert, field.single === true) : scalarLeaf(convert);
  const walks: readonly Visit<StoredValue>[] = paths.map((path) => alongPath(path, leaf));
  const [only] = walks;
  if (walks.length === 1 && only !== undefined) {
    return (node, log = null) => {
      const found: StoredValue[] = [];
      only(node, found, log);
      return found;
    };
  }
  return (node, log = null) => {
    const found: StoredValue[] = [];
    for (const walk of walks) {
      walk(node, found, log);
      // The paths of a scalar field are alternatives: what a later one holds is not looked at.
      if (!field.list && found.length > 0) break;
    }
    return found;
  };
}
