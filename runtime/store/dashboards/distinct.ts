/** The different values of a field. */
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { bindFilter, type BoundFilter } from "../filter-argument.js";
import { sliceLimits, overSlices, slicesOf } from "../slices/slices.js";
import { withStaleRows } from "../slices/stale-rows.js";
import type { FilterArgument } from "../types/events.js";
import { countedField, decodeValue } from "./field-values.js";
import { valuesInOrder } from "./tallies.js";

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
  const filter = bindFilter(options, context);
  const isRolled = field.rollup === "all" && filter.matchesAll;
  const values =
    (isRolled ? await rolledValues(session, context, field.name, options) : null) ??
    (await scannedValues(session, context, { field: field.name, filter }, options));
  return values.map((value) => decodeValue(value, field.type)).filter((value) => value !== null);
}

async function rolledValues(
  session: Session,
  context: StoreContext,
  field: string,
  options: CallOptions,
): Promise<readonly string[] | null> {
  return withStaleRows(session, context, options, async (client, rows, left) => {
    const found = await client.distinctRollups({ dimension: field, items: field, rows }, left);
    return {
      result: found.flatMap(({ value }) => value ?? []),
      staleDays: found.at(-1)?.staleDays ?? null,
    };
  });
}

async function scannedValues(
  session: Session,
  context: StoreContext,
  { field, filter }: { readonly field: string; readonly filter: BoundFilter },
  options: CallOptions,
): Promise<readonly string[]> {
  const slices = await slicesOf(session, context, filter, options);
  const parts = await overSlices(slices, options, ({ client, filter: part }, left) =>
    client.distinctValues({ filter: part, items: field }, left),
  );
  const [only, ...others] = parts.map((rows) => rows.map(({ value }) => value));
  if (only === undefined || others.length === 0) return only ?? [];
  const [{ client }] = slices;
  return valuesInOrder([...new Set(only.concat(...others))], field, client, sliceLimits(options));
}
