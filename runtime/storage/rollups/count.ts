/** Counts that the counters and roll-ups can tell without reading events. */
import { storeTables } from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/lower/fragment.js";
import type { Session } from "../../execute/session.js";
import type { CallOptions } from "../../statement.js";
import { dynamicStatement } from "../dynamic-statement.js";
import type { BoundFilter } from "../filter-argument.js";
import type { StoreContext } from "../search/search.js";

/** The number of matching events, or null when only a scan can tell it. */
export async function countFromRollups(
  session: Session,
  { layout }: StoreContext,
  filter: BoundFilter,
  options: CallOptions,
): Promise<number | null> {
  if (!filter.matchesAll) return null;
  const { hours } = storeTables(layout.catalogue);
  const statement = dynamicStatement(`select coalesce(sum(inserted - deleted), 0) from ${identifier(hours.name)}`, {
    operation: "countEvents",
    cardinality: "one",
    decode: ([count]) => Number(count),
  });
  return session.run(statement, [], options);
}
