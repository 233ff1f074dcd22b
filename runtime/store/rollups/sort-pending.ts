/** Sorting in what waits in the GIN indexes of days that got events. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { partitionName, type Day } from "../../../compiler/schema/day.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import { presentDays } from "../schema/present.js";
import { isPartitionGone } from "../search/page.js";

const SORT =
  `select count(gin_clean_pending_list(i.indexrelid)) from pg_index i join pg_class c on c.oid = i.indexrelid ` +
  `join pg_am a on a.oid = c.relam where a.amname = 'gin' and i.indrelid = $1::regclass`;

/**
 * Sorts what waits in the indexes of these days. Every search reads it, and a day of the past that got a few more events would keep it until
 * the server vacuums the day, which may be never: 6,000 single events over 30 days made a search for a rare address take 12 ms in place of 2.
 */
export async function sortPending(
  session: Session,
  catalogue: Catalogue,
  days: ReadonlySet<Day>,
  { signal, timeoutMs }: CallOptions,
): Promise<void> {
  if (days.size === 0) return;
  const tables = storeTables(catalogue);
  const present = new Set(await presentDays(session, tables));
  // Days without a partition of their own are in the default one.
  const partitions = new Set([...days].map((day) => (present.has(day) ? day : null)));
  for (const day of partitions) {
    const partition = identifier(partitionName(tables.events.name, day));
    try {
      await session.transaction(
        async (transaction) => {
          // Else a partition that is dropped at this moment would be an internal error of the server.
          await transaction.query(`lock table ${partition} in access share mode`);
          await transaction.query(SORT, [partition]);
        },
        { signal, timeoutMs },
      );
    } catch (error) {
      if (!isPartitionGone(error)) throw error;
    }
  }
}
