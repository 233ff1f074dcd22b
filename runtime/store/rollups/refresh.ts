/** Bringing the roll-ups, and what else is put off while events are stored, up to date. */
import { argumentError } from "../../../compiler/values/errors.js";
import { dayOfDate } from "../../../compiler/schema/day.js";
import type { Session } from "../../postgres/session.js";
import type { StoreContext } from "../context.js";
import type { RefreshOptions } from "../types/upkeep.js";
import { refreshCounts } from "./refresh-days.js";
import { sortPending } from "./sort-pending.js";
import { LISTED_VALUES, MAX_LISTED_VALUES } from "./limits.js";

/**
 * Computes the roll-ups of the hours and the lists of the days that changed since they were computed, and sorts the indexes of these days;
 * returns how many hours there were.
 *
 * @throws DataError when `top` is not a whole number from 1 to {@link MAX_LISTED_VALUES}
 */
export async function refreshRollups(
  session: Session,
  context: StoreContext,
  { top = LISTED_VALUES, ...options }: RefreshOptions,
): Promise<number> {
  if (!(Number.isInteger(top) && top >= 1 && top <= MAX_LISTED_VALUES))
    throw argumentError(
      "refresh",
      `top is a whole number of values from 1 to ${MAX_LISTED_VALUES}, not ${String(top)}`,
    );
  const hours = await refreshCounts(session, context, top, options);
  await sortPending(session, context, new Set(hours.map(dayOfDate)), options);
  await context.connect(session).markRefreshed(options);
  return hours.length;
}
