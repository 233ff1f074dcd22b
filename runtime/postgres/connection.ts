/** One connection: runs requests under their limits (timeout, AbortSignal, name) and knows whether it may be used again. */
import { canceled } from "./abort.js";
import { EventStorageError, StorageConnectionError, mapError } from "./errors.js";
import { requestCancel } from "./cancel-request.js";
import { cutOff, whyReadOnly, type ConnectedClient } from "./connect.js";
import { failure, retryInTransaction, unsent } from "./connection-errors.js";
import type { Control } from "./control.js";
import { UnsentError, exchange } from "./exchange.js";
import type { Message, Reply } from "./exchange.js";
import { attend } from "./interrupt.js";
import type { PoolerMode } from "./pooler.js";
import type { QueryTag } from "./query-name.js";
import {
  assign,
  beginMessages,
  cancelBackend,
  commandRequest,
  compose,
  passLock,
  passLockAgain,
  readSettings,
  restoring,
  sessionChanges,
  settingChanges,
  statementMessages,
} from "./request.js";
import type { HeldStatements, Limits, Request, SettingChange } from "./request.js";
import { isReadOnly, type SessionSettings } from "./settings.js";
import { createStatementCache, type StatementCache } from "./statements.js";

/** A connection, for one user at a time, and one request at a time. */
export interface Connection {
  /** What the pool lends out and takes back. */
  readonly client: ConnectedClient;
  /** Runs a request; rejects with the storage's errors once the connection is quiet, or known to be lost. */
  readonly execute: (request: Request, limits?: Limits) => Promise<Reply>;
  /** Begins a transaction, by BEGIN with or without modes. */
  readonly begin: (operation: string, text: string, limits?: Limits) => Promise<Reply>;
  /** Runs a command without values, such as COMMIT. */
  readonly command: (operation: string, text: string, limits?: Limits) => Promise<Reply>;
  /** Runs ROLLBACK or ROLLBACK TO, also when a late cancellation of a named query that failed before strikes it. */
  readonly undo: (operation: string, text: string) => Promise<void>;
  /** Waits, outside a transaction, until no cancellation by that name can arrive any more. */
  readonly settle: (tag: QueryTag) => Promise<void>;
  /** True within a transaction block, failed or not. */
  readonly inTransaction: () => boolean;
  /** True within a transaction block that the application began on a client of its own: what runs here is part of it, and leaves it open. */
  readonly joined: () => boolean;
  /** True when the transaction block has failed: the server takes only ROLLBACK. */
  readonly failed: () => boolean;
  /** False when nothing may be sent on it again. */
  readonly usable: () => boolean;
  /** The connection must not be used again. */
  readonly discard: () => void;
  /** Takes back what was put onto the client, which goes back to the application. */
  readonly detach: () => void;
}

/** What connections of one pool share. */
export interface ConnectionContext {
  readonly settings: SessionSettings;
  readonly control: Control;
  /** Milliseconds for the server to answer a cancellation; less where a call has little time itself. */
  readonly graceMs: number;
  readonly pooler: PoolerMode;
}

/** A request under way. */
interface Run {
  readonly request: Request;
  readonly limits: Limits;
  readonly changes: readonly SettingChange[];
  /** Prepared statement that the request brings to the server or finds there. */
  readonly statement: string | null;
  /** Within a transaction block. */
  readonly within: boolean;
}

/** More than there are numbers of settings to set at once. */
const ASSIGNMENTS = 8;

/** Share of a call's time that the server gets to answer a cancellation, and as much again to have answered it. */
const GRACE_SHARE = 0.4;
const MIN_GRACE_MS = 25;

/** Milliseconds between two requests to cancel through a pooler. */
const CANCEL_PAUSE_MS = 400;

/** Milliseconds for a ROLLBACK, which takes hardly any. */
const UNDO_MS = 10_000;

/** Attempts to settle before the connection is given up; one is nearly always enough. */
const SETTLE_ATTEMPTS = 10;

