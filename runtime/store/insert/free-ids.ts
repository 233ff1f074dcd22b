/** Identifiers whose events went with their partition, in a store of many partitions. */
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { overLocated } from "../slices/located.js";
import { sliceLimits } from "../slices/slices.js";
import type { EncodedEvent } from "./encoded-event.js";

/** Forgets those of the identifiers whose events are gone, and shows which these are. */
export async function freeLostIds(
  session: Session,
  context: StoreContext,
  events: readonly EncodedEvent[],
  options: CallOptions,
): Promise<ReadonlySet<string>> {
  const freed = new Set<string>();
  if (events.length === 0) return freed;
  const ids = events.map(({ id }) => id);
  await overLocated(session, context, ids, options, async (client, texts, own) => {
    const params = { ids: own.map(({ id }) => id), seqs: own.map(({ seq }) => seq) };
    for (const { id } of await client.freeIds({ texts }, params, sliceLimits(options))) freed.add(id);
  });
  return freed;
}
