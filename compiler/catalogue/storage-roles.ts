/** The fields that the storage layout rests on. Apart from the tables, as filters of a browser need no more of the layout than these. */
import { indexCatalogue } from "./lookup.js";
import type { Catalogue, StorageRoles, StoredField } from "./model.js";

/** The fields by which a store finds, orders and stamps its rows. @throws Error when the catalogue names no required scalar field for one of them */
export function storageRoles(catalogue: Catalogue): Readonly<Record<keyof StorageRoles, StoredField>> {
  const { fields } = indexCatalogue(catalogue);
  const resolve = (role: keyof StorageRoles): StoredField => {
    const field = fields.get(catalogue.table.roles?.[role] ?? "");
    if (field?.kind === "stored" && !field.list && field.required === true) return field;
    throw new Error(
      `catalogue "${catalogue.name}": table.roles.${role} has to name a required scalar field with a column`,
    );
  };
  return { id: resolve("id"), time: resolve("time"), stored: resolve("stored") };
}
