/** Days and their versions, as SQL: the sums over their hours, as those of an hour are the sums over its shards. */
import type { RollupTables } from "./hours.js";

/** Length of a day in UTC; an interval of 1 day would be one of the session's zone. */
export const DAY_LENGTH = "interval '24 hours'";

/** Start of the UTC day of an expression of type timestamptz. */
export function dayOf(expression: string): string {
  return `date_bin(${DAY_LENGTH}, ${expression}, timestamptz '2000-01-01 00:00:00+00')`;
}

/** Common table expression `versions(day, version)`: the days that have had events. */
export function dayVersions({ hours }: RollupTables): string {
  return `versions as materialized (select ${dayOf("hour")} as day, sum(inserted) + sum(deleted) as version from ${hours} group by 1)`;
}
