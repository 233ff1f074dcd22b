/** Deleting events that match a filter, with everything that belongs to them. */
import { argumentError } from "../../../compiler/values/errors.js";
import type { Session } from "../../postgres/session.js";
import type { StoreContext } from "../context.js";
import { bindFilter } from "../filter-argument.js";
import { checkCount } from "../search/search.js";
import type { DeleteOptions } from "../types.js";

const OPERATION = "deleteEvents";

/**
 * Deletes the matching events and returns how many there were.
 *
 * @throws DataError for a condition that every event meets, unless `all` is given
 */
export async function deleteEvents(
  session: Session,
  context: StoreContext,
  options: DeleteOptions,
): Promise<number> {
  const filter = bindFilter(options, context.filterOptions);
  if (options.all !== true && filter.matchesEverything())
    throw argumentError(
      OPERATION,
      `every event meets this filter, so it would delete them all; give one that some events don't meet, or { all: true }`,
    );
  if (filter.matchesNone) return 0;
  const client = context.connect(session);
  if (options.batch === undefined) return client.deleteEvents(filter.slot, options);
  const limit = checkCount("batch", options.batch, 1_000_000, OPERATION);
  let deleted = 0;
  for (;;) {
    const slice = await client.deleteSomeEvents(filter.slot, { limit }, options);
    deleted += slice;
    if (slice < limit) return deleted;
  }
}
