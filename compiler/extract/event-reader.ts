/** Reads everything that the catalogue knows out of an event, with remarks on what was wrong. */
import { indexCatalogue } from "../catalogue/lookup.js";
import type { Catalogue, ElementGroup, StoredField } from "../catalogue/model.js";
import { elementReader, type ElementReader } from "./element-reader.js";
import { pathReader, type FieldReader } from "./path-reader.js";
import { problemLog, type Problem, type ProblemLog, type StoredValues } from "./value.js";
import { isObject, ownValue, type JsonObject } from "./walk.js";

/** An event as the catalogue sees it. */
export interface EventContent {
  /** The values of every stored field. */
  readonly values: ReadonlyMap<StoredField, StoredValues>;
  /** The elements of every group. */
  readonly elements: ReadonlyMap<ElementGroup, readonly JsonObject[]>;
  /** What could not be stored as it is, the first {@link MAX_REMARKS} in a stable order. */
  readonly problems: readonly Problem[];
}

/** Remarks on one event; what goes beyond is counted in one more. */
export const MAX_REMARKS = 20;

/**
 * The reader of whole events. Problems are told in the order of the catalogue: expected keys, groups, fields; a field that takes
 * remarks gets them as sentences `path: reason` behind its own values.
 *
 * @throws Error when the catalogue contradicts itself
 */
export function eventReader(catalogue: Catalogue): (event: unknown) => EventContent {
  const fields: readonly (readonly [StoredField, FieldReader])[] = [
    ...indexCatalogue(catalogue).fields.values(),
  ]
    .filter((field) => field.kind === "stored")
    .map((field) => [field, pathReader(field, field.paths, catalogue)]);
  const groups: readonly ElementReader[] = catalogue.groups.map((group) => elementReader(group, catalogue));
  const remarked = fields.map(([field]) => field).filter((field) => field.remarks === true);

  return (event) => {
    const log = problemLog(MAX_REMARKS);
    if (isObject(event)) inspectKeys(event, catalogue.expects ?? [], log);
    const elements = new Map(groups.map((reader) => [reader.group, reader.elements(event, log)]));
    const values = new Map(fields.map(([field, read]) => [field, read(event, log)]));
    if (log.problems.length > 0) {
      const remarks = remarkTexts(log);
      for (const field of remarked) values.set(field, [...(values.get(field) ?? []), ...remarks]);
    }
    return { values, elements, problems: log.problems };
  };
}

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
