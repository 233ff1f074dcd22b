/** Events of known identifiers, slice by slice of their time: a join over all partitions would lock them all. */
import { parsePgTimestamp } from "../../../compiler/values/time.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions, FilterSource } from "../../postgres/statement.js";
import type { StoreClient } from "../client.js";
import type { StoreContext } from "../context.js";
import { planningEach } from "./sessions.js";
import { hasMany, mostPartitions, sliceLimits, tile, timeOfTexts, within } from "./slices.js";

/** An event whose identifier is known, and where it is. */
export interface LocatedEvent {
  readonly id: string;
  /** Its number, as the server prints it. */
  readonly seq: string;
}

/** Those events of a slice; `texts` says which partitions of the JSON `j` may be locked. */
export type LocatedSlice = (
  client: StoreClient,
  texts: FilterSource,
  own: readonly LocatedEvent[],
) => Promise<void>;

/** Runs a statement for each slice that has some of the events. Identifiers that are not known are left out. */
export async function overLocated(
  session: Session,
  context: StoreContext,
  ids: readonly string[],
  options: CallOptions,
  work: LocatedSlice,
): Promise<void> {
  const limits = sliceLimits(options);
  const located = await context.connect(session).locateEvents({ ids }, limits);
  const known = located.map((event) => ({ ...event, micros: parsePgTimestamp(event.time) }));
  const { partitions } = await context.partitions.recent(session, limits);
  const client = context.connect(planningEach(session, context));
  for (const span of tile(partitions, { from: null, to: null }, mostPartitions(context.tables))) {
    const { from, to } = span;
    const own = known.filter(
      ({ micros }) => (from === null || micros >= from) && (to === null || micros < to),
    );
    if (own.length > 0) await work(client, within(timeOfTexts(context), span), own);
  }
}

/** The stored JSON texts of events by their identifiers. */
export async function storedTexts(
  session: Session,
  context: StoreContext,
  ids: readonly string[],
  options: CallOptions,
): Promise<ReadonlyMap<string, string>> {
  const limits = sliceLimits(options);
  if (!(await hasMany(session, context, limits))) {
    const rows = await context.connect(session).eventTexts({ ids }, limits);
    return new Map(rows.map(({ id, event }) => [id, event]));
  }
  const found = new Map<string, string>();
  await overLocated(session, context, ids, options, async (client, texts, own) => {
    const names = new Map(own.map(({ id, seq }) => [seq, id]));
    for (const { seq, event } of await client.textsOfSlice({ texts }, { seqs: [...names.keys()] }, limits)) {
      const id = names.get(seq);
      if (id !== undefined) found.set(id, event);
    }
  });
  return found;
}
