/** Identifiers whose events went with their partition, in a store of many partitions. */
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import { parsePgTimestamp } from "../../../compiler/values/time.js";
import type { TimeBounds } from "../../../compiler/time-bounds.js";
import type { StoreContext } from "../context.js";
import { planningEach } from "../slices/sessions.js";
import { sliceLimits, mostPartitions, tile, timeOfTexts, within } from "../slices/slices.js";
import type { EncodedEvent } from "./encoded-event.js";

/** Forgets those of the identifiers whose events are gone, and tells which these are. */
export async function freeLostIds(
  session: Session,
  context: StoreContext,
  events: readonly EncodedEvent[],
  options: CallOptions,
): Promise<ReadonlySet<string>> {
  const freed = new Set<string>();
  if (events.length === 0) return freed;
  const limits = sliceLimits(options);
  const ids = events.map(({ id }) => id);
  const known = (await context.connect(session).locateEvents({ ids }, limits)).map(({ id, seq, time }) => ({
    id,
    seq,
    micros: parsePgTimestamp(time),
  }));
  const { partitions } = await context.partitions.recent(session, limits);
  const client = context.connect(planningEach(session, context));
  for (const span of tile(partitions, { from: null, to: null }, mostPartitions(context.tables))) {
    const own = known.filter(({ micros }) => isWithin(micros, span));
    if (own.length === 0) continue;
    const texts = within(timeOfTexts(context), span);
    const params = { ids: own.map(({ id }) => id), seqs: own.map(({ seq }) => seq) };
    for (const { id } of await client.freeIds({ texts }, params, limits)) freed.add(id);
  }
  return freed;
}

function isWithin(micros: bigint, { from, to }: TimeBounds): boolean {
  return (from === null || micros >= from) && (to === null || micros < to);
}
