/**
 * One connection: runs requests under their limits (timeout, AbortSignal, name) and knows whether it may be used again.
 *
 * A request's own timeout and name are settings made locally in the same exchange, hence the same transaction: they cost no round trip
 * and end with it. A named request ends by passing the lock of its name (see {@link import("./activity.js")}): a cancellation that found
 * the name running has been sent before that, and strikes this request or nothing.
 */
import type { PoolClient } from "pg";
import {
  EventStorageError,
  QueryCanceledError,
  QueryTimeoutError,
  StorageConnectionError,
  mapError,
} from "../errors.js";
import type { WireValue } from "../statement.js";
import type { Control } from "./control.js";
import { exchange, unnamed } from "./exchange.js";
import type { Message, Reply } from "./exchange.js";
import { attend } from "./interrupt.js";
import { cutOff } from "./pool.js";
import type { QueryTag } from "./query-name.js";
import type { SessionSettings } from "./settings.js";
import type { StatementCache } from "./statements.js";

/** A statement, or a further block of an open portal. */
export interface Request {
  readonly operation: string;
  readonly text: string;
  /** Name of the prepared statement; null: it is parsed for this request only. */
  readonly name: string | null;
  readonly values: readonly WireValue[];
  /** Asks for the columns of the result. */
  readonly describe: boolean;
  /** Fetches `maxRows` rows through a portal that stays open within the transaction; `opened` says that it is. */
  readonly portal?: { readonly name: string; readonly maxRows: number; readonly opened: boolean } | undefined;
}

/** What a request may take. */
export interface Limits {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds; undefined leaves the session's. */
  readonly timeoutMs?: number | undefined;
  readonly tag?: QueryTag | undefined;
}

/** A connection, for one user at a time. Requests one at a time. */
export interface Connection {
  /** Runs a request; rejects with the storage's errors once the connection is quiet, or known to be lost. */
  readonly execute: (request: Request, limits?: Limits) => Promise<Reply>;
  /** Runs a command without values, such as BEGIN. */
  readonly command: (operation: string, text: string, limits?: Limits) => Promise<Reply>;
  /** Runs ROLLBACK or ROLLBACK TO, also when a late cancellation of a named query that failed before strikes it. */
  readonly undo: (operation: string, text: string) => Promise<void>;
  /** Waits, outside a transaction, until no cancellation by that name can arrive any more. */
  readonly settle: (tag: QueryTag) => Promise<void>;
  /** True within a transaction block, failed or not. */
  readonly inTransaction: () => boolean;
  /** True when the transaction block has failed: the server takes only ROLLBACK. */
  readonly failed: () => boolean;
  /** False when nothing may be sent on it again. */
  readonly usable: () => boolean;
  /** The connection must not be used again. */
  readonly discard: () => void;
}

/** What connections of one pool share. */
export interface ConnectionContext {
  readonly settings: SessionSettings;
  readonly control: Control;
  readonly graceMs: number;
}

/** Attempts to settle before the connection is given up; one is nearly always enough. */
const SETTLE_ATTEMPTS = 10;

