/** Which filters the counts by combination can answer, and how these are asked. */
import { MICROS_PER_DAY } from "../../../compiler/values/civil.js";
import type { CallOptions, FilterSource } from "../../postgres/statement.js";
import type { Session } from "../../postgres/session.js";
import type { StoreContext } from "../context.js";
import type { BoundFilter } from "../filter-argument.js";
import { combinedFields } from "../rollups/combination-statements.js";
import { hasFewer, within } from "../slices/slices.js";
import { withStaleRows } from "../slices/stale-rows.js";

/** What goes into the slots of these statements, beside the partitions that may be read. */
export interface CombinedSlots {
  readonly around: FilterSource;
  readonly inside: FilterSource;
  readonly combination: FilterSource;
  readonly filter: FilterSource;
}

/** Events of a store, as the planner estimates, of which a scan takes no longer: 3,000 took 25 ms where the counts took 100, 30,000 more than these. */
const FEW_EVENTS = 20_000;

/**
 * The slots of a filter on combined fields, with bounds of the partitioning time or without; null for any other filter, and for a store that is known
 * to be small.
 */
export async function combinedSlots(
  session: Session,
  context: StoreContext,
  filter: BoundFilter,
  options: CallOptions,
): Promise<CombinedSlots | null> {
  const slots = slotsOf(filter, context);
  if (slots === null) return null;
  return (await hasFewer(session, context, FEW_EVENTS, options)) ? null : slots;
}

function slotsOf(filter: BoundFilter, { catalogue, tables }: StoreContext): CombinedSlots | null {
  const fields = combinedFields(catalogue);
  if (fields.length === 0 || filter.matchesNone) return null;
  const time = tables.roles.time.name;
  const combination = filter.slotOfFields(new Set(fields.map(({ name }) => name)), time);
  if (combination === null) return null;
  const { from, to } = filter.bounds(time);
  return {
    combination,
    filter: filter.slot,
    around: within("hour", { from: from && dayBefore(from), to: to && dayAfter(to) }),
    inside: within("day", { from: from && dayAfter(from), to: to && dayBefore(to) }),
  };
}

/** The number of events of the filter; null where only a scan can tell, or does better. */
export async function countCombined(
  session: Session,
  context: StoreContext,
  filter: BoundFilter,
  options: CallOptions,
): Promise<number | null> {
  const slots = await combinedSlots(session, context, filter, options);
  if (slots === null) return null;
  return withStaleRows(session, context, options, async (client, rows, left) => {
    const { count, unread, staleDays } = await client.countCombinations({ ...slots, rows }, left);
    return unread > 0 ? { result: null, staleDays: null } : { result: count, staleDays };
  });
}

/** The midnight at or before an instant. */
function dayBefore(micros: bigint): bigint {
  const rest = ((micros % MICROS_PER_DAY) + MICROS_PER_DAY) % MICROS_PER_DAY;
  return micros - rest;
}

/** The midnight at or after an instant. */
function dayAfter(micros: bigint): bigint {
  return dayBefore(micros + MICROS_PER_DAY - 1n);
}
