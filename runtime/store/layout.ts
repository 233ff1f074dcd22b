/** Names of the storage layout that dynamic statements need, derived from the catalogue. */
import { indexCatalogue } from "../../compiler/catalogue/lookup.js";
import type { Catalogue, StoredField } from "../../compiler/catalogue/model.js";
import { identifier } from "../../compiler/sql/fragment.js";
import { DataError } from "../postgres/errors.js";

export interface Layout {
  readonly catalogue: Catalogue;
  /** The searched table, as an SQL identifier. */
  readonly events: string;
  readonly json: string;
  readonly id: StoredField;
  readonly time: StoredField;
  readonly stored: StoredField;
}

/**
 * The layout of a catalogue.
 *
 * @throws DataError when the catalogue describes a table that the storage service cannot keep
 */
export function layoutOf(catalogue: Catalogue): Layout {
  const { roles } = catalogue.table;
  const { fields } = indexCatalogue(catalogue);
  const role = (name: string | undefined): StoredField => {
    const field = name === undefined ? undefined : fields.get(name);
    if (field?.kind === "stored" && !field.list) return field;
    throw new DataError(
      `catalogue "${catalogue.name}" gives no scalar field for a role of the storage layout (table.roles)`,
    );
  };
  return {
    catalogue,
    events: identifier(catalogue.table.name),
    json: "event_json",
    id: role(roles?.id),
    time: role(roles?.time),
    stored: role(roles?.stored),
  };
}
