/** The executor: a session whose calls each borrow a connection from the pool. */
import { setTimeout as delay } from "node:timers/promises";
import { EventStorageError, QueryCanceledError, StorageConnectionError, isConnectionLoss } from "./errors.js";
import { applicationSource } from "./application.js";
import { queriesStatus, queryCancel, queryStatus } from "./activity.js";
import type { ConnectedClient } from "./connect.js";
import { openConnection } from "./connection.js";
import type { Connection } from "./connection.js";
import { createControl } from "./control.js";
import type { Reply } from "./exchange.js";
import { createInFlight } from "./in-flight.js";
import { createPool } from "./pool.js";
import type { QueryTag } from "./query-name.js";
import { commandRequest } from "./request.js";
import type { Limits } from "./request.js";
import type { Executor, ExecutorOptions, StatusOptions } from "./session.js";
import { NAME_TRANSACTION } from "./session-statements.js";
import { sessionSettings } from "./settings.js";
import { closedError } from "./source.js";
import { createSession, portalName } from "./statement-session.js";
import type { BlockRequest, Call } from "./statement-session.js";
import { createStatementCache } from "./statements.js";
import type { BlockSource } from "./stream.js";
import { closePortalText } from "./transaction-statements.js";
import { runTransaction } from "./transaction.js";

const DEFAULT_MAX = 10;
const DEFAULT_BUDGET = 200;
const DEFAULT_ACQUIRE_MS = 30_000;
const DEFAULT_GRACE_MS = 5_000;
/** Milliseconds before a call is made again: the pool learns meanwhile which of its connections the server has closed. */
const RETRY_PAUSE_MS = 25;
/** Milliseconds that a call waits for a connection at least, which may have to be made. */
const MIN_PATIENCE_MS = 250;
/** Share of its time that a call may have lost before a statement is given less than all of it. */
const MOST_OF = 0.9;

/** An executor. Nothing is connected before the first call, so a wrong address shows there. */
export function openExecutor(options: ExecutorOptions = {}): Executor {
  const { onEvent: hook, graceMs = DEFAULT_GRACE_MS, acquireTimeoutMs = DEFAULT_ACQUIRE_MS } = options;
  const settings = sessionSettings(options);
  const max = options.max ?? DEFAULT_MAX;
  const pool =
    options.connections === undefined
      ? createPool(settings, { max, acquireTimeoutMs, pooler: options.pooler })
      : applicationSource(options.connections, acquireTimeoutMs);
  const control = createControl(options, graceMs);
  const { statements = "named", statementBudget = DEFAULT_BUDGET } = options;
  // Where the next transaction may run in another session, nothing that is prepared would be found again.
  const newCache = () =>
    statements === "named" && pool.mode() !== "transaction" ? createStatementCache(statementBudget) : null;
  const closing = new AbortController();
  const inFlight = createInFlight();
  let closed: Promise<void> | null = null;

  const connections = new WeakMap<ConnectedClient, Connection>();
  const borrow = async (
    operation: string,
    signal: AbortSignal | undefined,
    limitMs?: number,
  ): Promise<Connection> => {
    const client = await pool.acquire(operation, signal, limitMs);
    const known = connections.get(client);
    if (known !== undefined) return known;
    const context = { settings, control, graceMs, pooler: pool.mode() };
    const connection = openConnection(client, newCache(), context);
    connections.set(client, connection);
    return connection;
  };

  const giveBack = (connection: Connection): void => {
    const { client } = connection;
    if (pool.owner === "application") {
      connection.detach();
      connections.delete(client);
    }
    pool.release(client, connection.usable() && (connection.joined() || !connection.inTransaction()));
  };

  const lease = async <T>(
    operation: string,
    signal: AbortSignal | undefined,
    work: (connection: Connection) => Promise<T>,
  ): Promise<T> => {
    const connection = await borrow(operation, signal);
    try {
      return await work(connection);
    } finally {
      giveBack(connection);
    }
  };

  /** Lets `close` wait for what begins here, up to {@link InFlight.leave}. */
  const enter = (operation: string): void => {
    if (closed !== null) throw closedError(operation);
    inFlight.enter();
  };

  const track = async <T>(operation: string, work: () => Promise<T>): Promise<T> => {
    enter(operation);
    try {
      return await work();
    } finally {
      inFlight.leave();
    }
  };

  /** Failures within a transaction that the application has begun: it has ended with them, so nothing may be repeated. */
  const withinOthers = new WeakSet<EventStorageError>();

  /** Waiting for a connection and running take no more than the call's time together. */
  const attempt = async ({ request, limits }: Call, until: number): Promise<Reply> => {
    const patienceMs = Math.max(MIN_PATIENCE_MS, until - performance.now());
    const connection = await borrow(request.operation, limits.signal, patienceMs);
    const isJoined = connection.joined();
    try {
      return await connection.execute(request, within(limits, until - performance.now()));
    } catch (error) {
      if (isJoined && error instanceof EventStorageError) withinOthers.add(error);
      throw error;
    } finally {
      giveBack(connection);
    }
  };

  /** The limits, with the time that is left where waiting has used up a good part of it. */
  const within = (limits: Limits, leftMs: number): Limits => {
    const { timeoutMs = settings.timeoutMs } = limits;
    if (timeoutMs <= 0 || leftMs >= MOST_OF * timeoutMs) return limits;
    return { ...limits, timeoutMs: Math.max(leftMs, timeoutMs / 2) };
  };

  const execute = async (call: Call): Promise<Reply> => {
    const { timeoutMs = settings.timeoutMs } = call.limits;
    const until = timeoutMs > 0 ? performance.now() + timeoutMs : Infinity;
    enter(call.request.operation);
    try {
      for (let repeats = 0; ; repeats += 1)
        try {
          return await attempt(call, until);
        } catch (error) {
          const isFinal = error instanceof EventStorageError && withinOthers.has(error);
          const isOver = isFinal || until - performance.now() < RETRY_PAUSE_MS;
          if (isOver || repeats >= mostRepeats(call, error)) throw error;
          call.observed.retries += 1;
          await delay(RETRY_PAUSE_MS);
        }
    } finally {
      inFlight.leave();
    }
  };

  const openBlocks = async (
    { request, blockSize, limits }: BlockRequest,
    signal: AbortSignal,
  ): Promise<BlockSource> => {
    const { operation } = request;
    const connection = await track(operation, () => borrow(operation, signal));
    const portal = portalName();
    const joined = connection.joined();
    // The stream's own transaction carries the name, so that it is found between two blocks, too.
    const { tag: given, ...blockLimits } = limits;
    const tag = joined ? undefined : given;
    let opened = false;
    const end = async (completed: boolean): Promise<void> => {
      try {
        if (!connection.usable()) return;
        if (joined) return await closePortal(connection, operation, opened ? portal : null);
        await (completed ? connection.command(operation, "commit") : connection.undo(operation, "rollback"));
        if (tag !== undefined) await connection.settle(tag);
      } finally {
        giveBack(connection);
      }
    };
    try {
      if (!joined) await connection.begin(operation, "begin", { signal, timeoutMs: blockLimits.timeoutMs });
      if (tag !== undefined) await nameTransaction(connection, operation, tag, signal);
    } catch (error) {
      await end(false).catch(ignore);
      throw error;
    }
    return {
      next: async (ending) => {
        const blockRequest = { ...request, portal: { name: portal, maxRows: blockSize(), opened } };
        try {
          // A block that is canceled as it is fetched ahead would fail the application's transaction.
          const reply = await connection.execute(
            blockRequest,
            joined ? limits : { ...blockLimits, signal: ending },
          );
          opened = true;
          return reply;
        } catch (error) {
          throw tag === undefined ? error : canceledByName(error, operation);
        }
      },
      end,
    };
  };

  const session = createSession({
    hook,
    repeatable: true,
    execute,
    openBlocks,
    transaction: (work, transactionOptions) =>
      track("transaction", () =>
        runTransaction(
          { hook, lease: (signal, inTransaction) => lease("transaction", signal, inTransaction) },
          work,
          transactionOptions,
        ),
      ),
    closing: closing.signal,
  });

  const shutDown = async (): Promise<void> => {
    closing.abort(closedError("stream"));
    const patience = new AbortController();
    const late = delay(acquireTimeoutMs, undefined, { signal: patience.signal }).catch(ignore);
    await Promise.race([inFlight.quiet(), late]);
    patience.abort();
    await Promise.all([pool.close(graceMs), control.close()]);
  };

  /** The limits of a call over the second line: its own, else those of the store. */
  const limited = (limits: StatusOptions = {}): StatusOptions => ({
    timeoutMs: settings.timeoutMs,
    ...limits,
  });

  return {
    ...session,
    timeoutMs: settings.timeoutMs,
    queriesStatus: (limits) => track("queriesStatus", () => queriesStatus(control, limited(limits))),
    queryStatus: (name, limits) => track("queryStatus", () => queryStatus(control, name, limited(limits))),
    queryCancel: (name, limits) =>
      track("queryCancel", () => queryCancel(control, name, graceMs, limited(limits))),
    counts: pool.counts,
    close: () => {
      closed ??= shutDown();
      return closed;
    },
  };
}

