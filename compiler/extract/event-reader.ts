/** Reads everything that the catalogue knows out of an event, with remarks on what was wrong. */
import { indexCatalogue } from "../catalogue/lookup.js";
import type { Catalogue, StoredField } from "../catalogue/model.js";
import { elementReader } from "./element-reader.js";
import { fieldLeaf } from "./path-reader.js";
import { problemLog, type ProblemLog, type StoredValue, type StoredValues } from "./value.js";
import { alongRoutes, isObject, ownValue, type JsonObject, type Route } from "./walk.js";

/** An event as the catalogue sees it. */
export interface EventContent {
  /** The values of every stored field, in the order of {@link EventReader.fields}. */
  readonly values: readonly StoredValues[];
  /** The elements of every group, in the order of the catalogue's groups. */
  readonly elements: readonly (readonly JsonObject[])[];
}

/** Reads whole events; an event that is no object has no values. */
export interface EventReader {
  /** The stored fields, in catalogue order. */
  readonly fields: readonly StoredField[];
  readonly read: (event: unknown) => EventContent;
}

/** Remarks on one event; what goes beyond is counted in one more. */
export const MAX_REMARKS = 20;

/**
 * The reader of whole events. Problems are told in a stable order: expected keys, groups, fields as the paths of the catalogue
 * lead to them; a field that takes remarks gets them as sentences `path: reason` behind its own values.
 *
 * @throws Error when the catalogue contradicts itself
 */
export function eventReader(catalogue: Catalogue): EventReader {
  const fields = [...indexCatalogue(catalogue).fields.values()].filter((field) => field.kind === "stored");
  const groups = catalogue.groups.map((group) => elementReader(group, catalogue));
  const readFields = valuesReader(fields, catalogue);
  const read = (event: unknown): EventContent => {
    const log = problemLog(MAX_REMARKS);
    if (isObject(event)) inspectKeys(event, catalogue.expects ?? [], log);
    const elements = groups.map((group) => group.elements(event, log));
    const values = readFields(event, log);
    if (log.problems.length === 0) return { values, elements };
    const remarks = remarkTexts(log);
    return {
      values: values.map((found, index) =>
        fields[index]?.remarks === true ? [...found, ...remarks] : found,
      ),
      elements,
    };
  };
  return { fields, read };
}

const NONE: StoredValues = Object.freeze([]);

/** What the walk found, by route. */
type Found = (StoredValue[] | undefined)[];

/** Reads all fields on one walk, so that a source with fourteen fields is gone through once. */
function valuesReader(
  fields: readonly StoredField[],
  catalogue: Catalogue,
): (event: unknown, log: ProblemLog) => readonly StoredValues[] {
  const routes: Route<StoredValue[] | undefined>[] = [];
  const collectors = fields.map((field) => {
    const leaf = fieldLeaf(field, catalogue);
    const slots = field.paths.map((path) => {
      const slot = routes.length;
      routes.push({ path, visit: (node, found, log) => leaf(node, (found[slot] ??= []), log) });
      return slot;
    });
    return collector(field, slots);
  });
  const walk = alongRoutes(routes);
  const empty: Found = routes.map(() => undefined);
  return (event, log) => {
    const found = empty.slice();
    walk(event, found, log);
    return collectors.map((collect) => collect(found));
  };
}

/** The values of a field from those of its paths: for a list all of them, for a scalar the first. */
function collector(field: StoredField, slots: readonly number[]): (found: Found) => StoredValues {
  const [first = 0] = slots;
  if (slots.length === 1) return (found) => found[first] ?? NONE;
  if (field.list) {
    return (found) => {
      const filled = slots.map((slot) => found[slot] ?? NONE).filter(isNotEmpty);
      return filled.length === 1 ? (filled[0] ?? NONE) : filled.flat();
    };
  }
  return (found) => slots.map((slot) => found[slot] ?? NONE).find(isNotEmpty) ?? NONE;
}

const isNotEmpty = (values: StoredValues): boolean => values.length > 0;

function inspectKeys(event: JsonObject, keys: readonly string[], log: ProblemLog): void {
  for (const key of keys) {
    const value = ownValue(event, key);
    if (value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)) continue;
    log.trail.push(key);
    log.note("missing");
    log.trail.pop();
  }
}

function remarkTexts(log: ProblemLog): readonly string[] {
  const texts = log.problems.map(({ path, reason }) => `${path}: ${reason}`);
  return log.omitted === 0 ? texts : [...texts, `and ${log.omitted} more`];
}
