/** The names of Mentat's columns and search parameters, for arguments that name a field. */
import { indexCatalogue } from "./lookup.js";
import type { Catalogue, Field } from "./model.js";

/**
 * The fields of a catalogue by other names: those of the search parameters (`severities`), and of Mentat's columns, old and new (`source_ip`,
 * `cesnet_eventclass`, `eventseverity`, `detecttime`). A field's own name is not among them.
 */
export function legacyFields(catalogue: Catalogue): ReadonlyMap<string, Field> {
  const known = tables.get(catalogue);
  if (known !== undefined) return known;
  const { fields, aliases } = indexCatalogue(catalogue);
  const names = new Map<string, Field>();
  const add = (name: string, field: Field): void => {
    if (!fields.has(name) && !names.has(name)) names.set(name, field);
  };
  for (const [alias, field] of aliases) add(alias, field);
  for (const field of catalogue.fields) for (const name of legacyColumns(field)) add(name, field);
  tables.set(catalogue, names);
  return names;
}

const tables = new WeakMap<Catalogue, ReadonlyMap<string, Field>>();

function legacyColumns(field: Field): readonly string[] {
  const paths = field.kind === "stored" ? field.paths.flatMap(columnsOfPath) : [];
  return [field.name.replaceAll(".", "_"), ...paths];
}

/** `Source.IP4` is `source_ip4`; what lies in the extension has a column with its prefix, and a newer one without. */
function columnsOfPath(path: string): readonly string[] {
  const column = path.replace(/^_/, "").replaceAll(".", "_").toLowerCase();
  return path.startsWith("_") ? [column, column.slice(column.indexOf("_") + 1)] : [column];
}
