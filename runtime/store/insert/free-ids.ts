/** Identifiers whose events went with their partition, in a store of many partitions. */
import { isSpread } from "../../../compiler/catalogue/spread.js";
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
  const ids = await candidates(session, context, events, options);
  if (ids.length === 0) return freed;
  await overLocated(session, context, ids, options, async (client, texts, own) => {
    const params = { ids: own.map(({ id }) => id), seqs: own.map(({ seq }) => seq) };
    for (const { id } of await client.freeIds({ texts }, params, sliceLimits(options))) freed.add(id);
  });
  return freed;
}

/** The statement that a store on one server has not. */
interface SpreadClient {
  lostIds(
    params: { readonly ids: readonly string[] },
    options: CallOptions,
  ): Promise<readonly { readonly id: string; readonly may: boolean }[]>;
}

/** Those that may be free: on a cluster, where each look goes to all workers, a look of its own finds none for the most part. */
async function candidates(
  session: Session,
  context: StoreContext,
  events: readonly EncodedEvent[],
  options: CallOptions,
): Promise<readonly string[]> {
  const ids = events.map(({ id }) => id);
  if (!isSpread(context.catalogue)) return ids;
  const client = context.connect(session) as unknown as SpreadClient;
  const lost = await client.lostIds({ ids }, sliceLimits(options));
  return lost.flatMap(({ id, may }) => (may ? [id] : []));
}
