/** The oldest and the newest time of an axis among some events. */
import type { StoredField } from "../../../compiler/catalogue/model.js";
import { parsePgTimestamp, type Micros } from "../../../compiler/values/time.js";
import type { TimeRangeRow } from "../../../generated/index.js";
import type { CallOptions, FilterSource } from "../../postgres/statement.js";
import type { StoreClient } from "../client.js";

/** Both are instants that occur. */
export interface Extent {
  readonly oldest: Micros;
  readonly newest: Micros;
}

/** Length of an hour. */
export const HOUR: Micros = 3_600_000_000n;

/** The extent of the events that match; null when there is none. */
export async function findExtent(
  client: Pick<StoreClient, "timeRange">,
  axis: StoredField,
  filter: FilterSource,
  options: CallOptions,
): Promise<Extent | null> {
  return readExtent(await client.timeRange({ filter, axis: axis.name }, options));
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
  const last = HOUR - 1n;
  return {
    widest: { oldest: hours.oldest, newest: hours.newest + last },
    narrowest: { oldest: hours.oldest + last, newest: hours.newest },
  };
}

function readExtent({ oldest, newest }: TimeRangeRow): Extent | null {
  if (oldest === null || newest === null) return null;
  return { oldest: parsePgTimestamp(oldest), newest: parsePgTimestamp(newest) };
}
