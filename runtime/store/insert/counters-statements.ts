/** Counting events into the counters of their hours, which every statement that stores or deletes events does. */
import { HOUR_SHARDS } from "../../../compiler/catalogue/tables.js";
import type { StoreNames } from "../../../compiler/sql/store-names.js";

/**
 * Adds to the counters of the hours; sorted, so that two sessions of one shard don't wait for each other crosswise.
 *
 * @param times - query for the times of the events, as `at`
 */
export function countHours({ hours }: StoreNames, times: string, what: "inserted" | "deleted"): string {
  const counts = what === "inserted" ? "count(*), 0" : "0, count(*)";
  return (
    `insert into ${hours} as h (hour, shard, inserted, deleted) ` +
    `select date_trunc('hour', at, 'UTC'), pg_backend_pid() % ${HOUR_SHARDS}, ${counts} from (${times}) as changed group by 1 order by 1 ` +
    `on conflict (hour, shard) do update set ${what} = h.${what} + excluded.${what}`
  );
}