/** Wraps a client, once for its life. `cache` is null where statements are not to be kept on the server. */
export function openConnection(
  client: PoolClient,
  cache: StatementCache | null,
  context: ConnectionContext,
): Connection {
  const { settings, control, graceMs } = context;
  let lost = false;
  /** Names of requests that failed within the transaction, where their lock can't be passed before it is rolled back. */
  const unsettled = new Set<QueryTag>();
  let broken: unknown;
  const onError = (error: unknown): void => {
    lost = true;
    broken ??= error;
  };
  // An error between two requests: the server hung up.
  client.on("error", onError);
  const status = () => client.getTransactionStatus();
  const inTransaction = (): boolean => status() === "T" || status() === "E";
  const discard = (): void => {
    lost = true;
    cutOff(client);
  };

  /** Sends messages of our own, which the server answers at once or never. */
  const promptly = async (messages: readonly Message[]): Promise<readonly Reply[]> => {
    const options = {
      signal: undefined,
      limitMs: graceMs,
      graceMs: 0,
      cancel: () => Promise.resolve(),
      cutOff: discard,
    };
    const { outcome } = await attend(exchange(client, messages).replies, options);
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  };

  /** Sends messages under limits. */
  const attempt = async (
    request: Request,
    messages: readonly Message[],
    limits: Limits,
  ): Promise<readonly Reply[]> => {
    const { operation } = request;
    if (limits.signal?.aborted === true) {
      throw new QueryCanceledError(`${operation}: canceled before it was sent`, { operation });
    }
    if (lost) throw unusable(operation, broken);
    const timeoutMs = limits.timeoutMs ?? settings.timeoutMs;
    const started = performance.now();
    const sending = exchange(client, messages);
    const { outcome, reason } = await attend(sending.replies, {
      signal: limits.signal,
      limitMs: timeoutMs > 0 ? timeoutMs + graceMs : 0,
      graceMs,
      cancel: async () => void (await control.send(operation, cancelBackend(client, request.text))),
      cutOff: discard,
    });
    // A request to cancel that came too late waits in the server as a signal; it is dropped when an idle server reads a message.
    if (reason !== null && !lost) await quiet(promptly([]));
    if (!client.connection.stream.writable) lost = true;
    if (outcome.status === "fulfilled") return outcome.value;
    const aborted = reason === "aborted";
    const expired = reason === "expired" || (timeoutMs > 0 && performance.now() - started >= timeoutMs);
    const error = sending.sent()
      ? failure(outcome.reason, { operation, aborted, expired })
      : unusable(operation, outcome.reason);
    if (error instanceof StorageConnectionError) lost = true;
    throw error;
  };

  const settle = async (tag: QueryTag): Promise<void> => {
    for (let tries = 0; tries < SETTLE_ATTEMPTS && !lost; tries += 1) {
      // A cancellation that strikes between the taking and the giving back would leave the lock with the session.
      const messages = [...passLock(tag), ...unnamed("select pg_advisory_unlock_all()")];
      if (await quiet(promptly(messages))) return;
    }
    discard();
  };

  const undo = async (operation: string, text: string): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      try {
        await execute(commandRequest(operation, text), { timeoutMs: settings.timeoutMs });
        for (const tag of unsettled) await promptly(passLock(tag));
        unsettled.clear();
        return;
      } catch (error) {
        const struck = unsettled.size > 0 && mapError(error, { operation }).sqlState === "57014";
        if (!struck || tries === SETTLE_ATTEMPTS) throw mapError(error, { operation });
      }
    }
  };

  const execute = async (request: Request, limits: Limits = {}): Promise<Reply> => {
    const changes = settingChanges(settings, limits);
    const within = inTransaction();
    const before = changes.length === 0 ? [] : setLocally(changes.map(({ name, value }) => [name, value]));
    const restore =
      within && changes.length > 0 ? setLocally(changes.map(({ name, usual }) => [name, usual])) : [];
    // The name has to be gone before the lock is passed; outside a transaction it would go only after it.
    const named =
      limits.tag === undefined ? [] : setLocally([["application_name", settings.applicationName]]);
    const after =
      limits.tag === undefined ? restore : [...(within ? restore : named), ...passLock(limits.tag)];

    const prepared = cache !== null && request.name !== null && request.portal?.opened !== true;
    const statement = prepared && request.name !== null ? request.name : "";
    const held = prepared && cache.has(statement);
    const send = async (): Promise<Reply> => {
      const messages = [...before, ...statementMessages(request, statement, cache), ...after];
      const replies = await attempt(request, messages, limits);
      if (prepared) cache.confirm(statement);
      const reply = replies[before.length === 0 ? 0 : 1];
      if (reply === undefined) throw new EventStorageError(`${request.operation}: the server gave no result`);
      return reply;
    };

    try {
      try {
        return await send();
      } catch (error) {
        // Both are found out before anything is executed, so the statement may be sent again; a transaction, though, has failed.
        if (!held || !forgetStale(error, cache, statement) || within) throw error;
        return await send();
      }
    } catch (error) {
      if (limits.tag !== undefined) await (within ? unsettled.add(limits.tag) : settle(limits.tag));
      const outside =
        error instanceof EventStorageError && error.sqlState === "25001" && !within && changes.length > 0;
      if (!outside) throw error;
      return executeAlone(request, limits, changes);
    }
  };

  /** For commands that refuse to share a transaction (CREATE INDEX CONCURRENTLY, VACUUM): settings for the session, and back. */
  const executeAlone = async (
    request: Request,
    limits: Limits,
    changes: readonly Change[],
  ): Promise<Reply> => {
    const assign = (values: readonly (readonly [string, string])[]) =>
      attempt({ ...request, text: SET_CONFIG }, setConfig(values, "false"), { timeoutMs: 0 });
    await assign(changes.map(({ name, value }) => [name, value]));
    try {
      const [reply] = await attempt(request, statementMessages(request, "", null), limits);
      if (reply === undefined) throw new EventStorageError(`${request.operation}: the server gave no result`);
      return reply;
    } finally {
      // A late cancellation may strike here, too: without its settings the connection is of no use.
      await assign(changes.map(({ name, usual }) => [name, usual])).catch(discard);
      if (limits.tag !== undefined) await settle(limits.tag);
    }
  };

  return {
    execute,
    command: (operation, text, limits) => execute(commandRequest(operation, text), limits),
    undo,
    settle,
    inTransaction,
    failed: () => status() === "E",
    usable: () => !lost,
    discard,
  };
}

