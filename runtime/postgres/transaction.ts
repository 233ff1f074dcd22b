/**
 * Transactions and savepoints on one connection. Statements of a transaction run one after another, awaited or not; within a nested
 * transaction the outer session waits.
 */
import { canceled } from "./abort.js";
import { AsyncLocalStorage } from "node:async_hooks";
import { backoffMs, pause } from "./backoff.js";
import {
  EventStorageError,
  StorageConnectionError,
  TransactionConflictError,
  isConnectionLoss,
  mapError,
} from "./errors.js";
import type { Connection } from "./connection.js";
import { checkArgument, oneOf } from "../../compiler/values/checks.js";
import type { EventHook, Session, TransactionOptions } from "./session.js";
import { createSession, portalName } from "./statement-session.js";
import type { BlockRequest } from "./statement-session.js";
import { ISOLATION_LEVELS, beginWith, closePortalText, savepointTexts } from "./transaction-statements.js";
import type { BlockSource } from "./stream.js";

/** How often `retry: true` runs the function again. */
const DEFAULT_RETRIES = 5;
const BACKOFF = { firstMs: 20, longestMs: 1_000 };

/** What transactions need of the executor. */
export interface TransactionContext {
  readonly hook: EventHook | undefined;
  /** Gives `work` a connection for its own use. */
  readonly lease: <T>(
    signal: AbortSignal | undefined,
    work: (connection: Connection) => Promise<T>,
  ) => Promise<T>;
}

/** Runs `work` in a transaction, again after conflicts as far as `retry` allows. */
export async function runTransaction<T>(
  context: TransactionContext,
  work: (session: Session) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const { signal, retry = false } = options;
  const retries = typeof retry === "number" ? retry : retry ? DEFAULT_RETRIES : 0;
  for (let done = 0; ; done += 1) {
    try {
      return await context.lease(signal, (connection) => attempt(connection, context.hook, work, options));
    } catch (error) {
      if (!isWorthRepeating(error) || done >= retries) throw error;
      await pause(backoffMs(BACKOFF, done), signal);
    }
  }
}

async function attempt<T>(
  connection: Connection,
  hook: EventHook | undefined,
  work: (session: Session) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const { signal, timeoutMs } = options;
  if (connection.joined())
    return runSavepoint(openFrame(connection, hook, null, options), work, { signal, timeoutMs });
  await connection.begin("begin", beginText(options), { signal, timeoutMs });
  const frame = openFrame(connection, hook, null, options);
  try {
    const result = await runFrame(frame, work);
    const { command } = await connection.command("commit", "commit", { timeoutMs });
    // The server answers the COMMIT of a failed transaction with ROLLBACK, and without an error.
    if (command !== "COMMIT") throw rolledBack("commit", frame);
    return result;
  } catch (error) {
    // Also after a COMMIT that failed, when there is nothing to undo: named queries that had failed are still to be settled.
    if (connection.usable()) {
      await connection.undo("rollback", "rollback").catch(() => connection.discard());
    }
    throw isUncertain(error) && frame.committing ? unknownOutcome(error) : error;
  }
}

/** A conflict, or a statement that the session had lost: the transaction had no effect. */
function isWorthRepeating(error: unknown): boolean {
  if (error instanceof TransactionConflictError) return true;
  return (
    error instanceof EventStorageError && error.retryable && /^(26000|0A000)$/u.test(error.sqlState ?? "")
  );
}

/** @throws DataError for a level that does not exist */
function beginText({ isolation, readOnly, deferrable }: TransactionOptions): string {
  const levels = Object.keys(ISOLATION_LEVELS);
  checkArgument("transaction", "isolation", isolation ?? "serializable", oneOf(...levels));
  return beginWith({ isolation, readOnly, deferrable });
}

/** A transaction or savepoint. */
interface Frame {
  readonly connection: Connection;
  readonly hook: EventHook | undefined;
  readonly parent: Frame | null;
  readonly depth: number;
  readonly signal: AbortSignal | undefined;
  /** For statements that set none. */
  readonly timeoutMs: number | undefined;
  readonly closing: AbortController;
  open: boolean;
  committing: boolean;
  /** Settles when everything that was asked for so far is done. */
  tail: Promise<unknown>;
  /** First error of a statement: what made a commit a rollback. */
  failure: unknown;
}

/**
 * The innermost nested transaction in whose function the current code runs. While a context is entered Node watches every promise of the
 * process, which makes each call half as dear again; so transactions without an outer one enter none, and the last to leave turns it off.
 */
const innermost = new AsyncLocalStorage<Frame>();

function openFrame(
  connection: Connection,
  hook: EventHook | undefined,
  parent: Frame | null,
  { signal, timeoutMs }: Pick<TransactionOptions, "signal" | "timeoutMs">,
): Frame {
  return {
    connection,
    hook,
    parent,
    depth: parent === null ? 0 : parent.depth + 1,
    signal,
    timeoutMs: timeoutMs ?? parent?.timeoutMs,
    closing: new AbortController(),
    open: true,
    committing: false,
    tail: Promise.resolve(),
    failure: undefined,
  };
}

/** Runs the user's function, then waits for what it has started without awaiting. */
async function runFrame<T>(frame: Frame, work: (session: Session) => Promise<T>): Promise<T> {
  try {
    const result = await (frame.parent === null ? work(frameSession(frame)) : runNested(frame, work));
    await close(frame);
    throwIfAborted(frame.signal);
    frame.committing = true;
    return result;
  } catch (error) {
    await close(frame);
    throw error;
  }
}

