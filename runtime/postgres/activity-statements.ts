/** The statements that show who is running what, and that end it. */

const COLUMNS = `pid, application_name, usename, host(client_addr), state, wait_event,
  (extract(epoch from query_start) * 1000)::bigint,
  (extract(epoch from clock_timestamp() - query_start) * 1000)::bigint, query`;

const SESSIONS = `select ${COLUMNS} from pg_stat_activity
  where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`;

/** All sessions of the database but the asking one, by start; not the idle ones that nodes of Citus keep to one another. */
export const ALL_SESSIONS = `${SESSIONS} and not (state = 'idle' and starts_with(application_name, 'citus_internal')) order by query_start, pid`;

/** The oldest session of this application name. */
export const SESSION_OF_NAME = `${SESSIONS} and application_name = $1 order by query_start, pid limit 1`;

/** Takes the lock of a name until the end of the transaction. */
export const LOCK_NAME = "select pg_advisory_xact_lock($1::bigint)";

/**
 * Ends what runs by an application name, of these runs where they are given; a stream that waits for its reader with its session. Of a session
 * that is not ours to see there is no state: the server then says that we may not cancel it.
 */
export const SIGNAL_RUNS = `select run, case when state = 'active' or state is null then pg_cancel_backend(pid)
                        when state = 'idle in transaction' then pg_terminate_backend(pid) end
       from (select pid, state, concat(pid, '/', backend_start, '/', xact_start) as run from pg_stat_activity
             where datname = current_database() and application_name = $1) as runs
       where $2::text[] is null or run = any ($2::text[])`;

/** Takes and gives back the lock of a name. */
export const PASS_LOCK = "select pg_advisory_lock_shared($1::bigint), pg_advisory_unlock_shared($1::bigint)";

/** Gives back every lock of the session. */
export const RELEASE_LOCKS = "select pg_advisory_unlock_all()";

/** Cancels a process while it runs this text; the view shows the start of a long one. */
export const CANCEL_PROCESS = `select pg_cancel_backend(pid) from pg_stat_activity
    where pid = $1::int and state = 'active' and query <> '' and starts_with($2, query)`;
