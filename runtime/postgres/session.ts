/**
 * The types of the executing part: what a session offers (the executor and a transaction alike), its options, and what it reports.
 */
import type { EventStorageError } from "./errors.js";
import type { ApplicationConnections } from "./application-connections.js";
import type { PoolerMode } from "./pooler.js";
import type { CallOptions, Cardinality, Result, Statement } from "./statement.js";
import type { TargetOptions } from "./target.js";

/** Options of a statement given as text. */
export interface QueryOptions extends CallOptions {
  /** Operation name for logs and error messages; `query` when absent. */
  readonly operation?: string | undefined;
  /** True when running it twice is the same as running it once: it is repeated once after a lost connection. */
  readonly idempotent?: boolean | undefined;
}

/** Limits of looking at what runs and of cancelling it: done beside the pool, and without a name. */
export type StatusOptions = Pick<CallOptions, "signal" | "timeoutMs">;

/** Options of a stream. `timeoutMs` holds for each block, not for the whole stream. */
export interface StreamOptions extends CallOptions {
  /** Rows that are fetched, and held in memory, at a time at most; 1,000 when absent. The first blocks are smaller. */
  readonly blockSize?: number | undefined;
}

/** What {@link Session.query} returns: rows by column name, values as the parsers of `pg` give them. */
export interface QueryRows {
  /** One object a row, its values by column name. */
  readonly rows: Record<string, unknown>[];
  /** Rows that were returned or changed; 0 for commands that count nothing. */
  readonly rowCount: number;
  /** Column names in order. */
  readonly columns: readonly string[];
  /** Command tag without the count: `SELECT`, `INSERT`. */
  readonly command: string;
}

/** Isolation levels of PostgreSQL that differ from one another. */
export type Isolation = "read committed" | "repeatable read" | "serializable";

/** Options of a transaction. A nested transaction is a savepoint and takes only `signal`. */
export interface TransactionOptions {
  /** `read committed` when absent, unless the session says otherwise. */
  readonly isolation?: Isolation | undefined;
  /** Refuse every write. */
  readonly readOnly?: boolean | undefined;
  /** With `serializable` and `readOnly`: wait for a snapshot that can't conflict. */
  readonly deferrable?: boolean | undefined;
  /** How many times the whole function is run again after a serialization failure or a deadlock; `true` means 5. Absent: never. */
  readonly retry?: boolean | number | undefined;
  /** Aborting it cancels the statement that is running and rolls back. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds allowed to each statement within that sets no time of its own; absent: as in the session around. */
  readonly timeoutMs?: number | undefined;
}

/** What runs statements. The executor gives each call a connection of its own; a transaction runs all on one. */
export interface Session {
  /**
   * Runs a prepared statement and maps its rows. `one` wants exactly one row, `optional` at most one (DataError otherwise); `count`
   * gives the number of affected rows, or the single number that a SELECT returns; `none` ignores what comes back.
   */
  run<P, R, C extends Cardinality>(
    statement: Statement<P, R, C>,
    params: P,
    options?: CallOptions,
  ): Promise<Result<C, R>>;
  /** Runs SQL text with `$1` parameters. Arrays become array literals, objects JSON, dates ISO text, bytes hex. */
  query(text: string, values?: readonly unknown[], options?: QueryOptions): Promise<QueryRows>;
  /** Rows one by one, fetched in blocks when the consumer asks for them. Leaving the loop ends the query and frees the connection. */
  stream<P, R>(statement: Statement<P, R>, params: P, options?: StreamOptions): AsyncIterableIterator<R>;
  /** Runs `work` in a transaction, or within one in a savepoint. Commits when it resolves, rolls back when it rejects. */
  transaction<T>(work: (session: Session) => Promise<T>, options?: TransactionOptions): Promise<T>;
}

/** One session of the database as `pg_stat_activity` shows it. */
export interface QueryActivity {
  /** Process of the server. */
  readonly pid: number;
  /** Name given to the query; ends in `…` when it was too long to be kept whole; null when the query has none. */
  readonly name: string | null;
  /** Role of the session. */
  readonly user: string | null;
  /** What the client calls itself; may be empty. */
  readonly applicationName: string;
  /** Address of the client; null for a local socket. */
  readonly clientAddress: string | null;
  /** `active`, `idle`, `idle in transaction` …; null when the role may not see it. */
  readonly state: string | null;
  /** What it waits for; null when it does not wait. */
  readonly waitEvent: string | null;
  /** When the query was started. */
  readonly queryStart: Date | null;
  /** Milliseconds since the query started, by the server's clock. */
  readonly durationMs: number | null;
  /** Text of the query; null when the role may not see it. */
  readonly query: string | null;
}

