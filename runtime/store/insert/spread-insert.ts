/** Storing events on a cluster: those of each shard go to its worker, and one transaction holds them together. */
import { searchedColumns } from "../../../compiler/catalogue/columns.js";
import { latestVersion } from "../../../compiler/schema/migrations.js";
import { encodeArray } from "../../../compiler/values/array.js";
import { EventStorageError, TransactionConflictError } from "../../postgres/errors.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions, Statement } from "../../postgres/statement.js";
import { readText } from "../../postgres/wire.js";
import type { StoreContext } from "../context.js";
import { byTime, encodeColumn, encodeEvents, type EncodedEvent } from "./encoded-event.js";
import type { KnownWords } from "./known-words.js";
import { listedColumns } from "./listed-values-statements.js";
import { storesOnWorkers } from "./spread-statements.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";

/** The statements that a store on one server has not. */
interface SpreadStatements {
  readonly placeEvents: Statement<unknown, unknown, "many">;
  readonly storeEvents: Statement<unknown, unknown, "many">;
  readonly countStored: Statement<unknown, unknown, "none">;
  readonly listStored?: Statement<unknown, unknown, "none">;
}

/** The insertion of a store on a cluster: its statements, fed with events that are encoded. */
export interface SpreadInsert {
  readonly place: Statement<readonly EncodedEvent[], Place, "many">;
  readonly store: Statement<readonly NumberedEvent[], string, "many">;
  readonly count: Statement<readonly EncodedEvent[], unknown, "none">;
  readonly list: Statement<readonly EncodedEvent[], unknown, "none"> | null;
}

interface Place {
  readonly seq: string;
  readonly shard: string;
}

interface NumberedEvent {
  readonly seq: string;
  readonly event: EncodedEvent;
}

/** Null for a catalogue with more columns than a function has parameters: its events are stored by the statements of one server. */
export function spreadInsert(
  catalogue: Catalogue,
  context: Pick<StoreContext, "statements">,
): SpreadInsert | null {
  if (!storesOnWorkers(catalogue)) return null;
  const { placeEvents, storeEvents, countStored, listStored } =
    context.statements as unknown as SpreadStatements;
  const columns = searchedColumns(catalogue).map(({ name }) => name);
  const listed = listedColumns(catalogue).map(({ name }) => columns.indexOf(name));
  return {
    place: {
      ...placeEvents,
      encode: (events) => [encodeArray(events.map(({ id }) => id))],
      decode: ([seq, shard]) => ({ seq: readText(seq), shard: readText(shard) }),
    },
    store: {
      ...storeEvents,
      encode: (numbered) => {
        const events = numbered.map(({ event }) => event);
        return [
          events[0]?.id ?? null,
          String(latestVersion()),
          encodeArray(numbered.map(({ seq }) => seq)),
          ...encodeEvents(events, columns.length),
        ];
      },
      decode: ([id]) => readText(id),
    },
    count: { ...countStored, encode: (events) => [encodeArray(events.map(({ time }) => time))] },
    list:
      listStored === undefined
        ? null
        : { ...listStored, encode: (events) => listed.map((column) => encodeColumn(events, column)) },
  };
}

/** Stores those of the events that are not there, in one transaction, and gives their ids. */
export async function insertOnWorkers(
  session: Session,
  { place, store, count, list }: SpreadInsert,
  { events, words }: { readonly events: readonly EncodedEvent[]; readonly words: KnownWords },
  { signal, timeoutMs }: CallOptions,
): Promise<Set<string>> {
  if (events.length === 0) return new Set();
  const sorted = [...events].sort(byTime);
  const unlisted = events.filter((event) => !words.covers(event));
  const stored = await session
    .transaction(
      async (transaction) => {
        const ids = new Set<string>();
        for (const group of byShard(sorted, await transaction.run(place, sorted)))
          for (const id of await transaction.run(store, group)) ids.add(id);
        const own = events.filter(({ id }) => ids.has(id));
        if (own.length === 0) return ids;
        await transaction.run(count, own);
        if (list !== null && unlisted.length > 0) await transaction.run(list, unlisted);
        return ids;
      },
      { signal, timeoutMs },
    )
    .catch((error: unknown) => {
      throw afterMove(error);
    });
  if (stored.size > 0) for (const event of unlisted) words.remember(event);
  return stored;
}

/** What Citus says where a shard went to another worker between the coordinator's look and the function's. */
const MOVED = /distributed query from a query on a shard/u;

/** Nothing was stored: the events come again, and go to the other worker then. */
function afterMove(error: unknown): unknown {
  if (!(error instanceof EventStorageError) || error.uncertain || !MOVED.test(error.message)) return error;
  const { operation, sqlState, message } = error;
  return new TransactionConflictError(`${message}; a shard was moved meanwhile`, {
    operation,
    sqlState,
    cause: error,
  });
}

/** Each group in the order of the times, so that its rows lie as they are read; the groups in the order of the shards, in which everybody locks them. */
function byShard(
  events: readonly EncodedEvent[],
  places: readonly Place[],
): readonly (readonly NumberedEvent[])[] {
  const groups = new Map<string, NumberedEvent[]>();
  for (const [index, event] of events.entries()) {
    const place = places[index];
    if (place === undefined) continue;
    const group = groups.get(place.shard) ?? [];
    groups.set(place.shard, group);
    group.push({ seq: place.seq, event });
  }
  return [...groups].sort(([a], [b]) => Number(a) - Number(b)).map(([, group]) => group);
}
