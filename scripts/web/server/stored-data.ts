/** A store that answers the explorer. */
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import type { CatalogueNames } from "../../../runtime/client.js";
import type { EventStorage, SortKey } from "../../../runtime/store/types.js";
import { rolesOf } from "../shared/catalogue-roles.js";
import type { DataCall, DataStatus, ExplorerData } from "../shared/data.js";

/** The answers of an open store. Options are passed by name, as the store refuses those that it does not know. */
export function storedData(storage: EventStorage<CatalogueNames>): ExplorerData {
  const { time, stored } = rolesOf(storage.filterOptions.catalogue ?? IDEA_CATALOGUE);
  // The explorer names orders as IDEA does; the store by the fields of its own catalogue.
  const owned = (sort: SortKey): SortKey =>
    sort.replace("detect_time", time).replace("storage_time", stored ?? "storage_time") as SortKey;
  return {
    search: ({ filter, args, sort, limit, after }, call) =>
      storage.searchEvents({ filter, args, sort: owned(sort), limit, after, ...limitsOf(call) }),
    count: ({ filter, args }, call) => storage.countEvents({ filter, args, ...limitsOf(call) }),
    top: ({ filter, args, field, limit }, call) =>
      storage.aggregateEvents({ filter, args, by: field, limit, ...limitsOf(call) }),
    summary: ({ filter, args, by, limit }, call) =>
      storage.summarizeEvents({ filter, args, by, limit, ...limitsOf(call) }),
    timeline: ({ filter, args, from, to, step, by, limit, timeZone }, call) =>
      storage.timelineEvents({ filter, args, from, to, step, by, limit, timeZone, ...limitsOf(call) }),
    stream: ({ filter, args, sort }, call) =>
      storage.streamEvents({ filter, args, sort: owned(sort), ...limitsOf(call) }),
    status: (call) => statusOf(storage, time, limitsOf(call)),
  };
}

const limitsOf = ({ signal, timeoutMs }: DataCall): DataCall => ({ signal, timeoutMs });

async function statusOf(
  storage: EventStorage<CatalogueNames>,
  time: string,
  call: DataCall,
): Promise<DataStatus> {
  const [events, oldest, newest, database] = await Promise.all([
    storage.countEvents(call),
    storage.searchColumnWith(time, "min", call),
    storage.searchColumnWith(time, "max", call),
    storage.databaseStatus({ ...call, brief: true }),
  ]);
  return {
    description: storage.description,
    events,
    oldest: oldest instanceof Date ? oldest : null,
    newest: newest instanceof Date ? newest : null,
    details: {
      server: database.serverVersion,
      ip4r: database.ip4r,
      schema: database.schemaVersion,
      bytes: database.databaseBytes,
    },
  };
}
