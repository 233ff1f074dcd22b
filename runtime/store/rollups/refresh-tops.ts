/** Bringing the lists of the most frequent values up to date. */
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { rollupFields } from "./field-statements.js";

/**
 * Lists the most frequent values of each field for all days before today that changed since they were listed, so many values each. Safe
 * beside ingest, deletes and other refreshes: of two that list the same day, the list that stays may be invalid, but not wrong.
 */
export async function refreshTops(
  session: Session,
  { catalogue, connect }: StoreContext,
  values: number,
  options: CallOptions,
): Promise<void> {
  const client = connect(session);
  for (const { name } of rollupFields(catalogue, "top"))
    for (const { day } of await client.staleDays({ dimension: name }, options))
      await client.listDay({ dimension: name, values: name }, { day, values }, options);
}
