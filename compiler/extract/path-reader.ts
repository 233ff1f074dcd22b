/** Reads the values of fields at given paths. */
import type { Catalogue, StoredField } from "../catalogue/model.js";
import { converter } from "./convert.js";
import type { ProblemLog, StoredValues } from "./value.js";
import { keyMatching } from "./names.js";
import { alongRoutes, listLeaf, scalarLeaf, type Route, type ValueSlot } from "./walk.js";

/** Reads a field's values out of an event, or out of one element of a group; any other JSON has none. */
export type FieldReader = (node: unknown, log?: ProblemLog | null) => StoredValues;

/** A field and the paths to read it at: its own, or those relative to an element. */
export interface FieldPaths {
  readonly field: StoredField;
  readonly paths: readonly string[];
}

/** The reader of one field's values. */
export function pathReader(field: StoredField, paths: readonly string[], catalogue: Catalogue): FieldReader {
  const { walk, collectors } = valuesWalk([{ field, paths }], catalogue);
  const [collect] = collectors;
  return (node, log = null) => collect?.(walk(node, log)) ?? NONE;
}

/** The reader of the values of many fields, one list for each, on one walk: a source with fourteen fields is gone through once. */
export function valuesReader(
  fields: readonly FieldPaths[],
  catalogue: Catalogue,
): (node: unknown, log: ProblemLog | null) => readonly StoredValues[] {
  const { walk, collectors } = valuesWalk(fields, catalogue);
  return (node, log) => {
    const found = walk(node, log);
    return collectors.map((collect) => collect(found));
  };
}

const NONE: StoredValues = Object.freeze([]);

/** Takes a field's values out of the slots of a walk. */
type Collector = (found: readonly ValueSlot[]) => StoredValues;

function valuesWalk(
  fields: readonly FieldPaths[],
  catalogue: Catalogue,
): {
  readonly walk: (node: unknown, log: ProblemLog | null) => readonly ValueSlot[];
  readonly collectors: readonly Collector[];
} {
  const routes: Route<ValueSlot>[] = [];
  const collectors = fields.map(({ field, paths }) => {
    const convert = converter(field, catalogue);
    const first = routes.length;
    const places = paths.length === 0 ? [{ path: field.name, whole: true }] : paths.map((path) => ({ path }));
    for (const place of places) {
      const slot = routes.length;
      const visit = field.list ? listLeaf(convert, field.single === true, slot) : scalarLeaf(convert, slot);
      routes.push({ ...place, visit });
    }
    return collector(field, first, routes.length);
  });
  const visit = alongRoutes(routes, keyMatching(catalogue));
  const empty: readonly ValueSlot[] = routes.map(() => undefined);
  const walk = (node: unknown, log: ProblemLog | null): readonly ValueSlot[] => {
    const found = empty.slice();
    visit(node, found, log);
    return found;
  };
  return { walk, collectors };
}

/** The values of a field from the slots of its paths, from `first` to before `end`: for a list all of them, for a scalar the first. */
function collector(field: StoredField, first: number, end: number): Collector {
  return (found) => {
    let values = NONE;
    for (let slot = first; slot < end; slot++) {
      const more = found[slot];
      if (more === undefined) continue;
      if (values === NONE) values = more;
      else if (field.list) values = [...values, ...more];
    }
    return values;
  };
}
