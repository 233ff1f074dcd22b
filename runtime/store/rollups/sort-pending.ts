/** Sorting in what waits in the GIN indexes of days that got events. */
import { identifier } from "../../../compiler/sql/fragment.js";
import { partitionName, type Day } from "../../../compiler/schema/day.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { presentSpans } from "../schema/present.js";
import { isPartitionGone } from "../search/page.js";

/**
 * Sorts what waits in the indexes of these days. Every search reads it, and a day of the past that got a few more events would keep it until
 * the server vacuums the day, which may be never: 6,000 single events over 30 days made a search for a rare address take 12 ms instead of 2.
 */
export async function sortPending(
  session: Session,
  { connect, tables }: StoreContext,
  days: ReadonlySet<Day>,
  { signal, timeoutMs }: CallOptions,
): Promise<void> {
  if (days.size === 0) return;
  const present = await presentSpans(session, tables);
  // Days that no partition holds are in the default one.
  const spans = new Set(
    [...days].map((day) => present.find(({ from, to }) => from <= day && day < to) ?? null),
  );
  for (const span of spans) {
    const table = partitionName(tables.events.name, span);
    try {
      await session.transaction(
        async (transaction) => {
          // Else a partition that is dropped at this moment would be an internal error of the server.
          const client = connect(transaction);
          await client.lockTable({ table });
          await client.sortIndexes({ table: identifier(table) });
        },
        { signal, timeoutMs },
      );
    } catch (error) {
      if (!isPartitionGone(error)) throw error;
    }
  }
}
