/** The fields of a catalogue by which events are told apart and ordered. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { timeField } from "../../cli/time-field.js";

/** Names of fields. */
export interface CatalogueRoles {
  /** Tells an event from all others; null for a table without a key. */
  readonly id: string | null;
  readonly time: string;
  /** When the event came into the store; null where that is not kept. */
  readonly stored: string | null;
}

/** The roles, of a table that something else made too. */
export function rolesOf(catalogue: Catalogue): CatalogueRoles {
  const { roles, plain } = catalogue.table;
  const time = timeField(catalogue);
  if (roles !== undefined) return { ...roles, time };
  if (plain !== undefined) return { id: plain.key ?? null, time, stored: null };
  return { id: "id", time, stored: "storage_time" };
}
