/** The oldest and the newest time of an axis among some events. */
import type { StoredField } from "../../../compiler/catalogue/model.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { parsePgTimestamp, type Micros } from "../../../compiler/values/time.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions, FilterSlot, WireRow } from "../../postgres/statement.js";
import { dynamicStatement } from "../dynamic-statement.js";
import type { Layout } from "../layout.js";
import { rollupTables } from "../rollups/hours.js";

/** Both are instants that occur. */
export interface Extent {
  readonly oldest: Micros;
  readonly newest: Micros;
}

/** Length of an hour. */
export const HOUR: Micros = 3_600_000_000n;

/** The extent of the events that meet a condition, whose placeholders begin with $1; null when there is none. */
export function findExtent(
  session: Session,
  { events }: Layout,
  axis: StoredField,
  { text, values }: FilterSlot,
  options: CallOptions,
): Promise<Extent | null> {
  const column = identifier(axis.column);
  return readExtent(
    session,
    `select min(${column}), max(${column}) from ${events} where ${text}`,
    values,
    options,
  );
}

/**
 * The widest and the narrowest that the extent of all events by the partitioning time can be, from the counters of the hours, whose number
 * doesn't grow with that of the events or partitions; null when there is no event.
 */
export async function extentLimits(
  session: Session,
  { catalogue }: Layout,
  options: CallOptions,
): Promise<{ readonly widest: Extent; readonly narrowest: Extent } | null> {
  const live = `select hour from ${rollupTables(catalogue).hours} group by hour having sum(inserted) > sum(deleted)`;
  const hours = await readExtent(session, `select min(hour), max(hour) from (${live}) as live`, [], options);
  if (hours === null) return null;
  const last = HOUR - 1n;
  return {
    widest: { oldest: hours.oldest, newest: hours.newest + last },
    narrowest: { oldest: hours.oldest + last, newest: hours.newest },
  };
}

async function readExtent(
  session: Session,
  text: string,
  values: FilterSlot["values"],
  options: CallOptions,
): Promise<Extent | null> {
  const statement = dynamicStatement(text, {
    operation: "timelineEvents",
    cardinality: "one",
    decode: ([oldest, newest]: WireRow) => [oldest, newest] as const,
  });
  const [oldest, newest] = await session.run(statement, values, options);
  if (oldest === null || oldest === undefined || newest === null || newest === undefined) return null;
  return { oldest: parsePgTimestamp(oldest), newest: parsePgTimestamp(newest) };
}
