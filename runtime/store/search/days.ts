/** The day partitions: which there are, and which of them a search has to look at. */
import type { TimeBounds } from "../../../compiler/time-bounds.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import { dynamicStatement, required } from "../dynamic-statement.js";
import type { Layout } from "../layout.js";

/** One partition of the searched table. */
export interface Partition {
  /** SQL identifier of the partition. */
  readonly name: string;
  /** SQL identifier of the partition with the JSON. */
  readonly json: string;
  /** `[from, to)` in microseconds; null for the default partition, which may hold any time. */
  readonly day: { readonly from: bigint; readonly to: bigint } | null;
  /** The planner's estimate; 0 for a partition that was never analysed. */
  readonly rows: number;
}

/** The partitions at one moment. */
export interface PartitionList {
  /** Newest day first, the default partition last. */
  readonly partitions: readonly Partition[];
  /** Differs from that of any other set of partitions; see {@link versionSql}. */
  readonly version: string;
}

/** The partitions as a store knows them. */
export interface KnownPartitions {
  /** Those that were read last. Whoever uses them has to compare the version within his own statement. */
  readonly list: (session: Session, options: CallOptions) => Promise<PartitionList>;
  /** Reads them anew. */
  readonly reload: (session: Session, options: CallOptions) => Promise<PartitionList>;
}

const DAY_MICROS = 86_400_000_000n;

/** An empty memory of the partitions of one store. */
export function createKnownPartitions(layout: Layout): KnownPartitions {
  let known: PartitionList | null = null;
  const reload: KnownPartitions["reload"] = async (session, options) =>
    (known = await readPartitions(session, layout, options));
  return { list: async (session, options) => known ?? reload(session, options), reload };
}

/**
 * The partitions for a transaction, which remembers none: a search that names a partition dropped meanwhile fails, and takes the transaction
 * with it.
 */
export function withoutMemory({ reload }: KnownPartitions): KnownPartitions {
  return { list: reload, reload };
}

/**
 * SQL of the version of the partitions: their number and a hash of which they are, read from one index. In a search it comes from the
 * snapshot of its rows, so an equal version says that no partition and no row of a partition has been left out.
 */
export function versionSql(layout: Layout): string {
  return `(select ${VERSION} from pg_inherits i where i.inhparent = '${layout.events}'::regclass)`;
}

const VERSION = `count(*) || ':' || coalesce(sum(hashoid(i.inhrelid)::bigint), 0)`;

async function readPartitions(
  session: Session,
  layout: Layout,
  options: CallOptions,
): Promise<PartitionList> {
  const statement = dynamicStatement(
    `select ${versionSql(layout)}, c.relname, greatest(c.reltuples, 0)::bigint ` +
      `from (select) as always left join (pg_inherits i join pg_class c on c.oid = i.inhrelid) on i.inhparent = '${layout.events}'::regclass`,
    {
      operation: "listPartitions",
      cardinality: "many",
      decode: ([version, name, rows]) => ({
        version: required(version),
        partition: name == null ? null : partition(name, Number(rows), layout),
      }),
    },
  );
  const found = await session.run(statement, [], options);
  const partitions = found.flatMap(({ partition }) => partition ?? []);
  return { partitions: partitions.sort(newestFirst), version: found[0]?.version ?? "" };
}

function newestFirst(a: Partition, b: Partition): number {
  return a.day === null ? 1 : b.day === null ? -1 : a.day.from < b.day.from ? 1 : -1;
}

function partition(name: string, rows: number, layout: Layout): Partition {
  const suffix = name.slice(layout.events.length);
  // Somebody attached a table of another name: any time may be in it, and its JSON in any partition.
  if (!name.startsWith(layout.events) || !/^_(default|\d{8})$/.test(suffix))
    return { name: identifier(name), json: layout.json, day: null, rows };
  const day = /^_(\d{4})(\d{2})(\d{2})$/.exec(suffix);
  const from = day && BigInt(Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3]))) * 1000n;
  return {
    name,
    json: `${layout.json}${suffix}`,
    day: from === null ? null : { from, to: from + DAY_MICROS },
    rows,
  };
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
