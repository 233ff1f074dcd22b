/** What of a catalogue the page shows where nothing is chosen: columns, values beside the events, parts of the chart. */
import { fieldReader } from "../../../compiler/extract/field-reader.js";
import type { Catalogue, FieldType } from "../../../compiler/catalogue/model.js";
import { tableColumns } from "../../cli/event-columns.js";
import { rolesOf } from "./catalogue-roles.js";

/** Reads the identifier of an event; empty for one that has none. */
export function idReader(catalogue: Catalogue): (event: unknown) => string {
  const { id } = rolesOf(catalogue);
  const field = catalogue.fields.find(({ name }) => name === id);
  if (field?.kind !== "stored") return () => "";
  const read = fieldReader(field, catalogue);
  return (event) => {
    const [value] = read(event);
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  };
}

const IDEA_COLUMNS = ["detect_time", "category", "severity", "source", "target", "description"];

/** Columns of the table. */
export function usualColumns(catalogue: Catalogue): readonly string[] {
  const names = new Set([...catalogue.fields, ...catalogue.groups].map(({ name }) => name));
  return IDEA_COLUMNS.every((name) => names.has(name)) ? IDEA_COLUMNS : tableColumns(catalogue);
}

const IDEA_FACETS = ["category", "severity", "source.ip", "target.port", "node.name"];

/** Types whose values say something when they are counted, the best first. */
const COUNTED: readonly FieldType[] = ["hierarchy", "ordered", "enum", "ip", "boolean", "text", "integer"];

/** Fields whose most frequent values are beside the events: five, of the catalogue's own where it does not have those of IDEA. */
export function facetFields(catalogue: Catalogue): readonly string[] {
  const known = IDEA_FACETS.filter((name) => catalogue.fields.some((field) => field.name === name));
  const own = COUNTED.flatMap((type) =>
    catalogue.fields.filter((field) => field.type === type).map(({ name }) => name),
  );
  return [...new Set([...known, ...own])].slice(0, IDEA_FACETS.length);
}

const IDEA_SPLITS = ["severity", "category", "source.protocol", "target.port", "node.name"];

/** Fields by whose values the chart can be split; the first is the usual one. */
export function splitFields(catalogue: Catalogue): readonly string[] {
  const known = IDEA_SPLITS.filter((name) => catalogue.fields.some((field) => field.name === name));
  return known.length > 0 ? known : facetFields(catalogue);
}
