/** Reference: the fields, the words that they take, and their legacy names. */
import { indexCatalogue, storedFields, type CatalogueIndex } from "../catalogue/lookup.js";
import type { Catalogue, Field } from "../catalogue/model.js";
import { bullets, code, codes, paragraphs, table } from "./markdown.js";

/** A table for the fields of the event itself, one for each part of it, each with the elements that `has` ties. */
export function fieldsSection(catalogue: Catalogue): string {
  const index = indexCatalogue(catalogue);
  const parts = new Map<string, Field[]>();
  for (const field of catalogue.fields) {
    const part = field.name.includes(".") ? field.name.slice(0, field.name.indexOf(".")) : "";
    parts.set(part, [...(parts.get(part) ?? []), field]);
  }
  return [...parts]
    .map(([part, fields]) => {
      const group = index.groups.get(part) ?? index.unionGroups.get(part);
      return paragraphs([
        `### ${part === "" ? "The event" : code(`${part}.*`)}`,
        ...(group === undefined
          ? []
          : [`${code(`${part} has ( … )`)} ties its fields to ${group.description}: ${code(group.example)}`]),
        fieldTable(fields, index),
      ]);
    })
    .join("\n\n");
}

function fieldTable(fields: readonly Field[], index: CatalogueIndex): string {
  const rows = fields.map((field) => {
    const stored = storedFields(index, field);
    const indexes = new Set(stored.map((part) => part.index ?? "none"));
    return [
      code(field.name),
      typeText(field),
      field.description,
      codes(stored.flatMap(({ paths }) => paths)),
      codes(stored.map(({ column }) => column)),
      [...indexes].map((kind) => (kind === "none" ? "–" : kind)).join(", "),
      code(field.example),
    ];
  });
  return table(["field", "type", "what it holds", "in the event", "column", "index", "example"], rows);
}

function typeText(field: Field): string {
  const range = field.kind === "stored" && field.range !== undefined ? `, ${field.range.join(" to ")}` : "";
  return `${field.list ? `list of ${field.type}` : field.type}${range}`;
}

/** The known words of every enumeration. */
export function wordsSection({ enumerations, fields }: Catalogue): string {
  return enumerations
    .filter(({ values }) => values.length > 0)
    .map(({ name, values, open }) => {
      const users = fields.filter((field) => field.enumeration === name);
      const isOrdered = users.some(({ type }) => type === "ordered");
      return paragraphs([
        `### ${codes(users.map((field) => field.name))}`,
        open
          ? "Other words occur in data; one that is not listed is taken as it is, with a warning."
          : "No other word is taken.",
        isOrdered ? values.map(code).join(" < ") : codes(values),
      ]);
    })
    .join("\n\n");
}

/** The legacy names, each with the field that it means. */
export function aliasesSection({ fields }: Catalogue): string {
  return bullets(
    fields.flatMap(({ name, aliases = [] }) => aliases.map((alias) => `${code(alias)}: ${code(name)}`)),
  );
}
