/** Deleting events that match a filter, with everything that belongs to them. */
import { argumentError } from "../../../compiler/values/errors.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions, FilterSource } from "../../postgres/statement.js";
import type { StoreClient } from "../client.js";
import type { StoreContext } from "../context.js";
import { bindFilter } from "../filter-argument.js";
import { checkCount } from "../search/search.js";
import { overSlices, slicesOf, type Slice } from "../slices/slices.js";
import type { DeleteOptions } from "../types.js";

const OPERATION = "deleteEvents";

/**
 * Deletes the matching events and returns how many there were. Where the store has more partitions than one statement should lock, each slice of
 * the time is deleted by itself; a transaction around makes them one.
 *
 * @throws DataError for a condition that every event meets, unless `all` is given
 */
export async function deleteEvents(
  session: Session,
  context: StoreContext,
  options: DeleteOptions,
): Promise<number> {
  const filter = bindFilter(options, context);
  if (options.all !== true && filter.matchesEverything())
    throw argumentError(
      OPERATION,
      `every event meets this filter, so it would delete them all; give one that some events don't meet, or { all: true }`,
    );
  if (filter.matchesNone) return 0;
  const limit = options.batch === undefined ? null : checkCount("batch", options.batch, 1_000_000, OPERATION);
  const slices = await slicesOf(session, context, filter, options);
  if (slices.length === 1) return deleteWhole(context.connect(session), filter.slot, limit, options);
  const deleted = await overSlices(slices, options, (slice, left) => deleteSlice(slice, limit, left));
  return deleted.reduce((sum, events) => sum + events, 0);
}

function deleteWhole(
  client: StoreClient,
  filter: FilterSource,
  limit: number | null,
  options: CallOptions,
): Promise<number> {
  if (limit === null) return client.deleteEvents(filter, options);
  return byBatches(limit, () => client.deleteSomeEvents(filter, { limit }, options));
}

function deleteSlice(
  { client, filter, span, textSpan }: Slice,
  limit: number | null,
  options: CallOptions,
): Promise<number> {
  const slots = { filter, texts: textSpan };
  if (limit === null) return client.deleteSlice(slots, options);
  return byBatches(limit, () => client.deleteSomeOfSlice({ ...slots, within: span }, { limit }, options));
}

/** Removes again and again until less than a batch was there; returns how many there were. */
export async function byBatches(limit: number, deleteBatch: () => Promise<number>): Promise<number> {
  let deleted = 0;
  for (;;) {
    const batch = await deleteBatch();
    deleted += batch;
    if (batch < limit) return deleted;
  }
}
