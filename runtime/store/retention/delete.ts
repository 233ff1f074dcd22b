/** Deleting events that match a filter, with everything that belongs to them. */
import { argumentError } from "../../../compiler/values/errors.js";
import { addToMessage } from "../../postgres/reworded-error.js";
import { EventStorageError } from "../../postgres/errors.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions, FilterSource } from "../../postgres/statement.js";
import type { StoreClient } from "../client.js";
import type { StoreContext } from "../context.js";
import { bindFilter } from "../filter-argument.js";
import { checkCount } from "../search/search.js";
import { overSlices, slicesOf, type Slice } from "../slices/slices.js";
import type { DeleteOptions } from "../types/events.js";

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
  return counting(context, 0, async (add) => {
    if (slices.length === 1)
      return deleteWhole(context.connect(session), filter.slot, { limit, add }, options);
    await overSlices(slices, options, (slice, left) => deleteSlice(slice, { limit, add }, left));
  });
}

/** How many at a time, null for all at once, and who counts them. */
interface Deletion {
  readonly limit: number | null;
  readonly add: (events: number) => void;
}

async function deleteWhole(
  client: StoreClient,
  filter: FilterSource,
  { limit, add }: Deletion,
  options: CallOptions,
): Promise<void> {
  if (limit === null) return add(await client.deleteEvents(filter, options));
  await byBatches(limit, () => client.deleteSomeEvents(filter, { limit }, options), add);
}

async function deleteSlice(
  { client, filter, span, textSpan }: Slice,
  { limit, add }: Deletion,
  options: CallOptions,
): Promise<void> {
  const slots = { filter, texts: textSpan };
  if (limit === null) return add(await client.deleteSlice(slots, options));
  const someOf = { ...slots, within: span };
  await byBatches(limit, () => client.deleteSomeOfSlice(someOf, { limit }, options), add);
}

/** Removes again and again until less than a batch was there; returns how many there were, and tells of each batch. */
export async function byBatches(
  limit: number,
  deleteBatch: () => Promise<number>,
  add: (deleted: number) => void = () => undefined,
): Promise<number> {
  let deleted = 0;
  for (;;) {
    const batch = await deleteBatch();
    add(batch);
    deleted += batch;
    if (batch < limit) return deleted;
  }
}

/**
 * Counts what is deleted by several statements, from `before` on. The error of one of them says how many were deleted before it, where that stays:
 * a transaction around takes it back.
 */
export async function counting(
  { inTransaction }: Pick<StoreContext, "inTransaction">,
  before: number,
  work: (add: (events: number) => void) => Promise<void>,
): Promise<number> {
  let deleted = before;
  try {
    await work((events) => (deleted += events));
    return deleted;
  } catch (error) {
    if (inTransaction || !(error instanceof EventStorageError)) throw error;
    if (deleted === 0 && !error.uncertain) throw error;
    const perhaps = error.uncertain ? ", and perhaps more" : "";
    const what =
      deleted === 0 ? "its events may have been deleted" : `${deleted} events were deleted${perhaps}`;
    throw addToMessage(error, `${what}: call it again for the rest`);
  }
}
