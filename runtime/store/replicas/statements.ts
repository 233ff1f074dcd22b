/**
 * Where servers are in the write-ahead log. Positions are bytes since its beginning, as text: they go beyond what a double holds. Every role may
 * ask for them.
 */

/** Which cluster and database a server has: the same for a primary and its standbys. */
const IDENTITY =
  "(select system_identifier from pg_control_system())::text as system, current_database()::text as database";

/** The primary's clock, and where it is. A server that is a standby itself is where it has replayed to. */
const primaryAt = (position: string): string =>
  `select ${IDENTITY}, extract(epoch from clock_timestamp()) * 1000 as clock, ` +
  `(case when pg_is_in_recovery() then pg_last_wal_replay_lsn() - '0/0' else ${position} end)::text as position`;

/** What the primary has written: what was committed without waiting for the disk (`synchronous_commit = off`) may not be in it for some moments. */
export const PRIMARY_POSITION = primaryAt("pg_current_wal_lsn() - '0/0'");

/**
 * All that was committed, written or not; and what transactions that are open have changed. So a standby that has as much has all that was stored
 * before, but one that has not may well lack nothing. The next record comes after the head of its page, of 24 bytes or 40: the last one ended before it.
 */
export const PRIMARY_INSERTED = primaryAt(
  "(select at - case when in_page in (24, 40) then in_page else 0 end from (select at, mod(at, current_setting('wal_block_size')::int) as in_page " +
    "from (select pg_current_wal_insert_lsn() - '0/0' as at) as now) as place)",
);

/** What a standby has replayed, and when the last transaction in it was committed, by the clock of the primary. */
export const STANDBY_POSITION =
  `select ${IDENTITY}, pg_is_in_recovery() as standby, extract(epoch from pg_last_xact_replay_timestamp()) * 1000 as committed, ` +
  "(pg_last_wal_replay_lsn() - '0/0')::text as position";