function commandRequest(operation: string, text: string): Request {
  return { operation, text, name: null, values: [], describe: false };
}

/** A session setting that a request changes, and what to return to. */
interface Change {
  readonly name: string;
  readonly value: string;
  readonly usual: string;
}

function settingChanges(settings: SessionSettings, limits: Limits): readonly Change[] {
  const changes: Change[] = [];
  if (limits.timeoutMs !== undefined && limits.timeoutMs !== settings.timeoutMs) {
    const value = String(Math.max(0, Math.ceil(limits.timeoutMs)));
    changes.push({ name: "statement_timeout", value, usual: String(settings.timeoutMs) });
  }
  if (limits.tag !== undefined) {
    changes.push({
      name: "application_name",
      value: limits.tag.applicationName,
      usual: settings.applicationName,
    });
  }
  return changes;
}

const SET_CONFIG = "select set_config($1, $2, $3::boolean)";

function setConfig(
  values: readonly (readonly [string, string])[],
  local: "true" | "false",
): readonly Message[] {
  const calls = values.map((_, index) => `set_config($${2 * index + 2}, $${2 * index + 3}, $1::boolean)`);
  return unnamed(`select ${calls.join(", ")}`, [local, ...values.flat()]);
}

function setLocally(values: readonly (readonly [string, string])[]): readonly Message[] {
  return setConfig(values, "true");
}

/** Takes and gives back the lock of a name; a canceller holds it from looking for the name to sending the signal. */
function passLock(tag: QueryTag): readonly Message[] {
  return unnamed("select pg_advisory_lock_shared($1::bigint), pg_advisory_unlock_shared($1::bigint)", [
    tag.lockKey,
  ]);
}

/**
 * Cancels the backend of a client while it runs this text. The client is ours alone, so its backend can be no one else's unless the
 * connection is already gone and the process id was given away: hence the comparison.
 */
function cancelBackend(
  client: PoolClient & { readonly processID?: number },
  text: string,
): readonly Message[] {
  return unnamed(
    `select pg_cancel_backend(pid) from pg_stat_activity
     where pid = $1::int and state = 'active' and query <> '' and starts_with($2, query)`,
    [String(client.processID ?? 0), text],
  );
}

function statementMessages(
  request: Request,
  statement: string,
  cache: StatementCache | null,
): readonly Message[] {
  const { text, values, portal } = request;
  const name = portal?.name ?? "";
  const run: Message = { kind: "execute", portal: name, maxRows: portal?.maxRows ?? 0 };
  if (portal?.opened === true) return [run];
  const parse: readonly Message[] =
    statement === "" || cache === null
      ? [{ kind: "parse", statement: "", text }]
      : cache.prepare(statement, text);
  const describe: readonly Message[] = request.describe ? [{ kind: "describe", portal: name }] : [];
  return [...parse, { kind: "bind", statement, portal: name, values }, ...describe, run];
}

/** True when the error says that the server's copy of the statement is of no use, and the cache has been told. */
function forgetStale(error: unknown, cache: StatementCache, statement: string): boolean {
  if (!(error instanceof EventStorageError)) return false;
  if (error.sqlState === "26000") {
    cache.clear();
    return true;
  }
  // "cached plan must not change result type", in any language: the only 0A000 that a statement gives which was prepared before.
  if (error.sqlState !== "0A000") return false;
  cache.forget(statement);
  return true;
}

function unusable(operation: string, cause: unknown): StorageConnectionError {
  const message = `${operation}: the connection was lost before anything was sent`;
  const sqlState = cause === undefined ? undefined : mapError(cause, { operation }).sqlState;
  return new StorageConnectionError(message, { code: "connection_failed", operation, sqlState, cause });
}

/** A connection that was cut off because its query didn't end is not a lost connection to its caller. */
function failure(
  error: unknown,
  context: { readonly operation: string; readonly aborted: boolean; readonly expired: boolean },
): EventStorageError {
  const mapped = mapError(error, context);
  const { operation, aborted, expired } = context;
  if (!(mapped instanceof StorageConnectionError) || !(aborted || expired)) return mapped;
  const what = `${operation}: ${aborted ? "canceled" : "timed out"}`;
  const message = `${what}; the server didn't answer the cancellation and the connection was dropped`;
  return aborted
    ? new QueryCanceledError(message, { operation, cause: error })
    : new QueryTimeoutError(message, { operation, cause: error });
}

/** True when it succeeded; the error is of no interest. */
function quiet(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
