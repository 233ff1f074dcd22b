/** Reading the JSON of events that were found, from the partitions of their days. */
import type { Session } from "../../postgres/session.js";
import type { CallOptions, WireRow } from "../../postgres/statement.js";
import { readText } from "../../postgres/wire.js";
import type { StoreContext } from "../context.js";
import type { Partition } from "./days.js";
import type { FoundEvent } from "./found-event.js";
import { isPartitionGone, type DecodeEvent } from "./page.js";

/** What reading events needs to know. */
export interface EventsRequest<E> {
  readonly session: Session;
  readonly context: StoreContext;
  readonly partitions: readonly Partition[];
  readonly read: DecodeEvent<E>;
  readonly options: CallOptions;
}

/** The events of a page in its order; one that was deleted since it was found is left out. */
export async function readPageEvents<E>(
  request: EventsRequest<E>,
  page: readonly FoundEvent<E>[],
): Promise<E[]> {
  const events = new Map<string, E>();
  for (const { seq, event } of page) if (event !== null) events.set(seq, event);
  const wanted = page.filter(({ seq }) => !events.has(seq));
  for (const [json, seqs] of byPartition(wanted, request.partitions)) {
    try {
      await readTable(request, json, seqs, events);
    } catch (error) {
      if (!isPartitionGone(error)) throw error;
    }
  }
  // What is not in its partition was deleted, or has moved to a day that was made since it was found.
  const missing = wanted.flatMap(({ seq }) => (events.has(seq) ? [] : [seq]));
  if (missing.length > 0) await readTable(request, request.context.tables.json.name, missing, events);
  return page.map(({ seq }) => events.get(seq)).filter((event) => event !== undefined);
}

/** Seqs by the table of their JSON. */
function byPartition(
  page: readonly FoundEvent<unknown>[],
  partitions: readonly Partition[],
): ReadonlyMap<string, readonly string[]> {
  const seqs = new Map<string, string[]>();
  for (const { seq, time } of page) {
    const partition = partitions.find(({ day }) => day === null || (day.from <= time && time < day.to));
    if (!partition) continue;
    const own = seqs.get(partition.json);
    if (own) own.push(seq);
    else seqs.set(partition.json, [seq]);
  }
  return seqs;
}

async function readTable<E>(
  { session, context, read, options }: EventsRequest<E>,
  table: string,
  seqs: readonly string[],
  events: Map<string, E>,
): Promise<void> {
  const statement = {
    ...context.statements.readEvents.fill({ table }),
    decode: ([seq, event]: WireRow): readonly [string, E] => [readText(seq), read(readText(event))],
  };
  for (const [seq, event] of await session.run(statement, { seqs }, options)) events.set(seq, event);
}
