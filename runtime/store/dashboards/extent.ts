/** The oldest and the newest time of an axis among some events. */
import type { StoredField } from "../../../compiler/catalogue/model.js";
import { MICROS_PER_HOUR } from "../../../compiler/values/civil.js";
import { parsePgTimestamp, type Micros } from "../../../compiler/values/time.js";
import type { TimeRangeRow } from "../../../generated/index.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreClient } from "../client.js";
import type { StoreContext } from "../context.js";
import type { BoundFilter } from "../filter-argument.js";
import { layoutPages } from "../search/pages.js";
import { overSlices, remaining, slicesOf } from "../slices/slices.js";

/** Both are instants that occur. */
export interface Extent {
  readonly oldest: Micros;
  readonly newest: Micros;
}

/** Which events, and by which of their times. */
export interface ExtentRequest {
  readonly axis: StoredField;
  readonly filter: BoundFilter;
}

/** The extent of the events that match; null when there is none. */
export async function findExtent(
  session: Session,
  context: StoreContext,
  { axis, filter }: ExtentRequest,
  options: CallOptions,
): Promise<Extent | null> {
  if (context.catalogue.table.plain === undefined && axis.name === context.tables.roles.time.name)
    return extentByPages(session, context, filter, options);
  const slices = await slicesOf(session, context, filter, options);
  const parts = await overSlices(slices, options, async ({ client, filter: part }, left) =>
    readExtent(await client.timeRange({ filter: part, axis: axis.name }, left)),
  );
  return parts.reduce(hull, null);
}

/**
 * By the time that partitions go by: the first event of a search in either direction. A minimum would be looked for along the index of the time,
 * which took 5.5 s for a filter that few events meet.
 */
async function extentByPages(
  session: Session,
  context: StoreContext,
  filter: BoundFilter,
  options: CallOptions,
): Promise<Extent | null> {
  const left = remaining(options);
  const first = async (descending: boolean): Promise<Micros | null> => {
    const shape = { sort: context.tables.roles.time.name, descending, ghost: false, texts: false };
    const request = { session, context, shape, filter, read: () => null, count: 1, after: null };
    const { found } = await layoutPages(context).find({ ...request, options: left() });
    return found[0]?.time ?? null;
  };
  const newest = await first(true);
  const oldest = newest === null ? null : await first(false);
  return newest === null || oldest === null ? null : { oldest, newest };
}

function hull(a: Extent | null, b: Extent | null): Extent | null {
  if (a === null || b === null) return a ?? b;
  return {
    oldest: a.oldest < b.oldest ? a.oldest : b.oldest,
    newest: a.newest > b.newest ? a.newest : b.newest,
  };
}

/**
 * The widest and the narrowest that the extent of all events by the partitioning time can be, from the counters of the hours, whose number
 * doesn't grow with that of the events or partitions; null when there is no event.
 */
export async function extentLimits(
  client: Pick<StoreClient, "hourRange">,
  options: CallOptions,
): Promise<{ readonly widest: Extent; readonly narrowest: Extent } | null> {
  const hours = readExtent(await client.hourRange(options));
  if (hours === null) return null;
  const last = MICROS_PER_HOUR - 1n;
  return {
    widest: { oldest: hours.oldest, newest: hours.newest + last },
    narrowest: { oldest: hours.oldest + last, newest: hours.newest },
  };
}

function readExtent({ oldest, newest }: TimeRangeRow): Extent | null {
  if (oldest === null || newest === null) return null;
  return { oldest: parsePgTimestamp(oldest), newest: parsePgTimestamp(newest) };
}
