/** The partitions: which there are, and which of them a search has to look at. */
import type { StoreTables } from "../../../compiler/catalogue/tables.js";
import { NONE_CROWDED } from "../../../compiler/lower/for-store.js";
import { parseBounds, partitionName, partitionSpan } from "../../../compiler/schema/day.js";
import type { TimeBounds } from "../../../compiler/time-bounds.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreModule } from "../client.js";

/** One partition of the searched table. */
export interface Partition {
  /** Name of the partition. */
  readonly name: string;
  /** Name of the partition with the JSON. */
  readonly json: string;
  /** `[from, to)` in microseconds, a day or more; null for the default partition, which may hold any time. */
  readonly day: { readonly from: bigint; readonly to: bigint } | null;
  /** About how many, by its size. */
  readonly rows: number;
}

/** The partitions at one moment. */
export interface PartitionList {
  /** Newest first, the default partition last. */
  readonly partitions: readonly Partition[];
  /** Differs from that of any other set of partitions; see versionOf in partition-statements.ts. */
  readonly version: string;
  /** Names of the fields with too many listed values: their lists are not asked. */
  readonly crowded: readonly string[];
}

/** The partitions as a store knows them. */
export interface KnownPartitions {
  /** Those of a minute ago at most. Whoever uses them has to compare the version within his own statement. */
  readonly list: (session: Session, options: CallOptions) => Promise<PartitionList>;
  /** Reads them anew. */
  readonly reload: (session: Session, options: CallOptions) => Promise<PartitionList>;
  /** Those of some seconds ago at most: for whom it is enough to know about how many there are. */
  readonly recent: (session: Session, options: CallOptions) => Promise<PartitionList>;
  /** The crowded fields, as they were read last: the same set as long as they are the same. They decide how events are found, never which. */
  readonly crowded: () => ReadonlySet<string>;
}

/** Milliseconds for which a list is a recent one. */
const RECENT_MS = 10_000;

/** Milliseconds for which a list is used whose partitions are compared: a field that becomes crowded is noticed after these. */
const KNOWN_MS = 60_000;

/** An empty memory of the partitions of one store. */
export function createKnownPartitions(
  client: Pick<StoreModule, "connect">,
  tables: StoreTables,
): KnownPartitions {
  let known: PartitionList | null = null;
  let crowded = NONE_CROWDED;
  let readAt = -Infinity;
  const reload: KnownPartitions["reload"] = async (session, options) => {
    known = await readPartitions(session, client, tables, options);
    readAt = performance.now();
    if (known.crowded.length !== crowded.size || known.crowded.some((name) => !crowded.has(name)))
      crowded = new Set(known.crowded);
    return known;
  };
  const youngerThan =
    (age: number): KnownPartitions["list"] =>
    async (session, options) =>
      known !== null && performance.now() - readAt < age ? known : reload(session, options);
  return { list: youngerThan(KNOWN_MS), reload, recent: youngerThan(RECENT_MS), crowded: () => crowded };
}

/**
 * The partitions for a transaction, which remembers none: a search that names a partition dropped meanwhile fails, and takes the transaction
 * with it.
 */
export function withoutMemory({ reload, ...known }: KnownPartitions): KnownPartitions {
  return { ...known, list: reload, reload };
}

async function readPartitions(
  session: Session,
  { connect }: Pick<StoreModule, "connect">,
  tables: StoreTables,
  options: CallOptions,
): Promise<PartitionList> {
  const found = await connect(session).listPartitions(options);
  const partitions = found.flatMap(({ name, rows, bounds }) =>
    name === null ? [] : partition({ name, rows: rows ?? 0, bounds: bounds ?? "" }, tables),
  );
  const [first] = found;
  const crowded = first?.crowded ?? [];
  return { partitions: partitions.sort(newestFirst), version: first?.version ?? "", crowded };
}

function newestFirst(a: Partition, b: Partition): number {
  return a.day === null ? 1 : b.day === null ? -1 : a.day.from < b.day.from ? 1 : -1;
}

/** A partition is known by its bounds. That of the JSON has the same suffix, where the store made it. */
function partition(
  { name, rows, bounds }: { readonly name: string; readonly rows: number; readonly bounds: string },
  { events, json }: StoreTables,
): Partition {
  const isOurs = partitionSpan(events.name, name) !== null || name === partitionName(events.name, null);
  // Somebody attached a table of another name: its JSON may be in any partition.
  const own = isOurs ? `${json.name}${name.slice(events.name.length)}` : json.name;
  const span = parseBounds(bounds);
  const isOpen = span === null || span.from === null || span.to === null;
  return { name, json: own, day: isOpen ? null : { from: span.from, to: span.to }, rows };
}

/** The partitions that may hold events within the bounds. */
export function partitionsWithin(
  partitions: readonly Partition[],
  { from, to }: TimeBounds,
): readonly Partition[] {
  return partitions.filter(
    ({ day }) => day === null || ((from === null || day.to > from) && (to === null || day.from < to)),
  );
}
