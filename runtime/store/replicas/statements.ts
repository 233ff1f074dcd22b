/**
 * Where servers are in the write-ahead log. Positions are bytes since its beginning, as text: they go beyond what a double holds. Every role may
 * ask for them.
 */

/** Which cluster and database a server has: the same for a primary and its standbys. */
const IDENTITY =
  "(select system_identifier from pg_control_system())::text as system, current_database()::text as database";

/** What the primary has written, and its clock. A server that is a standby itself has what it has replayed. */
export const PRIMARY_POSITION =
  `select ${IDENTITY}, extract(epoch from clock_timestamp()) * 1000 as clock, ` +
  "(case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end - '0/0')::text as position";

/** What a standby has replayed, and when the last transaction in it was committed, by the clock of the primary. */
export const STANDBY_POSITION =
  `select ${IDENTITY}, pg_is_in_recovery() as standby, extract(epoch from pg_last_xact_replay_timestamp()) * 1000 as committed, ` +
  "(pg_last_wal_replay_lsn() - '0/0')::text as position";