let nested = 0;

async function runNested<T>(frame: Frame, work: (session: Session) => Promise<T>): Promise<T> {
  nested += 1;
  try {
    return await innermost.run(frame, () => work(frameSession(frame)));
  } finally {
    nested -= 1;
    if (nested === 0) innermost.disable();
  }
}

async function close(frame: Frame): Promise<void> {
  frame.open = false;
  frame.closing.abort(ended("stream"));
  await frame.tail;
}

function frameSession(frame: Frame): Session {
  return createSession({
    hook: frame.hook,
    repeatable: false,
    execute: ({ request, limits }) =>
      enqueue(frame, request.operation, () => within(frame).execute(request, limits)),
    openBlocks: async (blocks) => openPortal(frame, blocks),
    transaction: (work, options) => enqueue(frame, "savepoint", () => runSavepoint(frame, work, options)),
    closing: frame.closing.signal,
  });
}

/** Runs a job after those before it. Rejects when the transaction is over, or waits for the very code that asks. */
function enqueue<T>(frame: Frame, operation: string, job: () => Promise<T>): Promise<T> {
  if (!frame.open) return Promise.reject(ended(operation));
  if (isInside(innermost.getStore(), frame)) {
    return Promise.reject(
      misuse(operation, "a nested transaction is running; use the session that its function was given"),
    );
  }
  const result = frame.tail.then(job);
  frame.tail = result.catch((error: unknown) => {
    frame.failure ??= error;
  });
  return result;
}

/** True when `frame` is an outer transaction of the one that the current code runs in. */
function isInside(current: Frame | undefined, frame: Frame): boolean {
  for (let outer = current?.parent; outer !== null && outer !== undefined; outer = outer.parent) {
    if (outer === frame) return current?.open === true;
  }
  return false;
}

async function runSavepoint<T>(
  parent: Frame,
  work: (session: Session) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const { connection } = parent;
  const frame = openFrame(connection, parent.hook, parent, {
    signal: either(parent.signal, options.signal),
    timeoutMs: options.timeoutMs,
  });
  const texts = savepointTexts(`nested_${frame.depth}`);
  await connection.command("nested transaction", texts.set, { signal: frame.signal });
  try {
    const result = await runFrame(frame, work);
    if (connection.failed()) throw rolledBack("release savepoint", frame);
    await connection.command("release savepoint", texts.release);
    return result;
  } catch (error) {
    // The savepoint itself goes with the next one of its name, or with the transaction.
    if (connection.usable()) await connection.undo("rollback to savepoint", texts.undo);
    throw error;
  }
}

/** The connection with the transaction's AbortSignal and time limit added to each request. */
function within({ connection, signal, timeoutMs }: Frame): Connection {
  if (signal === undefined && timeoutMs === undefined) return connection;
  return {
    ...connection,
    execute: (request, limits = {}) =>
      connection.execute(request, {
        ...limits,
        timeoutMs: limits.timeoutMs ?? timeoutMs,
        signal: either(limits.signal, signal),
      }),
  };
}

function either(a: AbortSignal | undefined, b: AbortSignal | undefined): AbortSignal | undefined {
  return a === undefined || b === undefined ? (a ?? b) : AbortSignal.any([a, b]);
}

function openPortal(frame: Frame, { request, blockSize, limits }: BlockRequest): BlockSource {
  const name = portalName();
  const connection = within(frame);
  let opened = false;
  return {
    // Without the stream's own signal: cancelling a block that was fetched ahead would fail the transaction.
    next: () =>
      enqueue(frame, request.operation, async () => {
        const portal = { name, maxRows: blockSize(), opened };
        const reply = await connection.execute({ ...request, portal }, limits);
        opened = true;
        return reply;
      }),
    end: async () => {
      // A failed transaction has lost its portals, one that ends takes them along.
      if (!opened || !frame.open) return;
      await enqueue(frame, request.operation, async () => {
        if (!connection.failed()) await connection.command(request.operation, closePortalText(name));
      });
    },
  };
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw canceled("the transaction was canceled", "commit", signal);
}

function rolledBack(operation: string, frame: Frame): EventStorageError {
  if (frame.failure instanceof TransactionConflictError) return frame.failure;
  const first = frame.failure === undefined ? "" : `: ${mapError(frame.failure, { operation }).message}`;
  const message = `${operation}: nothing was stored, because a statement of the transaction had failed${first}`;
  return new EventStorageError(message, { code: "transaction_aborted", operation, cause: frame.failure });
}

function isUncertain(error: unknown): boolean {
  return error instanceof EventStorageError && (error.uncertain || isConnectionLoss(error));
}

function unknownOutcome(cause: unknown): EventStorageError {
  const message =
    "commit: the connection was lost before the server answered; the transaction may have been stored";
  return new StorageConnectionError(message, {
    operation: "commit",
    retryable: false,
    uncertain: true,
    cause,
  });
}

function ended(operation: string): EventStorageError {
  return misuse(operation, "the transaction has ended; use its session only inside its function");
}

function misuse(operation: string, what: string): EventStorageError {
  return new EventStorageError(`${operation}: ${what}`, { code: "transaction_closed", operation });
}