/** Wraps a client, once for its life. `cache` is null where statements are not to be kept on the server. */
export function openConnection(
  client: ConnectedClient,
  cache: StatementCache | null,
  context: ConnectionContext,
): Connection {
  const { settings, control, pooler } = context;
  /** What each transaction has to be told, where the session is another one each time. */
  const base = pooler === "transaction" ? sessionChanges(settings) : [];
  const held: HeldStatements = {
    statements: cache,
    assignments: cache === null ? null : createStatementCache(ASSIGNMENTS),
  };
  /** `cause`: what the server said when it hung up between two requests. */
  const loss: { happened: boolean; cause?: unknown } = { happened: false };
  /** Names of requests that failed within the transaction, where their lock can't be passed before it is rolled back. */
  const unsettled = new Set<QueryTag>();

  const onError = (error: unknown): void => {
    loss.happened = true;
    loss.cause ??= error;
  };
  client.on("error", onError);
  const discard = (): void => {
    loss.happened = true;
    cutOff(client);
  };
  const usable = (): boolean => !loss.happened;
  const status = () => client.getTransactionStatus();
  const inTransaction = (): boolean => status() === "T" || status() === "E";
  /** A transaction of ours is told the settings as it begins. */
  let begun = false;
  const joined = (): boolean => !begun && pooler === "transaction" && inTransaction();

  /** Milliseconds of patience with a server that was asked to stop, so that a call ends within twice its time. */
  const graceOf = ({ timeoutMs = settings.timeoutMs }: Limits): number =>
    timeoutMs > 0
      ? Math.min(context.graceMs, Math.max(MIN_GRACE_MS, GRACE_SHARE * timeoutMs))
      : context.graceMs;

  /** Sends messages of our own, which the server answers at once or never. */
  const promptly = async (messages: readonly Message[], limitMs: number): Promise<readonly Reply[]> => {
    const impatience = { signal: undefined, limitMs, graceMs: 0, cancel: noCancel, cutOff: discard };
    const { outcome } = await attend(exchange(client, messages), impatience);
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  };

  let requestedAt = -Infinity;
  /** Through the pooler, and not as often as a server of our own is told: each request takes it a connection. */
  const cancelBehindPooler = async (limitMs: number): Promise<void> => {
    if (performance.now() - requestedAt < CANCEL_PAUSE_MS) return;
    requestedAt = performance.now();
    // A request that is still on its way could strike what is sent next.
    if (!(await requestCancel(client, limitMs))) discard();
  };

  /** Sends the messages of a request under its limits. */
  const send = async (
    request: Request,
    messages: readonly Message[],
    limits: Limits,
  ): Promise<readonly Reply[]> => {
    const { operation, text } = request;
    if (limits.signal?.aborted === true) {
      throw canceled("canceled before it was sent", operation, limits.signal);
    }
    if (!usable()) throw unsent(operation, loss.cause);
    const timeoutMs = limits.timeoutMs ?? settings.timeoutMs;
    const graceMs = graceOf(limits);
    const started = performance.now();
    const { outcome, reason } = await attend(exchange(client, messages), {
      signal: limits.signal,
      limitMs: timeoutMs > 0 ? timeoutMs + graceMs : 0,
      graceMs,
      // Behind a pooler the server's process is another one each time, and may be working for others.
      cancel: () =>
        pooler === "none"
          ? control.send(operation, cancelBackend(client.processID ?? 0, text))
          : cancelBehindPooler(graceMs),
      cutOff: discard,
    });
    // A request to cancel that came too late waits in the server as a signal; it is dropped when an idle server reads a message.
    if (reason !== null && usable()) await succeeds(promptly([], graceMs));
    if (!client.connection.stream.writable) loss.happened = true;
    if (outcome.status === "fulfilled") return outcome.value;
    if (outcome.reason instanceof UnsentError) throw unsent(operation, outcome.reason.cause);
    const expired = timeoutMs > 0 && performance.now() - started >= timeoutMs;
    const readOnly = isReadOnly(settings) ? "own" : whyReadOnly(client);
    const error = failure(outcome.reason, operation, { reason, expired, signal: limits.signal, readOnly });
    if (error instanceof StorageConnectionError) loss.happened = true;
    throw error;
  };

  // Locks of a session that is another's by now are not ours to give back.
  const release = pooler === "transaction" ? passLock : passLockAgain;
  const settle = async (tag: QueryTag): Promise<void> => {
    for (let tries = 0; tries < SETTLE_ATTEMPTS && usable(); tries += 1) {
      if (await succeeds(promptly(release(tag), context.graceMs))) return;
    }
    discard();
  };

  const undo = async (operation: string, text: string): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      try {
        await command(operation, text, { timeoutMs: UNDO_MS });
        for (const tag of unsettled) await promptly(release(tag), context.graceMs);
        unsettled.clear();
        return;
      } catch (cause) {
        const error = mapError(cause, { operation });
        const struck = unsettled.size > 0 && error.sqlState === "57014";
        if (!struck || tries === SETTLE_ATTEMPTS) throw error;
      }
    }
  };

  /** Sends a command as it is: its time limit is kept here, as a failed transaction takes no settings. */
  const command = async (operation: string, text: string, limits: Limits = {}): Promise<Reply> => {
    const request = commandRequest(operation, text);
    return replyAt(await send(request, statementMessages(request, null), limits), 0, operation);
  };

  const begin = async (operation: string, text: string, limits: Limits = {}): Promise<Reply> => {
    begun = true;
    return replyAt(
      await send(commandRequest(operation, text), beginMessages(text, base), limits),
      0,
      operation,
    );
  };

  /** The changes with the values that the application's transaction has now, and gets back. */
  const restorable = async (operation: string, changes: readonly SettingChange[]) => {
    if (status() === "E") return [];
    const [reply] = await promptly(readSettings(changes), context.graceMs);
    return restoring(operation, changes, reply?.rows[0] ?? []);
  };

  const execute = async (request: Request, limits: Limits = {}): Promise<Reply> => {
    const own = settingChanges(settings, request, limits, inTransaction() && !joined() ? [] : base);
    const changes = joined() ? await restorable(request.operation, own) : own;
    const statement = request.portal?.opened === true ? null : request.name;
    const relied = changes.length > 0 || (statement !== null && cache?.has(statement) === true);
    const run: Run = { request, limits, changes, statement, within: inTransaction() };
    try {
      return await attempt(run);
    } catch (error) {
      // A stale statement is found out before anything is executed, so it may be sent again; a transaction, though, has failed.
      const stale = relied && forgetStale(error, held, statement);
      if (!stale || run.within) return afterFailure(run, stale ? retryInTransaction(error) : error);
    }
    return attempt(run).catch((error: unknown) => afterFailure(run, error));
  };

  const attempt = async (run: Run): Promise<Reply> => {
    const { request, limits, statement } = run;
    const { messages, position, assignments } = compose(request, held, {
      changes: run.changes,
      tag: limits.tag,
      within: run.within,
    });
    const replies = await send(request, messages, limits);
    if (statement !== null) cache?.confirm(statement);
    for (const name of assignments) held.assignments?.confirm(name);
    return replyAt(replies, position, request.operation);
  };

  /** Puts the connection in order; throws the error, unless the request can be run in another way. */
  const afterFailure = async (run: Run, error: unknown): Promise<Reply> => {
    const { request, limits, changes, within } = run;
    if (limits.tag !== undefined) await (within ? unsettled.add(limits.tag) : settle(limits.tag));
    if (within || changes.length === 0 || !refusesTransaction(error)) throw error;
    // Sent without its settings it would no longer be read-only.
    if (pooler === "transaction" && isReadOnly(settings)) throw error;
    return executeAlone(request, limits, changes);
  };

  /** For commands that refuse to share a transaction (CREATE INDEX CONCURRENTLY, VACUUM): settings for the session, and back. */
  const executeAlone = async (
    request: Request,
    limits: Limits,
    changes: readonly SettingChange[],
  ): Promise<Reply> => {
    const { operation } = request;
    // A session that is lent for each statement would keep the settings for others.
    const own = pooler === "transaction" ? [] : changes;
    const set = (to: "value" | "usual") =>
      own.length === 0 ? Promise.resolve([]) : promptly(assign(own, to, "session"), context.graceMs);
    try {
      await set("value");
      return replyAt(await send(request, statementMessages(request, null), limits), 0, operation);
    } catch (error) {
      throw mapError(error, { operation });
    } finally {
      // A late cancellation may strike here, too: without its settings the connection is of no use.
      await set("usual").catch(discard);
      if (limits.tag !== undefined) await settle(limits.tag);
    }
  };

  return {
    client,
    execute,
    begin,
    command,
    undo,
    settle,
    inTransaction,
    joined,
    failed: () => status() === "E",
    usable,
    discard,
    detach: () => void client.off("error", onError),
  };
}

function replyAt(replies: readonly Reply[], position: number, operation: string): Reply {
  const reply = replies[position];
  if (reply === undefined)
    throw new EventStorageError(`${operation}: the server gave no result`, { operation });
  return reply;
}

/** True when the error says that the server's copy of a statement is of no use, and the caches know it. */
function forgetStale(
  error: unknown,
  { statements, assignments }: HeldStatements,
  statement: string | null,
): boolean {
  if (!(error instanceof EventStorageError)) return false;
  // invalid_sql_statement_name: DISCARD or DEALLOCATE took them all.
  if (error.sqlState === "26000") {
    statements?.clear();
    assignments?.clear();
    return statements !== null;
  }
  // "cached plan must not change result type", in any language: the only 0A000 that a statement gives which was prepared before.
  if (error.sqlState !== "0A000" || statement === null || statements?.has(statement) !== true) return false;
  statements.forget(statement);
  return true;
}

/** active_sql_transaction: "cannot be executed within a pipeline", "cannot run inside a transaction block". */
function refusesTransaction(error: unknown): boolean {
  return error instanceof EventStorageError && error.sqlState === "25001";
}

/** True when it succeeded; the error is of no interest. */
function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

function noCancel(): Promise<void> {
  return Promise.resolve();
}
