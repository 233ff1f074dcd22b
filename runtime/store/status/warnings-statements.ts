/** The statements that look for what an operator should see to, besides those that are generated. */
import { identifier } from "../../../compiler/sql/fragment.js";

/** Whether there is a table of this name. */
export const HAS_TABLE = "select to_regclass($1) is not null as there";

/** The server's room for locks, and how many partitions a table has. */
export const ROOM_FOR_LOCKS =
  "select current_setting('max_locks_per_transaction')::int as setting, " +
  "current_setting('max_connections')::int + current_setting('max_prepared_transactions')::int as sessions, " +
  "(select count(*)::int from pg_inherits where inhparent = to_regclass($1)) as partitions";

/** Counts the rows of a table. */
export function countRowsText(table: string): string {
  return `select count(*) as n from ${identifier(table)}`;
}
