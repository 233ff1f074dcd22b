/**
 * Changing tables that others read. Whoever waits for an exclusive lock holds up all who come after, so nobody waits for long: a reader that
 * keeps a table makes the attempt fail, those waiting go on, and the next attempt comes a little later.
 */
import { backoffMs, pause } from "../../postgres/backoff.js";
import { EventStorageError, QueryTimeoutError } from "../../postgres/errors.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";

/** Milliseconds to wait for a lock, each time. */
export const LOCK_TIMEOUT_MS = 1_000;
const ATTEMPTS = 8;
const BACKOFF = { firstMs: 1_000, longestMs: 5_000 };

/** Lets statements of the transaction wait for locks no longer than this. */
export async function limitLocks(transaction: Session, milliseconds = LOCK_TIMEOUT_MS): Promise<void> {
  await transaction.query(`select set_config('lock_timeout', $1, true)`, [String(milliseconds)]);
}

/** Whether it may succeed a little later: somebody held a lock, or the transactions hindered one another. */
export function isBusy(error: unknown): boolean {
  return (
    error instanceof EventStorageError &&
    (error.code === "lock_timeout" || error.code === "transaction_conflict")
  );
}

/**
 * Runs a transaction that takes locks, several times where somebody holds them.
 *
 * @throws QueryTimeoutError `lock_timeout`, retryable, when they were held at each attempt
 */
export async function withLockAttempts<T>(
  session: Session,
  work: (transaction: Session) => Promise<T>,
  { signal, timeoutMs }: Pick<CallOptions, "signal" | "timeoutMs">,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await session.transaction(
        async (transaction) => {
          await limitLocks(transaction);
          return work(transaction);
        },
        { signal, timeoutMs, retry: false },
      );
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (attempt === ATTEMPTS) throw held(error);
      await pause(backoffMs(BACKOFF, attempt - 1), signal);
    }
  }
}

/** One at a time: two processes that start together would both create, and both upgrade. */
export async function lockSchema(session: Session): Promise<void> {
  await session.query(
    `select pg_advisory_xact_lock(hashtextextended('eventstore schema ' || current_schema(), 0))`,
  );
}

/**
 * Takes a lock within a transaction that has done much already: where somebody holds it, only the lock is tried again.
 *
 * @throws QueryTimeoutError `lock_timeout`, retryable, when it was held at each attempt
 */
export async function lockPatiently(transaction: Session, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await transaction.transaction((savepoint) => savepoint.query(statement));
      return;
    } catch (error) {
      if (!isBusy(error) || attempt === ATTEMPTS) throw error;
      await pause(backoffMs(BACKOFF, attempt - 1));
    }
  }
}

function held(cause: unknown): QueryTimeoutError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new QueryTimeoutError(
    `${reason}; a long query or an open transaction holds the table: \`eventstore queries\` shows it, then try again`,
    { code: "lock_timeout", retryable: true, cause },
  );
}
