/** The different values of a field. */
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { bindFilter } from "../filter-argument.js";
import type { FilterArgument } from "../types.js";
import { countedField, decodeValue } from "./field-values.js";

/**
 * All values that a field has in the events that match, ascending; of all events from the roll-ups where it is rolled up. Reads only.
 *
 * @throws DataError for an unknown field
 */
export async function distinctValues(
  session: Session,
  context: StoreContext,
  name: string,
  options: FilterArgument & CallOptions = {},
): Promise<readonly (string | number | boolean)[]> {
  const operation = "distinctValues";
  const field = countedField(name, context.catalogue, operation);
  const filter = bindFilter(options, context.filterOptions);
  const client = context.connect(session);
  const rows =
    field.rollup === "all" && filter.matchesAll
      ? await client.distinctRollups({ dimension: field.name, items: field.name }, options)
      : await client.distinctValues({ filter: filter.slot, items: field.name }, options);
  return rows.map(({ value }) => decodeValue(value, field.type)).filter((value) => value !== null);
}
