/** The different values of a field. */
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { countedField, decodeValue } from "./field-values.js";

/** All values that a field has, ascending; from the roll-ups where it is rolled up. Reads only. @throws DataError for an unknown field */
export async function distinctValues(
  session: Session,
  context: StoreContext,
  name: string,
  options: CallOptions = {},
): Promise<readonly (string | number | boolean)[]> {
  const operation = "distinctValues";
  const field = countedField(name, context.catalogue, operation);
  const client = context.connect(session);
  const rows =
    field.rollup === "all"
      ? await client.distinctRollups({ dimension: field.name, items: field.name }, options)
      : await client.distinctValues({ items: field.name }, options);
  return rows.map(({ value }) => decodeValue(value, field.type)).filter((value) => value !== null);
}
