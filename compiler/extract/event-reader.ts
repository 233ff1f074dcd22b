/** Reads everything that the catalogue knows out of an event, with remarks on what was wrong. */
import { repeatedKeys } from "../values/repeated-keys.js";
import { storable } from "../values/text.js";
import { indexCatalogue } from "../catalogue/lookup.js";
import type { Catalogue, StoredField } from "../catalogue/model.js";
import { elementReader } from "./element-reader.js";
import { valuesReader } from "./path-reader.js";
import { problemLog, type ProblemLog, type StoredValues } from "./value.js";
import { inspectIdea } from "./inspect.js";
import { keyMatching, namedValue } from "./names.js";
import { isObject, type JsonObject } from "./walk.js";

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
 * The reader of whole events. Problems are reported in a stable order: expected keys, groups, fields as the paths of the catalogue
 * lead to them, what else deviates from the definition; a field that takes remarks gets them as sentences `path: reason` after its own values.
 *
 * @throws Error when the catalogue contradicts itself
 */
export function eventReader(catalogue: Catalogue): EventReader {
  const fields = [...indexCatalogue(catalogue).fields.values()].filter((field) => field.kind === "stored");
  const groups = catalogue.groups.map((group) => elementReader(group, catalogue));
  const readFields = valuesReader(
    fields.map((field) => ({ field, paths: field.paths })),
    catalogue,
  );
  const read = (event: unknown): EventContent => {
    const log = problemLog(MAX_REMARKS);
    if (isObject(event)) inspectKeys(event, catalogue, log);
    const elements = groups.map((group) => group.elements(event, log));
    const values = readFields(event, log);
    if (catalogue.definition === "idea0") inspectIdea(event, log);
    if (isObject(event)) inspectRepeated(event, log);
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

/** The text that an event was read from may have had a key twice. */
function inspectRepeated(event: JsonObject, log: ProblemLog): void {
  for (const place of repeatedKeys(event)) {
    log.trail.push(...place);
    log.note("the name is repeated; the last value is used");
    log.trail.length -= place.length;
  }
}

function inspectKeys(event: JsonObject, catalogue: Catalogue, log: ProblemLog): void {
  for (const key of catalogue.expects ?? []) {
    const value = namedValue(event, key, keyMatching(catalogue));
    if (value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)) continue;
    log.trail.push(key);
    log.note("missing");
    log.trail.pop();
  }
}

/** Remarks quote what stood in the event, which no column may hold as it is. */
function remarkTexts(log: ProblemLog): readonly string[] {
  const texts = log.problems.map(({ path, reason }) => storable(`${path}: ${reason}`));
  return log.omitted === 0 ? texts : [...texts, `and ${log.omitted} more`];
}