/**
 * How often a call may be made again: once on another connection when nothing was sent, or when it is idempotent and its fate is unknown; a few
 * times after a deadlock, of which nothing is left where a statement was all of its transaction.
 */
function mostRepeats(call: Call, error: unknown): number {
  if (error instanceof EventStorageError && error.sqlState === "40P01")
    return ALL_OR_NOTHING.test(call.request.text) ? DEADLOCK_REPEATS : 0;
  const unsent = error instanceof StorageConnectionError && error.code === "connection_failed";
  return unsent || (call.idempotent && isConnectionLoss(error)) ? 1 : 0;
}

/** Statements of which a failure leaves nothing: a procedure may commit in between, a concurrent build of an index leaves an invalid one. */
const ALL_OR_NOTHING = /^\s*(with|select|insert|update|delete|merge|values|table)\b/iu;
/** Each takes the second after which the server looks for deadlocks. */
const DEADLOCK_REPEATS = 3;

async function nameTransaction(
  connection: Connection,
  operation: string,
  tag: QueryTag,
  signal: AbortSignal,
): Promise<void> {
  await connection.execute(
    { ...commandRequest(operation, NAME_TRANSACTION), values: [tag.applicationName] },
    { signal },
  );
}

/** The end of a stream within a transaction of the application, which goes on. A failed one has lost its portals. */
async function closePortal(connection: Connection, operation: string, portal: string | null): Promise<void> {
  if (portal !== null && !connection.failed()) await connection.command(operation, closePortalText(portal));
}

/** A named stream that waits for its reader is ended by ending its session (57P01). */
function canceledByName(error: unknown, operation: string): unknown {
  if (!(error instanceof StorageConnectionError) || error.sqlState !== "57P01") return error;
  return new QueryCanceledError(`${operation}: canceled`, {
    operation,
    sqlState: error.sqlState,
    cause: error,
  });
}

function ignore(): void {}
