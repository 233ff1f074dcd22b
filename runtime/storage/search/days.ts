/** The day partitions: which there are, and which of them a search has to look at. */
import type { TimeBounds } from "../../../compiler/time-bounds.js";
import type { Session } from "../../execute/session.js";
import type { CallOptions } from "../../statement.js";
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
  /** The planner's estimate; 0 for a partition that was never analysed. Exact emptiness for the default partition. */
  readonly rows: number;
}

const DAY_MICROS = 86_400_000_000n;

/**
 * All partitions, newest day first, the default one last. Read anew for each search: another process may have made the partition of
 * the newest day a moment ago.
 */
export async function listPartitions(
  session: Session,
  layout: Layout,
  options: CallOptions,
): Promise<readonly Partition[]> {
  const statement = dynamicStatement(
    `select c.relname, case when c.relname = '${layout.events}_default' then (select count(*) from (select from ${layout.events}_default limit 1) as d) ` +
      `else greatest(c.reltuples, 0)::bigint end from pg_inherits i join pg_class c on c.oid = i.inhrelid ` +
      `where i.inhparent = '${layout.events}'::regclass`,
    {
      operation: "listPartitions",
      cardinality: "many",
      decode: ([name, rows]): Partition => partition(required(name), Number(rows), layout),
    },
  );
  const partitions = await session.run(statement, [], options);
  return [...partitions].sort((a, b) =>
    a.day === null ? 1 : b.day === null ? -1 : a.day.from < b.day.from ? 1 : -1,
  );
}

function partition(name: string, rows: number, layout: Layout): Partition {
  const suffix = name.slice(layout.events.length);
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