/** How many connections there are: for metrics and for tests that look for leaks. */
export interface ConnectionCounts {
  /** Open connections. */
  readonly total: number;
  /** Those of them that do nothing. */
  readonly idle: number;
  /** Calls that wait for a connection. */
  readonly waiting: number;
}

/** A session on a pool of connections. */
export interface Executor extends Session {
  /** Milliseconds allowed to a statement whose call sets none; 0: no limit. */
  readonly timeoutMs: number;
  /** Sessions of this database other than the asking one, named queries first. */
  queriesStatus(options?: StatusOptions): Promise<QueryActivity[]>;
  /** The running query of that name, or null. */
  queryStatus(name: string, options?: StatusOptions): Promise<QueryActivity | null>;
  /**
   * Cancels the running query of that name, in whatever process it was started. False when there is none. Aborting the call ends the wait for
   * the query to end; the server may have been told already.
   */
  queryCancel(name: string, options?: StatusOptions): Promise<boolean>;
  /** How many connections there are, idle ones and calls that wait for one. */
  counts(): ConnectionCounts;
  /** Waits for running work, then closes every connection. Later calls reject. May be called twice. */
  close(): Promise<void>;
}

/** What happened, for logs and metrics. */
export interface ExecutionEvent {
  /** Name of the operation: `searchEvents`. */
  readonly operation: string;
  /** Name (hash) of the prepared statement; null for text queries. */
  readonly statement: string | null;
  /** Milliseconds from the call to its end. */
  readonly durationMs: number;
  /** Rows returned or changed. */
  readonly rows: number;
  /** How many times the call was repeated. */
  readonly retries: number;
  /** Present when the call failed. */
  readonly error?: EventStorageError | undefined;
}

/** Takes events. What it throws is dropped: a broken log must not break the storage. */
export type EventHook = (event: ExecutionEvent) => void;

/** Where and how to connect. What the connection string leaves out comes from the PG* environment variables, as with libpq. */
export interface ExecutorOptions extends TargetOptions {
  /**
   * A pool or a client of \`pg\` that is the application's: used as it is, and left open by \`close\`. Sessions keep their own settings, and
   * nothing is prepared in them. Calls are part of a transaction that the application has begun on its client.
   */
  readonly connections?: ApplicationConnections | undefined;
  /**
   * What comes before the server; recognised when absent, where a pooler is taken for one that pools transactions. With `session` a session
   * of the server is ours while we are connected: statements are prepared.
   */
  readonly pooler?: PoolerMode | undefined;
  /** Most connections at a time; 10 when absent. One more is opened while a query is being cancelled. */
  readonly max?: number | undefined;
  /** `unnamed` prepares nothing on the server: for poolers that hand one server session to several clients. */
  readonly statements?: "named" | "unnamed" | undefined;
  /** `values`: the server plans each statement anew for its values, prepared or not. Absent: it decides, after some executions. */
  readonly plans?: "values" | undefined;
  /** Prepared statements kept on each connection; 200 when absent. The least recently used one is given up. */
  readonly statementBudget?: number | undefined;
  /** Milliseconds allowed to a statement whose call sets no `timeoutMs`; 60,000 when absent, 0 means none. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds where neither `timeoutMs` nor the connection string says any, instead of the 60,000. */
  readonly usualTimeoutMs?: number | undefined;
  /** Milliseconds to wait for a free connection, or for a new one; 30,000 when absent. */
  readonly acquireTimeoutMs?: number | undefined;
  /** Milliseconds after which a connection that doesn't answer a cancellation is dropped; 5,000 when absent. */
  readonly graceMs?: number | undefined;
  /** `application_name` of the connections while they run no named query; `eventstore` when absent. */
  readonly applicationName?: string | undefined;
  /** Every session begins its transactions read-only, so that the server refuses what writes. */
  readonly readOnly?: boolean | undefined;
  /** Told of each call when it has ended. */
  readonly onEvent?: EventHook | undefined;
}
